#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fleet::sql {

struct CloseDatabase {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;

/// An in-memory database that has osquery's tables (empty), functions and collations, and small
/// limits. Throws when SQLite fails, which only a lack of memory can cause.
DatabaseHandle open_schema_database();

/// The names of all functions that the database knows.
std::vector<std::string> function_names(sqlite3* db);

/// The longest SQL that is checked.
inline constexpr int kMaxSqlBytes = 128 * 1024;

}  // namespace fleet::sql
