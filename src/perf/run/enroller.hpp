#pragma once

#include "perf/run/desk.hpp"

namespace fleet::perf {

/// Gives hosts their node keys. As in osqueryd, everything else of a host waits meanwhile.
class Enroller {
public:
    explicit Enroller(Desk& desk) : desk_{desk} {}

    /// True when the activity may go on. Otherwise it is remembered and its timer fires again
    /// (as a retry) once the host has a key, or has given up getting one.
    bool ready(Host& host, Activity activity);

    /// The server does not know the key of this request: the next call enrols again.
    void invalidate(Host& host, const Request& request);

    void attempt(Host& host);
    void on_reply(Host& host, const Request& request, const Reply& reply);

private:
    std::string body(const Host& host);
    void resume(Host& host);

    Desk& desk_;
};

}  // namespace fleet::perf
