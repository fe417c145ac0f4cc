#include "fleet/store/debug_store.hpp"

namespace fleet::store {
namespace {

constexpr int kMostRows = 500;

const Sql kProcesses{
    "debug_processes",
    "SELECT ID, USER, HOST, DB, COMMAND, TIME, STATE, INFO FROM information_schema.processlist "
    "ORDER BY TIME DESC LIMIT ?"};
const Sql kTransactions{
    "debug_transactions",
    "SELECT trx_id, trx_state, trx_started, trx_wait_started, trx_mysql_thread_id, trx_query, "
    "trx_tables_locked, trx_rows_locked, trx_rows_modified FROM information_schema.innodb_trx "
    "ORDER BY trx_wait_started IS NULL, trx_started LIMIT ?"};
const Sql kInnodb{"debug_innodb", "SHOW ENGINE INNODB STATUS"};

}  // namespace

std::vector<DebugRow> DebugStore::rows(const Sql& sql, const std::vector<std::string>& columns) {
    return with_read(db_, [&](Session& session) {
        return session.rows(
            sql,
            [&](const Row& row) {
                DebugRow out;
                for (unsigned i = 0; i < columns.size(); ++i)
                    out.emplace_back(columns[i], row.opt_str(i));
                return out;
            },
            kMostRows
        );
    });
}

std::vector<DebugRow> DebugStore::processes() {
    return rows(kProcesses, {"id", "user", "host", "db", "command", "time", "state", "info"});
}

std::vector<DebugRow> DebugStore::transactions() {
    return rows(
        kTransactions,
        {"id",
         "state",
         "started",
         "waiting_since",
         "process",
         "query",
         "tables_locked",
         "rows_locked",
         "rows_modified"}
    );
}

std::string DebugStore::innodb_status() {
    return with_read(db_, [](Session& session) {
        return session.one(kInnodb, [](const Row& row) { return row.str(2); }).value_or("");
    });
}

}  // namespace fleet::store
