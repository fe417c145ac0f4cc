#include "fleet/http/server.hpp"

#include <sys/resource.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <charconv>
#include <csignal>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "fleet/core/log.hpp"
#include "http/connection.hpp"
#include "http/hub.hpp"
#include "http/loop_lag.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;

constexpr int kBacklog = 4096;
constexpr auto kAcceptPause = 100ms;
constexpr auto kCongestionPause = 10ms;
/// Left for the database, Redis, log files and the like.
constexpr std::size_t kReservedFiles = 256;

tcp::endpoint parse_address(const std::string& text) {
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

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
    Impl(ServerOptions options, Deps deps)
        : hub{std::make_shared<Hub>(std::move(options), std::move(deps))},
          strand{asio::make_strand(hub->loop)},
          acceptor{strand},
          pause{strand},
          lag{std::make_shared<LoopLag>(strand)} {}

    void listen();
    void accept_next();
    void on_accept(
        const boost::system::error_code& error, Socket socket, const tcp::endpoint& peer
    );
    void accept_later(std::chrono::milliseconds delay);
    bool make_room();
    void admit(Socket socket, const tcp::endpoint& peer);

    HubPtr hub;
    Strand strand;
    asio::basic_socket_acceptor<tcp, Strand> acceptor;
    Timer pause;
    std::shared_ptr<LoopLag> lag;
    std::uint16_t port = 0;
    std::size_t max_connections = 0;
    bool stopped = false;  // on the strand
};

void Server::Impl::listen() {
    // A peer or a pipe that goes away is an error code to us, never a signal.
    std::signal(SIGPIPE, SIG_IGN);
    const auto& options = hub->options;
    const auto files = raise_file_limit();
    max_connections = options.max_connections;
    if (max_connections == 0) {
        max_connections = files > 2 * kReservedFiles ? files - kReservedFiles : files / 2;
    }
    if (options.tls) {
        hub->tls = std::make_unique<TlsContext>(TlsContext::Settings{
            .cert_file = options.cert_file,
            .key_file = options.key_file,
            .modern = options.tls_modern,
        });
    }

    const auto endpoint = parse_address(options.address);
    try {
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address{true});
        acceptor.set_option(tcp::no_delay{true});  // accepted sockets inherit it
        acceptor.bind(endpoint);
        acceptor.listen(kBacklog);
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error{
            "cannot listen on " + options.address + ": " + error.code().message()};
    }
    port = acceptor.local_endpoint().port();
    asio::post(strand, [self = shared_from_this()] {
        self->lag->start();
        self->accept_next();
    });
}

void Server::Impl::accept_next() {
    if (stopped) return;
    auto peer = std::make_shared<tcp::endpoint>();
    acceptor.async_accept(
        asio::make_strand(hub->loop),
        *peer,
        [self = shared_from_this(), peer](const boost::system::error_code& error, Socket socket) {
            self->on_accept(error, std::move(socket), *peer);
        }
    );
}

void Server::Impl::on_accept(
    const boost::system::error_code& error, Socket socket, const tcp::endpoint& peer
) {
    if (stopped) return;
    if (!error) {
        admit(std::move(socket), peer);
        // A connection costs a handshake, most of what a poll costs. While we are behind, new ones
        // wait in the kernel, so that those we have taken are answered in time.
        if (!lag->congested()) return accept_next();
        ++hub->accept_pauses;
        return accept_later(kCongestionPause);
    }
    if (error == asio::error::connection_aborted || error == asio::error::interrupted) {
        accept_next();
        return;
    }
    // Out of files or memory: the queue keeps the peers while we make room.
    ++hub->refused;
    log::warn("cannot accept a connection", {{"error", error.message()}});
    hub->peers.evict_idle(hub->peers.size() / 64 + 1);
    accept_later(kAcceptPause);
}

void Server::Impl::accept_later(std::chrono::milliseconds delay) {
    pause.expires_after(delay);
    pause.async_wait([self = shared_from_this()](const boost::system::error_code& gone) {
        if (!gone) self->accept_next();
    });
}

bool Server::Impl::make_room() {
    const auto open = hub->peers.size();
    if (open < max_connections) return true;
    // Those who wait for nothing give way to those who want something; the reserve of files
    // bridges the moment until they are gone.
    return hub->peers.evict_idle(open / 64 + 1) > 0;
}

void Server::Impl::admit(Socket socket, const tcp::endpoint& peer) {
    ++hub->accepted;
    if (!make_room()) {
        ++hub->refused;
        return;
    }
    const auto strand_of_peer = socket.get_executor();
    boost::system::error_code ignored;
    socket.native_non_blocking(true, ignored);
    auto connection = std::make_shared<Connection>(
        hub, std::move(socket), hub->tls ? hub->tls->make() : SslPtr{}, peer_text(peer.address())
    );
    hub->peers.add(*connection);
    asio::post(strand_of_peer, [connection = std::move(connection)] { connection->start(); });
}

Server::Server(ServerOptions options, Deps deps)
    : impl_{std::make_shared<Impl>(std::move(options), std::move(deps))} {}

Server::~Server() {
    stop(0ms);
}

void Server::start() {
    impl_->listen();
}

std::uint16_t Server::port() const {
    return impl_->port;
}

void Server::stop(std::chrono::milliseconds deadline) {
    auto& hub = *impl_->hub;
    if (hub.stopping.exchange(true) || impl_->port == 0) return;

    asio::post(impl_->strand, [impl = impl_] {
        impl->stopped = true;
        boost::system::error_code ignored;
        impl->acceptor.close(ignored);
        impl->pause.cancel();
        impl->lag->stop();
    });
    for (const auto& peer : hub.peers.all())
        peer->drain();
    if (hub.peers.wait_until_empty(deadline)) return;

    log::warn("closing connections that did not end in time", {{"connections", hub.peers.size()}});
    for (const auto& peer : hub.peers.all())
        peer->kill();
    if (!hub.peers.wait_until_empty(2s)) {
        log::error("some connections are still open", {{"connections", hub.peers.size()}});
    }
}

void Server::reload_certificate() {
    if (impl_->hub->tls) impl_->hub->tls->reload();
}

Server::Stats Server::stats() const {
    const auto& hub = *impl_->hub;
    return {
        .connections = hub.peers.size(),
        .accepted = hub.accepted,
        .refused = hub.refused,
        .tls_failures = hub.tls_failures,
        .timeouts = hub.timeouts,
        .accept_pauses = hub.accept_pauses,
    };
}

}  // namespace fleet::http
