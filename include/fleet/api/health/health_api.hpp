#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/http/route.hpp"

namespace fleet::api::health {

/// One thing that must work for the server to be healthy. `check` blocks and says what is wrong.
struct Check {
    std::vector<std::string> names{};  // the first is shown in the log
    std::function<Result<>()> check{};
};

struct MetricsAccess {
    bool mounted = false;
    std::string username{};  // both empty: open to everybody
    std::string password{};
    std::function<std::string()> render{};
};

/// /healthz, /version and /metrics (operations.md E.1).
http::Routes routes(std::vector<Check> checks, MetricsAccess metrics);

}  // namespace fleet::api::health
