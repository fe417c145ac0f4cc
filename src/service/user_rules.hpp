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

Error licence_needed();

}  // namespace fleet::service
