#pragma once

#include "perf/run/desk.hpp"
#include "perf/run/enroller.hpp"

namespace fleet::perf {

/// Posts buffered result and status lines, results first. Lines stay until acknowledged; after a
/// failure the pauses grow with the square of the number of failures.
class LogPoster {
public:
    LogPoster(Desk& desk, Enroller& enroller) : desk_{desk}, enroller_{enroller} {}

    void due(Host& host, const Timer& timer);
    void on_reply(Host& host, const Request& request, const Reply& reply);
    void on_version(Host& host, const Request& request, const Reply& reply);

private:
    enum class Stream : std::uint32_t { results, statuses };

    /// Sends the stream, or the one after it, or ends the period. In the compat profile the
    /// version is asked for before each post.
    void post(Host& host, Stream stream, Desk::Clock::time_point intended);
    void send(Host& host, Stream stream, Desk::Clock::time_point intended);
    void invent(Host& host);

    Desk& desk_;
    Enroller& enroller_;
};

}  // namespace fleet::perf
