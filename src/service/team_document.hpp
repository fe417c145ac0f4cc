#pragma once

#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"
#include "fleet/service/settings_schema.hpp"
#include "unknown_keys.hpp"

/// The settings of a team as one document: which keys it has, and how changes are put into it.
namespace fleet::service {

/// The stored text over the defaults.
json::Value full_team_config(const std::string& stored);

/// 400 for an unknown key, or for a value of another type; both with their path.
Result<> check_team_keys(const std::string& path, const json::Value& changes, UnknownKeys unknown);

/// What a spec means (rest-api-b 8): sections that are replaced as a whole, others key by key.
enum class Merge { patch, spec };

/// Unknown keys are left out. Lists, agent options and the objects of update deadlines replace;
/// null empties what can be empty, and otherwise means "not sent".
void merge_team_config(json::Value& config, const json::Value& changes, Merge merge);

}  // namespace fleet::service
