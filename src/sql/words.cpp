#include "words.hpp"

#include <algorithm>

namespace fleet::sql {
namespace {

bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// Position behind `end`, searched from `from`; the end of the text when it is missing.
std::size_t behind(std::string_view sql, std::string_view end, std::size_t from) {
    const std::size_t found = sql.find(end, std::min(from, sql.size()));
    return found == std::string_view::npos ? sql.size() : found + end.size();
}

}  // namespace

std::unordered_set<std::string> words_of(std::string_view sql) {
    std::unordered_set<std::string> out;
    std::size_t at = 0;
    while (at < sql.size()) {
        const char c = sql[at];
        const char next = at + 1 < sql.size() ? sql[at + 1] : '\0';
        if (c == '\'') {
            at = behind(sql, "'", at + 1);
        } else if (c == '-' && next == '-') {
            at = behind(sql, "\n", at);
        } else if (c == '/' && next == '*') {
            at = behind(sql, "*/", at + 2);
        } else if (is_word_char(c)) {
            std::size_t end = at;
            while (end < sql.size() && is_word_char(sql[end])) {
                ++end;
            }
            out.insert(lower(sql.substr(at, end - at)));
            at = end;
        } else {
            ++at;
        }
    }
    return out;
}

}  // namespace fleet::sql
