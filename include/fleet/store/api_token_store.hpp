#pragma once

#include <optional>
#include <vector>

#include "fleet/core/crypto.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/user.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A token with the user behind it, whose roles are not narrowed yet.
struct LiveToken {
    Viewer viewer{};
    ApiToken token{};
};

/// Tokens that users made for programs, looked up by digest.
class ApiTokenStore {
public:
    explicit ApiTokenStore(Database& db) : db_{db} {}

    /// Token, user and team roles in one select; expired tokens, too.
    std::optional<LiveToken> find(const Digest& token);
    std::vector<ApiToken> list(UserId user);
    /// Moves the time of last use forward.
    void touch(ApiTokenId id, Time now);

    std::optional<ApiToken> find(Session& session, UserId user, ApiTokenId id);
    /// Locks the user's tokens, so that a limit holds.
    std::uint64_t count(Session& session, UserId user);
    /// conflict: the user has a token of that name. 422 on `team_id`: no such team.
    Result<ApiTokenId> insert(Session& session, const ApiToken& token, const Digest& digest);
    bool remove(Session& session, UserId user, ApiTokenId id);
    void remove_all(Session& session, UserId user);

private:
    Database& db_;
};

}  // namespace fleet::store
