#pragma once

#include "fleet/config/config.hpp"
#include "fleet/store/db.hpp"

namespace fleet::main {

store::DbOptions database_options(const config::Mysql& mysql);

/// `prepare db`: applies what is missing and tells about each step. The exit code.
int prepare_database(const config::Config& config, bool ask_first);

}  // namespace fleet::main
