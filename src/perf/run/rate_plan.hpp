#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace fleet::perf {

/// How much faster than usual the hosts poll, over time: the load of an overload test.
class RatePlan {
public:
    /// "30s:1,60s:2.5,30s:1": lengths of time and factors, one after the other.
    static std::optional<RatePlan> parse(std::string_view text);

    /// Once all steps are over the factor is 1.
    double factor_at(std::chrono::milliseconds since_start) const;

private:
    struct Step {
        std::chrono::milliseconds until{};
        double factor{1};
    };
    std::vector<Step> steps_;
};

}  // namespace fleet::perf
