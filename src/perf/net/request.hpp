#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace fleet::perf {

enum class Endpoint : std::uint8_t {
    enroll,
    config,
    read,
    write,
    log,
    carve_begin,
    carve_block,
    version,
};

inline constexpr std::size_t kEndpoints = 8;

/// Path below the prefix (but for /version), which is also the name in reports.
constexpr std::string_view endpoint_path(Endpoint endpoint) {
    constexpr std::array<std::string_view, kEndpoints> kPaths{
        "enroll",
        "config",
        "distributed/read",
        "distributed/write",
        "log",
        "carve/begin",
        "carve/block",
        "version",
    };
    return kPaths.at(static_cast<std::size_t>(endpoint));
}

/// Requests that are answered from memory. The others wait for a database or a disk.
constexpr bool is_poll(Endpoint endpoint) {
    return endpoint == Endpoint::config || endpoint == Endpoint::read ||
           endpoint == Endpoint::version;
}

struct Request {
    using Clock = std::chrono::steady_clock;

    Endpoint endpoint{};
    std::uint8_t key_number{};     ///< which of the host's keys it was made with
    bool wrong_key{false};         ///< sent with a key that must be refused
    bool resent{false};            ///< osquery sends once more when the connection breaks
    std::uint32_t host{};          ///< its place among the hosts of the thread
    std::uint32_t tag{};           ///< for the sender's own use
    Clock::time_point intended{};  ///< when the schedule wanted it; latency counts from here
    std::string message{};         ///< as it goes over the wire
};

/// How a request ended below HTTP.
enum class Failure : std::uint8_t { none, connect, tls, timeout, closed, malformed };

struct Reply {
    Failure failure{Failure::none};
    int status{};
    std::string_view body{};    ///< valid while the reply is handled
    std::string_view reason{};  ///< of a failure
    Request::Clock::time_point at{};
};

class ReplySink {
public:
    virtual ~ReplySink() = default;
    virtual void on_reply(const Request& request, const Reply& reply) = 0;
};

}  // namespace fleet::perf
