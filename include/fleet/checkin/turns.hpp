#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>

namespace fleet::checkin {

/// Turns at a steady rate for what is due for many hosts at once (after an outage, a restart, a new
/// interval): the first come at once, the others one after the other. Thread-safe.
class Turns {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// At most `at_once` turns in a moment, `per_second` over time.
    Turns(double per_second, std::size_t at_once);

    /// Takes the next turn: how long the caller has to wait for it.
    std::chrono::microseconds take(Time now);

    /// From now on; turns that were taken stay.
    void set_rate(double per_second);

private:
    std::mutex mutex_{};
    const std::size_t at_once_;
    std::chrono::microseconds apart_;
    Time next_{};  // when the next turn would be, were there no `at_once`
};

}  // namespace fleet::checkin
