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

}  // namespace fleet
