#pragma once

#include <chrono>
#include <cstdint>
#include <queue>
#include <vector>

namespace fleet::perf {

/// What a host is to do when its time has come.
enum class Activity : std::uint8_t { start, enroll, config, read, write, log, schedule, carve };

inline constexpr std::size_t kActivities = 8;

struct Timer {
    using Clock = std::chrono::steady_clock;

    Clock::time_point at{};
    std::uint32_t host{};
    Activity activity{};
    bool retry{false};  ///< a further attempt, not a tick of the schedule
};

/// Timers in order of time. None is ever cancelled: each activity of a host has at most one.
class Timers {
public:
    void add(const Timer& timer) { queue_.push(timer); }
    bool empty() const { return queue_.empty(); }
    Timer::Clock::time_point next() const {
        return queue_.empty() ? Timer::Clock::time_point::max() : queue_.top().at;
    }
    Timer take() {
        const Timer timer = queue_.top();
        queue_.pop();
        return timer;
    }

private:
    struct Later {
        bool operator()(const Timer& a, const Timer& b) const { return a.at > b.at; }
    };
    std::priority_queue<Timer, std::vector<Timer>, Later> queue_;
};

}  // namespace fleet::perf
