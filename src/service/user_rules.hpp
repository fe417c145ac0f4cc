#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/core/user.hpp"
#include "fleet/service/user_service.hpp"

namespace fleet::service {

/// Either a global role or roles on teams.
struct Roles {
    std::optional<Role> global{};
    std::vector<TeamRole> teams{};
};

/// What a client asked for as roles; 422 with a code when it is neither or both, unknown, or gitops
/// for a person (rest-api-a 1.6, 5.4).
Result<Roles> check_roles(
    const std::string& global_role, std::span<const RequestedTeamRole> teams, bool api_only
);

/// Whether the viewer may do `action` to somebody with these roles: global users may by their role,
/// others need the right on every team.
Result<> authorize_on(const Viewer& viewer, Action action, const Roles& roles);
Roles roles_of(const User& user);
bool same_roles(const User& user, const Roles& roles);

/// The account as the actor of an activity.
Viewer as_actor(const User& user);

/// The viewer behind a token: never more than its user may, on one team only when it says so.
Viewer narrowed(Viewer viewer, const ApiToken& token);

/// 422 on `name` or `position`.
Result<> check_full_name(const std::string& name);
Result<> check_position(const std::string& position);

/// 409: an account has one of them at most.
Error sso_and_mfa();

}  // namespace fleet::service
