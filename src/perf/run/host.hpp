#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "perf/agent/carve.hpp"
#include "perf/agent/config.hpp"
#include "perf/agent/log_lines.hpp"
#include "perf/agent/node_key.hpp"
#include "perf/agent/schedule.hpp"
#include "perf/agent/work.hpp"
#include "perf/run/timers.hpp"

namespace fleet::perf {

/// Lines of a host that wait for the server, and how the sending goes.
struct Logger {
    struct Stream {
        LogQueue queue{};
        std::uint32_t failures{};
        Timer::Clock::time_point not_before{};

        bool is_idle() const { return queue.empty() && failures == 0; }
    };
    Stream results{};
    Stream statuses{};
};

/// What a host has only while something is going on.
struct ColdParts {
    std::unique_ptr<HostSchedule> schedule{};
    Timer::Clock::time_point schedule_armed{Timer::Clock::time_point::max()};
    std::unique_ptr<Logger> logger{};
    std::vector<WorkResult> results{};  ///< not yet acknowledged
    std::deque<CarveJob> carves{};
    Timer::Clock::time_point accelerated_until{};
    std::string long_key{};  ///< a node key that does not fit into a NodeKey

    bool is_empty(Timer::Clock::time_point now) const {
        const bool logs = logger && !(logger->results.is_idle() && logger->statuses.is_idle());
        return !schedule && !logs && results.empty() && carves.empty() && long_key.empty() &&
               accelerated_until <= now;
    }
};

/// A virtual host at rest. Its names and tables are made from (seed, index) when needed, the index
/// follows from its place in the list, and ColdParts come and go. With the three timers of its
/// polls it is 64 bytes, of which the node key has 25.
struct Host {
    enum class Enrolment : std::uint8_t { none, running, done, given_up };

    std::uint32_t cold{};  ///< number of its ColdParts; 0: none
    std::uint16_t config{};
    Flavor flavor{};
    Enrolment enrolment{Enrolment::none};
    NodeKey key{};
    std::uint8_t key_number{};  ///< counts its keys: an answer to an older one says nothing
    std::uint8_t enroll_attempt{};
    std::uint8_t blocked{};  ///< activities that wait for the enrolment, one bit each
    bool started : 1 {false};
    std::uint8_t spread : kPolls{};   ///< polls that have been through their first period
    std::uint8_t overdue : kPolls{};  ///< polls whose tick had passed when the last answer came
    std::array<std::uint8_t, kPolls> attempts{};

    /// Whether the tick that has just come was one of these; says so once.
    bool was_overdue(Activity poll) {
        const auto mark = static_cast<std::uint8_t>(1U << static_cast<unsigned>(poll));
        const bool was = (overdue & mark) != 0;
        overdue = static_cast<std::uint8_t>(overdue & ~mark) & ((1U << kPolls) - 1);
        return was;
    }
    std::uint8_t& attempt(Activity poll) { return attempts.at(static_cast<std::size_t>(poll)); }
};

inline constexpr std::size_t kIdleHostBytes = sizeof(Host) + Timers::bytes_per_host();
static_assert(kIdleHostBytes <= 64);

}  // namespace fleet::perf
