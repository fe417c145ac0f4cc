#pragma once

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"
#include "host_params.hpp"

/// The filters of a list of hosts as a JSON object, for work on all that match (rest-api-a 13.8,
/// 13.10) and for saved views.
namespace fleet::api::rest {

/// Every filter that the query string of a list knows; numbers are numbers here. 400 for unknown
/// keys and wrong types.
Result<service::HostSelection> to_selection(const json::Value& filters);

/// The same with the keys that order a list; 400 when a list with these filters would be refused.
Result<> check_view_filters(const json::Value& filters);

}  // namespace fleet::api::rest
