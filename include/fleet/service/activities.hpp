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
    void record(
        store::Session& session, const Viewer& viewer, std::string type, std::string details
    );
    /// Done by the server, or by somebody who is not logged in.
    void record_automatic(store::Session& session, std::string type, std::string details);

    Result<ActivityPage> list(
        const Viewer& viewer, const Paging& paging, const store::ActivityFilter& filter
    );

private:
    store::ActivityStore& store_;
    const Clock& clock_;
};

}  // namespace fleet::service
