#pragma once

#include <cstddef>

#include "fleet/http/route.hpp"

namespace fleet::checkin {
class Checkins;
}

namespace fleet::api::osquery {

struct BodyLimits {
    std::size_t log = 10u << 20;
    std::size_t distributed_write = 5u << 20;
};

/// The osquery remote API in both of its spellings (agent-api A.1). `checkins` must outlive the
/// server.
http::Routes routes(checkin::Checkins& checkins, BodyLimits limits);

}  // namespace fleet::api::osquery
