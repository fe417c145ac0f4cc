#pragma once

#include <chrono>
#include <memory>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/http/route.hpp"
#include "fleet/live/redis.hpp"
#include "fleet/service/live_query.hpp"

namespace fleet {
class WorkerPool;
}

namespace fleet::api::rest {

/// The web socket on which results of live queries are read (rest-api-b 3.3), in both flavours.
class LiveSockets {
public:
    struct Deps {
        boost::asio::io_context& loop;
        WorkerPool& workers;
        Authenticator& authenticator;
        service::LiveQueryService& live_queries;
        live::Redis& redis;
        const Clock& clock;
        /// How long a client that asked for details may be away before its campaign ends.
        std::chrono::milliseconds disconnect_grace{30'000};
        /// How often totals and status are looked at.
        std::chrono::milliseconds tick{5'000};
    };
    explicit LiveSockets(Deps deps);
    ~LiveSockets();

    /// The routes of both flavours under all versions.
    http::Routes routes();
    http::SocketHandler handler();
    /// Answers of this campaign have reached nobody for a while: its reader's process is gone.
    void end_forgotten(CampaignId id);
    /// Campaigns whose readers leave from now on are not ended: the process is going down, and
    /// clients come back to another one.
    void stop();

    struct Stats {
        std::size_t sockets = 0;
        std::size_t campaigns = 0;
    };
    Stats stats() const;

private:
    std::shared_ptr<class LiveHub> hub_;
};

}  // namespace fleet::api::rest
