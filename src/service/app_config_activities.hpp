#pragma once

#include <vector>

#include "fleet/core/activity.hpp"
#include "fleet/core/json.hpp"

namespace fleet::service {

/// One activity that a change of the configuration is worth.
struct ConfigActivity {
    ActivityName type;
    json::Value details = json::Value::object();
};

/// What the feed tells about the difference (rest-api-a 10.2, side effects).
std::vector<ConfigActivity> config_activities(const json::Value& before, const json::Value& after);

}  // namespace fleet::service
