#include "people_jobs.hpp"

#include <cstdlib>

#include "fleet/core/json.hpp"

namespace fleet::main {

using namespace std::chrono_literals;

namespace {

/// For work that grows with the fleet: rests fifty times as long as it took, so that it is fresh
/// where that is cheap and takes two percent of a core where it is not.
std::function<void()> sparing(std::function<void()> work) {
    using Clock = std::chrono::steady_clock;
    return [work = std::move(work), rested = Clock::time_point{}]() mutable {
        const auto started = Clock::now();
        if (started < rested) return;
        work();
        const auto ended = Clock::now();
        rested = ended + 50 * (ended - started);
    };
}

/// A while at a time: other jobs wait for their turn.
void clean_policies(store::PolicyUpkeep& policies) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    policies.clean([&] { return std::chrono::steady_clock::now() < deadline; });
}

}  // namespace

std::vector<service::Job> background_jobs(JobsOf of) {
    const auto ago = [&clock = of.clock](std::chrono::nanoseconds age) {
        return clock.now() - std::chrono::duration_cast<std::chrono::microseconds>(age);
    };
    store::ExpiryStore& expiry = of.expiry;
    // What fleetctl triggers under this name: everything that tidies up or counts.
    const char* const kTidying = "cleanups_then_aggregation";
    std::vector<service::Job> jobs{
        {"live_query_cleanup", 15s, [&live = of.live_queries] { live.clean_up(); }},
        {"query_stats",
         10min,
         [&queries = of.queries] { queries.refresh_stats(queries.with_stats()); },
         kTidying},
        {"software_counts", 10s, sparing([&software = of.software, &clock = of.clock] {
             software.count(clock.now());
         })},
        {"unfilled_labels", 1min, [&labels = of.labels] { labels.finish_filling(); }},
        {"policy_answers", 10s, [&policies = of.policies] { clean_policies(policies); }},
        {"policy_orphans", 1h, [&policies = of.policies] { policies.find_orphans(); }},
        {"policy_history",
         1h,
         [&policies = of.policies, &clock = of.clock] { policies.record_day(clock.now()); }},
        {"host_history", 5min, sparing([&history = of.host_history] { history.record(); })},
        {"unused_software", 1h, [&software = of.software] { software.collect(); }, kTidying},
        {"expired_sessions",
         10min,
         [&expiry, ago, age = of.session_duration] {
             while (expiry.delete_sessions_unused_since(ago(age))) {
             }
         },
         kTidying},
        {"expired_account_links",
         10min,
         [&links = of.account_links, &sso = of.sso, &clock = of.clock] {
             while (links.delete_expired(clock.now())) {
             }
             while (sso.delete_expired(clock.now())) {
             }
         },
         kTidying},
        {"expired_carves",
         10min,
         [&expiry, ago] {
             while (expiry.expire_carves_before(ago(24h))) {
             }
         },
         kTidying},
        {"forgotten_deletions",
         1h,
         [&expiry, ago] {
             while (expiry.delete_host_deletions_before(ago(24h))) {
             }
         },
         kTidying},
        {"unsaved_queries",
         1h,
         [&expiry, ago] {
             while (expiry.delete_unsaved_queries_before(ago(7 * 24h))) {
             }
         },
         kTidying},
        {"expired_hosts", 1h, [&old = of.old_things] { old.expire_hosts(); }, kTidying},
        {"expired_activities", 1h, [&old = of.old_things] { old.expire_activities(); }, kTidying},
    };
    if (of.audit_log != nullptr) {
        jobs.push_back({"activities_streaming", 10s, [&log = *of.audit_log] { log.stream(); }, {}});
    }
    return jobs;
}

bool live_queries_disabled(store::AppConfigStore& configs) {
    const json::Value config = json::Value::parse(configs.load().json, nullptr, false);
    if (!config.is_object()) return false;
    const auto settings = config.find("server_settings");
    if (settings == config.end() || !settings->is_object()) return false;
    const auto disabled = settings->find("live_query_disabled");
    return disabled != settings->end() && disabled->is_boolean() && disabled->get<bool>();
}

std::chrono::milliseconds live_query_wait() {
    const char* text = std::getenv("FLEET_LIVE_QUERY_REST_PERIOD");
    const auto period = text == nullptr ? std::nullopt : parse_go_duration(text);
    if (!period || period->count() <= 0) return 25s;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*period);
}

}  // namespace fleet::main
