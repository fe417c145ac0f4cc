#pragma once

#include <chrono>
#include <memory>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/live/redis.hpp"
#include "fleet/service/live_query.hpp"
#include "fleet/store/host_store.hpp"

namespace fleet {
class WorkerPool;
}

namespace fleet::api::rest {

/// Live queries whose results come in the answer of the request (rest-api-b 3.2). No thread waits:
/// a request holds a worker only while it starts and ends its campaign.
class LiveQuerySyncApi {
public:
    struct Deps {
        boost::asio::io_context& loop;
        WorkerPool& workers;
        service::LiveQueryService& live_queries;
        store::HostStore& hosts;
        live::Redis& redis;
        std::chrono::milliseconds wait{25'000};
    };
    explicit LiveQuerySyncApi(Deps deps) : deps_{deps} {}

    void add_to(Endpoints& endpoints);

    /// The wait from FLEET_LIVE_QUERY_REST_PERIOD; 25 s when it is not a duration.
    static std::chrono::milliseconds wait_from(const char* text);

private:
    using Handler =
        void (LiveQuerySyncApi::*)(const Viewer&, const http::Request&, http::Responder);
    void add(
        Endpoints& endpoints,
        http::Method method,
        const char* path,
        const char* name,
        Handler handler,
        detail::Types (*describe)()
    );

    void run_saved(const Viewer& viewer, const http::Request& request, http::Responder respond);
    void run_many(const Viewer& viewer, const http::Request& request, http::Responder respond);
    void query_host(const Viewer& viewer, const http::Request& request, http::Responder respond);
    void query_identifier(
        const Viewer& viewer, const http::Request& request, http::Responder respond
    );
    Result<> start_host_query(
        const Viewer& viewer, HostId host, const http::Request& request, http::Responder& respond
    );

    Deps deps_;
};

}  // namespace fleet::api::rest
