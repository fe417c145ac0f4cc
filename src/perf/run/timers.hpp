#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "perf/run/wheel.hpp"

namespace fleet::perf {

/// What a host is to do when its time has come.
enum class Activity : std::uint8_t { config, read, log, enroll, write, schedule, carve };

inline constexpr std::size_t kActivities = 7;

/// The polls come first: each host has one timer of its own for each of them.
inline constexpr std::uint32_t kPolls = 3;

struct Timer {
    using Clock = std::chrono::steady_clock;

    Clock::time_point at{};
    std::uint32_t host{};  ///< its place among the hosts of the thread
    Activity activity{};
    bool retry{false};  ///< a further attempt, not a tick of the schedule
};

/// The timers of a thread. None is ever cancelled. Ticks of polls live in nodes that belong to
/// their host; everything else borrows a node for as long as it waits.
class Timers {
public:
    using Clock = Timer::Clock;

    explicit Timers(std::size_t hosts);

    /// The next tick of a poll, which must not be waiting for one already.
    void tick(std::uint32_t host, Activity poll, Clock::time_point at);

    /// Anything else: another attempt, or another activity.
    void add(std::uint32_t host, Activity activity, Clock::time_point at);

    /// The tick a poll is working on, or waits for.
    Clock::time_point tick_of(std::uint32_t host, Activity poll) const;

    /// Takes a timer that is due.
    bool take(Clock::time_point now, Timer& timer);

    /// When to look again, at the latest at `limit`.
    Clock::time_point next(Clock::time_point limit) const;

    static constexpr std::size_t bytes_per_host() { return kPolls * Wheel::bytes_per_node(); }

private:
    struct Borrowed {
        std::uint32_t host{};
        Activity activity{};
    };

    std::uint64_t full_tick(Clock::time_point at) const;
    Clock::time_point time_of(Wheel::Tick tick) const;

    Clock::time_point begin_;
    std::size_t own_;
    Wheel wheel_;
    std::vector<Borrowed> borrowed_;
    Wheel::Node free_{Wheel::kNone};
    std::uint64_t now_{};  ///< the tick last looked at, all its bits
};

}  // namespace fleet::perf
