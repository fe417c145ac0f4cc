#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/core/words.hpp"
#include "fleet/service/query_service.hpp"

namespace fleet::api::rest {

/// The members of a query that create, modify and specs share.
struct QueryBody {
    std::optional<std::string> name{}, description{}, query{}, platform{}, min_osquery_version{};
    std::optional<std::string> logging{};
    std::optional<std::uint32_t> interval{};
    std::optional<bool> automations_enabled{}, discard_data{}, observer_can_run{};
    std::optional<std::vector<std::string>> labels_include_any{}, labels_include_all{};
    std::optional<std::vector<std::string>> labels_exclude_any{};

    service::QueryChanges changes() const {
        return {
            .name = name,
            .description = description,
            .sql = query,
            .platform = platform,
            .min_osquery_version = min_osquery_version,
            .logging = logging,
            .interval = interval,
            .automations_enabled = automations_enabled,
            .discard_data = discard_data,
            .observer_can_run = observer_can_run,
            .labels_include_any = labels_include_any,
            .labels_include_all = labels_include_all,
            .labels_exclude_any = labels_exclude_any};
    }
};

/// Lists the members of a DTO that derives from QueryBody.
template <class Dto>
void query_fields(auto&& field) {
    field("name", &Dto::name);
    field("description", &Dto::description);
    field("query", &Dto::query);
    field("interval", &Dto::interval);
    field("observer_can_run", &Dto::observer_can_run);
    field("platform", &Dto::platform);
    field("min_osquery_version", &Dto::min_osquery_version);
    field("automations_enabled", &Dto::automations_enabled);
    field("logging", &Dto::logging, json::among(kLoggingWords));
    field("discard_data", &Dto::discard_data);
    field("labels_include_any", &Dto::labels_include_any);
    field("labels_include_all", &Dto::labels_include_all);
    field("labels_exclude_any", &Dto::labels_exclude_any);
}

}  // namespace fleet::api::rest
