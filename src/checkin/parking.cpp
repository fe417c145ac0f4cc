#include <algorithm>

#include "checkins_impl.hpp"
#include "fleet/core/load_meter.hpp"
#include "fleet/live/host_set.hpp"

namespace fleet::checkin {

using namespace std::chrono_literals;

namespace {

/// Granularity of the ends of holds.
constexpr auto kTick = 50ms;
/// Holds last this long under load, short ones and long ones. osqueryd gives up a request after 16
/// s (agent-api A.2), and under load the way to us and back may take seconds of that.
constexpr std::chrono::milliseconds kHoldUnderLoad = 12s;
/// When many hosts get work at once, this many are answered, then others have their turn.
constexpr std::size_t kWakeAtOnce = 200;
constexpr auto kWakePause = 10ms;

}  // namespace

bool Checkins::Impl::has_something(const HostEntry& entry, Time now) const {
    return entry.due_us.load(std::memory_order_relaxed) <= now.time_since_epoch().count() ||
           deps.campaigns.has_work(entry.id);
}

std::chrono::milliseconds Checkins::Impl::hold_for(const HostEntry& entry) const {
    const auto plan = schedule();
    if (!plan->has_holds()) return options.distributed_hold;
    const auto team = entry.with([](const HostFacts& facts) { return facts.team; });
    return plan->hold_for(team).value_or(options.distributed_hold);
}

void Checkins::Impl::park(
    const HostRef& entry, Reply reply, Time now, std::chrono::milliseconds hold
) {
    // Under load fewer, longer polls are the cheapest relief there is.
    if (deps.load.late()) hold = kHoldUnderLoad;
    const auto due = entry->due_us.load(std::memory_order_relaxed) - now.time_since_epoch().count();
    hold = std::min(hold, std::chrono::milliseconds{due / 1'000 + 1});
    auto displaced = parked.park(
        entry,
        [this, entry, reply = std::move(reply)]() mutable {
            entry->mark_seen(deps.clock.now());
            hand_out(*entry, std::move(reply));
        },
        ParkedReads::Clock::now() + hold
    );
    if (displaced) displaced.answer();
    if (!hold_timer_runs.exchange(true)) deps.after(kTick, [this] { end_holds(); });
    // Work may have come between the look and the parking; whoever brought it did not see us.
    if (draining || has_something(*entry, deps.clock.now())) wake(entry->id);
}

void Checkins::Impl::end_holds() {
    const auto now = ParkedReads::Clock::now();
    for (auto& read : parked.take_expired(now))
        read.answer();
    if (parked.size() == 0) {
        hold_timer_runs = false;
        // One that was parked before the flag fell has started no timer.
        if (parked.size() == 0 || hold_timer_runs.exchange(true)) return;
    }
    deps.after(kTick, [this] { end_holds(); });
}

void Checkins::Impl::wake(HostId host) {
    if (auto read = parked.take(host)) deps.post(std::move(read.answer));
}

void Checkins::Impl::wake_if_due(const HostRef& entry) {
    const Time now = deps.clock.now();
    due_work(*entry, now);  // what memory held of its times may be outdated
    if (has_something(*entry, now)) wake(entry->id);
}

void Checkins::Impl::wake_hosts(const live::HostSet& hosts_with_work) {
    auto woken = std::make_shared<std::vector<ParkedReads::Parked>>();
    if (hosts_with_work.size() < kWakeAtOnce) {
        hosts_with_work.each([&](HostId host) {
            if (auto read = parked.take(host)) woken->push_back(std::move(read));
        });
    } else {
        *woken = parked.take_if([&](HostId host) { return hosts_with_work.contains(host); });
    }
    answer_in_turn(std::move(woken), 0);
}

void Checkins::Impl::answer_in_turn(
    std::shared_ptr<std::vector<ParkedReads::Parked>> reads, std::size_t next
) {
    const auto end = std::min(next + kWakeAtOnce, reads->size());
    for (; next < end; ++next)
        std::exchange((*reads)[next], {}).answer();
    if (next == reads->size()) return;
    deps.after(kWakePause, [this, reads = std::move(reads), next]() mutable {
        answer_in_turn(std::move(reads), next);
    });
}

void Checkins::Impl::drain() {
    draining = true;
    for (auto& read : parked.take_all())
        deps.post(std::move(read.answer));
}

}  // namespace fleet::checkin
