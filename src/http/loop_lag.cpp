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
    tick();
}

void LoopLag::stop() {
    stopped_ = true;
    timer_.cancel();
}

void LoopLag::tick() {
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& gone) {
        if (gone || self->stopped_) return;
        const auto late = std::chrono::steady_clock::now() - self->timer_.expiry();
        self->congested_.store(late > kCongested, std::memory_order_relaxed);
        self->start();
    });
}

}  // namespace fleet::http
