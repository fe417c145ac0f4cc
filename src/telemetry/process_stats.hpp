#pragma once

#include <optional>

namespace fleet::telemetry {

/// What the kernel says about this process; a number that cannot be read is absent.
struct ProcessStats {
    std::optional<double> cpu_seconds{};
    std::optional<double> resident_bytes{};
    std::optional<double> virtual_bytes{};
    std::optional<double> open_files{};
    std::optional<double> max_files{};
    std::optional<double> threads{};
    std::optional<double> start_time_seconds{};  // since 1970
};

ProcessStats read_process_stats();

}  // namespace fleet::telemetry
