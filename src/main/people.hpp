#pragma once

#include <memory>

#include "fleet/config/config.hpp"
#include "fleet/core/time.hpp"
#include "fleet/http/route.hpp"
#include "fleet/service/events.hpp"
#include "fleet/service/host_presence.hpp"
#include "presence.hpp"

namespace boost::asio {
class io_context;
}
namespace fleet {
class WorkerPool;
}
namespace fleet::live {
class Campaigns;
class Redis;
}  // namespace fleet::live
namespace fleet::logs {
class Destination;
}
namespace fleet::store {
class Database;
}
namespace fleet::telemetry {
class Metrics;
}

namespace fleet::main {

/// Services and endpoints for people and scripts: accounts, hosts, queries, live queries, the web
/// page.
class People {
public:
    struct Deps {
        store::Database& db;
        live::Redis& redis;
        live::Campaigns& campaigns;
        boost::asio::io_context& loop;
        WorkerPool& workers;
        const service::HostPresence& presence;
        CheckinEvents& events;
        telemetry::Metrics& metrics;
        const Clock& clock;
        logs::Destination* audit_log;  // none: activities are not written to a log
    };

    People(const config::Config& config, Deps deps);
    ~People();

    http::Routes routes();
    http::BlockingHandler web_ui();
    void start();
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace fleet::main
