#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A key that clients may sort by, and the column that stands for it.
struct SortColumn {
    std::string_view key;
    std::string_view column;
};

/// The text with what LIKE treats specially taken literally, between wildcards.
std::string like_pattern(std::string_view text);

/// Puts a list query together from constant fragments and bound values.
class ListQuery {
public:
    ListQuery(std::string name, std::string select)
        : name_{std::move(name)}, text_{std::move(select)} {}

    /// Adds a condition with as many `?` as there are values.
    template <class... Args>
    ListQuery& where(std::string_view condition, const Args&... args) {
        add_condition(condition);
        (values_.push_back(detail::to_param(args)), ...);
        return *this;
    }
    /// Order, cursor and page. Keys that `columns` lacks sort by the fallback; `id_column` makes
    /// the order total.
    ListQuery& page(
        const Paging& paging,
        std::span<const SortColumn> columns,
        SortColumn fallback,
        std::string_view id_column,
        std::uint64_t extra_rows = 0
    );

    Sql sql() const { return {name_, text_}; }
    const std::vector<Param>& values() const { return values_; }

private:
    void add_condition(std::string_view condition);

    std::string name_;
    std::string text_;
    std::vector<Param> values_{};
    bool has_condition_ = false;
};

}  // namespace fleet::store
