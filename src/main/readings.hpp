#pragma once

#include "fleet/checkin/checkins.hpp"
#include "fleet/core/load_meter.hpp"
#include "fleet/core/worker_pool.hpp"
#include "fleet/http/server.hpp"
#include "fleet/live/campaigns.hpp"
#include "fleet/live/redis.hpp"
#include "fleet/store/db.hpp"
#include "fleet/telemetry/metrics.hpp"

namespace fleet::main {

struct ReadingsOf {
    store::Database& db;
    live::Redis& redis;
    live::Campaigns& campaigns;
    checkin::Checkins& checkins;
    WorkerPool& workers;
    http::Server& server;
    const LoadMeter& load;
};

/// Shows pools, queues, refusals and connections at /metrics.
void add_readings(telemetry::Metrics& metrics, ReadingsOf parts);

}  // namespace fleet::main
