#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "fleet/http/message.hpp"

namespace fleet::http {

class WebSocket;

/// Runs on the event loop and must not block; it may keep the responder and answer later from any
/// thread. For agents.
using LoopHandler = std::function<void(Request, Responder)>;
/// Runs on the worker pool and may block. For people and scripts.
using BlockingHandler = std::function<Response(const Request&)>;
/// Called on the event loop after the upgrade; keeps the socket as long as it needs it.
using SocketHandler = std::function<void(Request, std::shared_ptr<WebSocket>)>;

/// How a refusal made by the HTTP layer itself (too large, timeout, overload) looks.
enum class ErrorStyle {
    rest,     // {"message", "errors": [...], "uuid"}
    osquery,  // {"error": "..."}: osqueryd must see an error member in every refusal
};

/// What becomes of a request for the worker pool or for a socket while the server is overloaded.
/// Loop handlers are always called: agents' work is cheap, or too precious to lose.
enum class Overload { refuse, serve };

/// Whether the cross-site guard asks for `Content-Type: application/json` when a browser sends a
/// body; uploads take any type.
enum class BodyKind { json, any };

/// What messages of a socket route look like on the wire (rest-api-b 3.3).
enum class Framing { plain, sockjs };

/// One endpoint. `pattern` has segments `{name}` (one segment), `{name:uint}` (digits only) and
/// may end in `{rest...}`. Names are metric labels and log fields.
struct Route {
    Method method = Method::get;
    std::string pattern{};
    std::string name{};
    std::variant<LoopHandler, BlockingHandler, SocketHandler> handler{};
    std::size_t max_body = 1 << 20;  // bytes after inflating
    ErrorStyle errors = ErrorStyle::rest;
    BodyKind body = BodyKind::json;
    Framing framing = Framing::plain;  // socket routes only
    Overload overload = Overload::refuse;
};

using Routes = std::vector<Route>;

/// The GET routes of a SockJS server below `prefix`: greeting, info and the WebSocket transport.
/// Other transports answer 404 (POST: 405), so that clients end up on the WebSocket.
Routes sockjs_routes(const std::string& prefix, const SocketHandler& handler);

}  // namespace fleet::http
