#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fleet::perf {

struct HostContext;

enum class Affinity : std::uint8_t { text, integer, bigint, real };

struct Column {
    std::string name;
    Affinity affinity{Affinity::text};
    bool hidden{false};  ///< not part of SELECT *
};

/// Parses "uid:b gid:b username": names separated by blanks, with an optional type letter
/// (t text, i integer, b bigint, d double; text when absent).
std::vector<Column> columns(std::string_view spec);

/// One condition of the WHERE clause that SQLite offers to a table.
struct Constraint {
    enum class Op : std::uint8_t { equals, like };

    std::size_t column{};
    Op op{Op::equals};
    std::string value{};
};

/// Cells in the order of the columns. A short row leaves the remaining columns NULL.
using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

/// What a table may know when it makes its rows.
struct TableQuery {
    const HostContext& host;
    std::span<const Constraint> where;

    /// Values that the statement asks of a column by `=` or `LIKE`.
    std::vector<std::string> values(std::size_t column, Constraint::Op op) const;
};

/// An osquery-shaped table: a name, columns and a function that makes the rows. Synthetic and
/// real hosts use the same type; only the function differs.
struct Table {
    std::string name;
    std::vector<Column> columns;
    std::function<Rows(const TableQuery&)> rows;
    /// Columns whose constraints are handed to `rows`. Such a table gives no rows without one
    /// (osquery: "requires a WHERE clause").
    std::vector<std::size_t> required{};
};

using TableSet = std::vector<Table>;

/// A table that exists but never has rows.
Rows no_rows(const TableQuery&);

}  // namespace fleet::perf
