#include "checkins_impl.hpp"
#include "fleet/checkin/detail_queries.hpp"
#include "fleet/core/load_meter.hpp"

namespace fleet::checkin {
namespace {

constexpr Time kNeverDue = Time::max();
/// osquery's own polling while a host is still unknown to us.
constexpr int kAccelerateSeconds = 10;
/// Time that an overloaded server gives itself before it asks a host for details.
constexpr std::chrono::seconds kRelief{5};

}  // namespace

void Checkins::Impl::Work::add(const std::string& more_queries, const std::string& more_discovery) {
    const auto join = [](std::string& to, const std::string& more) {
        if (more.empty()) return;
        if (!to.empty()) to += ',';
        to += more;
    };
    join(queries, more_queries);
    join(discovery, more_discovery);
}

AgentReply Checkins::Impl::Work::reply() const {
    if (empty()) {
        static const auto kNothing =
            std::make_shared<const std::string>(R"({"queries":{},"discovery":{}})");
        return {200, {}, kNothing};
    }
    std::string body;
    body.reserve(queries.size() + discovery.size() + 64);
    body += R"({"queries":{)";
    body += queries;
    body += R"(},"discovery":{)";
    body += discovery;
    body += '}';
    if (accelerate) body += R"(,"accelerate":)" + std::to_string(kAccelerateSeconds);
    body += '}';
    return {200, std::move(body), {}};
}

/// Spreads hosts that enrolled together over the interval (B.7 "Jitter").
std::chrono::seconds Checkins::Impl::with_jitter(HostId host, std::chrono::seconds interval) const {
    const auto most = static_cast<std::uint64_t>(interval.count()) *
                      static_cast<std::uint64_t>(options.max_jitter_percent) / 100;
    if (most == 0) return interval;
    const std::uint64_t spread = (raw(host) * 0x9E3779B97F4A7C15ULL) >> 33U;
    return interval + std::chrono::seconds{static_cast<std::int64_t>(spread % most)};
}

/// `labels_changed`: when the newest of the host's label questions was made.
Checkins::Impl::Due Checkins::Impl::due(
    const HostFacts& facts, Time labels_changed, Time now, Time& next
) const {
    next = kNeverDue;
    const auto is_due = [&](Time last, std::chrono::seconds interval) {
        const Time at = last + with_jitter(facts.id, interval);
        if (facts.refetch || at <= now) return true;
        next = std::min(next, at);
        return false;
    };
    Due out;
    out.details = is_due(facts.detail_updated, options.detail_interval);
    // A moment to come is one of a clock that was ahead; waiting for it would ask all the time.
    const bool unasked = labels_changed > facts.label_asked && labels_changed <= now;
    out.labels = is_due(facts.label_updated, options.label_interval) || unasked;
    out.policies = is_due(facts.policy_updated, options.policy_interval);
    return out;
}

/// After an outage, a restart or a change of intervals the details of many hosts are due at once;
/// each is asked when its turn has come (in the past: now). New hosts and those that somebody waits
/// for (refetch) do not queue. While the server is overloaded nobody is asked for what can wait.
Time Checkins::Impl::turn_of(HostEntry& entry, Time now) const {
    const auto taken = [&] { return Time{std::chrono::microseconds{entry.turn_us}}; };
    if (deps.load.overloaded()) {
        // Those whose turn was now come in turn again, not all when the overload ends.
        if (taken() <= now) entry.turn_us = 0;
        return std::max(now + kRelief, taken());
    }
    if (entry.turn_us == 0) {
        const Time turn = now + turns.take(std::chrono::steady_clock::now());
        entry.turn_us = turn.time_since_epoch().count();
    }
    return taken();
}

void Checkins::Impl::read(HostRef entry, Reply reply) {
    const Time now = deps.clock.now();
    Work work = due_work(*entry, now);
    const auto hold = hold_for(*entry);
    const bool may_park = hold.count() > 0 && !draining;
    if (may_park && work.empty() && !deps.campaigns.has_work(entry->id)) {
        return park(entry, std::move(reply), now, hold);
    }
    add_live_work(*entry, std::move(work), std::move(reply));
}

/// Answers with whatever there is for the host at this moment.
void Checkins::Impl::hand_out(HostEntry& entry, Reply reply) {
    add_live_work(entry, due_work(entry, deps.clock.now()), std::move(reply));
}

/// The queries whose time has come; notes when the next ones are due.
Checkins::Impl::Work Checkins::Impl::due_work(HostEntry& entry, Time now) const {
    Work work;
    if (entry.due_us.load(std::memory_order_relaxed) > now.time_since_epoch().count()) return work;
    entry.with([&](HostFacts& facts) {
        const auto plan = schedule();
        Time next{};
        const auto labels =
            plan->labels_for(facts.team, facts.raw_platform, facts.platform, facts.os_version);
        Due what = due(facts, labels->changed, now, next);
        const auto policies = policies_due(facts, *plan, what);
        if (what.any() && !facts.refetch) {
            if (const Time turn = turn_of(entry, now); turn > now) {
                entry.due_us.store(turn.time_since_epoch().count(), std::memory_order_relaxed);
                return;
            }
        }
        if (what.details) {
            const auto details = plan->details_for(facts.team, facts.platform);
            work.add(details->queries, details->discovery);
        }
        if (what.labels) {
            work.add(labels->queries, labels->discovery);
            work.labels_as_of = now;
            if (labels->ids.empty()) {
                // Nothing to ask: as good as answered, until the interval has passed.
                facts.label_updated = facts.label_asked = now;
                what.labels = false;
            }
        }
        if (policies) {
            work.add(policies->queries, policies->discovery);
            facts.policies_asked = plan->revision();
        }
        work.accelerate = facts.hostname.empty() || facts.raw_platform.empty();
        entry.due_us.store(
            what.any() ? 0 : next.time_since_epoch().count(), std::memory_order_relaxed
        );
    });
    return work;
}

void Checkins::Impl::add_live_work(HostEntry& entry, Work work, Reply reply) {
    if (work.labels_as_of != Time{}) {
        entry.with([&](HostFacts& facts) { facts.label_handed = work.labels_as_of; });
    }
    if (!deps.campaigns.has_work(entry.id)) return reply(work.reply());
    deps.post([this, id = entry.id, work = std::move(work), reply = std::move(reply)]() mutable {
        deps.campaigns.work_for(
            id,
            [work = std::move(work),
             reply = std::move(reply)](const std::vector<live::LiveWork>& live_work) mutable {
                for (const live::LiveWork& one : live_work) {
                    const std::string name = std::string{kLivePrefix} + to_text(one.id);
                    if (one.sql->empty()) continue;
                    std::string query;
                    std::string discovery;
                    append_member(query, name, *one.sql);
                    append_member(discovery, name, "SELECT 1");
                    work.add(query, discovery);
                }
                reply(work.reply());
            }
        );
    });
}

}  // namespace fleet::checkin
