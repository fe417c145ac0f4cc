#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace fleet {

/// How far the event loop is behind: the one reading by which all parts decide what to put off.
/// Somebody lets it tick every few milliseconds; everybody may ask. Thread-safe.
///
/// What gives way, in this order: connections that are not yet accepted and polls that can be held
/// (late); pages of people, new sockets, and asking hosts for details (overloaded). What agents
/// write is refused only when its memory is at its bound.
class LoadMeter {
public:
    using Clock = std::chrono::steady_clock;

    /// A tick that was planned for `planned` comes at `now`, and the next is planned for `next`.
    void tick(Clock::time_point planned, Clock::time_point now, Clock::time_point next);
    /// There will be no more ticks.
    void stop();

    /// Far above what a loop with some work left over shows, far below what an agent waits.
    static constexpr std::chrono::milliseconds kLate{100};

    /// At this moment more waits than can be done within `by`.
    bool late(Clock::time_point now = Clock::now(), Clock::duration by = kLate) const;
    /// It has been so for seconds, and will not get better by itself.
    bool overloaded() const { return overloaded_.load(std::memory_order_relaxed); }

    /// Smoothed lateness, for people to look at.
    std::chrono::microseconds lateness() const;

private:
    static constexpr auto kNever = Clock::time_point::max().time_since_epoch().count();

    std::atomic<Clock::rep> next_{kNever};
    std::atomic<Clock::rep> last_late_{0};
    std::atomic<bool> overloaded_{false};
    std::atomic<std::int64_t> smoothed_us_{0};
    Clock::time_point last_{};  // of the ticking thread
};

}  // namespace fleet
