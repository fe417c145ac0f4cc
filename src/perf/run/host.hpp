#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "perf/agent/carve.hpp"
#include "perf/agent/config.hpp"
#include "perf/agent/log_lines.hpp"
#include "perf/agent/schedule.hpp"
#include "perf/agent/work.hpp"
#include "perf/run/timers.hpp"

namespace fleet::perf {

/// One kind of poll of a host.
struct Poll {
    Timer::Clock::time_point intended{};  ///< the tick being worked on, or the last one
    std::uint8_t attempt{};
    bool busy{false};
    bool first{true};
};

/// Lines of a host that wait for the server, and how the sending goes.
struct Logger {
    struct Stream {
        LogQueue queue{};
        std::uint32_t failures{};
        Timer::Clock::time_point not_before{};
    };
    Stream results{};
    Stream statuses{};
};

/// A virtual host. Small while nothing happens: names and tables are made from (seed, index)
/// when needed, and the parts below the line exist only once they are used.
struct Host {
    enum class Enrolment : std::uint8_t { none, running, done, given_up };

    std::uint32_t index{};
    Flavor flavor{};
    Enrolment enrolment{Enrolment::none};
    std::uint8_t enroll_attempt{};
    std::uint8_t blocked{};  ///< activities that wait for the enrolment, one bit each
    bool started{false};
    Poll config_poll{};
    Poll read_poll{};
    Poll log_poll{};
    std::string node_key{};
    std::shared_ptr<const AgentConfig> config{};
    // ----
    std::unique_ptr<HostSchedule> schedule{};
    Timer::Clock::time_point schedule_armed{Timer::Clock::time_point::max()};
    std::unique_ptr<Logger> logger{};
    std::unique_ptr<std::vector<WorkResult>> results{};  ///< not yet acknowledged
    std::unique_ptr<std::deque<CarveJob>> carves{};
    Timer::Clock::time_point accelerated_until{};
};

}  // namespace fleet::perf
