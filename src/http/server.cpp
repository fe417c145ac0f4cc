#include "fleet/http/server.hpp"

#include <algorithm>
#include <csignal>
#include <utility>
#include <vector>

#include "fleet/core/log.hpp"
#include "http/hub.hpp"
#include "http/listener.hpp"
#include "http/shard.hpp"

namespace fleet::http {

using namespace std::chrono_literals;

struct Server::Impl {
    Impl(ServerOptions options, Deps deps)
        : hub{std::make_shared<Hub>(std::move(options), std::move(deps))} {}

    HubPtr hub;
    std::vector<std::shared_ptr<Shard>> shards{};
    std::shared_ptr<Listener> listener{};
};

Server::Server(ServerOptions options, Deps deps)
    : impl_{std::make_shared<Impl>(std::move(options), std::move(deps))} {}

Server::~Server() {
    stop(0ms);
}

void Server::start() {
    // A peer or a pipe that goes away is an error code to us, never a signal.
    std::signal(SIGPIPE, SIG_IGN);
    auto& hub = *impl_->hub;
    const auto& options = hub.options;
    if (options.tls) {
        hub.tls = std::make_unique<TlsContext>(TlsContext::Settings{
            .cert_file = options.cert_file,
            .key_file = options.key_file,
            .modern = options.tls_modern,
        });
    }
    for (std::size_t i = 0; i < std::max<std::size_t>(1, options.loop_threads); ++i) {
        impl_->shards.push_back(std::make_shared<Shard>(hub.loop));
    }
    impl_->listener = std::make_shared<Listener>(impl_->hub, impl_->shards, options.address);
    for (const auto& shard : impl_->shards)
        shard->start();
    impl_->listener->start();
}

std::uint16_t Server::port() const {
    return impl_->listener ? impl_->listener->port() : 0;
}

void Server::stop(std::chrono::milliseconds deadline) {
    auto& hub = *impl_->hub;
    if (hub.stopping.exchange(true) || !impl_->listener) return;

    impl_->listener->stop();
    for (const auto& peer : hub.peers.all())
        peer->drain();
    if (!hub.peers.wait_until_empty(deadline)) {
        log::warn(
            "closing connections that did not end in time", {{"connections", hub.peers.size()}}
        );
        for (const auto& peer : hub.peers.all())
            peer->kill();
        if (!hub.peers.wait_until_empty(2s)) {
            log::error("some connections are still open", {{"connections", hub.peers.size()}});
        }
    }
    for (const auto& shard : impl_->shards)
        shard->stop();
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
        .shed = hub.shed,
        .accept_pauses = hub.accept_pauses,
        .turned_away = hub.turned_away,
    };
}

}  // namespace fleet::http
