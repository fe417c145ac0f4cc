#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Work on JSON as text: results of hosts are passed on without ever being built into a tree.
/// Everything here takes hostile input: it checks, bounds depth and never throws on content.
namespace fleet::live {

/// Appends `text` as a quoted JSON string. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

/// The text behind a JSON string with its quotes.
std::optional<std::string> decode_json_string(std::string_view raw);

/// Names (decoded) and values (as written) of an object. Nothing when it is not one.
using JsonMembers = std::vector<std::pair<std::string, std::string_view>>;
std::optional<JsonMembers> object_members(std::string_view raw);

/// An object without needless space and with broken text mended. Nothing when it is not one.
std::optional<std::string> clean_object(std::string_view raw);

struct RowsText {
    std::string json = "[]";
    std::size_t count = 0;
    std::size_t output_size = 0;  // characters of all column names and values, for query stats
};

/// A rows array without null rows and needless space and with broken text mended; "" counts as no
/// rows (agent-api A.7). `extra` (members without braces, may be empty) is put at the end of every
/// row; columns `host_hostname` and `host_display_name` then give way (rest-api-b 3.3).
/// Nothing when the text is not an array of objects.
std::optional<RowsText> rewrite_rows(std::string_view raw, std::string_view extra = {});

}  // namespace fleet::live
