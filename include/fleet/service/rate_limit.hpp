#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"

namespace fleet::service {

/// Lets `burst` + 1 through at once and then so many a minute, evenly (GCRA). Thread-safe.
class RateLimit {
public:
    /// `per_minute` 0: no limit.
    RateLimit(int per_minute, int burst) : RateLimit{per_minute, std::chrono::minutes{1}, burst} {}
    /// `count` in each span of that length; 0: no limit.
    RateLimit(int count, std::chrono::microseconds span, int burst);

    /// Nothing when it may pass, else how long to wait before trying again.
    std::optional<std::chrono::seconds> take(Time now);
    /// The same as a result: 429 with the wait (rest-api-a 1.6).
    Result<> pass(Time now);

private:
    std::chrono::microseconds interval_;
    std::chrono::microseconds tolerance_;
    std::mutex mutex_;
    Time next_{};  // when the next one would come at an even pace
};

}  // namespace fleet::service
