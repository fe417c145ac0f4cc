#include "fleet/api/osquery/osquery_api.hpp"

#include <memory>

#include "fleet/checkin/checkins.hpp"

namespace fleet::api::osquery {
namespace {

using checkin::AgentReply;
using checkin::AgentRequest;
using checkin::Checkins;
using Call = void (Checkins::*)(AgentRequest, checkin::Reply);

/// "Authorization: NodeKey <key>"; the websocket transport spells it "Node key <key>".
std::string node_key_of(std::string_view header) {
    for (const std::string_view scheme : {"NodeKey ", "Node key "}) {
        if (header.starts_with(scheme)) return std::string{header.substr(scheme.size())};
    }
    return {};
}

enum class Cache { allowed, forbidden };

http::LoopHandler handler(Checkins& checkins, Call call, Cache cache) {
    return [&checkins, call, cache](http::Request request, http::Responder respond) {
        AgentRequest agent;
        agent.header_key = node_key_of(request.header("Authorization"));
        agent.client_ip = std::move(request.client_ip);
        agent.body = std::move(request.body);
        const auto once = std::make_shared<http::Responder>(std::move(respond));
        (checkins.*call)(std::move(agent), [once, cache](AgentReply reply) {
            http::Response response;
            response.status = reply.status;
            response.body = std::move(reply.body);
            response.shared_body = std::move(reply.shared_body);
            if (cache == Cache::forbidden) {
                response.headers.emplace_back("Cache-Control", "private, no-cache");
            }
            (*once)(std::move(response));
        });
    };
}

struct Endpoint {
    const char* path;
    const char* name;
    Call call;
    std::size_t max_body;
};

// Enrolments carry a few KiB of host details.
constexpr std::size_t kSmallBody = 1u << 20;
// A block of up to 256 MiB is legal; what real agents are configured for is 2 MB. Base64 adds a
// third.
constexpr std::size_t kBlockBody = 32u << 20;

}  // namespace

http::Routes routes(checkin::Checkins& checkins, BodyLimits limits) {
    const Endpoint endpoints[] = {
        {"/enroll", "osquery_enroll", &Checkins::enroll, kSmallBody},
        {"/config", "osquery_config", &Checkins::config, kSmallBody},
        {"/log", "osquery_log", &Checkins::log, limits.log},
        {"/distributed/read", "osquery_distributed_read", &Checkins::distributed_read, kSmallBody},
        {"/distributed/write",
         "osquery_distributed_write",
         &Checkins::distributed_write,
         limits.distributed_write},
        {"/carve/begin", "osquery_carve_begin", &Checkins::carve_begin, kSmallBody},
        {"/carve/block", "osquery_carve_block", &Checkins::carve_block, kBlockBody},
    };
    http::Routes out;
    for (const char* prefix : {"/api/osquery", "/api/v1/osquery"}) {
        for (const Endpoint& endpoint : endpoints) {
            const bool config = endpoint.call == &Checkins::config;
            http::Route route;
            route.method = http::Method::post;
            route.pattern = std::string{prefix} + endpoint.path;
            route.name = endpoint.name;
            route.handler =
                handler(checkins, endpoint.call, config ? Cache::forbidden : Cache::allowed);
            route.max_body = endpoint.max_body;
            route.errors = http::ErrorStyle::osquery;
            route.body = http::BodyKind::any;
            out.push_back(std::move(route));
        }
    }
    return out;
}

}  // namespace fleet::api::osquery
