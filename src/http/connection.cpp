#include "http/connection.hpp"

#include <openssl/err.h>
#include <openssl/sslerr.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace fleet::http {
namespace {

using namespace std::chrono_literals;

constexpr auto kNever = SteadyClock::time_point::max();
constexpr auto kLingerTime = 5s;
constexpr auto kLingerTimeAtStop = 1s;
constexpr std::uint64_t kLingerBytes = 128u << 20;
/// A peer that pipelines without end must let others have the thread now and then.
constexpr int kStepsAtOnce = 64;
/// In metrics only: the peer went away, or was sent away, before it had an answer.
constexpr int kClientGone = 499;

}  // namespace

Connection::Connection(HubPtr hub, Socket socket, SslPtr ssl, std::string peer_ip)
    : hub_{std::move(hub)},
      strand_{socket.get_executor()},
      channel_{std::move(socket), std::move(ssl)},
      timer_{strand_},
      peer_ip_{std::move(peer_ip)},
      phase_{Phase::handshake},
      charge_{hub_->body_budget} {}

Connection::~Connection() {
    hub_->peers.remove(*this);
}

void Connection::start() {
    accepted_at_ = SteadyClock::now();
    if (channel_.secure()) {
        set_deadline(accepted_at_ + hub_->options.handshake_timeout);
    } else {
        begin_request();
    }
    run();
}

void Connection::drain() {
    asio::post(strand_, [self = self()] {
        self->draining_ = true;
        const bool begun = self->parser_ && self->parser_->got_some();
        if (self->phase_ == Phase::lingering) {
            self->set_deadline(std::min(self->deadline_, SteadyClock::now() + kLingerTimeAtStop));
        } else if (self->phase_ == Phase::handshake || (self->phase_ == Phase::request && !begun)) {
            self->close();
        }
    });
}

void Connection::kill() {
    asio::post(strand_, [self = self()] { self->close(); });
}

void Connection::run() {
    if (running_) return;  // a handler that answers at once comes back here
    running_ = true;
    int steps = 0;
    while (step()) {
        if (++steps < kStepsAtOnce) continue;
        asio::post(strand_, [self = self()] { self->run(); });
        break;
    }
    running_ = false;
}

bool Connection::step() {
    switch (phase_) {
        case Phase::handshake:
            return handshake();
        case Phase::request:
            return read_request();
        case Phase::writing:
            return write_some();
        case Phase::lingering:
            return linger();
        case Phase::handling:
        case Phase::streaming:
        case Phase::closed:
            break;
    }
    return false;
}

bool Connection::handshake() {
    switch (const auto outcome = channel_.handshake()) {
        case Io::done:
            begin_request();
            return true;
        case Io::want_read:
        case Io::want_write:
            wait(outcome);
            return false;
        case Io::closed:
        case Io::failed:
            on_tls_failure();
            return false;
    }
    return false;
}

void Connection::on_tls_failure() {
    ++hub_->tls_failures;
    if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST) {
        constexpr std::string_view kAnswer =
            "HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
            "This port speaks HTTPS; the request came as plain HTTP.\n";
        ::send(channel_.socket().native_handle(), kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
    }
    ERR_clear_error();
    close();
}

void Connection::wait(Io what) {
    const auto kind = what == Io::want_read ? Socket::wait_read : Socket::wait_write;
    channel_.socket().async_wait(kind, [self = self()](const beast::error_code& error) {
        if (!error) {
            self->run();
        } else if (self->phase_ != Phase::closed) {
            self->close();
        }
    });
}

void Connection::set_deadline(SteadyClock::time_point when) {
    deadline_ = when;
    // The timer only ever moves forward when it fires: a deadline that is put off costs nothing.
    if (when < armed_for_) arm_timer();
}

void Connection::arm_timer() {
    armed_for_ = deadline_;
    timer_.expires_at(deadline_);
    timer_.async_wait([self = self()](const beast::error_code& error) {
        if (error || self->phase_ == Phase::closed) return;
        self->armed_for_ = kNever;
        if (SteadyClock::now() >= self->deadline_) {
            self->on_deadline();
        } else if (self->deadline_ != kNever) {
            self->arm_timer();
        }
    });
}

void Connection::on_deadline() {
    const bool reading = phase_ == Phase::request && parser_ && parser_->got_some();
    if (phase_ != Phase::lingering && (reading || phase_ != Phase::request || first_request_)) {
        ++hub_->timeouts;
    }
    if (!reading) {
        close();
        return;
    }
    // The request is here in part, so the peer gets an answer; its socket wait is still
    // outstanding and finds us in another phase.
    deadline_ = kNever;
    refuse(408, "the request did not arrive in time");
    run();
}

void Connection::begin_request() {
    phase_ = Phase::request;
    parser_.reset();
    starved_ = unparsed_.empty();
    fresh_ = starved_;
    const auto now = SteadyClock::now();
    if (draining_ || (hub_->stopping && unparsed_.empty())) {
        close();
        return;
    }
    if (first_request_) {
        // Counted from the accept, so that the timer of the handshake need not be set again.
        const auto handshake = channel_.secure() ? hub_->options.handshake_timeout : 0ms;
        set_deadline(accepted_at_ + handshake + hub_->options.header_timeout);
    } else {
        set_deadline(now + hub_->options.idle_timeout);
    }
    idle_since = now.time_since_epoch().count();
}

void Connection::begin_linger() {
    channel_.send_eof();
    phase_ = Phase::lingering;
    lingered_ = 0;
    set_deadline(SteadyClock::now() + (hub_->stopping ? kLingerTimeAtStop : kLingerTime));
}

bool Connection::linger() {
    std::size_t count = 0;
    switch (const auto outcome = channel_.discard(count)) {
        case Io::done:
            lingered_ += count;
            if (lingered_ <= kLingerBytes) return true;
            break;
        case Io::want_read:
            wait(outcome);
            return false;
        default:
            break;
    }
    close();
    return false;
}

void Connection::close() {
    if (phase_ == Phase::closed) return;
    if (phase_ == Phase::writing || phase_ == Phase::handling || phase_ == Phase::streaming) {
        if (phase_ == Phase::handling) response_.status = kClientGone;
        record_answer();
    }
    phase_ = Phase::closed;
    idle_since = 0;
    channel_.close();
    timer_.cancel();
    charge_.release();
    hub_->peers.remove(*this);
}

}  // namespace fleet::http
