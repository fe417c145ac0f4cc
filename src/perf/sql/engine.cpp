#include "perf/sql/engine.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <numeric>
#include <stdexcept>

#include "perf/sql/functions.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxPrepared = 1024;
constexpr std::size_t kMaxRows = 200'000;
constexpr int kProgressSteps = 20'000;

/// Queries only read. Of the pragmas, the one people use to look at columns.
int authorize(void*, int action, const char* first, const char*, const char*, const char*) {
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_READ:
        case SQLITE_FUNCTION:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_PRAGMA:
            return sqlite3_stricmp(first, "table_info") == 0 ? SQLITE_OK : SQLITE_DENY;
        default:
            return SQLITE_DENY;
    }
}

std::vector<std::string> column_names(sqlite3_stmt* statement) {
    std::vector<std::string> names;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        names.emplace_back(sqlite3_column_name(statement, i));
    }
    return names;
}

/// Indexes of the columns to write. Of columns with the same name the last one counts, as in
/// osquery, whose rows are maps.
std::vector<int> member_order(const std::vector<std::string>& names, MemberOrder order) {
    std::vector<int> result;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto later =
            std::find(names.begin() + static_cast<std::ptrdiff_t>(i) + 1, names.end(), names[i]);
        if (later == names.end()) result.push_back(static_cast<int>(i));
    }
    if (order == MemberOrder::sorted) {
        std::sort(result.begin(), result.end(), [&](int a, int b) {
            return names[static_cast<std::size_t>(a)] < names[static_cast<std::size_t>(b)];
        });
    }
    return result;
}

}  // namespace

void Engine::Closer::operator()(sqlite3* db) const {
    sqlite3_close_v2(db);
}

void Engine::Closer::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Engine::Engine(TableSet tables, std::chrono::milliseconds time_limit)
    : tables_{std::move(tables)}, time_limit_{time_limit} {
    sqlite3* db = nullptr;
    const int rc = sqlite3_open_v2(
        ":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr
    );
    db_.reset(db);
    if (rc != SQLITE_OK) throw std::runtime_error("cannot open an SQLite database in memory");
    for (const auto& table : tables_)
        register_table(db, table, *this);
    register_functions(db);
    // SQLite declares a virtual table when it is first named, which looks like a schema change
    // to an authorizer: name them all before there is one.
    for (const auto& table : tables_)
        prepare("SELECT 1 FROM " + table.name);
    prepared_.clear();
    sqlite3_set_authorizer(db, authorize, nullptr);
    sqlite3_progress_handler(db, kProgressSteps, on_progress, this);
}

Engine::~Engine() {
    prepared_.clear();
}

Engine::Batch::Batch(Engine& engine, const HostContext& host) : engine_{engine} {
    assert(engine.host_ == nullptr);
    engine.host_ = &host;
}

Engine::Batch::~Batch() {
    engine_.host_ = nullptr;
    engine_.rows_.clear();
}

QueryOutcome Engine::Batch::run(std::string_view sql, MemberOrder order) {
    return engine_.run(sql, order);
}

int Engine::on_progress(void* self) {
    return Clock::now() > static_cast<Engine*>(self)->deadline_ ? 1 : 0;
}

std::shared_ptr<const Rows> Engine::fetch(const Table& table, std::span<const Constraint> where) {
    if (host_ == nullptr) throw std::logic_error("no host chosen");
    const TableQuery query{*host_, where};
    if (!table.required.empty()) {
        if (where.empty()) return nullptr;
        return std::make_shared<const Rows>(table.rows(query));
    }
    auto& known = rows_[&table];
    if (!known) known = std::make_shared<const Rows>(table.rows(query));
    return known;
}

std::shared_ptr<Engine::Prepared> Engine::prepare(std::string_view sql) {
    if (const auto found = prepared_.find(std::string{sql}); found != prepared_.end()) {
        return found->second;
    }
    auto result = std::make_shared<Prepared>();
    const char* rest = sql.data();
    const char* end = sql.data() + sql.size();
    while (rest < end) {
        sqlite3_stmt* raw = nullptr;
        const int rc =
            sqlite3_prepare_v2(db_.get(), rest, static_cast<int>(end - rest), &raw, &rest);
        Statement statement{raw};
        if (rc != SQLITE_OK) {
            result->error = sqlite3_errmsg(db_.get());
            break;
        }
        if (!statement) continue;  // a comment or blanks
        result->names.push_back(column_names(raw));
        result->statements.push_back(std::move(statement));
    }
    if (prepared_.size() >= kMaxPrepared) prepared_.clear();
    prepared_.emplace(sql, result);
    return result;
}

bool Engine::collect(
    sqlite3_stmt* statement,
    const std::vector<std::string>& names,
    MemberOrder order,
    QueryOutcome& out
) {
    const auto members = member_order(names, order);
    int rc = SQLITE_OK;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        if (out.rows.size() >= kMaxRows) {
            out.message = "too many rows";
            break;
        }
        std::string row = "{";
        for (const int member : members) {
            append_json_name(row, names[static_cast<std::size_t>(member)]);
            // Read as a C string: like osquery, a value ends at its first NUL and NULL is "".
            const auto* text = sqlite3_column_text(statement, member);
            append_json_string(row, text == nullptr ? "" : reinterpret_cast<const char*>(text));
        }
        row += '}';
        out.rows.push_back(std::move(row));
    }
    if (rc != SQLITE_DONE && out.message.empty()) out.message = sqlite3_errmsg(db_.get());
    sqlite3_reset(statement);
    return out.message.empty();
}

QueryOutcome Engine::run(std::string_view sql, MemberOrder order) {
    const auto begin = Clock::now();
    deadline_ = begin + time_limit_;
    QueryOutcome out;
    const auto prepared = prepare(sql);
    for (std::size_t i = 0; i < prepared->statements.size(); ++i) {
        if (!collect(prepared->statements[i].get(), prepared->names[i], order, out)) break;
    }
    if (out.message.empty()) out.message = prepared->error;
    if (!out.message.empty()) {
        out.status = 1;
        out.rows.clear();
    }
    out.wall = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
    return out;
}

}  // namespace fleet::perf
