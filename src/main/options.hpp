#pragma once

#include <cstddef>
#include <string>

#include "fleet/checkin/checkins.hpp"
#include "fleet/config/config.hpp"
#include "fleet/http/server.hpp"
#include "fleet/live/campaigns.hpp"
#include "fleet/live/redis.hpp"
#include "fleet/logs/destination.hpp"

/// From the configuration to what each part wants to know.
namespace fleet::main {

/// One event-loop thread a core.
std::size_t loop_threads();
/// Threads for blocking work: `server.workers`, or as many as the database pool serves well.
std::size_t worker_threads(const config::Config& config);

http::ServerOptions server_options(const config::Config& config);
live::RedisOptions redis_options(const config::Redis& redis);
live::CampaignOptions campaign_options(const config::Config& config);
checkin::CheckinOptions checkin_options(const config::Osquery& osquery);
logs::FileOptions file_options(const config::Filesystem& filesystem, const std::string& path);

}  // namespace fleet::main
