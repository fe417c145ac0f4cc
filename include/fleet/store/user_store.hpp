#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/user.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// Accounts and their roles. What takes a Session belongs to the caller's transaction.
class UserStore {
public:
    explicit UserStore(Database& db) : db_{db} {}

    bool any();
    std::optional<User> find(UserId id);
    /// In any case of letters.
    std::optional<User> find_by_email(const std::string& email);
    /// A page of all users, or of a team's members. `order_key` not in the table of columns: by id.
    std::vector<User> list(const Paging& paging, std::optional<TeamId> team);
    /// Empty for users who cannot log in with a password.
    std::string password_hash(UserId id);

    bool any(Session& session);
    std::optional<User> find(Session& session, UserId id);
    /// The row, locked until the transaction ends.
    std::optional<User> lock(Session& session, UserId id);
    std::optional<User> lock_by_email(Session& session, const std::string& email);
    std::optional<TeamId> team_by_name(Session& session, const std::string& name);
    /// Account and team roles. conflict: the address is taken. 422 on `teams.id`: no such team.
    Result<UserId> insert(Session& session, const User& user, const std::string& password_hash);
    /// Writes every field and the team roles; not the password. Same errors as insert().
    Result<> update(Session& session, const User& user);
    void set_password(Session& session, UserId id, const std::string& hash, bool must_reset);
    bool remove(Session& session, UserId id);
    /// Whether some other account is global admin; locks the admins, so that two who demote each
    /// other cannot both succeed.
    bool has_other_global_admin(Session& session, UserId id);

private:
    Database& db_;
};

}  // namespace fleet::store
