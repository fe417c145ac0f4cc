#pragma once

#include "fleet/core/json.hpp"
#include "fleet/service/host_service.hpp"

namespace fleet::api::rest {

/// The `filters` object of bulk changes (rest-api-a 13.8); 400 for keys that it does not have.
Result<service::HostSelection> to_selection(const json::Value& filters);

}  // namespace fleet::api::rest
