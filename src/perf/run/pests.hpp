#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "perf/net/request_writer.hpp"
#include "perf/net/server_address.hpp"
#include "perf/net/tls.hpp"
#include "perf/options.hpp"

namespace fleet::perf {

/// What a connection that does nobody good does.
enum class Pest : std::uint8_t {
    silent,          ///< connects and never says a word
    half_handshake,  ///< stops in the middle of its first TLS message
    half_request,    ///< stops in the middle of a request
    slow_reader,     ///< asks a lot and reads a few bytes a second
};

inline constexpr std::size_t kPests = 4;

std::string_view pest_name(Pest pest);

struct PestStats {
    std::array<std::uint64_t, kPests> opened{};
    std::array<std::uint64_t, kPests> closed{};  ///< by the server
    std::array<double, kPests> seconds{};        ///< until it did so, on average
};

/// Connections beside those of the hosts that a server must survive and, in time, end. They have
/// a thread of their own; each that the server closes is opened again.
class Pests {
public:
    Pests(const Options& options, const ServerAddress& address);
    ~Pests();
    Pests(const Pests&) = delete;
    Pests& operator=(const Pests&) = delete;

    /// Ends the thread and says what happened.
    PestStats stop();

private:
    using Clock = std::chrono::steady_clock;

    struct Connection {
        Pest pest{};
        int fd{-1};
        TlsClient::Session tls{};
        std::string text{};
        std::size_t written{};
        Clock::time_point since{};
        bool done{false};  ///< has said all it will say
    };

    void open(Connection& connection);
    void step(Connection& connection);
    bool closed_by_server(Connection& connection);
    void ended(Connection& connection);
    void run();

    ServerAddress address_;
    TlsClient tls_;
    RequestWriter writer_;
    std::vector<Connection> connections_;
    PestStats stats_{};
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_{false};
    std::thread thread_;
};

}  // namespace fleet::perf
