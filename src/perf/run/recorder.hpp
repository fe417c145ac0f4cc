#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "perf/histogram.hpp"
#include "perf/net/request.hpp"

namespace fleet::perf {

/// What was wrong with a request or its answer.
enum class ErrorKind : std::uint8_t {
    connect,    ///< TCP refused or unreachable
    tls,        ///< handshake or certificate
    timeout,    ///< 16 s without an answer
    closed,     ///< connection ended early, twice
    malformed,  ///< not HTTP
    status,     ///< not 200 although nothing else was wrong
    not_json,
    node_invalid,
    error_member,  ///< the body says "error"
    shape,         ///< JSON, but not what this endpoint answers
};

inline constexpr std::size_t kErrorKinds = 10;

std::string_view error_name(ErrorKind kind);

struct EndpointStats {
    Histogram latency{};
    std::uint64_t sent{};
    std::uint64_t answered{};
    std::array<std::uint64_t, kErrorKinds> errors{};

    std::uint64_t error_count() const;
    void merge(const EndpointStats& other);
};

/// Everything one run counts.
struct RunStats {
    std::array<EndpointStats, kEndpoints> endpoints{};
    Histogram slip{};               ///< how late the generator itself was
    std::uint64_t skipped_ticks{};  ///< polls left out because the one before took too long
    std::uint64_t wrong_key_refused{};
    std::uint64_t huge_lines{};
    std::uint64_t queries_run{};
    std::uint64_t queries_failed{};
    std::uint64_t lines_acknowledged{};
    std::uint64_t config_bytes{};  ///< of the bodies of answered config requests
    std::uint64_t lines_dropped{};
    std::uint64_t carves{};
    std::uint64_t enrolled{};
    std::map<std::string, std::uint64_t> samples{};  ///< distinct error texts, a few

    std::uint64_t answered() const;
    std::uint64_t error_count() const;
    void merge(const RunStats& other);
};

/// Counters of one thread. Written by it, read by the reporting thread.
class Recorder {
public:
    using Clock = Request::Clock;

    void sent(Endpoint endpoint);
    void answered(Endpoint endpoint, Clock::duration latency);
    void error(Endpoint endpoint, ErrorKind kind, std::string_view text);
    void slipped(Clock::duration late);

    template <class Change>
    void update(Change&& change) {
        const std::lock_guard lock{mutex_};
        change(stats_);
    }

    RunStats snapshot() const;

    /// Forgets what has been counted, but for the number of enrolments: the warm-up is over.
    void reset();

    struct Rates {
        std::uint64_t sent{};
        std::uint64_t answered{};
        std::uint64_t lost{};  ///< ended without an answer
        std::uint64_t errors{};
        std::uint64_t enrolled{};
    };
    Rates rates() const;

    /// Latencies of polls since the last call.
    Histogram take_recent();

private:
    mutable std::mutex mutex_;
    RunStats stats_{};
    Histogram recent_{};
};

}  // namespace fleet::perf
