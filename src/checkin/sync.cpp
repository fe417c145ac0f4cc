#include <algorithm>

#include "checkins_impl.hpp"
#include "fleet/core/json.hpp"
#include "fleet/core/log.hpp"
#include "fleet/live/host_set.hpp"
#include "fleet/store/schedule_store.hpp"

namespace fleet::checkin {

using namespace std::chrono_literals;

std::shared_ptr<const Schedule> Checkins::Impl::schedule() const {
    const std::scoped_lock lock{schedule_mutex};
    return current;
}

void Checkins::Impl::reload_schedule() {
    const auto fresh = std::make_shared<const Schedule>(deps.schedules.load());
    const auto before = schedule();
    Schedule::LabelNews news;
    if (before) news = fresh->label_news_since(*before);
    // First who is in which label, then what depends on it: a host that is asked a label's new
    // query is compared with what it is now, not with what the old query made of it.
    const std::vector<HostRef> relabelled = follow_labels(news);
    {
        const std::scoped_lock lock{schedule_mutex};
        current = fresh;
    }
    if (news.to_ask) ask_labels_again();
    if (before && !before->policies().asks_the_same_as(fresh->policies())) {
        ask_policies_again();
    } else if (fresh->policies().looks_at_labels()) {
        ask_policies_again(relabelled);
    }
}

/// Reads the members of labels that changed many at once. Returns the hosts that joined or left.
std::vector<HostRef> Checkins::Impl::follow_labels(const Schedule::LabelNews& news) {
    std::vector<HostRef> changed;
    std::vector<std::pair<LabelId, std::vector<HostId>>> members;
    for (const LabelId label : news.changed)
        members.emplace_back(label, deps.store.label_members(label));
    for (const LabelId label : news.gone)
        members.emplace_back(label, std::vector<HostId>{});
    if (members.empty()) return changed;
    hosts.each([&](const HostRef& entry) {
        bool moved = false;
        entry->with([&](HostFacts& facts) {
            for (const auto& [label, ids] : members) {
                const auto at = std::lower_bound(facts.labels.begin(), facts.labels.end(), label);
                const bool was = at != facts.labels.end() && *at == label;
                const bool is = std::binary_search(ids.begin(), ids.end(), facts.id);
                if (is && !was) facts.labels.insert(at, label);
                if (!is && was) facts.labels.erase(at);
                moved = moved || is != was;
            }
        });
        if (moved) changed.push_back(entry);
    });
    return changed;
}

/// Hosts that have not been asked a label's query yet are asked at their next read, each when its
/// turn comes; reads that are held open end for it.
void Checkins::Impl::ask_labels_again() {
    const auto plan = schedule();
    hosts.each([&](const HostRef& entry) {
        const bool unasked = entry->with([&](const HostFacts& facts) {
            const auto labels =
                plan->labels_for(facts.team, facts.raw_platform, facts.platform, facts.os_version);
            return labels->changed > facts.label_asked;
        });
        if (!unasked) return;
        entry->due_us.store(0, std::memory_order_relaxed);
        wake_if_due(entry);
    });
}

// --- messages between instances. A lost one heals: revisions and changed hosts are also polled.

void Checkins::Impl::announce(std::string_view kind, std::span<const HostId> ids) {
    if (ids.empty() || !deps.redis.connected()) return;
    const std::string packed = live::pack_hosts({ids.begin(), ids.end()});
    const std::string message = instance + std::string{kind == "deleted" ? "-" : "+"} + packed;
    deps.redis.command({"PUBLISH", std::string{kHostChannel}, message}, [](const live::Reply&) {});
}

void Checkins::Impl::subscribe() {
    const auto nothing = [] {};
    const auto from_others = [this](std::string_view message) -> std::optional<std::string_view> {
        if (message.size() < instance.size() || message.starts_with(instance)) return std::nullopt;
        return message.substr(instance.size());
    };
    host_messages = deps.redis.subscribe(
        std::string{kHostChannel},
        [this, from_others](std::string_view message) {
            const auto text = from_others(message);
            if (!text || text->empty()) return;
            const auto ids = live::unpack_hosts(text->substr(1));
            if (!ids) return;
            if (text->front() == '-') {
                for (const HostId id : *ids)
                    hosts.erase(id);
                return;
            }
            lookups.forget();
            const std::scoped_lock lock{ticker_mutex};
            // While the database does not answer nobody takes them; sync_hosts() finds them later.
            constexpr std::size_t kMostStale = 200'000;
            if (stale.size() > kMostStale) return;
            stale.insert(stale.end(), ids->begin(), ids->end());
            ticker_wake.notify_all();
        },
        nothing
    );
    seen_messages = deps.redis.subscribe(
        std::string{kSeenChannel},
        [this, from_others](std::string_view message) {
            const auto text = from_others(message);
            if (!text) return;
            const Time now = deps.clock.now();
            for (const HostId id : live::unpack_hosts(*text).value_or(std::vector<HostId>{})) {
                if (const HostRef entry = hosts.find(id); entry && entry->seen() < now) {
                    entry->mark_seen(now);
                }
            }
        },
        nothing
    );
    const auto wake = [this] {
        const std::scoped_lock lock{ticker_mutex};
        reload_wanted = true;
        ticker_wake.notify_all();
    };
    schedule_messages = deps.redis.subscribe(
        std::string{kScheduleChannel}, [wake](std::string_view) { wake(); }, wake
    );
}

/// Tells other instances who spoke to this one lately, so that "online" is the same everywhere.
void Checkins::Impl::announce_seen() {
    constexpr auto kEvery = 5s;
    const auto now = std::chrono::steady_clock::now();
    // Alone, we only knock: the answer to PUBLISH says how many listen, ourselves included.
    const bool alone = instances_listening <= 1;
    const bool not_alone_any_more = std::exchange(knocked, alone) && !alone;
    if (now - last_announce < kEvery && !not_alone_any_more) return;
    if (!deps.redis.connected()) return;
    const Time since = deps.clock.now() -
                       std::chrono::duration_cast<std::chrono::microseconds>(now - last_announce);
    last_announce = now;
    std::vector<HostId> ids;
    if (!alone) {
        hosts.each([&](const HostRef& entry) {
            if (entry->seen() >= since) ids.push_back(entry->id);
        });
    }
    deps.redis.command(
        {"PUBLISH", std::string{kSeenChannel}, instance + live::pack_hosts(std::move(ids))},
        [this](const live::Reply& reply) { instances_listening = reply.integer; }
    );
}

HostRef Checkins::Impl::put_host(HostFacts facts) {
    // Moments of a clock that was ahead: taken as they are, they would put everything off until our
    // clock has caught up.
    const Time now = deps.clock.now();
    for (Time* time :
         {&facts.seen,
          &facts.detail_updated,
          &facts.label_updated,
          &facts.label_asked,
          &facts.policy_updated}) {
        *time = std::min(*time, now);
    }
    return hosts.put(std::move(facts));
}

/// Large fleets need more turns a second, lest the last host's come after its interval.
void Checkins::Impl::set_pace() const {
    const auto interval =
        std::min({options.detail_interval, options.label_interval, options.policy_interval});
    constexpr double kShare = 0.1;  // of the interval is enough for all
    const double seconds = std::max(1.0, static_cast<double>(interval.count()) * kShare);
    turns.set_rate(std::max(kFewestTurns, static_cast<double>(hosts.size()) / seconds));
}

/// A clock that was set makes nothing older or younger: hosts stay online, nobody is asked for
/// details early or late.
void Checkins::Impl::follow_clock() {
    const auto jump = deps.clock.jump();
    if (jump.count() == 0) return;
    // In this order a host that is looked at in between seems fresh, never overdue.
    if (jump.count() < 0) deps.clock.adopt(jump);
    hosts.each([&](const HostRef& entry) { entry->move_times(jump); });
    if (jump.count() > 0) deps.clock.adopt(jump);
    seen_flushed_until += jump;
    // What others changed lately is marked with the old time or the new.
    synced_until = std::min(synced_until, synced_until + jump);
    fleet::log::warn(
        "the machine's clock was set",
        {{"seconds", std::chrono::duration_cast<std::chrono::seconds>(jump).count()}}
    );
}

void Checkins::Impl::reload_hosts(std::vector<HostId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<HostFacts> found = deps.store.load(ids);
    std::vector<HostId> alive;
    for (HostFacts& facts : found) {
        alive.push_back(facts.id);
        wake_if_due(put_host(std::move(facts)));
    }
    std::sort(alive.begin(), alive.end());
    for (const HostId id : ids) {
        if (std::binary_search(alive.begin(), alive.end(), id)) continue;
        hosts.erase(id);
        wake(id);
    }
}

void Checkins::Impl::sync_hosts() {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_sync < options.instance_sync) return;
    last_sync = now;
    // Clocks of instances differ and transactions take time: look back a little further.
    constexpr auto kOverlap = 10s;
    const Time since = synced_until - kOverlap;
    const Time until = deps.clock.now();
    for (const HostId id : deps.store.deleted_since(since))
        hosts.erase(id);
    std::vector<HostId> changed = deps.store.changed_since(since);
    if (!changed.empty()) reload_hosts(std::move(changed));
    synced_until = until;
}

