#pragma once

#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"

/// The stored configuration document: which keys it has, and how changes are put into it.
namespace fleet::service {

/// Every key with its default (rest-api-a 10.4 and 10.6).
const json::Value& default_config();

/// The stored text over the defaults.
json::Value full_config(const std::string& stored);

/// 400 for a key that the document does not have, or a value of another type.
Result<> check_changes(const json::Value& changes);

/// Objects merge key by key; everything else, and agent_options, replaces. Masked secrets and
/// keys that belong to the server keep what is stored.
void merge_config(json::Value& config, const json::Value& changes);

/// 422 by the rules of rest-api-a 10.7.
Result<> check_config(const json::Value& config);

/// Stored secrets become eight asterisks.
void mask_secrets(json::Value& config);

}  // namespace fleet::service
