#pragma once

#include <string>
#include <string_view>

#include "fleet/core/log.hpp"

namespace fleet::log {

/// One line of the log, without the line end: logfmt or a JSON object. Whatever bytes a message or
/// a value holds, the line stays one line, and valid UTF-8 in the JSON format.
std::string format_line(
    Format format, std::string_view time, Level level, std::string_view message, Fields fields
);

}  // namespace fleet::log
