#pragma once

#include <string>
#include <string_view>

namespace fleet {

/// The text as it stands in XML and HTML, between tags or in double quotes.
std::string escape_markup(std::string_view text);

}  // namespace fleet
