#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/user.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

/// A role as a client names it, not checked yet.
struct RequestedTeamRole {
    TeamId team{};
    std::string role{};
};

struct NewUser {
    std::string name{};
    std::string email{};
    std::string password{};
    std::string position{};
    std::string gravatar_url{};
    std::string global_role{};  // empty: none
    std::vector<RequestedTeamRole> teams{};
    bool sso_enabled = false;
    bool mfa_enabled = false;
    bool api_only = false;
    bool force_password_reset = true;
};

struct CreatedUser {
    User user{};
    std::optional<std::string> token{};  // for API-only users
};

/// What is set changes, the rest stays.
struct UserChanges {
    std::optional<std::string> name{};
    std::optional<std::string> email{};
    std::optional<std::string> position{};
    std::optional<std::string> gravatar_url{};
    std::optional<std::string> password{};  // the current one
    std::optional<std::string> new_password{};
    std::optional<bool> sso_enabled{};
    std::optional<bool> mfa_enabled{};
    std::optional<std::string> global_role{};
    std::optional<std::vector<RequestedTeamRole>> teams{};
    std::optional<std::string> settings{};
};

/// Accounts (rest-api-a 5).
class UserService {
public:
    struct Deps {
        store::Database& db;
        store::UserStore& users;
        store::SessionStore& sessions;
        AuthService& auth;
        Activities& activities;
    };

    explicit UserService(Deps deps) : deps_{deps} {}

    Result<CreatedUser> create(const Viewer& viewer, const NewUser& in);
    Result<std::vector<User>> list(
        const Viewer& viewer, const Paging& paging, std::optional<TeamId> team
    );
    Result<User> get(const Viewer& viewer, UserId id);
    /// Who is asking, also for users who may not read accounts.
    Result<User> me(const Viewer& viewer);
    Result<User> modify(const Viewer& viewer, UserId id, const UserChanges& changes);
    Result<> remove(const Viewer& viewer, UserId id);
    Result<User> require_password_reset(const Viewer& viewer, UserId id, bool required);

private:
    Result<> check_address(const Viewer& viewer, const User& user, const UserChanges& changes);
    Result<> check_new_password(const Viewer& viewer, const User& user, const UserChanges& changes);
    Result<User> write_changes(
        store::Session& session,
        const Viewer& viewer,
        UserId id,
        const UserChanges& changes,
        const std::optional<std::string>& new_hash
    );

    Deps deps_;
};

}  // namespace fleet::service
