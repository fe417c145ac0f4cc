#pragma once

#include <string>
#include <string_view>

#include "fleet/core/json.hpp"

/// The parts of the OpenAPI document that are the same for every endpoint.
namespace fleet::api::rest {

/// The heading under which readers look for a path.
std::string endpoint_group(std::string_view path);

/// Paging parameters are described once.
bool is_common_parameter(std::string_view name);
json::Value common_parameters();

/// The errors of rest-api-a 1.6.
json::Value common_responses();
json::Value error_schema();

}  // namespace fleet::api::rest
