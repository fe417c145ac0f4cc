#pragma once

#include <optional>
#include <span>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/store/db.hpp"
#include "host_columns.hpp"

namespace fleet::store {

/// Puts the hosts, locked by the caller, into a team or (none) out of every team. They leave the
/// labels of other teams, and are asked their labels and policies again. At most kMaxList ids.
void move_hosts(
    Session& session, std::span<const HostId> hosts, std::optional<TeamId> team, Time now
);

/// Notes in `changes` which labels of other teams the hosts must leave.
void leave_labels_of_other_teams(
    Session& session,
    std::span<const HostId> hosts,
    std::optional<TeamId> team,
    LabelChanges& changes
);

}  // namespace fleet::store
