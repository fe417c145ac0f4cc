#include <algorithm>

#include "fleet/store/checkin_store.hpp"
#include "sql_list.hpp"

namespace fleet::store {

void CheckinStore::save_reports(std::span<const ReportRow> rows) {
    if (rows.empty()) return;
    // Keys in order: that is what keeps two writers from deadlocking.
    std::vector<const ReportRow*> sorted;
    for (const ReportRow& row : rows)
        sorted.push_back(&row);
    std::stable_sort(sorted.begin(), sorted.end(), [](const ReportRow* a, const ReportRow* b) {
        return std::pair{a->query, a->host} < std::pair{b->query, b->host};
    });
    db_.write([&](Session& session) {
        std::vector<QueryId> queries;
        std::vector<HostId> hosts;
        for (const ReportRow* row : sorted) {
            queries.push_back(row->query);
            hosts.push_back(row->host);
        }
        const auto live_queries = existing_ids(session, "queries", std::move(queries));
        const auto live_hosts = existing_ids(session, "hosts", std::move(hosts));
        std::vector<Param> values;
        for (const ReportRow* row : sorted) {
            if (!std::binary_search(live_queries.begin(), live_queries.end(), row->query)) continue;
            if (!std::binary_search(live_hosts.begin(), live_hosts.end(), row->host)) continue;
            const bool kept = row->left_out == 0;
            const std::vector<Param> one = params(
                row->query,
                row->host,
                row->fetched,
                row->row_count,
                kept ? row->rows_json.size() : std::size_t{0},
                row->left_out,
                kept ? std::optional{row->rows_json} : std::nullopt
            );
            values.insert(values.end(), one.begin(), one.end());
        }
        if (values.empty()) return;
        session.insert_many(
            "save_reports",
            "INSERT INTO query_results (query_id, host_id, last_fetched, row_count, size_bytes, "
            "left_out, rows_json) VALUES ",
            "(?, ?, ?, ?, ?, ?, ?)",
            " ON DUPLICATE KEY UPDATE last_fetched = VALUES(last_fetched), "
            "row_count = VALUES(row_count), size_bytes = VALUES(size_bytes), "
            "left_out = VALUES(left_out), rows_json = VALUES(rows_json)",
            values,
            7
        );
    });
}

std::vector<std::pair<QueryId, std::uint64_t>> CheckinStore::report_sizes() {
    return with_read(db_, [&](Session& session) {
        return session.rows(
            Sql{"report_sizes",
                "SELECT query_id, SUM(size_bytes) FROM query_results GROUP BY query_id"},
            [](const Row& row) {
                return std::pair{row.id<QueryId>(0), row.u64(1)};
            }
        );
    });
}

}  // namespace fleet::store
