#pragma once

#include <cstdint>
#include <optional>

#include "fleet/core/host.hpp"
#include "fleet/core/host_census.hpp"
#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"

namespace fleet::service {

/// What memory knows about a host's last sign of life; fresher than the database, which gets it
/// every few minutes.
struct HostSighting {
    HostId id{};
    Time seen{};
    std::int64_t distributed_interval = 0;
    std::int64_t config_tls_refresh = 0;

    HostStatus status(Time now) const {
        return host_status(now, seen, distributed_interval, config_tls_refresh);
    }
};

/// Who has spoken when. Implemented over the table of the check-ins; thread-safe.
class HostPresence {
public:
    virtual ~HostPresence() = default;
    virtual std::optional<HostSighting> find(HostId host) const = 0;
    /// Counts the hosts of a scope, quickly.
    virtual HostCensus census(const CensusScope& scope, Time now, Time fresh_since) const = 0;
    /// Visits every host of a scope, in no particular order, quickly.
    virtual void each(const CensusScope& scope, Time now, const VisitSeen& visit) const = 0;
};

}  // namespace fleet::service
