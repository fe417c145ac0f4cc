#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "fleet/core/crypto.hpp"
#include "fleet/core/log.hpp"
#include "http/compression.hpp"
#include "http/connection.hpp"
#include "http/guard.hpp"
#include "http/url.hpp"
#include "http/ws_session.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kReadPiece = 16 * 1024;
/// A body may take longer than the read timeout as long as it keeps coming at this rate.
constexpr std::uint64_t kSlowestBodyBytesPerSecond = 16 * 1024;
constexpr std::size_t kFallbackMaxBody = 64 * 1024;

/// What the exception that is being handled says; for the log, never for the client.
std::string failure_text() {
    try {
        throw;
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "an exception of unknown type";
    }
}

bool is_api_path(std::string_view path) {
    return path == "/api" || path.starts_with("/api/");
}

}  // namespace

bool Connection::read_request() {
    if (!starved_) {
        // What came behind the previous request.
        unparsed_.erase(0, feed(unparsed_));
        after_feed();
        return true;
    }
    if (!channel_.may_read()) return false;
    thread_local std::array<char, kReadPiece> piece;
    std::size_t count = 0;
    switch (const auto outcome = channel_.read(piece, count)) {
        case Io::done:
            break;
        case Io::want_read:
        case Io::want_write:
            wait(outcome);
            return false;
        case Io::closed:
        case Io::failed:
            close();
            return false;
    }
    const std::string_view fresh{piece.data(), count};
    if (unparsed_.empty()) {
        const auto taken = feed(fresh);
        unparsed_.assign(fresh.substr(taken));
    } else {
        unparsed_.append(fresh);
        unparsed_.erase(0, feed(unparsed_));
    }
    after_feed();
    return true;
}

std::size_t Connection::feed(std::string_view bytes) {
    if (!now_) {
        now_ = std::make_unique<Exchange>(hub_->options.max_header_bytes, hub_->body_budget);
        idle_since = 0;
        set_deadline(now_->started + hub_->options.header_timeout);
    }
    starved_ = false;
    std::size_t taken = 0;
    while (taken < bytes.size() && phase_ == Phase::request && !now_->parser.is_done()) {
        beast::error_code error;
        taken += now_->parser.feed(bytes.substr(taken), error);
        if (now_->parser.is_header_done() && !now_->head_done) {
            now_->head_done = true;
            if (error && error != beast::http::error::need_more) {
                on_parse_error(error);
                break;
            }
            on_head();
        } else if (error && error != beast::http::error::need_more) {
            on_parse_error(error);
        }
        if (error) break;
    }
    starved_ = taken == bytes.size() || !now_->parser.is_done();
    return taken;
}

void Connection::after_feed() {
    if (phase_ != Phase::request) return;
    if (now_->parser.is_done()) {
        starved_ = unparsed_.empty();
        first_request_ = false;
        dispatch();
        return;
    }
    if (!now_->head_done) return;
    // Left over are parts of chunk headers; nobody sends long ones.
    if (unparsed_.size() > hub_->options.max_header_bytes) {
        refuse(400, "malformed chunked body");
        return;
    }
    set_body_deadline();
}

void Connection::set_body_deadline() {
    const auto extra = std::chrono::milliseconds{
        now_->parser.wire_body_bytes() * 1000 / kSlowestBodyBytesPerSecond};
    set_deadline(now_->body_since + hub_->options.read_timeout + extra);
}

void Connection::on_parse_error(const beast::error_code& error) {
    using Fault = RequestParser::Fault;
    now_->keep_alive = false;
    now_->request_id = request_id_for(now_->parser.request());
    switch (now_->parser.fault()) {
        case Fault::too_many_fields:
            refuse(431, "too many header fields");
            return;
        case Fault::body_too_large:
            refuse(413, "the request body is too large");
            return;
        case Fault::body_broken:
            refuse(400, "the gzip body cannot be inflated");
            return;
        case Fault::body_overload:
            refuse(503, "too many request bodies at once");
            return;
        case Fault::none:
            break;
    }
    if (error == beast::http::error::header_limit) {
        refuse(431, "the request header is too large");
    } else {
        refuse(400, now_->head_done ? "malformed request body" : "malformed request");
    }
}

