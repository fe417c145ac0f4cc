#include "http/listener.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "fleet/core/log.hpp"
#include "http/connection.hpp"
#include "http/tcp_state.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;
using Endpoint = asio::ip::tcp::endpoint;

constexpr int kBacklog = 4096;
/// Between two rounds the connections that are here have their turn.
constexpr int kAcceptsAtOnce = 8;
constexpr int kLooksAtOnce = 128;
/// A stock poll comes through the loop's queue twice and must not take a quarter of a second.
constexpr auto kAcceptWhile = 30ms;
constexpr auto kLongestPause = 100ms;
constexpr auto kFailurePause = 100ms;
/// Left for the database, Redis, log files and the like.
constexpr std::size_t kReservedFiles = 256;

Endpoint parse_address(const std::string& text) {
    const auto colon = text.rfind(':');
    std::uint16_t port = 0;
    const auto* digits = text.data() + (colon == std::string::npos ? text.size() : colon + 1);
    const auto [end, error] = std::from_chars(digits, text.data() + text.size(), port);
    if (colon == std::string::npos || error != std::errc{} || end != text.data() + text.size()) {
        throw std::runtime_error{
            "server.address \"" + text + "\" is not of the form host:port, e.g. 0.0.0.0:8080"};
    }
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) host = "0.0.0.0";
    if (host == "localhost") host = "127.0.0.1";
    boost::system::error_code bad;
    const auto address = asio::ip::make_address(host, bad);
    if (bad) {
        throw std::runtime_error{"server.address: \"" + host + "\" is not an IP address"};
    }
    return {address, port};
}

/// Raises the soft limit of open files to the hard one; returns what is then allowed.
std::size_t raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    if (limit.rlim_cur < limit.rlim_max) {
        const auto before = std::exchange(limit.rlim_cur, limit.rlim_max);
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
    }
    return static_cast<std::size_t>(limit.rlim_cur);
}

std::string peer_text(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

/// The peer sees at once that it has to come again, and nothing of it stays with us.
void reset(int socket) {
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(socket);
}

void switch_on(int socket, int level, int option) {
    const int on = 1;
    ::setsockopt(socket, level, option, &on, sizeof on);
}

}  // namespace

Listener::Listener(
    HubPtr hub, std::vector<std::shared_ptr<Shard>> shards, const std::string& address
)
    : hub_{std::move(hub)},
      shards_{std::move(shards)},
      lag_{std::make_shared<LoopLag>(shards_.front(), hub_->load, [this] { look_up(); })},
      arrivals_{SteadyClock::now() + hub_->options.herd_time} {
    const auto files = raise_file_limit();
    max_connections_ = hub_->options.max_connections;
    if (max_connections_ == 0) {
        max_connections_ = files > 2 * kReservedFiles ? files - kReservedFiles : files / 2;
    }

    auto endpoint = parse_address(address);
    const auto fail = [&] {
        const std::error_code error{errno, std::generic_category()};
        close();
        throw std::runtime_error{"cannot listen on " + address + ": " + error.message()};
    };
    socket_ = ::socket(
        endpoint.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP
    );
    if (socket_ < 0) fail();
    switch_on(socket_, SOL_SOCKET, SO_REUSEADDR);
    switch_on(socket_, IPPROTO_TCP, TCP_NODELAY);  // accepted sockets inherit it
    auto size = static_cast<socklen_t>(endpoint.size());
    if (::bind(socket_, endpoint.data(), size) != 0) fail();
    if (::listen(socket_, kBacklog) != 0) fail();
    size = static_cast<socklen_t>(endpoint.capacity());
    if (::getsockname(socket_, endpoint.data(), &size) != 0) fail();
    port_ = endpoint.port();
}

Listener::~Listener() {
    close();
}

