#include "http/url.hpp"

#include <algorithm>

namespace fleet::http {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The character of the escape that starts at `at`, or -1.
int escape_at(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size()) return -1;
    const int high = hex_value(text[at + 1]);
    const int low = hex_value(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int value = escape_at(text, i);
        if (value < 0) return std::nullopt;
        out += static_cast<char>(value);
        i += 2;
    }
    return out;
}

std::string query_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (const int value = text[i] == '%' ? escape_at(text, i) : -1; value >= 0) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> out;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));

        const auto equals = std::min(pair.find('='), pair.size());
        if (equals == 0) continue;
        const auto value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view{};
        out.emplace_back(query_decode(pair.substr(0, equals)), query_decode(value));
    }
    return out;
}

std::optional<Target> split_target(std::string_view target) {
    if (const auto scheme = target.find("://");
        !target.starts_with('/') && scheme != std::string_view::npos) {
        const auto path = target.find_first_of("/?#", scheme + 3);
        target = path == std::string_view::npos ? "/" : target.substr(path);
        if (!target.starts_with('/')) return std::nullopt;
    }
    if (!target.starts_with('/')) return std::nullopt;
    target = target.substr(0, target.find('#'));

    const auto mark = target.find('?');
    if (mark == std::string_view::npos) return Target{.path = target};
    return Target{.path = target.substr(0, mark), .query = target.substr(mark + 1)};
}

std::string_view strip_trailing_slash(std::string_view path) {
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    return path;
}

std::optional<std::string_view> strip_prefix(std::string_view path, std::string_view prefix) {
    if (prefix.empty()) return path;
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    if (path.empty()) return "/";
    if (!path.starts_with('/')) return std::nullopt;
    return path;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return lower(x) == lower(y);
           });
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace fleet::http
