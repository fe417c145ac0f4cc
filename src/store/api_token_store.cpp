#include "fleet/store/api_token_store.hpp"

#include "viewer_rows.hpp"

namespace fleet::store {
namespace {

constexpr const char* kTokenColumns =
    "k.id, k.user_id, k.name, k.read_only, k.team_id, k.created_at, k.expires_at, k.last_used_at";

// Index api_tokens_digest.
const Sql kFindByDigest{
    "find_api_token",
    std::string{"SELECT "} + kViewerColumns + ", " + kTokenColumns + " FROM api_tokens k" +
        viewer_joins("k") + " WHERE k.token_digest = ? ORDER BY t.id"};
// Index api_tokens_name.
const Sql kList{
    "list_api_tokens",
    std::string{"SELECT "} + kTokenColumns +
        " FROM api_tokens k WHERE k.user_id = ? ORDER BY k.id"};
const Sql kFind{
    "api_token",
    std::string{"SELECT "} + kTokenColumns + " FROM api_tokens k WHERE k.user_id = ? AND k.id = ?"};
const Sql kCount{"count_api_tokens", "SELECT id FROM api_tokens WHERE user_id = ? FOR UPDATE"};
const Sql kInsert{"insert_api_token", R"sql(
    INSERT INTO api_tokens (user_id, name, token_digest, read_only, team_id, created_at, expires_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
)sql"};
const Sql kTouch{
    "touch_api_token",
    "UPDATE api_tokens SET last_used_at = ? "
    "WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)"};
const Sql kRemove{"delete_api_token", "DELETE FROM api_tokens WHERE user_id = ? AND id = ?"};
const Sql kRemoveAll{"delete_api_tokens", "DELETE FROM api_tokens WHERE user_id = ?"};

ApiToken token_at(const Row& row, unsigned first) {
    return {
        .id = row.id<ApiTokenId>(first),
        .user = row.id<UserId>(first + 1),
        .name = row.str(first + 2),
        .read_only = row.boolean(first + 3),
        .team = row.opt_id<TeamId>(first + 4),
        .created_at = row.time(first + 5),
        .expires_at = row.opt_time(first + 6),
        .last_used_at = row.opt_time(first + 7),
    };
}

ApiToken to_token(const Row& row) {
    return token_at(row, 0);
}

}  // namespace

std::optional<LiveToken> ApiTokenStore::find(const Digest& token) {
    const auto values = params(token);
    return with_read(db_, [&](Session& session) {
        std::optional<LiveToken> live;
        session.select(kFindByDigest, values, [&](const Row& row) {
            if (!live) live = {.viewer = to_viewer(row), .token = token_at(row, kViewerWidth)};
            add_team_role(row, live->viewer);
        });
        return live;
    });
}

std::vector<ApiToken> ApiTokenStore::list(UserId user) {
    return with_read(db_, [&](Session& session) { return session.rows(kList, to_token, user); });
}

void ApiTokenStore::touch(ApiTokenId id, Time now) {
    db_.write([&](Session& session) { session.execute(kTouch, now, id, now); });
}

std::optional<ApiToken> ApiTokenStore::find(Session& session, UserId user, ApiTokenId id) {
    return session.one(kFind, to_token, user, id);
}

std::uint64_t ApiTokenStore::count(Session& session, UserId user) {
    return session
        .rows(
            kCount, [](const Row& row) { return row.u64(0); }, user
        )
        .size();
}

Result<ApiTokenId> ApiTokenStore::insert(
    Session& session, const ApiToken& token, const Digest& digest
) {
    try {
        return ApiTokenId{session.insert(
            kInsert,
            token.user,
            token.name,
            digest,
            token.read_only,
            token.team,
            token.created_at,
            token.expires_at
        )};
    } catch (const DbError& error) {
        if (error.fault == DbFault::duplicate) return fail(Error::conflict("API token", "name"));
        if (error.fault != DbFault::foreign_key) throw;
        return fail(Error::invalid("team_id", "no such team"));
    }
}

bool ApiTokenStore::remove(Session& session, UserId user, ApiTokenId id) {
    return session.execute(kRemove, user, id) > 0;
}

void ApiTokenStore::remove_all(Session& session, UserId user) {
    session.execute(kRemoveAll, user);
}

}  // namespace fleet::store
