#include "http/ws_session.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <exception>
#include <utility>

#include "fleet/core/log.hpp"
#include "http/sockjs.hpp"
#include "http/url.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;
namespace websocket = beast::websocket;

constexpr std::size_t kMaxMessage = 64 * 1024;
/// Brackets, quotes and escapes that SockJS puts around a message.
constexpr std::size_t kSockJsExtra = 16 * 1024;
/// The owner bounds what it queues; one that does not loses the socket, not the process.
constexpr std::size_t kMaxQueued = 64u << 20;
constexpr auto kCloseTime = 10s;

bool has_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        if (equal_ignoring_case(trim(list.substr(0, end)), token)) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

beast::http::request<beast::http::empty_body> to_beast(const Request& request) {
    beast::http::request<beast::http::empty_body> out{beast::http::verb::get, request.path, 11};
    for (const auto& [name, value] : request.headers)
        out.insert(name, value);
    return out;
}

}  // namespace

bool WsSession::is_upgrade(const Request& request) {
    return request.method == Method::get && has_token(request.header("Connection"), "upgrade") &&
           has_token(request.header("Upgrade"), "websocket") &&
           request.header("Sec-WebSocket-Version") == "13" &&
           request.has_header("Sec-WebSocket-Key");
}

void WsSession::open(
    HubPtr hub,
    Channel channel,
    std::string unread,
    Request request,
    const Route& route,
    const SocketHandler& handler
) {
    auto session =
        std::make_shared<WsSession>(hub, std::move(channel), std::move(unread), route.framing);
    hub->peers.add(*session);
    const auto& strand = session->strand_;
    asio::post(strand, [session, request = std::move(request), &handler]() mutable {
        session->accept(std::move(request), handler);
    });
}

WsSession::WsSession(HubPtr hub, Channel channel, std::string unread, Framing framing)
    : hub_{std::move(hub)},
      strand_{asio::make_strand(hub_->loop)},
      framing_{framing},
      ws_{strand_, std::move(channel), std::move(unread)},
      timer_{strand_} {
    ws_.read_message_max(framing == Framing::sockjs ? kMaxMessage + kSockJsExtra : kMaxMessage);
    ws_.auto_fragment(false);
    ws_.text(true);
}

WsSession::~WsSession() {
    hub_->peers.remove(*this);
}

void WsSession::accept(Request request, const SocketHandler& handler) {
    arm_tick();
    const auto upgrade = to_beast(request);
    ws_.async_accept(
        upgrade,
        [self = self(), &handler, request = std::move(request)](const ErrorCode& error) mutable {
            if (error || self->ended_) return self->end();
            self->accepted_ = true;
            if (self->framing_ == Framing::sockjs) self->push(std::string{sockjs::kOpen});
            if (self->closing_) return self->write_next();
            self->call(handler, std::move(request), self);
        }
    );
}

template <class Function, class... Args>
void WsSession::call(const Function& function, Args&&... args) {
    if (!function) return;
    try {
        function(std::forward<Args>(args)...);
    } catch (const std::exception& failure) {
        log::error("handler of a socket failed", {{"error", failure.what()}});
        end();
    }
}

void WsSession::start(Callbacks callbacks) {
    asio::post(strand_, [self = self(), callbacks = std::move(callbacks)]() mutable {
        if (self->started_) return;
        self->started_ = true;
        if (self->ended_) {
            return self->call(callbacks.on_close);
        }
        self->callbacks_ = std::move(callbacks);
        self->read_next();
    });
}

void WsSession::read_next() {
    ws_.async_read(incoming_, [self = self()](const ErrorCode& error, std::size_t) {
        if (self->ended_) return;
        if (error) {
            // While we are closing, the closing handshake has the last word.
            if (!self->close_sent_) self->end();
            return;
        }
        auto frame = beast::buffers_to_string(self->incoming_.data());
        self->incoming_.consume(self->incoming_.size());
        self->on_frame(std::move(frame));
        if (!self->ended_) self->read_next();
    });
}

void WsSession::on_frame(std::string frame) {
    if (closing_) return;
    if (framing_ == Framing::plain) return call(callbacks_.on_message, std::move(frame));
    auto messages = sockjs::decode(frame);
    if (!messages) return begin_close(websocket::close_code::bad_payload);
    for (auto& message : *messages) {
        if (ended_ || closing_) return;
        call(callbacks_.on_message, std::move(message));
    }
}

bool WsSession::send(std::string text) {
    if (!open_) return false;
    if (queued_bytes_ + text.size() > kMaxQueued) {
        kill();
        return false;
    }
    push(framing_ == Framing::sockjs ? sockjs::encode(text) : std::move(text));
    return true;
}

void WsSession::push(std::string frame) {
    bool first = false;
    {
        const std::lock_guard lock{mutex_};
        first = queue_.empty();
        queued_bytes_ += frame.size();
        queue_.push_back(std::move(frame));
    }
    // Later ones are found by the write that the first one starts.
    if (first) asio::post(strand_, [self = self()] { self->write_next(); });
}

void WsSession::write_next() {
    if (writing_ || ended_ || close_sent_ || !accepted_) return;
    {
        const std::lock_guard lock{mutex_};
        if (!queue_.empty()) {
            current_ = std::move(queue_.front());
            queue_.pop_front();
            writing_ = true;
        }
    }
    if (!writing_) {
        if (!closing_) return;
        close_sent_ = true;
        close_deadline_ = SteadyClock::now() + kCloseTime;
        ws_.async_close(websocket::close_reason{close_code_}, [self = self()](const ErrorCode&) {
            self->end();
        });
        return;
    }
    last_progress_ = SteadyClock::now();
    ws_.async_write(asio::buffer(current_), [self = self()](const ErrorCode& error, std::size_t) {
        self->writing_ = false;
        self->queued_bytes_ -= self->current_.size();
        if (self->ended_) return;
        if (error) return self->end();
        self->write_next();
        if (!self->writing_ && !self->closing_) self->call(self->callbacks_.on_drained);
    });
}

void WsSession::close() {
    open_ = false;
    asio::post(strand_, [self = self()] { self->begin_close(websocket::close_code::normal); });
}

void WsSession::begin_close(websocket::close_code code) {
    if (closing_ || ended_) return;
    closing_ = true;
    open_ = false;
    close_code_ = code;
    if (framing_ == Framing::sockjs) push(std::string{sockjs::kClose});
    write_next();
}

void WsSession::drain() {
    asio::post(strand_, [self = self()] { self->begin_close(websocket::close_code::going_away); });
}

void WsSession::kill() {
    open_ = false;
    asio::post(strand_, [self = self()] { self->end(); });
}

void WsSession::end() {
    if (ended_) return;
    ended_ = true;
    open_ = false;
    timer_.cancel();
    ws_.next_layer().close();
    // Moved out first: the callbacks usually hold the socket, and the socket them.
    const auto last = std::exchange(callbacks_, {});
    call(last.on_close);
    hub_->peers.remove(*this);  // whoever waits for the last connection waits for on_close too
}

}  // namespace fleet::http
