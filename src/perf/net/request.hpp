#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace fleet::perf {

enum class Endpoint : std::uint8_t { enroll, config, read, write, log, carve_begin, carve_block };

inline constexpr std::size_t kEndpoints = 7;

/// Path below the prefix, which is also the name in reports.
constexpr std::string_view endpoint_path(Endpoint endpoint) {
    constexpr std::array<std::string_view, kEndpoints> kPaths{
        "enroll",
        "config",
        "distributed/read",
        "distributed/write",
        "log",
        "carve/begin",
        "carve/block",
    };
    return kPaths.at(static_cast<std::size_t>(endpoint));
}

struct Request {
    using Clock = std::chrono::steady_clock;

    Endpoint endpoint{};
    std::uint32_t host{};
    Clock::time_point intended{};  ///< when the schedule wanted it; latency counts from here
    std::string body{};
    std::string node_key{};  ///< the key it was made with
    bool gzip{false};
    bool wrong_key{false};  ///< sent with a key that must be refused
    bool resent{false};     ///< osquery sends once more when the connection breaks
    std::uint32_t tag{};    ///< for the sender's own use
};

/// How a request ended below HTTP.
enum class Failure : std::uint8_t { none, connect, tls, timeout, closed, malformed };

struct Reply {
    Failure failure{Failure::none};
    int status{};
    std::string body{};
    std::string reason{};  ///< of a failure
    Request::Clock::time_point at{};
};

class ReplySink {
public:
    virtual ~ReplySink() = default;
    virtual void on_reply(Request request, Reply reply) = 0;
};

}  // namespace fleet::perf
