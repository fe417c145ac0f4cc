#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"
#include "sql_list.hpp"

namespace fleet::store {

/// The conditions of one statement: fixed fragments, joined with AND, and the values they bind.
/// A list and its count share one.
class Where {
public:
    template <class... Args>
    void add(std::string_view fragment, const Args&... args) {
        text_ += text_.empty() ? " WHERE " : " AND ";
        text_ += fragment;
        for (Param& value : params(args...))
            values_.push_back(std::move(value));
    }
    /// `column` (a constant) is one of the ids. No ids: nothing matches.
    template <class Id>
    void add_in(std::string_view column, std::span<const Id> ids) {
        if (ids.empty()) return add("1 = 0");
        const std::vector<Param> list = id_params(ids);
        add(std::string{column} + " IN " + placeholders(list.size()));
        values_.insert(values_.end(), list.begin(), list.end());
    }
    /// The text occurs in one of the columns (constants).
    void add_search(std::span<const std::string_view> columns, std::string_view text);

    const std::string& text() const { return text_; }
    const std::vector<Param>& values() const { return values_; }
    void bind(Param value) { values_.push_back(std::move(value)); }

private:
    std::string text_;
    std::vector<Param> values_;
};

/// A LIKE pattern that finds the text anywhere; its own wildcards lose their meaning.
std::string like_anywhere(std::string_view text);

/// A name that clients may sort by, and the column behind it.
struct SortKey {
    enum class Kind { text, number, time };
    std::string_view name;
    std::string_view column;
    Kind kind = Kind::text;
};

/// The key that a list is sorted by: the one asked for, else the first of the table.
Result<SortKey> sort_key(std::span<const SortKey> keys, const std::string& name);

/// Adds the cursor of rest-api-a 1.5 to `where`. Call it before page_text().
Result<> add_cursor(Where& where, const SortKey& key, const Paging& paging);

/// ORDER BY, and LIMIT with its values bound at the end of `where`. `id_column` breaks ties, so
/// that pages neither repeat nor skip rows.
std::string page_text(
    Where& where, const SortKey& key, std::string_view id_column, const Paging& paging
);

}  // namespace fleet::store
