#pragma once

#include <array>
#include <deque>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "perf/net/connection.hpp"
#include "perf/net/server_address.hpp"
#include "perf/options.hpp"

struct epoll_event;

namespace fleet::perf {

struct TransportCounters {
    std::uint64_t connections{};
    std::uint64_t resent{};
    std::uint64_t queued_polls{};   ///< polls that had to wait for a free connection
    std::uint64_t queued_others{};  ///< other requests that had to
    std::uint64_t bytes_in{};
    std::uint64_t bytes_out{};
    std::uint64_t reconnected{};          ///< connections opened by reconnect_all
    Request::Clock::duration all_back{};  ///< how long that took
};

/// Sends requests over TLS connections according to the connection mode and hands back the
/// answers. Belongs to one thread, which calls `poll`.
class Transport {
public:
    using Clock = Request::Clock;

    Transport(
        const Options& options,
        const std::vector<ServerAddress>& servers,
        std::size_t max_open,
        ReplySink& sink
    );
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// A text to write a request's message into: one that has been used before, if possible.
    std::string blank();

    void submit(Request request);

    /// Waits for events until `until` at most and handles them.
    void poll(Clock::time_point until);

    /// Closes every connection at once and, but for stock mode, opens as many again. What was on
    /// its way is sent again, as after any broken connection.
    void reconnect_all();

    /// Makes a `poll` of this transport's thread return. Callable from any thread.
    void wake();

    std::size_t in_flight() const { return in_flight_; }
    const TransportCounters& counters() const { return counters_; }
    void reset_counters() { counters_ = {}; }

private:
    /// Connections of a kind and the requests that wait for one. Polls and slow requests have
    /// their own in pooled mode: a poll must not wait until an inventory has been stored.
    struct Lane {
        std::size_t limit{};
        std::size_t open{};
        std::vector<Connection*> idle{};
        std::deque<Request> waiting{};
    };

    /// One of the addresses, and how long to leave it out.
    struct Server {
        ServerAddress address{};
        Clock::time_point refused_until{};
    };

    std::uint8_t choose_server(Clock::time_point now);
    bool assign(Request& request);
    void send(Connection& connection, Request request);
    Connection* open(std::uint32_t host, std::uint8_t lane);
    void drive(Connection& connection);
    void finished(Connection& connection, Connection::Event event);
    void next_request(Connection& connection);
    void use_free_place(std::uint32_t host, std::uint8_t lane);
    void retire(Connection& connection);
    void expire(Clock::time_point now);
    bool resend(Connection& connection);
    void reuse(std::string text);
    void pause(Clock::time_point until);
    int wait_for_events(std::span<epoll_event> events, Clock::time_point until);
    Lane& lane_of(Endpoint endpoint) { return lanes_.at(lane_number(endpoint)); }
    std::uint8_t lane_number(Endpoint endpoint) const;
    std::deque<Request>& queue_of(const Request& request);

    const Options& options_;
    std::vector<Server> servers_;
    std::size_t next_server_{};
    std::size_t max_open_;
    ReplySink& sink_;
    TlsClient tls_;
    ReadDesk read_desk_{};
    int epoll_{-1};
    int wake_{-1};
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<std::unique_ptr<Connection>> retired_;  ///< freed once no event can name them
    std::array<Lane, 2> lanes_{};
    std::unordered_map<std::uint32_t, Connection*> by_host_;
    std::unordered_map<std::uint32_t, std::deque<Request>> waiting_by_host_;
    std::vector<std::string> blanks_;
    std::size_t next_to_check_{};
    Clock::time_point next_check_{};
    Clock::time_point last_look_{};
    Clock::time_point reconnect_began_{};
    std::size_t reconnecting_{};
    std::size_t in_flight_{};
    TransportCounters counters_{};
};

}  // namespace fleet::perf
