#pragma once

#include <chrono>
#include <optional>

namespace fleet::http {

/// Decides which new connections are closed unserved, so that under a load that lasts the others
/// are answered soon, instead of all of them late.
///
/// A handshake costs ten times what an answer does: it is the only work that can be refused with a
/// gain. A queue that runs empty now and then is no sign of
/// overload, however long it was (after K. Nichols and V. Jacobson, "Controlling Queue Delay").
class Arrivals {
public:
    using Clock = std::chrono::steady_clock;

    /// Until `herd_until` all are served: after a restart every host comes at once, and who is
    /// sent away only comes again.
    explicit Arrivals(Clock::time_point herd_until) : herd_until_{herd_until} {}

    /// One was taken from the queue: must it be asked how long it was there? Seldom so.
    bool standing(Clock::time_point now);
    /// To be asked of one that was taken from a standing queue.
    static bool too_old(std::chrono::milliseconds waited) { return waited > kTooOld; }
    void ran_empty() { waiting_since_.reset(); }

private:
    static constexpr std::chrono::seconds kStanding{1};
    static constexpr std::chrono::milliseconds kTooOld{50};

    Clock::time_point herd_until_;
    std::optional<Clock::time_point> waiting_since_{};
    Clock::time_point last_{};
};

}  // namespace fleet::http
