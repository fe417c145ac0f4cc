#pragma once

#include <string>
#include <vector>

#include "fleet/core/json.hpp"

namespace fleet::api::rest {

/// The rows of a stored array, each with all its values as text (rest-api-b 2): agents that log
/// numbers as numbers look like the others. Anything that is not an array of objects is left out.
std::vector<json::Value> report_rows(const std::string& rows_json);

/// One row, as above.
json::Value report_row(const json::Value& row);

}  // namespace fleet::api::rest
