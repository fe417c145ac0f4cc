#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/crypto.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/user.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// Invitations and the roles that they give. What takes a Session belongs to the caller's
/// transaction.
class InviteStore {
public:
    explicit InviteStore(Database& db) : db_{db} {}

    std::optional<Invite> find(const Digest& token);
    std::vector<Invite> list(const Paging& paging);
    /// In any case of letters.
    bool invites(const std::string& email);

    bool invites(Session& session, const std::string& email);
    std::optional<Invite> find(Session& session, InviteId id);
    std::optional<Invite> lock(Session& session, InviteId id);
    std::optional<Invite> lock(Session& session, const Digest& token);
    /// conflict: the address is invited already. 422 on `teams.id`: no such team.
    Result<InviteId> insert(Session& session, const Invite& invite, const Digest& token);
    /// Writes every field but who invited and when. Same errors as insert().
    Result<> update(Session& session, const Invite& invite);
    bool remove(Session& session, InviteId id);

private:
    Database& db_;
};

}  // namespace fleet::store