void Connection::on_head() {
    auto& request = now_->parser.request();
    now_->body_since = SteadyClock::now();
    now_->method = request.method;
    now_->head_only = now_->method == Method::head;
    now_->http_1_1 = now_->parser.http_1_1();
    now_->keep_alive = hub_->options.keepalive && now_->parser.keep_alive();
    now_->request_id = request_id_for(request);
    request.request_id = now_->request_id;

    if (now_->parser.version() != 10 && now_->parser.version() != 11) {
        refuse(505, "only HTTP/1.0 and HTTP/1.1 are served");
    } else if (now_->parser.host_fields() > 1 || (now_->http_1_1 && now_->parser.host_fields() == 0)) {
        refuse(400, "exactly one Host header is required");
    } else if (now_->parser.has_transfer_encoding() &&
               (!now_->parser.chunked() ||
                !equal_ignoring_case(request.header("Transfer-Encoding"), "chunked"))) {
        refuse(501, "only chunked transfer encoding is supported");
    } else if (choose_route() && admit_body() && now_->parser.expects_continue() && now_->http_1_1 && now_->parser.has_body()) {
        send_continue();
    }
}

bool Connection::choose_route() {
    auto& request = now_->parser.request();
    const auto target = split_target(now_->parser.target());
    if (!target) {
        refuse(400, "malformed request target");
        return false;
    }
    const auto path = strip_prefix(target->path, hub_->options.url_prefix);
    if (!path) {
        refuse(404, "nothing is served at this path");
        return false;
    }
    request.path = strip_trailing_slash(*path);
    request.query = target->query;

    auto match = hub_->router.find(now_->method, request.path);
    switch (match.outcome) {
        case Router::Outcome::found:
            now_->route = match.route;
            now_->audience = audience(now_->route->errors);
            request.route = now_->route->name;
            request.path_params = std::move(match.params);
            return true;
        case Router::Outcome::bad_path:
            refuse(400, "malformed path");
            return false;
        case Router::Outcome::method_not_allowed:
            if (now_->method == Method::options) {
                now_->keep_alive = now_->keep_alive && !now_->parser.has_body();
                phase_ = Phase::handling;
                respond(Response{.status = 204, .headers = {{"Allow", std::move(match.allow)}}});
            } else {
                refuse(405, "this path does not take this method", std::move(match.allow));
            }
            return false;
        case Router::Outcome::not_found:
            break;
    }
    const bool reading = now_->method == Method::get || now_->method == Method::head;
    if (reading && hub_->fallback && !is_api_path(request.path)) {
        now_->to_fallback = true;
        now_->audience = Audience::rest;
        request.route = "web";
        return true;
    }
    refuse(404, "nothing is served at this path");
    return false;
}

bool Connection::admit_body() {
    const auto& request = now_->parser.request();
    const bool has_body = now_->parser.has_body();
    if (now_->route != nullptr && violates_cross_site_guard(*now_->route, request, has_body)) {
        refuse(415, "Expected Content-Type \"application/json\"");
        return false;
    }
    if (has_body && now_->route != nullptr &&
        std::holds_alternative<SocketHandler>(now_->route->handler)) {
        refuse(400, "a request for a WebSocket has no body");
        return false;
    }
    const auto encoding = request.header("Content-Encoding");
    const bool gzip = encoding == "gzip";
    if (has_body && !gzip && !encoding.empty() && !equal_ignoring_case(encoding, "identity")) {
        refuse(415, "the only supported Content-Encoding is gzip");
        return false;
    }
    const auto limit = now_->route != nullptr ? now_->route->max_body : kFallbackMaxBody;
    const auto length = now_->parser.content_length();
    if (length && *length > limit) {
        refuse(413, "the request body is larger than " + std::to_string(limit) + " bytes");
        return false;
    }
    if (length && *length + hub_->body_budget.used() > hub_->options.max_body_bytes_in_flight) {
        refuse(503, "too many request bodies at once");
        return false;
    }
    now_->parser.accept_body(limit, now_->charge, gzip && has_body);
    return true;
}

