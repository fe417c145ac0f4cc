#pragma once

#include <string>
#include <string_view>

#include "fleet/http/route.hpp"

namespace fleet::http {

/// Whose eyes will read a refusal. `unrouted` serves those that no route is known for: a body
/// that people's clients and osqueryd both understand.
enum class Audience { rest, osquery, unrouted };

Audience audience(ErrorStyle style);

/// The standard phrase of a status, "Internal Server Error" for 500.
std::string_view status_text(int status);

/// The JSON text of a refusal. `uuid` is left out when empty.
std::string refusal_body(
    Audience audience, int status, std::string_view reason, std::string_view uuid = {}
);

/// A whole answer, made of the above.
Response refusal(
    Audience audience, int status, std::string_view reason, std::string_view uuid = {}
);

/// `text` as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

}  // namespace fleet::http
