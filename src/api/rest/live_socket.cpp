#include "fleet/api/rest/live_socket.hpp"

#include "live_socket_hub.hpp"
#include "live_socket_session.hpp"

namespace fleet::api::rest {

LiveSockets::LiveSockets(Deps deps) : hub_{std::make_shared<LiveHub>(deps)} {}

LiveSockets::~LiveSockets() = default;

http::SocketHandler LiveSockets::handler() {
    return [hub = hub_](const http::Request&, std::shared_ptr<http::WebSocket> socket) {
        std::make_shared<LiveSession>(hub, std::move(socket))->start();
    };
}

http::Routes LiveSockets::routes() {
    http::Routes routes;
    for (const std::string version : {"v1", "2022-04", "latest"}) {
        const auto prefix = "/api/" + version + "/fleet/results";
        routes.push_back(
            {.pattern = prefix + "/websocket", .name = "results_websocket", .handler = handler()}
        );
        for (auto& route : http::sockjs_routes(prefix, handler())) {
            routes.push_back(std::move(route));
        }
    }
    return routes;
}

void LiveSockets::end_forgotten(CampaignId id) {
    hub_->end_forgotten(id);
}

void LiveSockets::stop() {
    hub_->stop();
}

LiveSockets::Stats LiveSockets::stats() const {
    return hub_->stats();
}

}  // namespace fleet::api::rest
