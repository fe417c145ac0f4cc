#pragma once

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/config/config.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/store/activity_store.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/label_store.hpp"
#include "fleet/store/policy_store.hpp"
#include "fleet/store/query_store.hpp"
#include "fleet/store/team_store.hpp"
#include "fleet/store/user_store.hpp"
#include "people.hpp"

namespace fleet::main {

/// What services of more than one topic are built of.
struct SharedParts {
    const config::Config& config;
    People::Deps deps;

    store::UserStore users{deps.db};
    store::TeamStore teams{deps.db};
    store::AppConfigStore app_configs{deps.db};
    store::HostStore hosts{deps.db};
    store::LabelStore labels{deps.db};
    store::QueryStore queries{deps.db};
    store::PolicyStore policies{deps.db};
    store::ActivityStore activity_rows{deps.db};
    service::Activities activities{activity_rows, deps.clock};
};

/// Adds the rows of each API.
template <class... Apis>
void add_all(api::rest::Endpoints& endpoints, Apis&... apis) {
    (endpoints.add(Apis::rows(), apis), ...);
}

}  // namespace fleet::main
