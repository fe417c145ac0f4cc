#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/host_presence.hpp"
#include "fleet/store/host_history_store.hpp"
#include "fleet/store/team_store.hpp"

namespace fleet::service {

/// How the number of hosts, and of those online, went; and what systems they run now.
class HostHistoryService {
public:
    struct Deps {
        store::HostHistoryStore& history;
        store::TeamStore& teams;
        const HostPresence& presence;
        const Clock& clock;
    };

    explicit HostHistoryService(Deps deps) : deps_{deps} {}

    /// The hours of the last `days` and the present moment, oldest first. Without a team: all hosts
    /// that the viewer may see.
    Result<std::vector<store::HostHour>> hours(
        const Viewer& viewer, std::optional<TeamId> team, std::uint64_t days
    );
    Result<std::vector<store::OsCount>> os_versions(
        const Viewer& viewer, std::optional<TeamId> team
    );

    /// Counts now, for all and for each team; and forgets what is too old.
    void record();

private:
    Deps deps_;
};

}  // namespace fleet::service
