#pragma once

#include <sys/socket.h>

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "perf/net/connection.hpp"
#include "perf/options.hpp"

namespace fleet::perf {

/// Resolved address of the server.
struct ServerAddress {
    sockaddr_storage storage{};
    socklen_t length{};

    static ServerAddress resolve(const std::string& host, const std::string& port);
    bool is_loopback() const;
};

struct TransportCounters {
    std::uint64_t connections{};
    std::uint64_t resent{};
    std::uint64_t queued{};  ///< requests that had to wait for a free connection
    std::uint64_t bytes_in{};
    std::uint64_t bytes_out{};
    std::size_t open{};
};

/// Sends requests over TLS connections according to the connection mode and hands back the
/// answers. Belongs to one thread, which calls `poll`.
class Transport {
public:
    using Clock = Request::Clock;

    Transport(
        const Options& options, const ServerAddress& address, std::size_t max_open, ReplySink& sink
    );
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    void submit(Request request);

    /// Waits for events until `until` at most and handles them.
    void poll(Clock::time_point until);

    /// Makes a `poll` of this transport's thread return. Callable from any thread.
    void wake();

    std::size_t in_flight() const { return in_flight_; }
    const TransportCounters& counters() const { return counters_; }
    void reset_counters() { counters_ = {.open = counters_.open}; }

private:
    struct Deadline {
        Clock::time_point at;
        Connection* connection;  ///< may be gone, or another one at the same address
    };

    bool assign(Request& request);
    void send(Connection& connection, Request request);
    Connection* open(const Request& request);
    std::string message(const Request& request) const;
    void drive(Connection& connection);
    void finished(Connection& connection, Connection::Event event);
    void next_request(Connection& connection);
    void use_free_place(std::uint32_t host);
    void retire(Connection& connection);
    void expire(Clock::time_point now);
    bool resend(Connection& connection);
    std::deque<Request>& queue_of(std::uint32_t host);

    const Options& options_;
    ServerAddress address_;
    std::size_t max_open_;
    ReplySink& sink_;
    TlsClient tls_;
    std::string head_{};  ///< the part of the header that is the same in all requests
    int epoll_{-1};
    int wake_{-1};
    std::unordered_map<Connection*, std::unique_ptr<Connection>> connections_;
    std::vector<std::unique_ptr<Connection>> retired_;  ///< freed once no event can name them
    std::unordered_map<std::uint32_t, Connection*> by_host_;
    std::vector<Connection*> idle_;
    std::deque<Request> waiting_;
    std::unordered_map<std::uint32_t, std::deque<Request>> waiting_by_host_;
    std::deque<Deadline> deadlines_;
    std::size_t in_flight_{};
    TransportCounters counters_{};
};

}  // namespace fleet::perf
