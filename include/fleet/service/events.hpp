#pragma once

#include <span>

#include "fleet/core/ids.hpp"

namespace fleet::service {

/// Told after the commit, so that memory follows what people changed. Implementations return
/// quickly and never throw.
class HostEvents {
public:
    virtual ~HostEvents() = default;
    virtual void hosts_changed(std::span<const HostId> hosts) = 0;
    virtual void hosts_deleted(std::span<const HostId> hosts) = 0;
};

/// Told after queries, labels or options changed. Other instances notice by the revision; this
/// one need not wait for its next look.
class ScheduleEvents {
public:
    virtual ~ScheduleEvents() = default;
    virtual void schedule_changed() = 0;
};

}  // namespace fleet::service
