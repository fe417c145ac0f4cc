#pragma once

#include <functional>
#include <string>

#include "fleet/config/config.hpp"
#include "fleet/core/result.hpp"
#include "fleet/service/app_config_service.hpp"

namespace fleet::main {

/// What GET /config tells about this server's settings.
service::ServerFacts server_facts(const config::Config& config);

/// Reads the certificate chain that the server presents; fails when it serves without TLS.
std::function<Result<std::string>()> certificate_reader(const config::Server& server);

}  // namespace fleet::main