void Listener::close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void Listener::start() {
    asio::post(shards_.front()->strand(), [self = shared_from_this()] {
        self->lag_->start();
        auto& shard = *self->shards_.front();
        shard.join(self);
        // Level-triggered: what one round leaves is the next round's.
        if (!shard.watch(self->socket_, EPOLLIN, *self)) {
            log::error("cannot wait for connections");
        }
    });
}

void Listener::stop() {
    asio::post(shards_.front()->strand(), [self = shared_from_this()] {
        self->close();
        self->lag_->stop();
        self->shards_.front()->leave(*self);
    });
}

void Listener::on_ready(std::uint32_t) {
    int admitted = 0;
    for (int i = 0; i < kLooksAtOnce && admitted < kAcceptsAtOnce && socket_ >= 0; ++i) {
        Endpoint peer;
        auto size = static_cast<socklen_t>(peer.capacity());
        const int socket = ::accept4(socket_, peer.data(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) return on_failure(errno);
        if (came_too_late(socket)) continue;
        admit(socket, peer_text(peer.address()));
        ++admitted;
    }
    // A connection costs a handshake, most of what a poll costs. While we are behind, new ones wait
    // in the kernel, so that those we have taken are answered in time.
    const auto now = SteadyClock::now();
    if (socket_ >= 0 && hub_->load.late(now, kAcceptWhile)) {
        ++hub_->accept_pauses;
        waits_for_loop_ = true;
        look_again_ = now + kLongestPause;
        pause();
    }
}

void Listener::on_failure(int error) {
    const bool passing = error == EAGAIN || error == EWOULDBLOCK || error == EINTR ||
                         error == ECONNABORTED || error == EPROTO;
    if (error == EAGAIN || error == EWOULDBLOCK) arrivals_.ran_empty();
    if (passing) return;
    // Out of files or memory: the queue keeps the peers while we make room.
    ++hub_->refused;
    log::warn(
        "cannot accept a connection",
        {{"error", std::error_code{error, std::generic_category()}.message()}}
    );
    hub_->peers.evict_idle(hub_->peers.size() / 64 + 1);
    pause();
    shards_.front()->set_deadline(*this, SteadyClock::now() + kFailurePause);
}

/// Hosts that open a connection for each request ask again at their next interval.
bool Listener::came_too_late(int socket) {
    if (!arrivals_.standing(SteadyClock::now())) return false;
    if (!Arrivals::too_old(time_unserved(socket))) return false;
    ++hub_->turned_away;
    reset(socket);
    return true;
}

void Listener::pause() {
    shards_.front()->change(socket_, 0, *this);
}

/// The loop has told how late it is. Those who are connected must not keep others out for good.
void Listener::look_up() {
    if (!waits_for_loop_) return;
    const auto now = SteadyClock::now();
    if (now < look_again_ && hub_->load.late(now, kAcceptWhile)) return;
    waits_for_loop_ = false;
    on_deadline();
}

void Listener::on_deadline() {
    if (socket_ >= 0) shards_.front()->change(socket_, EPOLLIN, *this);
}

bool Listener::make_room() {
    const auto open = hub_->peers.size();
    if (open < max_connections_) return true;
    // Those who wait for nothing give way to those who want something; the reserve of files
    // bridges the moment until they are gone.
    return hub_->peers.evict_idle(open / 64 + 1) > 0;
}

void Listener::admit(int socket, std::string peer_ip) {
    ++hub_->accepted;
    if (!make_room()) {
        ++hub_->refused;
        ::close(socket);
        return;
    }
    auto& shard = next_shard();
    auto connection = std::make_shared<Connection>(
        hub_, shard, socket, hub_->tls ? hub_->tls->make() : SslPtr{}, std::move(peer_ip)
    );
    hub_->peers.add(*connection);
    if (&shard == shards_.front().get()) {
        connection->start();
    } else {
        asio::post(shard.strand(), [connection = std::move(connection)] { connection->start(); });
    }
}

Shard& Listener::next_shard() {
    turn_ = (turn_ + 1) % shards_.size();
    return *shards_[turn_];
}

}  // namespace fleet::http
