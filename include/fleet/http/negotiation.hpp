#pragma once

#include <string_view>

/// What a client says it can take and has already got.
namespace fleet::http {

enum class Encoding { identity, gzip, brotli };

/// Whether an Accept-Encoding header allows that content coding.
bool accepts(std::string_view header, Encoding encoding);

/// Whether an If-None-Match header names that (quoted) entity tag; weak tags count.
bool has_tag(std::string_view header, std::string_view etag);

}  // namespace fleet::http
