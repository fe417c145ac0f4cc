#pragma once

#include <atomic>
#include <memory>

#include "http/shard.hpp"

namespace fleet::http {

/// How far the event loop is behind: a timer says every few milliseconds how late it came.
/// Everything but congested() is for the strand.
class LoopLag : public std::enable_shared_from_this<LoopLag> {
public:
    explicit LoopLag(const Strand& strand) : timer_{strand} {}

    void start();
    void stop();

    /// More is waiting than can be done soon; taking on new work would only make all of it late.
    bool congested() const;

private:
    void tick();

    Timer timer_;
    std::atomic<bool> was_late_{false};
    std::atomic<SteadyClock::rep> next_tick_{
        SteadyClock::time_point::max().time_since_epoch().count()};
    bool stopped_ = false;
};

}  // namespace fleet::http
