#include "perf/run/timers.hpp"

namespace fleet::perf {
namespace {

/// Timers within one tick fire together: every wait is a system call.
constexpr std::chrono::microseconds kTick{250};

Wheel::Tick cut(std::uint64_t tick) {
    return static_cast<Wheel::Tick>(tick);
}

}  // namespace

Timers::Timers(std::size_t hosts)
    : begin_{Clock::now()}, own_{hosts * kPolls}, wheel_{hosts * kPolls} {}

/// Rounded up: nothing fires before its time.
std::uint64_t Timers::full_tick(Clock::time_point at) const {
    if (at <= begin_) return 0;
    return static_cast<std::uint64_t>((at - begin_ + kTick - Clock::duration{1}) / kTick);
}

Timers::Clock::time_point Timers::time_of(Wheel::Tick tick) const {
    const auto distance = static_cast<std::int32_t>(tick - cut(now_));
    return begin_ + kTick * (static_cast<std::int64_t>(now_) + distance);
}

void Timers::tick(std::uint32_t host, Activity poll, Clock::time_point at) {
    wheel_.add(host * kPolls + static_cast<std::uint32_t>(poll), cut(full_tick(at)));
}

void Timers::add(std::uint32_t host, Activity activity, Clock::time_point at) {
    auto node = free_;
    if (node == Wheel::kNone) {
        node = wheel_.grow();
        borrowed_.emplace_back();
    } else {
        free_ = wheel_.link(node);
    }
    borrowed_[node - own_] = {host, activity};
    wheel_.add(node, cut(full_tick(at)));
}

Timers::Clock::time_point Timers::tick_of(std::uint32_t host, Activity poll) const {
    return time_of(wheel_.tick_of(host * kPolls + static_cast<std::uint32_t>(poll)));
}

bool Timers::take(Clock::time_point now, Timer& timer) {
    now_ = static_cast<std::uint64_t>((now - begin_) / kTick);
    const auto node = wheel_.take(cut(now_));
    if (node == Wheel::kNone) return false;
    timer.at = time_of(wheel_.tick_of(node));
    timer.retry = node >= own_;
    if (timer.retry) {
        const auto& borrowed = borrowed_[node - own_];
        timer.host = borrowed.host;
        timer.activity = borrowed.activity;
        wheel_.set_link(node, free_);
        free_ = node;
    } else {
        timer.host = node / kPolls;
        timer.activity = static_cast<Activity>(node % kPolls);
    }
    return true;
}

Timers::Clock::time_point Timers::next(Clock::time_point limit) const {
    return time_of(wheel_.next(cut(full_tick(limit))));
}

}  // namespace fleet::perf
