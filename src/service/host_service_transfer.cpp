#include <algorithm>

#include "fleet/core/roles.hpp"
#include "fleet/service/host_service.hpp"
#include "fleet/store/team_store.hpp"
#include "host_selection.hpp"
#include "team_activities.hpp"

namespace fleet::service {
namespace {

/// Hosts in one transaction, and in one activity.
constexpr std::size_t kBatch = 1'000;

std::optional<TeamId> as_team(TeamId id) {
    return id == kNoTeam ? std::nullopt : std::optional{id};
}

}  // namespace

Result<std::optional<Team>> HostService::destination(
    const Viewer& viewer, std::optional<TeamId> to
) {
    FLEET_CHECK(authorize(viewer, Action::transfer_hosts, Object::of_host_team(to)));
    if (!to) return std::optional<Team>{};
    auto team = deps_.teams.find(*to);
    if (!team) return fail(Error::not_found("Team", to_text(*to)));
    return team;
}

Result<> HostService::transfer_ids(
    const Viewer& viewer, std::optional<TeamId> to, std::vector<HostId> ids
) {
    FLEET_TRY(const std::optional<Team> team, destination(viewer, to));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return move_all(viewer, team, ids);
}

Result<> HostService::transfer_matching(
    const Viewer& viewer, std::optional<TeamId> to, const HostSelection& selection
) {
    FLEET_TRY(const std::optional<Team> team, destination(viewer, to));
    // Gitops sees no host, so it moves none; that is no error (rest-api-a 7.1 c6).
    if (!may(viewer, Action::list_hosts, Object::anywhere())) return {};
    FLEET_TRY(const HostSelection visible, prepared(selection, viewer, Action::list_hosts));
    FLEET_TRY(std::vector<HostId> ids, select(visible, {}));
    std::sort(ids.begin(), ids.end());
    return move_all(viewer, team, ids);
}

Result<> HostService::move_all(
    const Viewer& viewer, const std::optional<Team>& team, std::span<const HostId> ids
) {
    // Both ends need the right, and a host that may not leave refuses the whole.
    for (const TeamId from : deps_.hosts.teams_of(ids)) {
        FLEET_CHECK(authorize(viewer, Action::transfer_hosts, Object::of_host_team(as_team(from))));
    }
    const std::optional<TeamId> to = team ? std::optional{team->id} : std::nullopt;
    const auto record = [&](store::Session& session, std::span<const store::MovedHost> hosts) {
        deps_.activities.record(
            session, viewer, "transferred_hosts", team_activity::transferred(team, hosts)
        );
    };
    for (std::size_t at = 0; at < ids.size(); at += kBatch) {
        const auto some = ids.subspan(at, std::min(kBatch, ids.size() - at));
        FLEET_TRY(const auto moved, deps_.hosts.transfer(some, to, deps_.clock.now(), record));
        std::vector<HostId> changed;
        for (const store::MovedHost& host : moved)
            changed.push_back(host.id);
        if (!changed.empty()) deps_.events.hosts_changed(changed);
    }
    return {};
}

}  // namespace fleet::service
