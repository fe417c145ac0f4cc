#pragma once

#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"
#include "fleet/service/settings_schema.hpp"
#include "unknown_keys.hpp"

/// The stored configuration document: how changes are checked and put into it.
namespace fleet::service {

/// The stored text over the defaults.
json::Value full_config(const std::string& stored);
/// 400, with the path as field, for a key that the document does not have or a value of another
/// type. The legacy `host_settings` becomes `features`; with `drop`, unknown keys are taken out.
Result<> check_changes(json::Value& changes, UnknownKeys unknown = UnknownKeys::refuse);

/// Objects merge key by key; everything else, and agent_options, replaces. Masked secrets and
/// keys that belong to the server keep what is stored. `changes` have been checked.
void merge_config(json::Value& config, const json::Value& changes);

/// As merge_config(), but what is absent goes back to its default; the two values that have none
/// (organisation name, server URL) and the server's own keys stay.
void overwrite_config(json::Value& config, const json::Value& changes);

/// Stored secrets become eight asterisks.
void mask_secrets(json::Value& config);

/// 422 when a mask was sent for a secret that is not stored: it must not become the secret.
Result<> check_no_masks(const json::Value& config);

}  // namespace fleet::service