void Checkins::Impl::flush_seen() {
    const Time since = seen_flushed_until;
    const Time until = deps.clock.now();
    std::vector<std::pair<HostId, Time>> seen;
    hosts.each([&](const HostRef& entry) {
        if (entry->seen() >= since) seen.emplace_back(entry->id, entry->seen());
    });
    try {
        deps.store.save_seen(seen);
        seen_flushed_until = until;
    } catch (const store::DbError& error) {
        fleet::log::warn("last-seen times not written", {{"detail", error.what()}});
    }
}

void Checkins::Impl::tick() {
    bool forced = false;
    std::vector<HostId> again;
    {
        const std::scoped_lock lock{ticker_mutex};
        forced = std::exchange(reload_wanted, false);
        again = std::exchange(stale, {});
    }
    follow_clock();
    set_pace();
    try {
        if (forced || deps.schedules.revision() != schedule()->revision()) reload_schedule();
        if (!again.empty()) reload_hosts(std::move(again));
        sync_hosts();
        announce_seen();
        const auto now = std::chrono::steady_clock::now();
        if (now - last_seen_flush >= options.seen_flush) {
            last_seen_flush = now;
            flush_seen();
        }
        constexpr auto kCountEvery = 10min;
        if (now - last_report_count >= kCountEvery) {
            last_report_count = now;
            const auto sizes = deps.store.report_sizes();
            const std::scoped_lock lock{report_mutex};
            report_bytes.clear();
            for (const auto& [query, bytes] : sizes)
                report_bytes[query] = bytes;
        }
    } catch (const store::DbError& error) {
        fleet::log::warn(
            "database not reachable; going on from memory", {{"detail", error.what()}}
        );
    }
}

void Checkins::Impl::run_ticker() {
    std::unique_lock lock{ticker_mutex};
    while (!stopping) {
        ticker_wake.wait_for(lock, options.revision_poll, [this] {
            return stopping || reload_wanted || !stale.empty();
        });
        if (stopping) return;
        lock.unlock();
        tick();
        lock.lock();
    }
}

void Checkins::hosts_changed(std::span<const HostId> ids) {
    impl_->reload_hosts({ids.begin(), ids.end()});
    impl_->announce("changed", ids);
}

void Checkins::hosts_deleted(std::span<const HostId> ids) {
    for (const HostId id : ids)
        impl_->hosts.erase(id);
    impl_->announce("deleted", ids);
}

void Checkins::schedule_changed() {
    impl_->reload_schedule();
    if (!impl_->deps.redis.connected()) return;
    impl_->deps.redis.command(
        {"PUBLISH", std::string{kScheduleChannel}, impl_->instance}, [](const live::Reply&) {}
    );
}

}  // namespace fleet::checkin
