#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/ids.hpp"

namespace fleet {

/// The six roles; the same names at global and at team scope (rest-api-a 7).
enum class Role : unsigned { admin, maintainer, technician, observer_plus, observer, gitops };

std::string_view to_text(Role role);
std::optional<Role> parse_role(std::string_view text);

struct TeamRole {
    TeamId team{};
    std::string team_name{};
    Role role = Role::observer;
};

/// Who is asking: the user behind a session, with everything that authorisation needs.
struct Viewer {
    UserId id{};
    SessionId session{};
    std::string name{};
    std::string email{};
    std::optional<Role> global_role{};
    std::vector<TeamRole> teams{};
    std::string client_ip{};  // where this request came from
    bool api_only = false;
    bool force_password_reset = false;

    std::optional<Role> role_on(TeamId team) const;
};

}  // namespace fleet
