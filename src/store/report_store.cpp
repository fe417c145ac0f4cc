#include "fleet/store/report_store.hpp"

#include <array>

#include "sql_where.hpp"

namespace fleet::store {
namespace {

constexpr std::array kHostKeys{
    SortKey{"last_fetched", "r.last_fetched", SortKey::Kind::time},
    SortKey{"host_name", "h.display_name"},
    SortKey{"host_id", "r.host_id", SortKey::Kind::number},
};

constexpr std::array kReportKeys{
    SortKey{"name", "q.name"},
    SortKey{"last_fetched", "r.last_fetched", SortKey::Kind::time},
    SortKey{"id", "q.id", SortKey::Kind::number},
};

constexpr std::array<std::string_view, 1> kSearchedHosts{"h.display_name"};
constexpr std::array<std::string_view, 1> kSearchedQueries{"q.name"};

constexpr const char* kHostColumns =
    "SELECT r.host_id, h.display_name, r.last_fetched, r.row_count, r.left_out "
    "FROM query_results r JOIN hosts h ON h.id = r.host_id";

ReportHost to_host(const Row& row) {
    return {
        row.id<HostId>(0), row.str(1), row.time(2), row.u64(3), static_cast<LeftOut>(row.i64(4))};
}

/// Queries that a host runs or has answered: everybody's and its team's, for its platform.
Where select_reports(const HostReportFilter& filter) {
    Where where;
    where.add("q.saved = 1");
    where.add("q.team_key IN (0, ?)", filter.team ? raw(*filter.team) : 0);
    where.add(
        "(r.host_id IS NOT NULL OR (q.schedule_interval > 0 AND "
        "(q.platform = '' OR FIND_IN_SET(?, REPLACE(q.platform, ' ', '')) > 0)))",
        filter.platform
    );
    if (filter.only_storing) where.add("q.discard_data = 0 AND q.logging = 'snapshot'");
    if (!filter.text.empty()) where.add_search(kSearchedQueries, filter.text);
    return where;
}

constexpr const char* kReportsFrom =
    " FROM queries q LEFT JOIN query_results r ON r.query_id = q.id AND r.host_id = ?";

/// The value of the join comes before those of the conditions.
std::vector<Param> with_host(HostId host, const Where& where) {
    std::vector<Param> out{raw(host)};
    out.insert(out.end(), where.values().begin(), where.values().end());
    return out;
}

}  // namespace

Result<std::vector<ReportHost>> ReportStore::hosts(
    const ReportFilter& filter, const Paging& paging
) {
    FLEET_TRY(const SortKey key, sort_key(kHostKeys, paging.order_key));
    Where where;
    where.add("r.query_id = ?", filter.query);
    if (filter.visible) where.add_in<TeamId>("h.team_id", *filter.visible);
    if (filter.team && raw(*filter.team) == 0) where.add("h.team_id IS NULL");
    if (filter.team && raw(*filter.team) != 0) where.add("h.team_id = ?", *filter.team);
    if (!filter.text.empty()) where.add_search(kSearchedHosts, filter.text);
    // Index query_results_fetched serves the usual order.
    Paging order;
    order.order = paging.order_key.empty() ? Order::descending : paging.order;
    const std::string tail = page_text(where, key, "r.host_id", order);
    const Sql sql{"report_hosts", kHostColumns + where.text() + tail};
    return with_read(db_, [&](Session& session) {
        std::vector<ReportHost> out;
        session.select(sql, where.values(), [&](const Row& row) { out.push_back(to_host(row)); });
        return out;
    });
}

std::vector<std::pair<HostId, std::string>> ReportStore::rows(
    QueryId query, std::span<const HostId> hosts
) {
    std::vector<std::pair<HostId, std::string>> out;
    if (hosts.empty()) return out;
    Where where;
    where.add("query_id = ?", query);
    where.add_in("host_id", hosts);
    const Sql sql{
        "report_rows",
        "SELECT host_id, rows_json FROM query_results" + where.text() +
            " AND rows_json IS NOT NULL"};
    db_.read([&](Session& session) {
        out.clear();
        session.select(sql, where.values(), [&](const Row& row) {
            out.emplace_back(row.id<HostId>(0), row.str(1));
        });
    });
    return out;
}

std::optional<ReportHost> ReportStore::find(QueryId query, HostId host) {
    static const Sql sql{
        "find_report", std::string{kHostColumns} + " WHERE r.query_id = ? AND r.host_id = ?"};
    return with_read(db_, [&](Session& session) { return session.one(sql, to_host, query, host); });
}

Result<std::vector<HostReport>> ReportStore::of_host(
    const HostReportFilter& filter, const Paging& paging
) {
    FLEET_TRY(const SortKey key, sort_key(kReportKeys, paging.order_key));
    Where where = select_reports(filter);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "q.id", paging);
    const Sql sql{
        "reports_of_host",
        std::string{"SELECT q.id, q.name, q.description, q.query, q.logging, q.discard_data, "
                    "r.row_count, r.last_fetched, JSON_EXTRACT(r.rows_json, '$[0]')"} +
            kReportsFrom + where.text() + page};
    return with_read(db_, [&](Session& session) {
        std::vector<HostReport> out;
        session.select(sql, with_host(filter.host, where), [&](const Row& row) {
            out.push_back(
                {row.id<QueryId>(0),
                 row.str(1),
                 row.str(2),
                 row.str(3),
                 row.str(4),
                 row.boolean(5),
                 row.u64(6),
                 row.opt_time(7),
                 row.str(8)}
            );
        });
        return out;
    });
}

std::uint64_t ReportStore::count_of_host(const HostReportFilter& filter) {
    const Where where = select_reports(filter);
    const Sql sql{
        "count_reports_of_host", std::string{"SELECT COUNT(*)"} + kReportsFrom + where.text()};
    std::uint64_t out = 0;
    db_.read([&](Session& session) {
        session.select(sql, with_host(filter.host, where), [&](const Row& row) {
            out = row.u64(0);
        });
    });
    return out;
}

}  // namespace fleet::store
