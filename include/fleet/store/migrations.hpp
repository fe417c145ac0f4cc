#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fleet/store/db.hpp"

namespace fleet::store {

struct MigrationState {
    std::vector<std::string> applied{};
    std::vector<std::string> missing{};
    std::vector<std::string> unknown{};  // applied by a newer release
    std::vector<std::string> changed{};  // applied with another checksum
};

/// Compares what is embedded with what the database has applied. Creates nothing.
MigrationState migration_state(Database& db);

/// Applies what is missing, in order, under a server-wide lock so that two starts do not race.
/// `progress` gets one line a migration.
void migrate(Database& db, const std::function<void(const std::string&)>& progress);

}  // namespace fleet::store
