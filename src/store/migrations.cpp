#include "fleet/store/migrations.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "fleet/core/crypto.hpp"
#include "fleet/core/log.hpp"
#include "migrations_detail.hpp"

namespace fleet::store {
namespace {

const Sql kHasTable{"migrations_table", R"sql(
    SELECT COUNT(*) FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name = 'schema_migrations'
)sql"};

// A migration that stopped half way has no applied_at; it goes on after its last finished
// statement, because the server commits each change of a table by itself.
const Sql kCreateTable{"create_schema_migrations", R"sql(
    CREATE TABLE IF NOT EXISTS schema_migrations (
        name VARCHAR(255) NOT NULL PRIMARY KEY,
        checksum CHAR(64) NOT NULL,
        statements_done INT UNSIGNED NOT NULL DEFAULT 0,
        applied_at DATETIME(6) NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci
)sql"};

const Sql kList{"list_migrations", R"sql(
    SELECT name, checksum, statements_done, applied_at IS NOT NULL
    FROM schema_migrations ORDER BY name
)sql"};

const Sql kStart{"start_migration", R"sql(
    INSERT INTO schema_migrations (name, checksum) VALUES (?, ?)
    ON DUPLICATE KEY UPDATE checksum = VALUES(checksum)
)sql"};

const Sql kStep{
    "migration_step", "UPDATE schema_migrations SET statements_done = ? WHERE name = ?"};

const Sql kFinish{"finish_migration", R"sql(
    UPDATE schema_migrations SET applied_at = UTC_TIMESTAMP(6) WHERE name = ?
)sql"};

// User locks are server-wide and their names short, so the schema goes in as a digest.
const Sql kLock{"lock_migrations", R"sql(
    SELECT GET_LOCK(CONCAT('fleet_migrations_', LEFT(SHA2(DATABASE(), 256), 32)), 5)
)sql"};
const Sql kUnlock{"unlock_migrations", R"sql(
    SELECT RELEASE_LOCK(CONCAT('fleet_migrations_', LEFT(SHA2(DATABASE(), 256), 32)))
)sql"};
constexpr int kLockAttempts = 120;  // of five seconds

struct Record {
    std::string checksum{};
    std::uint64_t statements_done = 0;
    bool finished = false;
};
using Records = std::map<std::string, Record>;

Records read_records(Session& session) {
    Records records;
    const auto tables = session.one(kHasTable, [](const Row& row) { return row.u64(0); });
    if (tables.value_or(0) == 0) return records;
    session.select(kList, {}, [&](const Row& row) {
        records[row.str(0)] = {
            .checksum = row.str(1), .statements_done = row.u64(2), .finished = row.boolean(3)};
    });
    return records;
}

MigrationState compare(const Records& records, std::span<const Migration> migrations) {
    MigrationState state;
    for (const auto& migration : migrations) {
        const auto found = records.find(migration.name);
        if (found == records.end() || !found->second.finished) {
            state.missing.push_back(migration.name);
        } else {
            state.applied.push_back(migration.name);
            if (found->second.checksum != checksum_of(migration)) {
                state.changed.push_back(migration.name);
            }
        }
    }
    for (const auto& [name, record] : records) {
        const bool known =
            std::any_of(migrations.begin(), migrations.end(), [&name = name](const auto& m) {
                return m.name == name;
            });
        if (!known) state.unknown.push_back(name);
    }
    return state;
}

/// Holds the lock for as long as it lives, on a session that outlives it.
class MigrationLock {
public:
    MigrationLock(Session& session, const std::function<void(const std::string&)>& progress)
        : session_{session} {
        for (int attempt = 0; attempt < kLockAttempts; ++attempt) {
            const auto got = session.one(kLock, [](const Row& row) { return row.boolean(0); });
            if (got.value_or(false)) return;
            if (attempt == 0) progress("waiting for migrations that run elsewhere");
        }
        throw std::runtime_error{"another program has been running migrations for ten minutes"};
    }
    ~MigrationLock() {
        try {
            session_.select(kUnlock, {}, [](const Row&) {});
        } catch (const DbError& error) {
            // The lock ends with the connection anyhow.
            log::warn("the migration lock was not released", {{"error", error.what()}});
        }
    }
    MigrationLock(const MigrationLock&) = delete;
    MigrationLock& operator=(const MigrationLock&) = delete;

private:
    Session& session_;
};

void apply(Session& session, const Migration& migration, std::uint64_t done) {
    session.execute(kStart, migration.name, checksum_of(migration));
    const auto statements = split_statements(migration.text);
    for (std::size_t i = done; i < statements.size(); ++i) {
        session.execute(Sql{"migration " + migration.name, statements[i]});
        session.execute(kStep, i + 1, migration.name);
    }
    session.execute(kFinish, migration.name);
}

void check_untouched(const MigrationState& state) {
    if (state.changed.empty()) return;
    throw std::runtime_error{
        "migration " + state.changed.front() +
        " differs from what this database applied; use the release that matches the database"};
}

bool is_comment(std::string_view line) {
    const auto start = line.find_first_not_of(" \t\r");
    return start == std::string_view::npos || line.substr(start).starts_with("--");
}

}  // namespace

std::vector<std::string> split_statements(std::string_view text) {
    std::vector<std::string> statements;
    std::string current;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (is_comment(line)) continue;

        current += line;
        const auto last = current.find_last_not_of(" \t\r");
        if (current[last] == ';') {
            current.resize(last);
            statements.push_back(std::move(current));
            current.clear();
        } else {
            current += '\n';
        }
    }
    if (!current.empty()) statements.push_back(std::move(current));
    return statements;
}

std::string checksum_of(const Migration& migration) {
    return to_hex(sha256(migration.text));
}

MigrationState migration_state(Database& db, std::span<const Migration> migrations) {
    return with_read(db, [&](Session& session) {
        return compare(read_records(session), migrations);
    });
}

void migrate(
    Database& db,
    std::span<const Migration> migrations,
    const std::function<void(const std::string&)>& progress
) {
    // Not a transaction: the server commits every change of a table at once. When the connection
    // breaks, read() runs this again, and it goes on where it stopped.
    db.read([&](Session& session) {
        const MigrationLock lock{session, progress};
        session.execute(kCreateTable);
        const Records records = read_records(session);
        const MigrationState state = compare(records, migrations);
        check_untouched(state);
        for (const auto& migration : migrations) {
            const auto found = records.find(migration.name);
            if (found != records.end() && found->second.finished) continue;
            progress("applying " + migration.name);
            apply(session, migration, found == records.end() ? 0 : found->second.statements_done);
        }
    });
}

MigrationState migration_state(Database& db) {
    return migration_state(db, embedded_migrations());
}

void migrate(Database& db, const std::function<void(const std::string&)>& progress) {
    migrate(db, embedded_migrations(), progress);
}

}  // namespace fleet::store
