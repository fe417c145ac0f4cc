#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "fleet/core/time.hpp"

namespace fleet {

/// The wall clock without its jumps: goes at the pace of the steady clock, follows small
/// corrections, and takes over a larger one only when told to. Whoever holds moments in memory can
/// so move them along with the clock, and nobody is suddenly a day late. Thread-safe.
class PacedClock final : public Clock {
public:
    using Pace = std::chrono::steady_clock;

    /// `pace` is the steady clock unless a test brings its own.
    explicit PacedClock(const Clock& wall, std::function<Pace::time_point()> pace = Pace::now);

    Time now() const override;

    /// How far the wall clock was set since the last look, or zero; what is less than a few
    /// seconds is followed silently.
    std::chrono::microseconds jump();
    /// Moves the clock by a jump.
    void adopt(std::chrono::microseconds jump);

private:
    std::chrono::microseconds paced() const;

    const Clock& wall_;
    const std::function<Pace::time_point()> pace_;
    std::atomic<std::int64_t> offset_us_;  // wall minus steady
};

}  // namespace fleet
