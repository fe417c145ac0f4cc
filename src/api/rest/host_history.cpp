#include "fleet/api/rest/host_history.hpp"

#include "host_params.hpp"

namespace fleet::api::rest {

struct HostHistoryParams {
    std::optional<std::string> team_id{}, days{};
    static void fields(auto&& field) {
        field("team_id", &HostHistoryParams::team_id, json::in_query);
        field("days", &HostHistoryParams::days, json::in_query);
    }
};

namespace {

constexpr std::uint64_t kWeek = 7;

Result<std::optional<TeamId>> team_of(const HostHistoryParams& params) {
    FLEET_TRY(const auto id, uint_param("team_id", params.team_id));
    if (!id) return std::optional<TeamId>{};
    return std::optional{static_cast<TeamId>(*id)};
}

}  // namespace

std::span<const Row<HostHistoryApi>> HostHistoryApi::rows() {
    using Api = HostHistoryApi;
    static constexpr Row<Api> kRows[] = {
        rest::get<&Api::hours>("/host_summary/history", Who::user, "host_history"),
        rest::get<&Api::os_versions>("/host_summary/os_versions", Who::user, "host_os_versions"),
    };
    return kRows;
}

Result<json::Value> HostHistoryApi::hours(const Viewer& viewer, const HostHistoryParams& params) {
    FLEET_TRY(const auto team, team_of(params));
    FLEET_TRY(const auto days, uint_param("days", params.days));
    FLEET_TRY(const auto hours, history_.hours(viewer, team, days.value_or(kWeek)));
    json::Value list = json::Value::array();
    for (const store::HostHour& hour : hours) {
        list.push_back(
            {{"at", to_rfc3339(hour.hour)}, {"online", hour.online}, {"total", hour.total}}
        );
    }
    return json::Value{{"history", std::move(list)}};
}

Result<json::Value> HostHistoryApi::os_versions(
    const Viewer& viewer, const HostHistoryParams& params
) {
    FLEET_TRY(const auto team, team_of(params));
    FLEET_TRY(const auto versions, history_.os_versions(viewer, team));
    json::Value list = json::Value::array();
    for (const store::OsCount& one : versions) {
        list.push_back(
            {{"platform", one.platform}, {"os_version", one.os_version}, {"hosts_count", one.hosts}}
        );
    }
    return json::Value{{"os_versions", std::move(list)}};
}

}  // namespace fleet::api::rest
