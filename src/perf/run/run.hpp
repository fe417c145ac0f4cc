#pragma once

#include "perf/options.hpp"

namespace fleet::perf {

/// The whole run: starts the threads, prints rates, waits for the end, prints the report.
/// Returns the exit code: 0, or 1 when there were errors.
int run(const Options& options);

}  // namespace fleet::perf
