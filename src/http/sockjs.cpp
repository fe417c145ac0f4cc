#include "http/sockjs.hpp"

#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "fleet/http/route.hpp"
#include "http/refusal.hpp"

namespace fleet::http {
namespace sockjs {

std::string encode(std::string_view message) {
    return "a[" + json_string(message) + "]";
}

std::optional<std::vector<std::string>> decode(std::string_view frame) {
    std::vector<std::string> out;
    if (frame.empty()) return out;
    auto json = nlohmann::json::parse(frame, nullptr, false);
    if (json.is_string()) {
        out.push_back(std::move(json.get_ref<std::string&>()));
        return out;
    }
    if (!json.is_array()) return std::nullopt;
    for (auto& item : json) {
        if (!item.is_string()) return std::nullopt;
        out.push_back(std::move(item.get_ref<std::string&>()));
    }
    return out;
}

}  // namespace sockjs

namespace {

Response greeting() {
    return {.content_type = "text/plain; charset=UTF-8", .body = "Welcome to SockJS!\n"};
}

Response info(const Request& request) {
    std::random_device entropy;
    Response response{
        .content_type = "application/json; charset=UTF-8",
        .headers = {{"Cache-Control", "no-store, no-cache, must-revalidate, max-age=0"}},
        .body = R"({"websocket":true,"cookie_needed":false,"origins":["*:*"],"entropy":)" +
                std::to_string(entropy()) + "}",
    };
    // The page may come from another host and ask with credentials; nothing here is a secret.
    const auto origin = request.header("Origin");
    response.headers.emplace_back(
        "Access-Control-Allow-Origin", origin.empty() ? "*" : std::string{origin}
    );
    if (!origin.empty()) {
        response.headers.emplace_back("Access-Control-Allow-Credentials", "true");
        response.headers.emplace_back("Vary", "Origin");
    }
    return response;
}

}  // namespace

Routes sockjs_routes(const std::string& prefix, const SocketHandler& handler) {
    Routes routes;
    const auto add = [&](const char* below, const char* name, auto how) -> Route& {
        return routes.emplace_back(Route{
            .pattern = prefix + below, .name = name, .handler = std::move(how)});
    };
    add("", "sockjs_greeting", LoopHandler{[](const Request&, Responder respond) {
            respond(greeting());
        }});
    add("/info", "sockjs_info", LoopHandler{[](const Request& request, Responder respond) {
            respond(info(request));
        }});
    add("/{server}/{session}/websocket", "sockjs_websocket", handler).framing = Framing::sockjs;
    add("/{server}/{session}/{transport}",
        "sockjs_other_transport",
        LoopHandler{[](const Request&, Responder respond) {
            respond(refusal(Audience::rest, 404, "only the websocket transport is served"));
        }});
    return routes;
}

}  // namespace fleet::http
