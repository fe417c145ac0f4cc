#pragma once

#include <functional>

#include "perf/options.hpp"

namespace fleet::perf {

/// The whole run: starts the threads, prints rates, waits for the end, prints the report.
/// The end is the duration, a signal, or `enough` saying so (it is asked a few times a second).
/// Returns the exit code: 0, or 1 when there were errors.
int run(const Options& options, const std::function<bool()>& enough = {});

}  // namespace fleet::perf
