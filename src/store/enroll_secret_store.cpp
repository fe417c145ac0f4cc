#include "fleet/store/enroll_secret_store.hpp"

#include <algorithm>
#include <set>

#include "fleet/core/crypto.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

constexpr const char* kSelect =
    "SELECT secret, team_id, created_at, name, expires_at, use_limit, use_count, last_used_at "
    "FROM enroll_secrets";

// NULL-safe comparison: no team means the global secrets.
const Sql kList{"list_enroll_secrets", std::string{kSelect} + " WHERE team_id <=> ? ORDER BY id"};
const Sql kLock{
    "lock_enroll_secrets", std::string{kSelect} + " WHERE team_id <=> ? ORDER BY id FOR UPDATE"};
const Sql kInsert{"insert_enroll_secret", R"sql(
    INSERT INTO enroll_secrets (secret, secret_digest, team_id, created_at, name, expires_at,
        use_limit)
    VALUES (?, ?, ?, ?, ?, ?, ?)
)sql"};
const Sql kUpdate{
    "update_enroll_secret",
    "UPDATE enroll_secrets SET name = ?, expires_at = ?, use_limit = ? WHERE secret_digest = ?"};
const Sql kRemove{"delete_enroll_secret", "DELETE FROM enroll_secrets WHERE secret_digest = ?"};

EnrollSecret to_secret(const Row& row) {
    EnrollSecret out;
    out.secret = row.str(0);
    out.team = row.opt_id<TeamId>(1);
    out.created_at = row.time(2);
    out.name = row.str(3);
    out.expires_at = row.opt_time(4);
    if (const auto limit = row.opt_u64(5)) out.use_limit = static_cast<std::uint32_t>(*limit);
    out.use_count = static_cast<std::uint32_t>(row.u64(6));
    out.last_used_at = row.opt_time(7);
    return out;
}

EnrollSecret merged(EnrollSecret secret, const WantedSecret& wanted) {
    if (wanted.name) secret.name = *wanted.name;
    if (wanted.expires_at) secret.expires_at = *wanted.expires_at;
    if (wanted.use_limit) secret.use_limit = *wanted.use_limit;
    return secret;
}

Result<> insert(Session& session, std::optional<TeamId> team, const EnrollSecret& s, Time now) {
    try {
        session.execute(
            kInsert, s.secret, sha256(s.secret), team, now, s.name, s.expires_at, s.use_limit
        );
        return {};
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

}  // namespace

std::vector<EnrollSecret> EnrollSecretStore::list(std::optional<TeamId> team) {
    return with_read(db_, [&](Session& session) { return list(session, team); });
}

std::vector<EnrollSecret> EnrollSecretStore::list(Session& session, std::optional<TeamId> team) {
    return session.rows(kList, to_secret, team);
}

std::map<TeamId, std::vector<EnrollSecret>> EnrollSecretStore::of_teams(
    std::span<const TeamId> teams
) {
    std::map<TeamId, std::vector<EnrollSecret>> out;
    for (std::size_t at = 0; at < teams.size(); at += kMaxList) {
        const auto some = teams.subspan(at, std::min(kMaxList, teams.size() - at));
        const std::vector<Param> values = id_params(some);
        const Sql sql{
            "list_secrets_of_teams",
            std::string{kSelect} + " WHERE team_id IN " + placeholders(values.size()) +
                " ORDER BY id"};
        db_.read([&](Session& session) {
            for (const TeamId team : some)
                out[team].clear();
            session.select(sql, values, [&](const Row& row) {
                out[row.id<TeamId>(1)].push_back(to_secret(row));
            });
        });
    }
    return out;
}

Result<> EnrollSecretStore::replace(
    Session& session, std::optional<TeamId> team, std::span<const WantedSecret> secrets, Time now
) {
    std::map<std::string, EnrollSecret> stored;
    for (EnrollSecret& secret : session.rows(kLock, to_secret, team)) {
        std::string text = secret.secret;
        stored.emplace(std::move(text), std::move(secret));
    }
    std::set<std::string> wanted;
    for (const WantedSecret& secret : secrets)
        wanted.insert(secret.secret);
    // At most 50 (rest-api-a 11), so one statement each is fine.
    for (const auto& [text, secret] : stored) {
        if (!wanted.contains(text)) session.execute(kRemove, sha256(text));
    }
    // In the order given, each once.
    std::set<std::string> done;
    for (const WantedSecret& secret : secrets) {
        if (!done.insert(secret.secret).second) continue;
        const auto known = stored.find(secret.secret);
        if (known == stored.end()) {
            EnrollSecret fresh;
            fresh.secret = secret.secret;
            FLEET_CHECK(insert(session, team, merged(std::move(fresh), secret), now));
        } else {
            const EnrollSecret now_wanted = merged(known->second, secret);
            session.execute(
                kUpdate,
                now_wanted.name,
                now_wanted.expires_at,
                now_wanted.use_limit,
                sha256(secret.secret)
            );
        }
    }
    return {};
}

Result<> EnrollSecretStore::replace(
    Session& session, std::optional<TeamId> team, std::span<const std::string> secrets, Time now
) {
    std::vector<WantedSecret> wanted;
    for (const std::string& secret : secrets)
        wanted.push_back({.secret = secret, .name = {}, .expires_at = {}, .use_limit = {}});
    return replace(session, team, std::span<const WantedSecret>{wanted}, now);
}

}  // namespace fleet::store
