#include <algorithm>
#include <cmath>

#include "fleet/store/query_store.hpp"
#include "fleet/store/schedule_store.hpp"
#include "sql_where.hpp"

namespace fleet::store {
namespace {

const Sql kInsert{
    "insert_query",
    "INSERT INTO queries (team_id, team_key, name, description, query, platform, "
    "min_osquery_version, logging, schedule_interval, automations_enabled, discard_data, "
    "observer_can_run, author_id, author_name, author_email) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
const Sql kUpdate{
    "update_query",
    "UPDATE queries SET name = ?, description = ?, query = ?, platform = ?, "
    "min_osquery_version = ?, logging = ?, schedule_interval = ?, automations_enabled = ?, "
    "discard_data = ?, observer_can_run = ? WHERE id = ?"};
const Sql kDropRows{"drop_report", "DELETE FROM query_results WHERE query_id = ?"};
const Sql kDropStats{"drop_query_stats", "DELETE FROM query_stats WHERE query_id = ?"};
const Sql kDropPercentiles{
    "drop_query_percentiles", "DELETE FROM query_aggregated_stats WHERE query_id = ?"};
const Sql kDropLabels{"drop_query_labels", "DELETE FROM query_labels WHERE query_id = ?"};

void write_labels(Session& session, QueryId id, const QueryFields& fields) {
    session.execute(kDropLabels, id);
    std::vector<Param> values;
    const auto add = [&](const std::vector<LabelRef>& labels, bool require_all, bool exclude) {
        for (const LabelRef& label : labels) {
            for (Param& value : params(id, label.id, require_all, exclude))
                values.push_back(std::move(value));
        }
    };
    add(fields.labels_include_any, false, false);
    add(fields.labels_include_all, true, false);
    add(fields.labels_exclude_any, false, true);
    if (values.empty()) return;
    session.insert_many(
        "insert_query_labels",
        "INSERT IGNORE INTO query_labels (query_id, label_id, require_all, exclude) VALUES ",
        "(?, ?, ?, ?)",
        "",
        values,
        4
    );
}

QueryId insert_one(
    Session& session,
    std::optional<TeamId> team,
    const QueryFields& fields,
    const QueryAuthor& author
) {
    const auto id = static_cast<QueryId>(session.insert(
        kInsert,
        team,
        team ? raw(*team) : std::uint64_t{0},
        fields.name,
        fields.description,
        fields.sql,
        fields.platform,
        fields.min_osquery_version,
        fields.logging,
        fields.interval,
        fields.automations_enabled,
        fields.discard_data,
        fields.observer_can_run,
        author.id,
        author.name,
        author.email
    ));
    write_labels(session, id, fields);
    return id;
}

void update_one(Session& session, QueryId id, const QueryFields& fields, Discard discard) {
    session.execute(
        kUpdate,
        fields.name,
        fields.description,
        fields.sql,
        fields.platform,
        fields.min_osquery_version,
        fields.logging,
        fields.interval,
        fields.automations_enabled,
        fields.discard_data,
        fields.observer_can_run,
        id
    );
    write_labels(session, id, fields);
    if (discard != Discard::nothing) session.execute(kDropRows, id);
    if (discard == Discard::rows_and_stats) {
        session.execute(kDropStats, id);
        session.execute(kDropPercentiles, id);
    }
}

/// Runs a change; a name that is taken becomes the error that clients know.
template <class Body>
auto write_query(Database& db, Body&& body) -> std::invoke_result_t<Body, Session&> {
    try {
        return with_write(db, std::forward<Body>(body));
    } catch (const DbError& error) {
        if (error.fault == DbFault::duplicate) return fail(Error::conflict("Query", "name"));
        throw;
    }
}

/// The value below which a share of the numbers lies; `sorted` is not empty.
double percentile(const std::vector<double>& sorted, double share) {
    const double position = std::ceil(share * static_cast<double>(sorted.size()));
    const auto index = static_cast<std::size_t>(std::max(position, 1.0)) - 1;
    return sorted[std::min(index, sorted.size() - 1)];
}

void refresh_one(Session& session, QueryId id) {
    std::vector<double> user;
    std::vector<double> system;
    double executions = 0;
    session.select(
        Sql{"query_stats_of_hosts",
            "SELECT SUM(executions), SUM(user_time), SUM(system_time) FROM query_stats "
            "WHERE query_id = ? GROUP BY host_id"},
        params(id),
        [&](const Row& row) {
            const double runs = row.real(0);
            if (runs <= 0) return;
            executions += runs;
            user.push_back(row.real(1) / runs);
            system.push_back(row.real(2) / runs);
        }
    );
    if (user.empty()) return;
    std::sort(user.begin(), user.end());
    std::sort(system.begin(), system.end());
    session.execute(
        Sql{"save_query_percentiles",
            "INSERT INTO query_aggregated_stats (query_id, system_time_p50, system_time_p95, "
            "user_time_p50, user_time_p95, total_executions) SELECT id, ?, ?, ?, ?, ? "
            "FROM queries WHERE id = ? ON DUPLICATE KEY UPDATE "
            "system_time_p50 = VALUES(system_time_p50), system_time_p95 = VALUES(system_time_p95), "
            "user_time_p50 = VALUES(user_time_p50), user_time_p95 = VALUES(user_time_p95), "
            "total_executions = VALUES(total_executions)"},
        percentile(system, 0.5),
        percentile(system, 0.95),
        percentile(user, 0.5),
        percentile(user, 0.95),
        executions,
        id
    );
}

}  // namespace

Result<QueryId> QueryStore::insert(
    std::optional<TeamId> team,
    const QueryFields& fields,
    const QueryAuthor& author,
    const std::function<void(Session&, QueryId)>& record
) {
    return write_query(db_, [&](Session& session) -> Result<QueryId> {
        const QueryId id = insert_one(session, team, fields, author);
        bump_revision(session);
        record(session, id);
        return id;
    });
}

Result<> QueryStore::update(
    QueryId id, const QueryFields& fields, Discard discard, const InTransaction& record
) {
    return write_query(db_, [&](Session& session) -> Result<> {
        update_one(session, id, fields, discard);
        bump_revision(session);
        record(session);
        return {};
    });
}

Result<> QueryStore::upsert(
    std::span<const QueryUpsert> queries, const QueryAuthor& author, const InTransaction& record
) {
    return write_query(db_, [&](Session& session) -> Result<> {
        for (const QueryUpsert& query : queries) {
            if (query.existing) {
                update_one(session, *query.existing, query.fields, query.discard);
            } else {
                insert_one(session, query.team, query.fields, author);
            }
        }
        bump_revision(session);
        record(session);
        return {};
    });
}

void QueryStore::remove(std::span<const QueryId> ids, const InTransaction& record) {
    if (ids.empty()) return;
    db_.write([&](Session& session) {
        for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
            const std::vector<Param> values =
                id_params(ids.subspan(at, std::min(kMaxList, ids.size() - at)));
            session.run(
                Sql{"delete_queries",
                    "DELETE FROM queries WHERE id IN " + placeholders(values.size())},
                values
            );
        }
        bump_revision(session);
        record(session);
    });
}

std::vector<QueryId> QueryStore::with_stats() {
    // The first column of the primary key: one step in the index a query, not one a host.
    static const Sql sql{
        "queries_with_stats", "SELECT query_id FROM query_stats GROUP BY query_id"};
    return with_read(db_, [](Session& session) {
        return session.rows(sql, [](const Row& row) { return row.id<QueryId>(0); });
    });
}

void QueryStore::refresh_stats(std::span<const QueryId> ids) {
    for (const QueryId id : ids)
        db_.write([&](Session& session) { refresh_one(session, id); });
}

}  // namespace fleet::store
