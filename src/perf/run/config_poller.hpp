#pragma once

#include <unordered_map>

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
    void run_schedule(Host& host, const Timer& timer);

private:
    void apply(Host& host, const std::string& document);
    void arm(Host& host);
    std::shared_ptr<const AgentConfig> parsed(const std::string& document);

    Desk& desk_;
    Enroller& enroller_;
    /// Hosts of a platform share one text: it is read once.
    std::unordered_map<std::string, std::shared_ptr<const AgentConfig>> known_;
};

}  // namespace fleet::perf
