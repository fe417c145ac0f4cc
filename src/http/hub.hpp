#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fleet/core/load_meter.hpp"
#include "fleet/core/worker_pool.hpp"
#include "fleet/http/server.hpp"
#include "http/body_budget.hpp"
#include "http/client_ip.hpp"
#include "http/peers.hpp"
#include "http/router.hpp"
#include "http/tls.hpp"

namespace fleet::http {

/// What all connections of one server share. Connections own it jointly: a handler that outlives
/// stop() still finds it.
struct Hub {
    Hub(ServerOptions opts, Server::Deps deps)
        : options{std::move(opts)},
          loop{deps.loop},
          workers{deps.workers},
          load{deps.load},
          router{std::move(deps.routes)},
          fallback{std::move(deps.fallback)},
          observe{std::move(deps.observe)},
          client_ip{options.trusted_proxies},
          body_budget{options.max_body_bytes_in_flight} {}

    const ServerOptions options;
    boost::asio::io_context& loop;
    WorkerPool& workers;
    LoadMeter& load;
    const Router router;
    const BlockingHandler fallback;
    const std::function<void(const RequestRecord&)> observe;
    const ClientIpRule client_ip;
    std::unique_ptr<TlsContext> tls{};  // null: plain HTTP

    Peers peers{};
    BodyBudget body_budget;
    std::atomic<bool> stopping{false};
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> tls_failures{0};
    std::atomic<std::uint64_t> timeouts{0};
    std::atomic<std::uint64_t> accept_pauses{0};
    std::atomic<std::uint64_t> turned_away{0};
    std::atomic<std::uint64_t> shed{0};
};

using HubPtr = std::shared_ptr<Hub>;

}  // namespace fleet::http
