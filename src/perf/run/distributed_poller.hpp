#pragma once

#include "perf/agent/habits.hpp"
#include "perf/run/carver.hpp"
#include "perf/run/desk.hpp"
#include "perf/run/enroller.hpp"

namespace fleet::perf {

/// Asks for distributed queries, answers them and sends the results.
class DistributedPoller {
public:
    DistributedPoller(Desk& desk, Enroller& enroller, Carver& carver)
        : desk_{desk},
          enroller_{enroller},
          carver_{carver},
          habits_{desk.options().profile, desk.jitter()} {}

    void due(Host& host, const Timer& timer);
    void on_read(Host& host, const Request& request, const Reply& reply);

    /// Sends the results that wait; also the retry of a failed write.
    void write(Host& host, Desk::Clock::time_point intended);
    void on_write(Host& host, const Request& request, const Reply& reply);

private:
    enum class Outcome : std::uint8_t { nothing_to_do, something };

    Outcome answer(Host& host, const nlohmann::json& document);
    void note_answers(const Host& host, const Request& request, const Reply& reply);
    bool has_results(const Host& host) const;
    void keep(Host& host, std::vector<WorkResult> results);
    void rest(Host& host);

    Desk& desk_;
    Enroller& enroller_;
    Carver& carver_;
    Habits habits_;
};

}  // namespace fleet::perf
