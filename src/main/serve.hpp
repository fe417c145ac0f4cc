#pragma once

#include "fleet/config/config.hpp"

namespace fleet::main {

/// Builds every object, serves until SIGTERM or SIGINT, stops in order. The program's exit code.
int run_server(const config::Config& config);

}  // namespace fleet::main