void Connection::send_continue() {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    std::size_t count = 0;
    // The socket's buffer is empty here: the peer has read the previous answer or this is the
    // first request. One that cannot take 25 bytes is not worth waiting for.
    if (channel_.write(kContinue, count) != Io::done || count != kContinue.size()) close();
}

void Connection::dispatch() {
    if (!now_->parser.body_complete()) {
        now_->keep_alive = false;
        refuse(400, "the gzip body is cut off");
        return;
    }
    phase_ = Phase::handling;
    set_deadline(SteadyClock::time_point::max());
    auto& request = now_->parser.request();
    request.client_ip = hub_->client_ip.find(request, peer_ip_);
    now_->request_bytes = now_->parser.wire_body_bytes();

    if (turned_away()) return;
    if (now_->to_fallback) return call_blocking(hub_->fallback);
    if (const auto* loop = std::get_if<LoopHandler>(&now_->route->handler)) return call_loop(*loop);
    if (const auto* work = std::get_if<BlockingHandler>(&now_->route->handler)) {
        return call_blocking(*work);
    }
    upgrade(std::get<SocketHandler>(now_->route->handler));
}

/// People and new sockets give way to agents.
bool Connection::turned_away() {
    if (!hub_->load.overloaded()) return false;
    const auto* route = now_->route;
    if (route != nullptr && (route->overload == Overload::serve ||
                             std::holds_alternative<LoopHandler>(route->handler))) {
        return false;
    }
    ++hub_->shed;
    refuse(503, "the server is overloaded, try again");
    return true;
}

void Connection::call_loop(const LoopHandler& handler) {
    try {
        handler(std::move(now_->parser.request()), responder());
    } catch (...) {
        // The responder was dropped on the way here, which has answered with a 500.
        log::error(
            "handler failed",
            {{"request_id", now_->request_id},
             {"route", now_->route->name},
             {"error", failure_text()}}
        );
    }
}

void Connection::call_blocking(const BlockingHandler& handler) {
    auto request = std::make_shared<const Request>(std::move(now_->parser.request()));
    auto job = [self = self(), &handler, request] {
        Response response;
        try {
            response = handler(*request);
            if (self->hub_->options.gzip_responses) compress(*request, response);
        } catch (...) {
            const auto uuid = random_uuid();
            log::error(
                "handler failed",
                {{"uuid", uuid},
                 {"request_id", request->request_id},
                 {"route", request->route},
                 {"error", failure_text()}}
            );
            response =
                refusal(self->now_->audience, 500, "internal error, see the server's log", uuid);
        }
        asio::post(self->strand_, [self, response = std::move(response)]() mutable {
            self->respond(std::move(response));
        });
    };
    if (!hub_->workers.submit(std::move(job), WorkerPool::Room::half))
        refuse(503, "the server is busy, try again");
}

void Connection::upgrade(const SocketHandler& handler) {
    auto request = std::move(now_->parser.request());
    if (!WsSession::is_upgrade(request)) {
        refuse(400, "Can \"Upgrade\" only to \"WebSocket\".");
        return;
    }
    if (!hub_->options.websockets_allow_unsafe_origin && !same_origin(request)) {
        refuse(403, "the Origin is not this server");
        return;
    }
    shard_->unwatch(channel_.socket());
    // Listed before we leave, so that the number of open connections never touches zero between.
    WsSession::open(
        hub_, std::move(channel_), std::move(unparsed_), std::move(request), *now_->route, handler
    );
    phase_ = Phase::closed;
    leave();
}

}  // namespace fleet::http
