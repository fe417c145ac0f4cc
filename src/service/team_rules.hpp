#pragma once

#include <string>
#include <string_view>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"

namespace fleet::service {

/// The name without blanks around it. 422 on `name` when it is missing, too long, or one that
/// stands for all hosts or for those of no team, however it is spelt (rest-api-a 12.1).
Result<std::string> check_team_name(std::string_view name);

/// 422 when it is too long for its column.
Result<> check_description(std::string_view description);

/// 422 by the rules of rest-api-a 10.7. `app_config`: the organisation's document, which must know
/// the integrations that a team switches on.
Result<> check_team_config(const json::Value& config, const json::Value& app_config);

}  // namespace fleet::service
