#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "fleet/http/route.hpp"

namespace boost::asio {
class io_context;
}

namespace fleet {
class LoadMeter;
class WorkerPool;
}  // namespace fleet

namespace fleet::http {

/// What the listener needs to know (operations.md C.4 and "HTTP listener constants").
struct ServerOptions {
    std::string address = "0.0.0.0:8080";
    std::size_t loop_threads = 2;  // how many run the loop: connections are spread over as many
    bool tls = true;
    std::string cert_file{};
    std::string key_file{};
    bool tls_modern = false;      // TLS 1.3 only
    bool gzip_responses = false;  // of blocking handlers, to clients that take that
    std::string url_prefix{};
    std::string trusted_proxies{};
    bool keepalive = true;
    bool websockets_allow_unsafe_origin = false;
    std::chrono::milliseconds handshake_timeout{10'000};
    std::chrono::milliseconds header_timeout{5'000};
    std::chrono::milliseconds read_timeout{25'000};
    std::chrono::milliseconds write_timeout{40'000};
    std::chrono::milliseconds idle_timeout{930'000};
    /// From the start on; afterwards connections that come faster than they can be served for
    /// seconds are partly closed unserved.
    std::chrono::milliseconds herd_time{30'000};
    std::size_t max_header_bytes = 262'144;
    std::size_t max_connections = 0;  // 0: from the process's open-file limit
    /// Upper bound of the bytes of all request bodies in memory at once; above it: 503.
    std::size_t max_body_bytes_in_flight = 512u << 20;
};

/// What happened to one request, for metrics and the debug log.
struct RequestRecord {
    std::string_view route;
    std::string_view method;
    std::string_view request_id;
    int status = 0;
    std::size_t request_bytes = 0;
    std::size_t response_bytes = 0;
    std::chrono::nanoseconds took{};
};

/// The HTTPS listener: TLS, HTTP/1.1, routing, limits, WebSocket. Handlers come as routes;
/// whatever no route matches goes to `fallback` (the web UI).
class Server {
public:
    struct Deps {
        boost::asio::io_context& loop;
        WorkerPool& workers;
        LoadMeter& load;  // the server lets it tick, and turns work away by it
        Routes routes;
        BlockingHandler fallback;
        std::function<void(const RequestRecord&)> observe;
    };

    Server(ServerOptions options, Deps deps);
    ~Server();

    /// Binds and listens; throws with a clear text when the address or certificate is unusable.
    void start();
    /// The port in use, for tests that bind port 0.
    std::uint16_t port() const;
    /// Stops accepting, lets running requests finish until the deadline, closes the rest.
    /// Blocks; call it from a thread that does not run the loop.
    void stop(std::chrono::milliseconds deadline);

    /// Reads certificate and key again; new connections use them. Throws, and keeps the old ones,
    /// when the files cannot be used.
    void reload_certificate();

    struct Stats {
        std::uint64_t connections = 0;
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;
        std::uint64_t tls_failures = 0;
        std::uint64_t timeouts = 0;
        std::uint64_t shed = 0;           // requests turned away under overload
        std::uint64_t accept_pauses = 0;  // times new connections had to wait for the event loop
        std::uint64_t turned_away = 0;    // connections closed for having waited long
    };
    Stats stats() const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;  // shared with what still runs on the loop
};

}  // namespace fleet::http
