#pragma once

#include <optional>
#include <span>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/store/db.hpp"
#include "host_columns.hpp"

namespace fleet::store {

/// Puts the hosts, locked by the caller, into a team or (none) out of every team, with
/// leave_other_teams(). They are asked their labels and policies again. At most kMaxList ids.
void move_hosts(
    Session& session, std::span<const HostId> hosts, std::optional<TeamId> team, Time now
);

/// What other teams than this one have of the hosts: reports are dropped, and `changes` notes which
/// labels they must leave. At most kMaxList ids.
void leave_other_teams(
    Session& session,
    std::span<const HostId> hosts,
    std::optional<TeamId> team,
    LabelChanges& changes
);

}  // namespace fleet::store
