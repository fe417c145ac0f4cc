#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fleet/store/db.hpp"

namespace sql {
class PreparedStatement;
class ResultSet;
}  // namespace sql

namespace fleet::store {

/// "2026-03-05 08:15:30.000001", UTC: how DATETIME(6) is written and read.
std::string to_sql_time(Time time);
std::optional<Time> parse_sql_time(std::string_view text);

/// Bytes that the values take in a packet, roughly.
std::size_t packet_size(std::span<const Param> values);

void bind(sql::PreparedStatement& statement, std::span<const Param> values);

/// The row a result set stands on.
class ResultRow final : public Row {
public:
    explicit ResultRow(const sql::ResultSet& result) : result_{result} {}

    bool is_null(unsigned column) const override;
    std::string str(unsigned column) const override;
    std::int64_t i64(unsigned column) const override;
    std::uint64_t u64(unsigned column) const override;
    double real(unsigned column) const override;
    Time time(unsigned column) const override;

private:
    const sql::ResultSet& result_;
};

}  // namespace fleet::store
