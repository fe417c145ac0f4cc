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

/// An endpoint as the catalogue names it ("GET", "/api/v1/fleet/hosts/:id").
struct ApiEndpoint {
    std::string method{};
    std::string path{};

    bool operator==(const ApiEndpoint&) const = default;
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
    /// Came with an API token instead of a login. Such a viewer cannot change the account itself.
    std::optional<ApiTokenId> token{};
    bool read_only = false;
    /// Nothing else may be called, when set.
    std::optional<std::vector<ApiEndpoint>> endpoints{};

    std::optional<Role> role_on(TeamId team) const;
};

}  // namespace fleet
