#pragma once

#include "fleet/core/json.hpp"

namespace fleet::service {

/// Every stored key of rest-api-a 10.4 and its type. A text is the type of one value: "string",
/// "bool", "int", "number", "duration", "object" (its members are the client's own) or "any", with
/// "?" at its end when null is a value of its own. A list holds the type of its items, an object
/// those of its members; the member "?" marks an object that may be null as a whole.
const json::Value& config_schema();

/// The configuration of a new install (rest-api-a 10.6). Keys of the schema that are not here are
/// left out until somebody sets them.
const json::Value& default_config();

}  // namespace fleet::service
