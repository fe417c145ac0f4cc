#include "sql_where.hpp"

#include <charconv>

namespace fleet::store {
namespace {

Result<Param> cursor_value(const SortKey& key, const std::string& text) {
    if (key.kind == SortKey::Kind::text) return Param{text};
    if (key.kind == SortKey::Kind::time) {
        if (const auto time = parse_rfc3339(text)) return Param{*time};
    } else {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size()) return Param{number};
    }
    return fail(Error::bad_request("invalid after value: " + text));
}

}  // namespace

void Where::add_search(std::span<const std::string_view> columns, std::string_view text) {
    std::string any;
    for (const std::string_view column : columns) {
        any += any.empty() ? "(" : " OR ";
        any += column;
        any += " LIKE ?";
    }
    add(any + ")");
    const std::string pattern = like_anywhere(text);
    for (std::size_t i = 0; i < columns.size(); ++i)
        values_.emplace_back(pattern);
}

std::string like_anywhere(std::string_view text) {
    std::string out{"%"};
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    out += '%';
    return out;
}

Result<SortKey> sort_key(std::span<const SortKey> keys, const std::string& name) {
    if (name.empty()) return keys.front();
    for (const SortKey& key : keys) {
        if (key.name == name) return key;
    }
    return fail(Error::bad_request("unknown order_key: " + name));
}

Result<> add_cursor(Where& where, const SortKey& key, const Paging& paging) {
    if (!paging.after) return {};
    FLEET_TRY(const Param value, cursor_value(key, *paging.after));
    where.add(std::string{key.column} + (paging.order == Order::ascending ? " > ?" : " < ?"));
    where.bind(value);
    return {};
}

std::string page_text(
    Where& where, const SortKey& key, std::string_view id_column, const Paging& paging
) {
    const std::string_view direction = paging.order == Order::ascending ? " ASC" : " DESC";
    std::string out{" ORDER BY "};
    out += key.column;
    out += direction;
    if (key.column != id_column) {
        out += ", ";
        out += id_column;
        out += direction;
    }
    if (paging.per_page) {
        out += " LIMIT ? OFFSET ?";
        where.bind(*paging.per_page);
        where.bind(paging.offset());
    }
    return out;
}

}  // namespace fleet::store
