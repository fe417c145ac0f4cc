#include "fleet/store/enroll_secret_store.hpp"

#include <algorithm>
#include <set>

#include "fleet/core/crypto.hpp"

namespace fleet::store {
namespace {

// NULL-safe comparison: no team means the global secrets.
const Sql kList{"list_enroll_secrets", R"sql(
    SELECT secret, team_id, created_at FROM enroll_secrets WHERE team_id <=> ? ORDER BY id
)sql"};
const Sql kLock{"lock_enroll_secrets", R"sql(
    SELECT secret FROM enroll_secrets WHERE team_id <=> ? ORDER BY id FOR UPDATE
)sql"};
const Sql kInsert{"insert_enroll_secret", R"sql(
    INSERT INTO enroll_secrets (secret, secret_digest, team_id, created_at) VALUES (?, ?, ?, ?)
)sql"};
const Sql kRemove{"delete_enroll_secret", "DELETE FROM enroll_secrets WHERE secret_digest = ?"};

}  // namespace

std::vector<EnrollSecret> EnrollSecretStore::list(std::optional<TeamId> team) {
    return with_read(db_, [&](Session& session) {
        return session.rows(
            kList,
            [](const Row& row) {
                return EnrollSecret{
                    .secret = row.str(0), .team = row.opt_id<TeamId>(1), .created_at = row.time(2)};
            },
            team
        );
    });
}

Result<> EnrollSecretStore::replace(
    Session& session, std::optional<TeamId> team, std::span<const std::string> secrets, Time now
) {
    const std::set<std::string> wanted{secrets.begin(), secrets.end()};
    const auto stored = session.rows(
        kLock, [](const Row& row) { return row.str(0); }, team
    );
    const std::set<std::string> present{stored.begin(), stored.end()};
    // At most 50 (rest-api-a 11), so one statement each is fine.
    for (const auto& secret : present) {
        if (!wanted.contains(secret)) session.execute(kRemove, sha256(secret));
    }
    // In the order given, each once.
    std::set<std::string> added = present;
    for (const auto& secret : secrets) {
        if (!added.insert(secret).second) continue;
        try {
            session.execute(kInsert, secret, sha256(secret), team, now);
        } catch (const DbError& error) {
            if (error.fault == DbFault::duplicate) {
                return fail(Error::conflict("Enroll secret", "secret"));
            }
            if (error.fault == DbFault::foreign_key) {
                return fail(Error::invalid("team_id", "no such team"));
            }
            throw;
        }
    }
    return {};
}

}  // namespace fleet::store
