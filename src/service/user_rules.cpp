#include "user_rules.hpp"

#include <algorithm>
#include <set>

namespace fleet::service {
namespace {

// Codes of role errors on the wire (rest-api-a 1.6).
constexpr int kRoleCode = 1;
constexpr int kApiOnlyCode = 4;

Error role_error(int code, std::string message) {
    Error error;
    error.kind = ErrorKind::invalid;
    error.message = std::move(message);
    error.code = code;
    return error;
}

Result<Role> checked_role(const std::string& text, bool api_only) {
    const auto role = parse_role(text);
    if (!role) return fail(role_error(kRoleCode, "there is no role \"" + text + "\""));
    if (*role == Role::gitops && !api_only) {
        return fail(role_error(kApiOnlyCode, "role gitops is for API-only users"));
    }
    return *role;
}

Result<> check_length(const char* field, const std::string& text) {
    constexpr std::size_t kLongest = 255;
    if (text.size() <= kLongest) return {};
    return fail(Error::invalid(field, "must be 255 bytes or fewer"));
}

bool less_team(const TeamRole& a, const TeamRole& b) {
    return a.team < b.team;
}

}  // namespace

Result<Roles> check_roles(
    const std::string& global_role, std::span<const RequestedTeamRole> teams, bool api_only
) {
    if (!global_role.empty() && !teams.empty()) {
        return fail(role_error(kRoleCode, "a user has a global role or team roles, not both"));
    }
    if (global_role.empty() && teams.empty()) {
        return fail(role_error(kRoleCode, "a user needs a global role or a role on a team"));
    }
    Roles roles;
    if (!global_role.empty()) {
        FLEET_TRY(roles.global, checked_role(global_role, api_only));
        return roles;
    }
    std::set<TeamId> seen;
    for (const auto& team : teams) {
        FLEET_TRY(const Role role, checked_role(team.role, api_only));
        if (!seen.insert(team.team).second) {
            return fail(Error::invalid("teams.id", "a team may be named once only"));
        }
        roles.teams.push_back({.team = team.team, .team_name = {}, .role = role});
    }
    return roles;
}

Result<> authorize_on(const Viewer& viewer, Action action, const Roles& roles) {
    if (viewer.global_role || roles.teams.empty()) {
        return authorize(viewer, action, Object::global());
    }
    for (const TeamRole& team : roles.teams) {
        FLEET_CHECK(authorize(viewer, action, Object::of_team(team.team)));
    }
    return {};
}

Roles roles_of(const User& user) {
    return {.global = user.global_role, .teams = user.teams};
}

bool same_roles(const User& user, const Roles& roles) {
    if (user.global_role != roles.global || user.teams.size() != roles.teams.size()) return false;
    auto mine = user.teams;
    auto theirs = roles.teams;
    std::sort(mine.begin(), mine.end(), less_team);
    std::sort(theirs.begin(), theirs.end(), less_team);
    return std::equal(mine.begin(), mine.end(), theirs.begin(), [](const auto& a, const auto& b) {
        return a.team == b.team && a.role == b.role;
    });
}

Viewer as_actor(const User& user) {
    Viewer out;
    out.id = user.id;
    out.name = user.name;
    out.email = user.email;
    return out;
}

Viewer narrowed(Viewer viewer, const ApiToken& token) {
    viewer.token = token.id;
    viewer.read_only = token.read_only;
    if (!token.team) return viewer;
    const auto role = viewer.global_role ? viewer.global_role : viewer.role_on(*token.team);
    std::string name;
    for (const TeamRole& team : viewer.teams) {
        if (team.team == *token.team) name = team.team_name;
    }
    viewer.global_role.reset();
    viewer.teams.clear();
    if (role) viewer.teams.push_back({.team = *token.team, .team_name = name, .role = *role});
    return viewer;
}

Result<> check_full_name(const std::string& name) {
    if (name.empty()) return fail(Error::invalid("name", "Full name cannot be empty"));
    return check_length("name", name);
}

Result<> check_position(const std::string& position) {
    return check_length("position", position);
}

Error sso_and_mfa() {
    Error error;
    error.kind = ErrorKind::conflict;
    error.message = "Conflict";
    error.fields.push_back(
        {"mfa_enabled", "Couldn't enable both: single sign-on accounts do without e-mail links"}
    );
    return error;
}

}  // namespace fleet::service
