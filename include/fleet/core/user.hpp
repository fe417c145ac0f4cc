#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"

namespace fleet {

/// An account. Holds either a global role or roles on teams.
struct User {
    UserId id{};
    std::string name{};
    std::string email{};
    std::optional<Role> global_role{};
    std::vector<TeamRole> teams{};
    std::string position{};
    std::string gravatar_url{};
    bool sso_enabled = false;
    bool mfa_enabled = false;
    bool api_only = false;
    bool force_password_reset = false;
    std::string settings{};  // JSON of the web UI; empty: none stored
    std::optional<std::vector<ApiEndpoint>> api_endpoints{};  // API-only users: nothing else
    Time created_at{};
    Time updated_at{};
};

/// A login of a user; the token itself is known to the client only.
struct SessionInfo {
    SessionId id{};
    UserId user{};
    Time created_at{};
    Time accessed_at{};
};

/// Somebody who was asked to make an account.
struct Invite {
    InviteId id{};
    std::string email{};
    std::string name{};
    std::string position{};
    bool sso_enabled = false;
    bool mfa_enabled = false;
    std::optional<Role> global_role{};
    std::vector<TeamRole> teams{};
    UserId invited_by{};
    Time created_at{};
    Time updated_at{};
};

/// A token that a user made for a program; the token itself is known to its holder only.
struct ApiToken {
    ApiTokenId id{};
    UserId user{};
    std::string name{};
    bool read_only = true;
    std::optional<TeamId> team{};  // acts on this team only
    Time created_at{};
    std::optional<Time> expires_at{};
    std::optional<Time> last_used_at{};
};

}  // namespace fleet
