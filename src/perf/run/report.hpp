#pragma once

#include <chrono>
#include <string>

#include "perf/net/transport.hpp"
#include "perf/options.hpp"
#include "perf/run/pests.hpp"
#include "perf/run/recorder.hpp"

namespace fleet::perf {

/// All that is known about a finished run.
struct Report {
    RunStats stats{};
    TransportCounters transport{};
    std::chrono::duration<double> elapsed{};
    std::chrono::duration<double> cpu{};
    std::uint64_t lines_waiting{};
    std::size_t warm_hosts{};  ///< with parts beyond those of an idle host
    PestStats pests{};
    long max_rss_kib{};

    /// Late by more than this at the 99th percentile, the generator was the bottleneck and the
    /// latencies say little about the server.
    static constexpr std::chrono::milliseconds kMaxSlip{10};
    /// CPU time of the generator for one answer, in microseconds.
    double cpu_per_request() const;
    bool is_void() const { return stats.slip.percentile(99) > kMaxSlip; }
};

/// CPU seconds this process has used.
std::chrono::duration<double> cpu_time();
long max_rss_kib();

std::string to_table(const Report& report, const Options& options);
std::string to_json(const Report& report, const Options& options);

}  // namespace fleet::perf
