#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "perf/run/rate_plan.hpp"
#include "perf/run/shared.hpp"
#include "perf/run/worker.hpp"

namespace fleet::perf {

using Workers = std::vector<std::unique_ptr<Worker>>;

/// Counters of all threads together.
Recorder::Rates total_rates(const Workers& workers);

/// What happens at chosen moments of the counted part of a run: other rates, the great
/// reconnection, and a line a second of how the server fares.
class Timeline {
public:
    Timeline(const Options& options, RunShared& shared, const Workers& workers);

    /// Called several times a second, with the time since counting began.
    void advance(std::chrono::milliseconds since_start);

private:
    void write_line(std::chrono::milliseconds since_start);

    RunShared& shared_;
    const Workers& workers_;
    RatePlan plan_;
    std::optional<std::chrono::milliseconds> reconnect_at_;
    LineFile file_;
    std::chrono::milliseconds next_line_{1000};
    Recorder::Rates last_{};
};

}  // namespace fleet::perf
