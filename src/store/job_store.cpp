#include "fleet/store/job_store.hpp"

#include "sql_where.hpp"

namespace fleet::store {
namespace {

constexpr std::uint64_t kBatch = 1'000;
/// Between the machines of two instances.
constexpr std::chrono::minutes kClocksDiffer{1};

const Sql kKnow{"know_job", "INSERT IGNORE INTO jobs (name) VALUES (?)"};
const Sql kTake{
    "take_job",
    "UPDATE jobs SET holder = ?, lease_until = ?, last_started_at = ? "
    "WHERE name = ? AND (lease_until <= ? OR lease_until > ?) AND "
    "(last_started_at IS NULL OR last_started_at <= ? OR last_started_at > ?)"};
const Sql kFinish{
    "finish_job",
    "UPDATE jobs SET lease_until = ?, last_finished_at = ?, last_error = NULLIF(?, '') "
    "WHERE name = ? AND holder = ?"};
const Sql kRunning{
    "running_job", "SELECT last_started_at FROM jobs WHERE name = ? AND lease_until > ?"};
const Sql kTeamConfigs{
    "expiry_team_configs", "SELECT id, config FROM teams WHERE config IS NOT NULL ORDER BY id"};
const Sql kSessions{
    "expire_sessions",
    "DELETE FROM sessions WHERE accessed_at < ? AND user_id IN "
    "(SELECT id FROM users WHERE api_only = 0) ORDER BY id LIMIT 1000"};
const Sql kDeletions{
    "expire_host_deletions",
    "DELETE FROM host_deletions WHERE deleted_at < ? ORDER BY id LIMIT 1000"};
const Sql kOldCarves{
    "old_carves",
    "SELECT id FROM carves WHERE expired = 0 AND created_at < ? ORDER BY id LIMIT 50"};
const Sql kCarveBlocks{"delete_carve_blocks", "DELETE FROM carve_blocks WHERE carve_id = ?"};
const Sql kExpireCarve{"expire_carve", "UPDATE carves SET expired = 1 WHERE id = ?"};
const Sql kUnsaved{
    "expire_unsaved_queries",
    "DELETE FROM queries WHERE saved = 0 AND created_at < ? AND NOT EXISTS "
    "(SELECT 1 FROM distributed_query_campaigns c WHERE c.query_id = queries.id AND c.status <> 2) "
    "ORDER BY id LIMIT 1000"};

}  // namespace

bool JobStore::take(
    const std::string& name,
    const std::string& holder,
    Time now,
    std::chrono::seconds every,
    std::chrono::seconds lease
) {
    return with_write(db_, [&](Session& session) {
        session.execute(kKnow, name);
        // What lies further ahead than it can was written before the clock was set back.
        return session.execute(
                   kTake,
                   holder,
                   now + lease,
                   now,
                   name,
                   now,
                   now + lease + kClocksDiffer,
                   now - every,
                   now + every + kClocksDiffer
               ) == 1;
    });
}

void JobStore::finish(
    const std::string& name, const std::string& holder, Time now, const std::string& error
) {
    db_.write([&](Session& session) { session.execute(kFinish, now, now, error, name, holder); });
}

std::optional<Time> JobStore::running_since(const std::string& name, Time now) {
    return with_read(db_, [&](Session& session) {
        return session.one(
            kRunning, [](const Row& row) { return row.time(0); }, name, now
        );
    });
}

std::vector<HostId> ExpiryStore::silent_hosts(
    const SilentHosts& of, Time limit, std::uint64_t most
) {
    // Those seen once, by host_seen_at; those never seen, by hosts_created.
    constexpr const char* kSeen = "SELECT h.id FROM host_seen s JOIN hosts h ON h.id = s.host_id";
    constexpr const char* kNeverSeen =
        "SELECT h.id FROM hosts h LEFT JOIN host_seen s ON s.host_id = h.id";
    const auto select = [&](Session& session, const char* name, const char* from, Where where) {
        if (of.team) where.add("h.team_id = ?", *of.team);
        if (!of.except.empty()) {
            const std::vector<Param> teams = id_params<TeamId>(of.except);
            where.add("(h.team_id IS NULL OR h.team_id NOT IN " + placeholders(teams.size()) + ")");
            for (const Param& team : teams)
                where.bind(team);
        }
        where.bind(most);
        std::vector<HostId> out;
        session.select(
            Sql{name, from + where.text() + " ORDER BY h.id LIMIT ?"},
            where.values(),
            [&](const Row& row) { out.push_back(row.id<HostId>(0)); }
        );
        return out;
    };
    return with_read(db_, [&](Session& session) {
        Where seen;
        seen.add("s.seen_at < ?", limit);
        std::vector<HostId> out = select(session, "silent_hosts", kSeen, std::move(seen));
        if (!out.empty()) return out;
        Where never;
        never.add("h.created_at < ?", limit);
        never.add("s.host_id IS NULL");
        return select(session, "hosts_never_seen", kNeverSeen, std::move(never));
    });
}

std::vector<std::pair<TeamId, std::string>> ExpiryStore::team_configs() {
    return with_read(db_, [](Session& session) {
        return session.rows(kTeamConfigs, [](const Row& row) {
            return std::pair{row.id<TeamId>(0), row.str(1)};
        });
    });
}

bool ExpiryStore::delete_some(const Sql& sql, Time limit) {
    return with_write(db_, [&](Session& session) { return session.execute(sql, limit) == kBatch; });
}

bool ExpiryStore::delete_sessions_unused_since(Time limit) {
    return delete_some(kSessions, limit);
}

bool ExpiryStore::delete_host_deletions_before(Time limit) {
    return delete_some(kDeletions, limit);
}

bool ExpiryStore::delete_unsaved_queries_before(Time limit) {
    return delete_some(kUnsaved, limit);
}

bool ExpiryStore::expire_carves_before(Time limit) {
    const auto ids = with_read(db_, [&](Session& session) {
        return session.rows(
            kOldCarves, [](const Row& row) { return row.id<CarveId>(0); }, limit
        );
    });
    for (const CarveId id : ids) {
        // One carve a transaction: its blocks may be gigabytes.
        db_.write([&](Session& session) {
            session.execute(kCarveBlocks, id);
            session.execute(kExpireCarve, id);
        });
    }
    return !ids.empty();
}

}  // namespace fleet::store
