#pragma once

#include <cstddef>
#include <memory>

#include "perf/sql/table.hpp"

struct sqlite3;

namespace fleet::perf {

/// Where virtual tables get their rows while a statement runs.
class RowSource {
public:
    virtual ~RowSource() = default;

    virtual std::shared_ptr<const Rows> fetch(
        const Table& table, std::span<const Constraint> where
    ) = 0;
};

/// Lets the database read `table` as an eponymous virtual table. `table` and `source` must
/// outlive the database.
void register_table(sqlite3* db, const Table& table, RowSource& source);

}  // namespace fleet::perf
