#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "fleet/store/db.hpp"

namespace fleet::store {

/// Visits (id, `column`) of a whole table by ascending id, some rows at a time, so that neither the
/// server nor this process holds all of it. From above `after` to `last`. Names are constants.
inline void each_page(
    Session& session,
    const std::string& table,
    const std::string& column,
    std::uint64_t after,
    std::uint64_t last,
    const std::function<void(std::uint64_t id, const Row& row)>& visit
) {
    constexpr std::uint64_t kRows = 2'000;
    const Sql sql{
        "page_" + table,
        "SELECT id, " + column + " FROM " + table + " WHERE id > ? AND id <= ? ORDER BY id LIMIT " +
            std::to_string(kRows)};
    for (std::uint64_t rows = kRows; rows == kRows;) {
        rows = 0;
        const std::vector<Param> values = params(after, last);
        session.select(sql, values, [&](const Row& row) {
            ++rows;
            after = row.u64(0);
            visit(after, row);
        });
    }
}

}  // namespace fleet::store
