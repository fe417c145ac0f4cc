#pragma once

#include <string_view>

#include "fleet/core/json.hpp"

/// Which keys the documents of settings have: what changes are checked by and what the API's
/// description is made from.
namespace fleet::service {

/// Every stored key of rest-api-a 10.4 and its type. A text is the type of one value: "string",
/// "bool", "int", "number", "duration", "object" (its members are the client's own) or "any", with
/// "?" at its end when null is a value of its own. A list holds the type of its items, an object
/// those of its members; the member "?" marks an object that may be null as a whole.
const json::Value& config_schema();

/// The configuration of a new install (rest-api-a 10.6). Keys of the schema that are not here are
/// left out until somebody sets them.
const json::Value& default_config();

/// Whether the server writes or tells a key by itself ("smtp_settings.configured"): such a key is
/// ignored in changes (rest-api-a 10.2 rule 7).
bool is_server_owned(std::string_view path);

/// The same as config_schema() for a team, in longer words ("boolean", "integer"): null is a value
/// where the default is null or missing.
const json::Value& team_config_schema();

/// Every key of a team that is always shown, with its default (rest-api-a 12.1).
const json::Value& default_team_config();

}  // namespace fleet::service
