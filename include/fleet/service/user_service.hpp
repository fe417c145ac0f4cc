#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/user.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/api_catalog.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/service/mailer.hpp"
#include "fleet/store/account_link_store.hpp"
#include "fleet/store/invite_store.hpp"
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

/// An account for programs, to be made (rest-api-a 5.5).
struct NewProgram {
    std::string name{};
    std::string global_role{};  // empty: none
    std::vector<RequestedTeamRole> teams{};
    std::optional<std::vector<ApiEndpoint>> endpoints{};  // none: everything
};

struct ProgramChanges {
    std::optional<std::string> name{};
    std::optional<std::string> global_role{};
    std::optional<std::vector<RequestedTeamRole>> teams{};
    bool sets_endpoints = false;
    std::optional<std::vector<ApiEndpoint>> endpoints{};
};

/// The roles that one account shall have, its teams by name (rest-api-a 5.13).
struct RoleSpec {
    struct NamedTeamRole {
        std::string team{};
        std::string role{};
    };
    std::string email{};
    std::string global_role{};  // empty: none
    std::vector<NamedTeamRole> teams{};
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
        store::InviteStore& invites;
        store::AccountLinkStore& links;
        Mailer& mailer;
        const Clock& clock;
        /// What API-only accounts can be limited to.
        std::function<ApiCatalog()> catalog{};
        std::size_t link_bytes = 24;
    };

    explicit UserService(Deps deps) : deps_{std::move(deps)} {}

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

    Result<CreatedUser> create_program(const Viewer& viewer, const NewProgram& in);
    Result<User> modify_program(const Viewer& viewer, UserId id, const ProgramChanges& changes);
    Result<ApiCatalog> catalog(const Viewer& viewer);

    /// Follows the link of a change of address; the new address. 404 for a token of somebody else.
    Result<std::string> confirm_address(const Viewer& viewer, const std::string& token);
    /// All or nothing; users by address.
    Result<> apply_roles(const Viewer& viewer, const std::vector<RoleSpec>& specs);

private:
    Result<> check_address(const Viewer& viewer, const User& user, const UserChanges& changes);
    Result<> check_second_step(const User& user, const UserChanges& changes);
    Result<> mail_new_address(const User& user, const std::string& address);
    Result<CreatedUser> store_new(const Viewer& viewer, const User& user, const std::string& hash);
    Result<User> apply_role_spec(store::Session& session, const RoleSpec& spec);
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
