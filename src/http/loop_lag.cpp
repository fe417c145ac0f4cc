#include "http/loop_lag.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 20ms;
/// Far above what a loop with some work left over shows, far below what an agent waits.
constexpr auto kCongested = 100ms;

}  // namespace

void LoopLag::start() {
    timer_.expires_after(kTick);
    next_tick_.store(timer_.expiry().time_since_epoch().count(), std::memory_order_relaxed);
    tick();
}

bool LoopLag::congested() const {
    if (was_late_.load(std::memory_order_relaxed)) return true;
    // A tick that is overdue says as much as one that came late.
    const SteadyClock::duration next{next_tick_.load(std::memory_order_relaxed)};
    return SteadyClock::now().time_since_epoch() - kCongested > next;
}

void LoopLag::stop() {
    stopped_ = true;
    timer_.cancel();
}

void LoopLag::tick() {
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& gone) {
        if (gone || self->stopped_) return;
        const auto late = std::chrono::steady_clock::now() - self->timer_.expiry();
        self->was_late_.store(late > kCongested, std::memory_order_relaxed);
        self->start();
    });
}

}  // namespace fleet::http
