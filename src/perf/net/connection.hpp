#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "perf/net/request.hpp"
#include "perf/net/response.hpp"
#include "perf/net/tls.hpp"

namespace fleet::perf {

/// What the connections of a thread share while one of them reads.
struct ReadDesk {
    std::array<char, 16384> buffer;
    std::array<WholeResponse, kEndpoints> known{};  ///< by the request's endpoint
};

/// One TLS connection on a non-blocking socket that carries one request at a time. It is driven
/// by edge-triggered events: each call to `progress` goes on until the socket would block.
class Connection {
public:
    using Clock = Request::Clock;

    enum class State : std::uint8_t { connecting, handshaking, writing, reading, idle, closed };

    /// What came of a step: nothing yet, an answer or a failure of the request, or the beginning or
    /// end of a connection without one.
    enum class Event : std::uint8_t { none, answered, failed, ready, ended };

    /// `owner` is the host that the connection was opened for.
    Connection(int fd, std::uint32_t owner, TlsClient::Session session, ReadDesk& desk);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Gives an idle or new connection its next request.
    void start(Request request, Clock::time_point deadline);

    Event progress();

    /// Says goodbye to TLS and closes the socket.
    void close();

    int fd() const { return fd_; }
    State state() const { return state_; }
    std::uint32_t owner() const { return owner_; }
    bool reusable() const { return state_ == State::idle; }
    bool busy() const { return request_.has_value(); }
    Clock::time_point deadline() const { return deadline_; }

    /// Ends the request; the body of its reply goes too.
    Request take_request();
    const Request& request() const { return *request_; }

    /// The outcome of the request. Its body lives until any connection reads again.
    const Reply& reply() const { return reply_; }
    const std::string& reason() const { return reason_; }
    void fail(Failure failure, std::string reason);

    std::uint64_t bytes_in() const { return bytes_in_; }
    std::uint64_t bytes_out() const { return bytes_out_; }

    std::uint32_t place{};  ///< for the owner's own use
    std::uint8_t lane{};    ///< likewise
    std::uint8_t server{};  ///< likewise
    bool reopened{false};   ///< likewise

private:
    Event connect();
    Event handshake();
    Event write();
    Event read();
    Event idle();
    Event answered(int status, bool keep_alive, std::string_view body);
    /// Whether OpenSSL merely waits for the socket after `result`.
    bool waiting(int result);
    Event broken(Failure failure, std::string reason);

    int fd_;
    std::uint32_t owner_;
    TlsClient::Session session_;
    ReadDesk& desk_;
    State state_{State::connecting};
    std::optional<Request> request_{};
    std::size_t written_{};
    ResponseParser response_{};
    Reply reply_{};
    std::string reason_{};
    Clock::time_point deadline_{};
    std::uint64_t bytes_in_{};
    std::uint64_t bytes_out_{};
};

}  // namespace fleet::perf
