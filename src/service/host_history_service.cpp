#include "fleet/service/host_history_service.hpp"

#include <algorithm>

#include "fleet/service/host_service.hpp"
#include "host_selection.hpp"

namespace fleet::service {
namespace {

constexpr std::uint64_t kMostDays = 366;

Time hour_of(Time time) {
    return std::chrono::floor<std::chrono::hours>(time);
}

/// The viewer's own limits, and the team that is asked for.
Result<store::HostFilter> scope_of(const Viewer& viewer, std::optional<TeamId> team) {
    FLEET_CHECK(authorize(viewer, Action::list_hosts, Object::anywhere()));
    HostSelection selection;
    selection.filter.team = team;
    FLEET_TRY(HostSelection allowed, narrowed(std::move(selection), viewer, Action::list_hosts));
    return std::move(allowed.filter);
}

/// Which teams' hosts these are; none: all.
std::optional<std::vector<TeamId>> teams_of(const store::HostFilter& scope) {
    if (!scope.team) return scope.visible;
    const auto& visible = scope.visible;
    const bool seen =
        !visible || std::find(visible->begin(), visible->end(), *scope.team) != visible->end();
    return seen ? std::vector{*scope.team} : std::vector<TeamId>{};
}

store::HostTally tally(store::TeamKey key, const HostCensus& census) {
    return {key, census.total, census.online};
}

}  // namespace

Result<std::vector<store::HostHour>> HostHistoryService::hours(
    const Viewer& viewer, std::optional<TeamId> team, std::uint64_t days
) {
    FLEET_TRY(const store::HostFilter scope, scope_of(viewer, team));
    if (days == 0 || days > kMostDays) {
        return fail(Error::bad_request("days must be between 1 and 366"));
    }
    const Time now = deps_.clock.now();
    std::vector<store::TeamKey> keys{store::kAllHosts};
    if (const auto teams = teams_of(scope)) {
        keys.clear();
        for (const TeamId id : *teams)
            keys.push_back(static_cast<store::TeamKey>(raw(id)));
    }
    std::vector<store::HostHour> out;
    if (!keys.empty()) {
        const auto back = std::chrono::hours{24 * static_cast<std::int64_t>(days)};
        out = deps_.history.hours(keys, hour_of(now) - back);
    }
    // The present hour is told as of now.
    if (!out.empty() && out.back().hour == hour_of(now)) out.pop_back();
    const HostCensus census = deps_.presence.census({scope.visible, scope.team, {}}, now, now);
    out.push_back({now, census.total, census.online});
    return out;
}

Result<std::vector<store::OsCount>> HostHistoryService::os_versions(
    const Viewer& viewer, std::optional<TeamId> team
) {
    FLEET_TRY(const store::HostFilter scope, scope_of(viewer, team));
    return deps_.history.os_versions(teams_of(scope));
}

void HostHistoryService::record() {
    const Time now = deps_.clock.now();
    std::vector<store::HostTally> tallies{
        tally(store::kAllHosts, deps_.presence.census({}, now, now))};
    const auto count = [&](TeamId team) {
        CensusScope scope;
        scope.team = team;
        const auto key = static_cast<store::TeamKey>(raw(team));
        tallies.push_back(tally(key, deps_.presence.census(scope, now, now)));
    };
    count(TeamId{0});
    if (const auto teams = deps_.teams.list({}, {})) {
        for (const Team& team : *teams)
            count(team.id);
    }
    deps_.history.record(hour_of(now), tallies);
    const auto oldest = now - std::chrono::hours{24 * static_cast<std::int64_t>(kMostDays)};
    while (deps_.history.forget_before(oldest)) {
    }
}

}  // namespace fleet::service
