#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/activity_types.hpp"
#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"

namespace fleet {

/// Who did something; copied into the activity, so that it outlives the account.
struct Actor {
    UserId id{};
    std::string name{};
    std::string email{};
    std::string ip{};  // where the request came from; for the record, not for the feed
    bool api_only = false;
};

/// Something worth telling that happened (rest-api-a 8). Without an actor the server did it, or
/// somebody who is not logged in.
struct Activity {
    std::uint64_t id = 0;
    Time created_at{};
    std::optional<Actor> actor{};
    std::string type{};
    std::string details{};  // JSON object; empty: none
    bool fleet_initiated = false;
    std::vector<HostId> hosts{};  // in whose own feeds it stands, too
};

}  // namespace fleet
