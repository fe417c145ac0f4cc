#pragma once

#include "fleet/core/json.hpp"
#include "fleet/service/team_service.hpp"

namespace fleet::api::rest {

/// The team object (rest-api-a 12.1); for id 0 the short one.
json::Value team_json(const service::TeamView& view);

/// A member: the user object with the role on this team.
json::Value member_json(const User& user, TeamId team);

}  // namespace fleet::api::rest
