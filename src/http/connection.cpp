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

constexpr std::uint32_t kReadEvents = EPOLLIN | EPOLLRDHUP | EPOLLET;
constexpr auto kLingerTime = 5s;
constexpr auto kLingerTimeAtStop = 1s;
constexpr std::uint64_t kLingerBytes = 128u << 20;
/// A peer that pipelines without end must let others have the thread now and then.
constexpr int kStepsAtOnce = 64;
/// In metrics only: the peer went away, or was sent away, before it had an answer.
constexpr int kClientGone = 499;

}  // namespace

Connection::Connection(HubPtr hub, Shard& shard, int socket, SslPtr ssl, std::string peer_ip)
    : hub_{std::move(hub)},
      shard_{&shard},
      strand_{shard.strand()},
      channel_{socket, std::move(ssl)},
      peer_ip_{std::move(peer_ip)},
      phase_{Phase::handshake} {}

Connection::~Connection() {
    hub_->peers.remove(*this);
}

void Connection::start() {
    if (phase_ == Phase::closed) return;  // the server stopped before our turn came
    shard_->join(self());
    if (!shard_->watch(channel_.socket(), kReadEvents, *this)) return close();
    accepted_at_ = SteadyClock::now();
    if (channel_.secure()) {
        set_deadline(accepted_at_ + hub_->options.handshake_timeout);
    } else {
        begin_request();
    }
}

void Connection::on_ready(std::uint32_t events) {
    channel_.note(events);
    const bool gone = (events & (EPOLLHUP | EPOLLERR)) != 0;
    if (gone && (phase_ == Phase::handling || phase_ == Phase::streaming)) {
        close();  // nobody is left to read the answer
    } else {
        run();
    }
}

void Connection::drain() {
    asio::post(strand_, [self = self()] {
        self->draining_ = true;
        const bool begun = self->now_ && self->now_->parser.got_some();
        if (self->phase_ == Phase::lingering) {
            self->set_deadline(std::min(self->deadline(), SteadyClock::now() + kLingerTimeAtStop));
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
        ::send(channel_.socket(), kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
    }
    ERR_clear_error();
    close();
}

void Connection::wait(Io what) {
    if (what == Io::want_read || watches_writes_) return;  // the next event comes by itself
    watches_writes_ = true;
    if (!shard_->change(channel_.socket(), kReadEvents | EPOLLOUT, *this)) close();
}

void Connection::set_deadline(SteadyClock::time_point when) {
    if (shard_ != nullptr) shard_->set_deadline(*this, when);
}

void Connection::on_deadline() {
    const bool reading = phase_ == Phase::request && now_ && now_->parser.got_some();
    if (phase_ != Phase::lingering && (reading || phase_ != Phase::request || first_request_)) {
        ++hub_->timeouts;
    }
    if (!reading) {
        close();
        return;
    }
    // The request is here in part, so the peer gets an answer.
    refuse(408, "the request did not arrive in time");
    run();
}

void Connection::begin_request() {
    phase_ = Phase::request;
    now_.reset();
    starved_ = unparsed_.empty();
    const auto now = SteadyClock::now();
    if (draining_ || (hub_->stopping && unparsed_.empty())) {
        close();
        return;
    }
    if (first_request_) {
        // Counted from the accept, as the handshake's.
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
        if (phase_ == Phase::handling) now_->response.status = kClientGone;
        record_answer();
    }
    phase_ = Phase::closed;
    idle_since = 0;
    channel_.close();
    if (now_) now_->charge.release();
    leave();
}

void Connection::leave() {
    hub_->peers.remove(*this);
    if (Shard* shard = std::exchange(shard_, nullptr)) shard->leave(*this);
}

}  // namespace fleet::http
