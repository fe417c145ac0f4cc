#include "fleet/store/session_store.hpp"

#include "viewer_rows.hpp"

namespace fleet::store {
namespace {

const Sql kFindByToken{
    "find_session_by_token",
    std::string{"SELECT "} + kViewerColumns + ", s.id, s.accessed_at FROM sessions s" +
        viewer_joins("s") + " WHERE s.token_digest = ? ORDER BY t.id"};
constexpr const char* kSelect = "SELECT id, user_id, created_at, accessed_at FROM sessions ";
const Sql kFind{"find_session", std::string{kSelect} + "WHERE id = ?"};
const Sql kList{"list_sessions", std::string{kSelect} + "WHERE user_id = ? ORDER BY id"};
const Sql kInsert{"insert_session", R"sql(
    INSERT INTO sessions (user_id, token_digest, created_at, accessed_at) VALUES (?, ?, ?, ?)
)sql"};
const Sql kTouch{
    "touch_session", "UPDATE sessions SET accessed_at = ? WHERE id = ? AND accessed_at < ?"};
const Sql kRemove{"delete_session", "DELETE FROM sessions WHERE id = ?"};
const Sql kRemoveAll{"delete_user_sessions", "DELETE FROM sessions WHERE user_id = ?"};

SessionInfo to_info(const Row& row) {
    return {
        .id = row.id<SessionId>(0),
        .user = row.id<UserId>(1),
        .created_at = row.time(2),
        .accessed_at = row.time(3),
    };
}

LiveSession to_live(const Row& row) {
    LiveSession out;
    out.viewer = to_viewer(row);
    out.viewer.session = row.id<SessionId>(kViewerWidth);
    out.accessed_at = row.time(kViewerWidth + 1);
    return out;
}

}  // namespace

std::optional<LiveSession> SessionStore::find(const Digest& token) {
    const auto values = params(token);
    return with_read(db_, [&](Session& session) {
        std::optional<LiveSession> live;
        session.select(kFindByToken, values, [&](const Row& row) {
            if (!live) live = to_live(row);
            add_team_role(row, live->viewer);
        });
        return live;
    });
}

std::optional<SessionInfo> SessionStore::find(SessionId id) {
    return with_read(db_, [&](Session& session) { return session.one(kFind, to_info, id); });
}

std::vector<SessionInfo> SessionStore::list(UserId user) {
    return with_read(db_, [&](Session& session) { return session.rows(kList, to_info, user); });
}

void SessionStore::touch(SessionId id, Time now) {
    db_.write([&](Session& session) { session.execute(kTouch, now, id, now); });
}

bool SessionStore::remove(SessionId id) {
    return with_write(db_, [&](Session& session) { return session.execute(kRemove, id) > 0; });
}

SessionId SessionStore::insert(Session& session, UserId user, const Digest& token, Time now) {
    return SessionId{session.insert(kInsert, user, token, now, now)};
}

void SessionStore::remove_all(Session& session, UserId user) {
    session.execute(kRemoveAll, user);
}

}  // namespace fleet::store
