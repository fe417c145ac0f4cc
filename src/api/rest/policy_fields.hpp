#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/service/policy_service.hpp"

namespace fleet::api::rest {

/// The members of a policy that create, modify and specs share.
struct PolicyBody {
    std::optional<std::string> name{}, query{}, description{}, resolution{}, platform{};
    std::optional<bool> critical{}, calendar_events_enabled{}, conditional_access_enabled{};
    std::optional<bool> continuous_automations_enabled{};
    std::optional<std::vector<std::string>> labels_include_any{}, labels_include_all{};
    std::optional<std::vector<std::string>> labels_exclude_any{}, labels_exclude_all{};
    json::Patch<std::uint64_t> software_title_id{}, software_installer_id{}, script_id{};
    std::optional<QueryId> query_id{};
    std::string type{};

    service::PolicyChanges changes() const {
        // null takes an automation away, as 0 does (rest-api-b 9.43).
        const auto target = [](const json::Patch<std::uint64_t>& in) {
            return in ? std::optional{in.value.value_or(0)} : std::nullopt;
        };
        return {
            .name = name,
            .description = description,
            .sql = query,
            .resolution = resolution,
            .platform = platform,
            .critical = critical,
            .calendar_events = calendar_events_enabled,
            .conditional_access = conditional_access_enabled,
            .continuous_automations = continuous_automations_enabled,
            .include_any = labels_include_any,
            .include_all = labels_include_all,
            .exclude_any = labels_exclude_any,
            .exclude_all = labels_exclude_all,
            .software_title = target(software_title_id),
            .software_installer = target(software_installer_id),
            .script = target(script_id),
            .query = query_id,
            .type = type};
    }
};

/// Lists the members of a DTO that derives from PolicyBody.
template <class Dto>
void policy_fields(auto&& field) {
    field("name", &Dto::name);
    field("query", &Dto::query);
    field("description", &Dto::description);
    field("resolution", &Dto::resolution);
    field("platform", &Dto::platform);
    field("critical", &Dto::critical);
    field("calendar_events_enabled", &Dto::calendar_events_enabled);
    field("conditional_access_enabled", &Dto::conditional_access_enabled);
    field("continuous_automations_enabled", &Dto::continuous_automations_enabled);
    field("labels_include_any", &Dto::labels_include_any);
    field("labels_include_all", &Dto::labels_include_all);
    field("labels_exclude_any", &Dto::labels_exclude_any);
    field("labels_exclude_all", &Dto::labels_exclude_all);
    field("software_title_id", &Dto::software_title_id);
    field("software_installer_id", &Dto::software_installer_id);
    field("script_id", &Dto::script_id);
    field("type", &Dto::type);
}

}  // namespace fleet::api::rest
