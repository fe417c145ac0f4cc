#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fleet::perf {

/// Appends a JSON string literal. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

/// Appends `"name":` with a leading comma unless the object has just been opened.
void append_json_name(std::string& out, std::string_view name);

/// Like append_json_name, followed by a string value.
void append_json_member(std::string& out, std::string_view name, std::string_view value);

std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

std::string hex_digest(const char* algorithm, std::string_view bytes);
std::string sha1_hex(std::string_view bytes);

/// gzip as osquery's logger sends it.
std::string gzip(std::string_view bytes);

std::string_view trim(std::string_view text);

/// Words between blanks and tabs, empty ones left out.
std::vector<std::string_view> words(std::string_view text);
std::vector<std::string_view> words(std::string&& text) = delete;  // the views would dangle

std::optional<std::int64_t> parse_int(std::string_view text, int base = 10);

}  // namespace fleet::perf
