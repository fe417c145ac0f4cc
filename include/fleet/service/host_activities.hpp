#pragma once

#include <string>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/store/host_store.hpp"

namespace fleet::service {

/// What happened to one host, and what is still to happen to it (rest-api-a 8.3 to 8.5).
class HostActivities {
public:
    struct Deps {
        Activities& activities;
        store::HostStore& hosts;
    };

    explicit HostActivities(Deps deps) : deps_{deps} {}

    Result<ActivityPage> past(const Viewer& viewer, HostId host, const Paging& paging);
    /// The queue of the host: empty, as nothing puts work for hosts into one yet.
    Result<ActivityPage> upcoming(const Viewer& viewer, HostId host, const Paging& paging);
    /// Takes an entry out of the queue; 404 when it is not there.
    Result<> cancel(const Viewer& viewer, HostId host, const std::string& uuid);

private:
    Deps deps_;
};

}  // namespace fleet::service
