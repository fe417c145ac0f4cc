#include "fleet/store/sso_store.hpp"

namespace fleet::store {
namespace {

constexpr std::uint64_t kBatch = 1'000;

const Sql kInsert{
    "insert_sso_request",
    "INSERT INTO sso_requests (cookie_digest, request_id, relay_url, expires_at) "
    "VALUES (?, ?, ?, ?)"};
const Sql kLock{
    "lock_sso_request",
    "SELECT request_id, relay_url, expires_at FROM sso_requests WHERE cookie_digest = ? "
    "FOR UPDATE"};
const Sql kRemove{"delete_sso_request", "DELETE FROM sso_requests WHERE cookie_digest = ?"};
const Sql kAssertion{
    "note_sso_assertion",
    "INSERT INTO sso_assertions (assertion_digest, expires_at) VALUES (?, ?)"};
const Sql kExpireRequests{
    "expire_sso_requests",
    "DELETE FROM sso_requests WHERE expires_at < ? ORDER BY expires_at LIMIT 1000"};
const Sql kExpireAssertions{
    "expire_sso_assertions",
    "DELETE FROM sso_assertions WHERE expires_at < ? ORDER BY expires_at LIMIT 1000"};

SsoRequest to_request(const Row& row) {
    return {.id = row.str(0), .relay_url = row.str(1), .expires_at = row.time(2)};
}

}  // namespace

void SsoStore::insert(const Digest& cookie, const SsoRequest& request) {
    db_.write([&](Session& session) {
        session.execute(kInsert, cookie, request.id, request.relay_url, request.expires_at);
    });
}

std::optional<SsoRequest> SsoStore::take(const Digest& cookie) {
    return with_write(db_, [&](Session& session) {
        auto request = session.one(kLock, to_request, cookie);
        if (request) session.execute(kRemove, cookie);
        return request;
    });
}

bool SsoStore::note_assertion(const Digest& id, Time expires_at) {
    try {
        db_.write([&](Session& session) { session.execute(kAssertion, id, expires_at); });
        return true;
    } catch (const DbError& error) {
        if (error.fault != DbFault::duplicate) throw;
        return false;
    }
}

bool SsoStore::delete_expired(Time now) {
    return with_write(db_, [&](Session& session) {
        const auto requests = session.execute(kExpireRequests, now);
        const auto assertions = session.execute(kExpireAssertions, now);
        return requests == kBatch || assertions == kBatch;
    });
}

}  // namespace fleet::store
