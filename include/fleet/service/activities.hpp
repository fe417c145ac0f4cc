#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/activity.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/activity_store.hpp"

namespace fleet::service {

struct ActivityPage {
    std::vector<Activity> activities{};
    bool has_next = false;
    bool has_previous = false;
};

/// The feed: written by every service, read by people.
class Activities {
public:
    Activities(store::ActivityStore& store, const Clock& clock) : store_{store}, clock_{clock} {}

    /// In the transaction of what it tells about. `details`: a JSON object as text, or "".
    /// `hosts`: those in whose own feeds it shows, too.
    void record(
        store::Session& session,
        const Viewer& viewer,
        ActivityName type,
        std::string details,
        std::vector<HostId> hosts = {}
    );
    /// Done by somebody who is not logged in.
    void record_automatic(
        store::Session& session,
        ActivityName type,
        std::string details,
        std::vector<HostId> hosts = {}
    );
    /// Done by the server of its own accord.
    void record_by_server(
        store::Session& session,
        ActivityName type,
        std::string details,
        std::vector<HostId> hosts = {}
    );

    Result<ActivityPage> list(
        const Viewer& viewer, const Paging& paging, const store::ActivityFilter& filter
    );

    /// For those who have checked who is asking.
    ActivityPage page_of(const Paging& paging, const store::ActivityFilter& filter);

private:
    store::ActivityStore& store_;
    const Clock& clock_;
};

}  // namespace fleet::service
