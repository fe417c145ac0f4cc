#include "fleet/store/account_link_store.hpp"

namespace fleet::store {
namespace {

constexpr std::uint64_t kBatch = 1'000;

// Index account_links_token.
const Sql kFind{
    "find_account_link",
    "SELECT user_id, email, expires_at FROM account_links WHERE token_digest = ? AND kind = ?"};
const Sql kInsert{
    "insert_account_link",
    "INSERT INTO account_links (kind, user_id, token_digest, email, expires_at) "
    "VALUES (?, ?, ?, ?, ?)"};
const Sql kTake{
    "take_account_link", "DELETE FROM account_links WHERE token_digest = ? AND kind = ?"};
// Index account_links_user.
const Sql kRemoveAll{
    "delete_account_links", "DELETE FROM account_links WHERE user_id = ? AND kind = ?"};
const Sql kExpire{
    "expire_account_links",
    "DELETE FROM account_links WHERE expires_at < ? ORDER BY expires_at LIMIT 1000"};

const char* text_of(LinkKind kind) {
    switch (kind) {
        case LinkKind::password_reset:
            return "password_reset";
        case LinkKind::sign_in:
            return "sign_in";
        case LinkKind::email_change:
            return "email_change";
    }
    return "";
}

AccountLink to_link(const Row& row) {
    return {.user = row.id<UserId>(0), .email = row.str(1), .expires_at = row.time(2)};
}

}  // namespace

std::optional<AccountLink> AccountLinkStore::find(LinkKind kind, const Digest& token) {
    return with_read(db_, [&](Session& session) {
        return session.one(kFind, to_link, token, text_of(kind));
    });
}

void AccountLinkStore::replace(
    Session& session, LinkKind kind, const Digest& token, const AccountLink& link
) {
    remove_all(session, link.user, kind);
    session.execute(kInsert, text_of(kind), link.user, token, link.email, link.expires_at);
}

bool AccountLinkStore::take(Session& session, LinkKind kind, const Digest& token) {
    return session.execute(kTake, token, text_of(kind)) > 0;
}

void AccountLinkStore::remove_all(Session& session, UserId user, LinkKind kind) {
    session.execute(kRemoveAll, user, text_of(kind));
}

bool AccountLinkStore::delete_expired(Time now) {
    return with_write(db_, [&](Session& session) {
        return session.execute(kExpire, now) == kBatch;
    });
}

}  // namespace fleet::store
