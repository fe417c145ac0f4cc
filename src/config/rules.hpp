#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleet/config/values.hpp"
#include "problems.hpp"

namespace fleet::config {

/// Checks what no type can express: ranges, words out of a list, keys that exclude each other.
/// What is merely odd becomes a warning.
void check_rules(const Values& values, Problems& problems, std::vector<std::string>& warnings);

/// "fleet/", "/fleet" -> "/fleet"; empty stays empty. Segments are [A-Za-z0-9_.~-]+.
Result<std::string> normalise_url_prefix(std::string_view prefix);

/// `osquery.enable_async_host_processing` and its kin: one value for all tasks, or
/// "task=value&task=value". `type` is that of a single value.
Result<> check_task_values(std::string_view text, Type type);

}  // namespace fleet::config
