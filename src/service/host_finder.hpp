#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/service/host_presence.hpp"
#include "fleet/service/host_service.hpp"

namespace fleet::service {

/// Finds the ids of a list of hosts at one moment. The database knows what hosts are, memory when
/// they spoke; a list may ask for both. Memory names the hosts that match its part, in an instant,
/// and the database is asked about as few of them as the page needs. What it does not confirm is
/// not listed, so nobody sees a host of another team because memory lags behind.
class HostFinder {
public:
    HostFinder(store::HostStore& hosts, const HostPresence& presence, Time now)
        : hosts_{hosts}, presence_{presence}, now_{now} {}

    /// The page, or without one all; the selection has the viewer's limits and its dates.
    Result<std::vector<HostId>> page(const HostSelection& wanted, const Paging& paging);
    std::uint64_t count(const HostSelection& wanted);

private:
    /// Hosts that match as far as memory can tell, of how many in the viewer's teams.
    struct Alive {
        std::vector<SeenHost> hosts{};
        std::size_t of = 0;
    };
    Alive alive(const HostSelection& wanted) const;
    std::vector<HostId> in_memory_order(
        std::vector<SeenHost> found, const store::HostFilter& filter, const Paging& paging
    );
    Result<std::vector<HostId>> in_database_order(
        const Alive& found, const store::HostFilter& filter, const Paging& paging
    );
    std::vector<HostId> confirmed(std::vector<HostId> ids, const store::HostFilter& filter);

    store::HostStore& hosts_;
    const HostPresence& presence_;
    Time now_;
};

}  // namespace fleet::service
