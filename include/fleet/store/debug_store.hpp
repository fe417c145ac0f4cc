#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleet/store/db.hpp"

namespace fleet::store {

/// Columns by name; nothing for NULL.
using DebugRow = std::vector<std::pair<std::string, std::optional<std::string>>>;

/// What the database tells about itself. Needs the PROCESS privilege to be complete.
class DebugStore {
public:
    explicit DebugStore(Database& db) : db_{db} {}

    std::vector<DebugRow> processes();
    /// Open transactions, those that wait for locks first.
    std::vector<DebugRow> transactions();
    std::string innodb_status();

private:
    std::vector<DebugRow> rows(const Sql& sql, const std::vector<std::string>& columns);

    Database& db_;
};

}  // namespace fleet::store
