#pragma once

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"

namespace fleet::service {

/// What may stand in agent options (agent-api B.3): known keys, right types, and nothing that would
/// cut agents off. 400 for keys and types, 422 for values.
Result<> check_agent_options(const json::Value& options);

}  // namespace fleet::service
