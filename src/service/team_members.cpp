#include <algorithm>
#include <map>

#include "account_activities.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/service/team_service.hpp"
#include "user_rules.hpp"

namespace fleet::service {
namespace {

Error no_team_like(TeamId id) {
    return Error::not_found("Team", to_text(id));
}

Error unknown_user(UserId id) {
    return Error::invalid("users.id", "User " + to_text(id) + " was not found in the datastore");
}

/// The member's role on the team, checked; 422 for a role that does not exist or is not for people,
/// and for users whose role holds everywhere.
Result<Role> checked_role(const User& user, TeamId team, const std::string& role) {
    if (user.global_role) {
        return fail(Error::invalid("users", "a user with a global role cannot join a team"));
    }
    const RequestedTeamRole wanted{.team = team, .role = role};
    FLEET_TRY(const Roles roles, check_roles("", {&wanted, 1}, user.api_only));
    return roles.teams.front().role;
}

}  // namespace

Result<std::vector<User>> TeamService::members(
    const Viewer& viewer, TeamId id, const Paging& paging
) {
    FLEET_CHECK(authorize(viewer, Action::read_team, Object::of_team(id)));
    if (!deps_.teams.find(id)) return fail(no_team_like(id));
    return deps_.users.list(paging, id);
}

Result<TeamView> TeamService::add_members(
    const Viewer& viewer, TeamId id, std::span<const RequestedMember> members
) {
    FLEET_CHECK(authorize(viewer, Action::write_team_members, Object::of_team(id)));
    // In id order, as every writer of several rows does; the last word about a user counts.
    std::map<UserId, std::string> wanted;
    for (const RequestedMember& member : members)
        wanted[member.user] = member.role;
    const auto change = [&](store::Session& session) -> Result<> {
        if (!deps_.teams.lock(session, id)) return fail(no_team_like(id));
        for (const auto& [user_id, role_name] : wanted) {
            const auto before = deps_.users.lock(session, user_id);
            if (!before) return fail(unknown_user(user_id));
            FLEET_TRY(const Role role, checked_role(*before, id, role_name));
            User after = *before;
            std::erase_if(after.teams, [&](const TeamRole& t) { return t.team == id; });
            after.teams.push_back({.team = id, .team_name = {}, .role = role});
            FLEET_CHECK(deps_.users.update(session, after));
            after = deps_.users.find(session, user_id).value();
            record_role_changes(deps_.activities, session, viewer, *before, after);
        }
        return {};
    };
    FLEET_CHECK(store::with_write(deps_.db, change));
    return view(viewer, id);
}

Result<TeamView> TeamService::remove_members(
    const Viewer& viewer, TeamId id, std::span<const UserId> members
) {
    FLEET_CHECK(authorize(viewer, Action::write_team_members, Object::of_team(id)));
    std::vector<UserId> sorted{members.begin(), members.end()};
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    const auto change = [&](store::Session& session) -> Result<> {
        if (!deps_.teams.lock(session, id)) return fail(no_team_like(id));
        for (const UserId user_id : sorted) {
            const auto before = deps_.users.lock(session, user_id);
            if (!before) return fail(unknown_user(user_id));
            User after = *before;
            const auto gone =
                std::erase_if(after.teams, [&](const TeamRole& t) { return t.team == id; });
            if (gone == 0) continue;  // not a member: nothing to take away
            FLEET_CHECK(deps_.users.update(session, after));
            record_role_changes(deps_.activities, session, viewer, *before, after);
        }
        return {};
    };
    FLEET_CHECK(store::with_write(deps_.db, change));
    return view(viewer, id);
}

}  // namespace fleet::service
