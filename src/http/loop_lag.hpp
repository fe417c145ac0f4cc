#pragma once

#include <atomic>
#include <memory>

#include "http/channel.hpp"

namespace fleet::http {

/// How far the event loop is behind: a timer says every few milliseconds how late it came.
/// Everything but congested() is for the strand.
class LoopLag : public std::enable_shared_from_this<LoopLag> {
public:
    explicit LoopLag(const Strand& strand) : timer_{strand} {}

    void start();
    void stop();

    /// More is waiting than can be done soon; taking on new work would only make all of it late.
    bool congested() const { return congested_.load(std::memory_order_relaxed); }

private:
    void tick();

    Timer timer_;
    std::atomic<bool> congested_{false};
    bool stopped_ = false;
};

}  // namespace fleet::http
