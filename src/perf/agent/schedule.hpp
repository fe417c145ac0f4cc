#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "perf/agent/config.hpp"
#include "perf/agent/log_lines.hpp"
#include "perf/random.hpp"
#include "perf/sql/engine.hpp"

namespace fleet::perf {

/// The scheduled queries of one host: when each is due, and what it found the last time.
class HostSchedule {
public:
    using Clock = std::chrono::steady_clock;

    /// Lines of one run. Results carry an id when `next_id` gives one.
    struct Output {
        std::vector<LogLine> results{};
        std::vector<LogLine> statuses{};
    };

    /// Takes over a configuration. A query that keeps its name keeps its place in time and its
    /// last results. `batch` answers the discovery queries of packs.
    void configure(
        std::shared_ptr<const AgentConfig> config,
        const Profile& profile,
        std::string_view osquery_version,
        Engine::Batch& batch,
        Jitter& jitter,
        Clock::time_point now
    );

    bool empty() const { return queries_.empty(); }
    Clock::time_point next_due() const;

    /// Runs what is due.
    Output run_due(
        Clock::time_point now,
        Engine::Batch& batch,
        LineHead head,
        const std::function<std::string()>& next_id
    );

    /// Rows of osquery_schedule.
    std::vector<ScheduleRow> rows() const;

private:
    struct State {
        const ScheduledQuery* query{};
        Clock::time_point due{};
        std::chrono::milliseconds interval{};
        std::uint64_t counter{};
        bool ran{false};
        std::int64_t executions{};
        std::int64_t last_executed{};
        std::int64_t output_size{};
        std::int64_t wall_ms{};
        std::vector<std::string> previous{};  ///< sorted; differential queries only
    };

    void run(
        State& state,
        Engine::Batch& batch,
        const LineHead& head,
        const std::function<std::string()>& next_id,
        Output& out
    );
    void emit_changes(
        State& state,
        std::vector<std::string> rows,
        const LineHead& head,
        const std::function<std::string()>& next_id,
        Output& out
    );

    std::shared_ptr<const AgentConfig> config_;
    std::vector<State> queries_;
};

/// Runs decorators: the first row of each gives members of one JSON object.
std::string decorate(const AgentConfig& config, Engine::Batch& batch);

}  // namespace fleet::perf
