#include "fleet/core/load_meter.hpp"

#include <algorithm>
#include <cmath>

namespace fleet {
namespace {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;

/// A single hiccup of the machine, a second long, must not turn people away.
constexpr std::chrono::duration<double> kMemory = 3s;
constexpr microseconds kOverloaded = 300ms;
constexpr microseconds kRecovered = 100ms;

}  // namespace

void LoadMeter::tick(Clock::time_point planned, Clock::time_point now, Clock::time_point next) {
    const auto late = std::max(now - planned, Clock::duration::zero());
    last_late_.store(late.count(), std::memory_order_relaxed);
    next_.store(next.time_since_epoch().count(), std::memory_order_relaxed);

    // The start of the process is late for reasons of its own.
    const auto since = last_ == Clock::time_point{} ? now : last_;
    const std::chrono::duration<double> passed = now - since;
    last_ = now;
    const double weight = 1 - std::exp(-passed.count() / kMemory.count());
    const auto before = static_cast<double>(smoothed_us_.load(std::memory_order_relaxed));
    const auto late_us = static_cast<double>(duration_cast<microseconds>(late).count());
    const microseconds smoothed{std::llround(before + weight * (late_us - before))};
    smoothed_us_.store(smoothed.count(), std::memory_order_relaxed);
    if (smoothed > kOverloaded) overloaded_.store(true, std::memory_order_relaxed);
    if (smoothed < kRecovered) overloaded_.store(false, std::memory_order_relaxed);
}

void LoadMeter::stop() {
    next_.store(kNever, std::memory_order_relaxed);
}

bool LoadMeter::late(Clock::time_point now, Clock::duration by) const {
    if (last_late_.load(std::memory_order_relaxed) > by.count()) return true;
    // A tick that is overdue says as much as one that came late.
    const Clock::duration next{next_.load(std::memory_order_relaxed)};
    return now.time_since_epoch() - by > next;
}

microseconds LoadMeter::lateness() const {
    return microseconds{smoothed_us_.load(std::memory_order_relaxed)};
}

}  // namespace fleet
