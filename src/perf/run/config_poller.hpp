#pragma once

#include "perf/run/desk.hpp"
#include "perf/run/enroller.hpp"

namespace fleet::perf {

/// Fetches configurations and runs what they schedule.
class ConfigPoller {
public:
    ConfigPoller(Desk& desk, Enroller& enroller) : desk_{desk}, enroller_{enroller} {}

    void due(Host& host, const Timer& timer);
    void on_reply(Host& host, const Request& request, const Reply& reply);

    /// Runs the scheduled queries that are due.
    void run_schedule(Host& host);

private:
    void apply(Host& host, std::string_view document);
    void arm(Host& host);
    std::optional<ConfigShelf::Id> shelved(std::string_view document);

    Desk& desk_;
    Enroller& enroller_;
};

}  // namespace fleet::perf
