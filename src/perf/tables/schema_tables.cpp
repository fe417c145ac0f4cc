#include <algorithm>

#include "fleet/sql/schema.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf {
namespace {

sql::Platform platform_of(Family family) {
    if (family == Family::darwin) return sql::Platform::darwin;
    return family == Family::windows ? sql::Platform::windows : sql::Platform::linux;
}

Affinity affinity_of(std::string_view type) {
    if (type == "integer") return Affinity::integer;
    if (type == "bigint" || type == "unsigned_bigint") return Affinity::bigint;
    return type == "double" ? Affinity::real : Affinity::text;
}

void add_columns(Table& table, const sql::Table& known, sql::Platform platform) {
    for (const auto& column : known.columns) {
        if (!column.platforms.has(platform)) continue;
        const bool present =
            std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& own) {
                return own.name == column.name;
            });
        if (!present)
            table.columns.push_back(
                {std::string{column.name}, affinity_of(column.type), column.hidden}
            );
    }
}

}  // namespace

void complete_with_schema(TableSet& set, Family family) {
    const auto platform = platform_of(family);
    for (const auto& known : sql::tables()) {
        if (!known.platforms.has(platform) || known.name == "osquery_registry") continue;
        auto own = std::find_if(set.begin(), set.end(), [&](const Table& table) {
            return table.name == known.name;
        });
        if (own == set.end()) {
            set.push_back({std::string{known.name}, {}, no_rows});
            own = set.end() - 1;
        }
        add_columns(*own, known, platform);
        // Older names of a table still work in osquery.
        Table renamed = *own;
        for (const std::string_view alias : known.aliases) {
            const bool present = std::any_of(set.begin(), set.end(), [&](const Table& table) {
                return table.name == alias;
            });
            renamed.name = std::string{alias};
            if (!present) set.push_back(renamed);
        }
    }
    // A table that exists only with columns of other platforms would have none.
    std::erase_if(set, [](const Table& table) { return table.columns.empty(); });
}

}  // namespace fleet::perf
