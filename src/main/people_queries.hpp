#pragma once

#include "fleet/api/rest/carves.hpp"
#include "fleet/api/rest/live_query.hpp"
#include "fleet/api/rest/live_query_sync.hpp"
#include "fleet/api/rest/live_socket.hpp"
#include "fleet/api/rest/packs.hpp"
#include "fleet/api/rest/policies.hpp"
#include "fleet/api/rest/queries.hpp"
#include "fleet/api/rest/query_specs.hpp"
#include "fleet/api/rest/reports.hpp"
#include "fleet/api/rest/schedules.hpp"
#include "fleet/api/rest/team_policies.hpp"
#include "fleet/service/carve_service.hpp"
#include "fleet/service/live_query.hpp"
#include "fleet/service/pack_service.hpp"
#include "fleet/service/policy_service.hpp"
#include "fleet/service/query_service.hpp"
#include "fleet/service/report_service.hpp"
#include "fleet/sql/linter.hpp"
#include "fleet/store/campaign_store.hpp"
#include "fleet/store/carve_store.hpp"
#include "fleet/store/pack_store.hpp"
#include "fleet/store/policy_upkeep.hpp"
#include "fleet/store/report_store.hpp"
#include "people_shared.hpp"

namespace fleet::main {

/// What hosts are asked: saved and scheduled queries, packs, policies, carves, live queries.
struct QueryParts {
    QueryParts(SharedParts& shared_in, api::rest::Authenticator& authenticator);
    void add_to(api::rest::Endpoints& endpoints);

    SharedParts& shared;
    People::Deps& deps = shared.deps;

    store::ReportStore reports{deps.db};
    store::CarveStore carves{deps.db};
    store::CampaignStore campaigns{deps.db};
    store::PackStore packs{deps.db};
    store::PolicyUpkeep policy_upkeep{deps.db};
    sql::Linter linter{};

    service::QueryService query_service{
        {shared.queries, shared.activities, deps.events, linter, deps.clock}};
    service::ReportService report_service{{reports, shared.queries, shared.hosts}};
    service::CarveService carve_service{carves};
    service::PackService pack_service{{packs, shared.queries, shared.activities, deps.events}};
    service::PolicyService policy_service;
    service::LiveQueryService live_queries;

    api::rest::QueryApi query_api{query_service};
    api::rest::QuerySpecApi query_spec_api{query_service};
    api::rest::ReportApi report_api{report_service};
    api::rest::CarveApi carve_api{carve_service};
    api::rest::PolicyApi policy_api{policy_service, deps.clock};
    api::rest::TeamPolicyApi team_policy_api{policy_service, deps.clock};
    api::rest::LiveQueryApi live_query_api{live_queries, shared.hosts};
    api::rest::PackApi pack_api{pack_service};
    api::rest::PackScheduleApi pack_schedule_api{pack_service};
    api::rest::ScheduleApi schedule_api{query_service};
    api::rest::LiveQuerySyncApi live_query_sync_api;
    api::rest::LiveSockets sockets;
};

}  // namespace fleet::main
