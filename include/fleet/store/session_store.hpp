#pragma once

#include <optional>
#include <vector>

#include "fleet/core/crypto.hpp"
#include "fleet/core/user.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A session with the user behind it.
struct LiveSession {
    Viewer viewer{};
    Time accessed_at{};
};

/// Logins, looked up by the digest of their token.
class SessionStore {
public:
    explicit SessionStore(Database& db) : db_{db} {}

    /// Session, user and team roles in one select.
    std::optional<LiveSession> find(const Digest& token);
    std::optional<SessionInfo> find(SessionId id);
    std::vector<SessionInfo> list(UserId user);
    /// Moves the time of last use forward.
    void touch(SessionId id, Time now);
    bool remove(SessionId id);

    SessionId insert(Session& session, UserId user, const Digest& token, Time now);
    void remove_all(Session& session, UserId user);

private:
    Database& db_;
};

}  // namespace fleet::store
