#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/store/migrations.hpp"

namespace fleet::store {

struct Migration {
    std::string name{};
    std::string text{};
};

/// Those of migrations/, in order; generated at build time.
std::span<const Migration> embedded_migrations();

/// The statements of a file: each ends with `;` at the end of a line. Comment lines and what is
/// empty are left out.
std::vector<std::string> split_statements(std::string_view text);

/// SHA-256 of the text, in hex.
std::string checksum_of(const Migration& migration);

MigrationState migration_state(Database& db, std::span<const Migration> migrations);
void migrate(
    Database& db,
    std::span<const Migration> migrations,
    const std::function<void(const std::string&)>& progress
);

}  // namespace fleet::store
