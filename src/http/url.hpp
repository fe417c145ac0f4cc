#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleet::http {

/// Resolves %XX once. Nothing when an escape is cut off or not hexadecimal.
std::optional<std::string> percent_decode(std::string_view text);

/// Decodes a piece of a query string: '+' is a space, a broken escape stays as it is.
std::string query_decode(std::string_view text);

/// Name and value pairs of a query string, decoded, in order. Pairs without a name are left out.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

/// A request target cut into its parts.
struct Target {
    std::string_view path{};
    std::string_view query{};
};

/// Takes "/path?query" as well as "https://host/path?query"; a fragment is cut off.
/// Nothing when it is neither (for example "host:443" or an empty text).
std::optional<Target> split_target(std::string_view target);

/// The path without its trailing slashes; "/" stays.
std::string_view strip_trailing_slash(std::string_view path);

/// The path below a prefix like "/fleet"; nothing when it is not below it.
std::optional<std::string_view> strip_prefix(std::string_view path, std::string_view prefix);

/// ASCII letters compared without case.
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Without blanks and tabs at both ends.
std::string_view trim(std::string_view text);

}  // namespace fleet::http
