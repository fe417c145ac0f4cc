#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/core/team.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/store/host_store.hpp"

/// What the feed says about teams (rest-api-a 8.6): details as JSON text.
namespace fleet::service::team_activity {

std::string of_team(const Team& team);
/// For things that belong to no team.
std::string of_no_team();
std::string agent_options(const Team& team);
std::string applied(std::span<const Team> teams);
/// `team`: the destination; none: no team.
std::string transferred(const std::optional<Team>& team, std::span<const store::MovedHost> hosts);

}  // namespace fleet::service::team_activity

namespace fleet::service {

/// One activity for each setting of its own kind that differs: deadlines, encryption and the like.
void record_setting_changes(
    Activities& activities,
    store::Session& session,
    const Viewer& viewer,
    const Team& team,
    const json::Value& before,
    const json::Value& after
);

}  // namespace fleet::service
