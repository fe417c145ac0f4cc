#include "list_query.hpp"

#include <algorithm>

namespace fleet::store {

std::string like_pattern(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

void ListQuery::add_condition(std::string_view condition) {
    text_ += has_condition_ ? " AND (" : " WHERE (";
    text_ += condition;
    text_ += ')';
    has_condition_ = true;
}

ListQuery& ListQuery::page(
    const Paging& paging,
    std::span<const SortColumn> columns,
    SortColumn fallback,
    std::string_view id_column,
    std::uint64_t extra_rows
) {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const SortColumn& c) {
        return c.key == paging.order_key;
    });
    const std::string column{found == columns.end() ? fallback.column : found->column};
    const bool down = paging.order == Order::descending;
    if (paging.after) where(column + (down ? " < ?" : " > ?"), *paging.after);

    const std::string direction = down ? " DESC" : " ASC";
    text_ += " ORDER BY " + column + direction;
    if (column != id_column) text_ += ", " + std::string{id_column} + direction;
    if (paging.per_page) {
        text_ += " LIMIT ? OFFSET ?";
        values_.emplace_back(*paging.per_page + extra_rows);
        values_.emplace_back(paging.offset());
    }
    return *this;
}

}  // namespace fleet::store
