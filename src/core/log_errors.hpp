#pragma once

#include <string_view>

#include "fleet/core/log.hpp"

namespace fleet::log {

/// Keeps an error line for logged_errors(). Thread-safe.
void remember_error(std::string_view at, std::string_view message, Fields fields);

}  // namespace fleet::log
