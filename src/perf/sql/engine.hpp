#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "perf/sql/table.hpp"
#include "perf/sql/virtual_table.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace fleet::perf {

/// Members of a row object: as selected (distributed queries) or sorted (scheduled queries).
enum class MemberOrder : std::uint8_t { selected, sorted };

/// What osquery says about one query. Rows are JSON objects whose values are strings.
struct QueryOutcome {
    int status{};
    std::string message{};
    std::vector<std::string> rows{};
    std::chrono::microseconds wall{};

    bool ok() const { return status == 0; }
};

/// Answers arbitrary SQL over a set of osquery-shaped tables. One engine serves every host of a
/// platform: the host is chosen for each batch, and no rows are kept between batches.
/// Not for use by two threads at once.
class Engine : private RowSource {
public:
    Engine(TableSet tables, std::chrono::milliseconds time_limit);
    ~Engine() override;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Queries of one host that run together see the same rows of a table.
    class Batch {
    public:
        Batch(Engine& engine, const HostContext& host);
        ~Batch();
        Batch(const Batch&) = delete;
        Batch& operator=(const Batch&) = delete;

        QueryOutcome run(std::string_view sql, MemberOrder order = MemberOrder::selected);

    private:
        Engine& engine_;
    };

    const TableSet& tables() const { return tables_; }

private:
    struct Closer {
        void operator()(sqlite3* db) const;
        void operator()(sqlite3_stmt* statement) const;
    };
    using Database = std::unique_ptr<sqlite3, Closer>;
    using Statement = std::unique_ptr<sqlite3_stmt, Closer>;

    /// One SQL text; usually a single statement.
    struct Prepared {
        std::vector<Statement> statements{};
        std::vector<std::vector<std::string>> names{};
        std::string error{};
    };

    std::shared_ptr<const Rows> fetch(const Table& table, std::span<const Constraint> where)
        override;
    std::shared_ptr<Prepared> prepare(std::string_view sql);
    QueryOutcome run(std::string_view sql, MemberOrder order);
    bool collect(
        sqlite3_stmt* statement,
        const std::vector<std::string>& names,
        MemberOrder order,
        QueryOutcome& out
    );
    static int on_progress(void* self);

    TableSet tables_;
    std::chrono::milliseconds time_limit_;
    std::chrono::steady_clock::time_point deadline_{};
    Database db_;
    std::unordered_map<std::string, std::shared_ptr<Prepared>> prepared_;
    const HostContext* host_{};
    std::unordered_map<const Table*, std::shared_ptr<const Rows>> rows_;
};

}  // namespace fleet::perf
