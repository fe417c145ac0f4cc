#pragma once

#include "fleet/core/json.hpp"

namespace fleet::checkin {

/// Agent options of a new install (rest-api-a 10.6), used until others are stored.
json::Value default_agent_options();

}  // namespace fleet::checkin
