#include "perf/run/distributed_poller.hpp"

#include <algorithm>
#include <utility>

namespace fleet::perf {
namespace {

constexpr std::chrono::seconds kAccelerated{5};
constexpr std::size_t kMaxKeptResults = 2000;

unsigned max_attempts(const AgentConfig& config) {
    return static_cast<unsigned>(std::clamp(config.settings.distributed_attempts, 1, 20));
}

}  // namespace

void DistributedPoller::due(Host& host, const Timer& timer) {
    if (enroller_.ready(host, Activity::read)) desk_.poll(host, Endpoint::read, timer.at);
}

void DistributedPoller::on_read(Host& host, const Request& request, const Reply& reply) {
    auto& attempt = host.attempt(Activity::read);
    if (desk_.hear_idle(request, reply)) {
        // What an earlier write could not deliver still waits.
        if (has_results(host)) return write(host, Desk::Clock::now());
        return rest(host);
    }
    const auto heard = desk_.hear(request, reply);
    if (request.wrong_key) return rest(host);
    if (heard.node_invalid) enroller_.invalidate(host, request);
    if (!heard.ok) {
        if (++attempt < max_attempts(desk_.config_of(host))) {
            desk_.retry_later(host, Activity::read, attempt);
            return;
        }
        return rest(host);
    }
    if (answer(host, heard.document) == Outcome::nothing_to_do) desk_.call_idle(request, reply);
    attempt = 0;
    if (has_results(host)) return write(host, Desk::Clock::now());
    rest(host);
}

bool DistributedPoller::has_results(const Host& host) const {
    const auto* warm = std::as_const(desk_).warm(host);
    return warm != nullptr && !warm->results.empty();
}

DistributedPoller::Outcome DistributedPoller::answer(Host& host, const nlohmann::json& document) {
    const auto work = read_work(document);
    for (const auto& problem : work.problems)
        desk_.complain(Endpoint::read, problem);
    if (!work.usable) return Outcome::something;
    if (work.accelerate > 0) {
        desk_.cold(host).accelerated_until =
            Desk::Clock::now() + std::chrono::seconds{work.accelerate};
    }
    if (work.queries.empty()) {
        const bool nothing = work.problems.empty() && work.accelerate == 0;
        return nothing ? Outcome::nothing_to_do : Outcome::something;
    }
    Presence presence{host, desk_};
    std::optional<std::vector<WorkResult>> results;
    {
        Engine::Batch batch{desk_.engine_of(host), presence.context};
        const auto instead = [&](std::string_view query) {
            return habits_.instead(query, presence.profile.key, presence.context.now);
        };
        results = run_work(work, batch, instead);
    }
    if (!results) {
        desk_.complain(Endpoint::read, "a discovery query failed: nothing was run");
        return Outcome::something;
    }
    carver_.add(host, presence.profile, std::move(presence.carves));
    desk_.recorder().update([&](RunStats& stats) {
        for (const auto& result : *results) {
            ++stats.queries_run;
            if (!result.outcome.ok()) ++stats.queries_failed;
        }
    });
    keep(host, std::move(*results));
    return Outcome::something;
}

/// Results that could not be delivered go out with the next ones; a newer result of the same
/// query replaces an older one.
void DistributedPoller::keep(Host& host, std::vector<WorkResult> results) {
    auto& kept = desk_.cold(host).results;
    std::erase_if(kept, [&](const WorkResult& old) {
        return std::any_of(results.begin(), results.end(), [&](const WorkResult& fresh) {
            return fresh.name == old.name;
        });
    });
    for (auto& result : results)
        kept.push_back(std::move(result));
    if (kept.size() > kMaxKeptResults) {
        kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(kMaxKeptResults));
    }
}

void DistributedPoller::write(Host& host, Desk::Clock::time_point intended) {
    if (!enroller_.ready(host, Activity::write)) return;
    NodeKey::Buffer buffer;
    const auto body = write_body(desk_.cold(host).results, desk_.key_of(host, buffer));
    desk_.send(host, Endpoint::write, body, intended);
}

void DistributedPoller::on_write(Host& host, const Request& request, const Reply& reply) {
    bool ok = desk_.hear_idle(request, reply);
    if (!ok) {
        const auto heard = desk_.hear(request, reply);
        ok = heard.ok;
        if (ok && heard.document.empty()) desk_.call_idle(request, reply);
        if (heard.node_invalid) enroller_.invalidate(host, request);
    }
    if (ok) {
        if (desk_.shared().answers.on()) note_answers(host, request, reply);
        desk_.cold(host).results.clear();
        return rest(host);
    }
    auto& attempt = host.attempt(Activity::read);
    if (++attempt < max_attempts(desk_.config_of(host))) {
        desk_.retry_later(host, Activity::write, attempt);
        return;
    }
    rest(host);
}

void DistributedPoller::note_answers(const Host& host, const Request& request, const Reply& reply) {
    constexpr std::string_view kLivePrefix = "fleet_distributed_query_";
    const auto* warm = std::as_const(desk_).warm(host);
    const auto on_the_wall = [now = Desk::Clock::now()](Desk::Clock::time_point at) {
        const auto ago = std::chrono::duration_cast<std::chrono::system_clock::duration>(now - at);
        return std::chrono::system_clock::now() - ago;
    };
    for (const auto& result : warm->results) {
        const std::string_view name = result.name;
        if (!name.starts_with(kLivePrefix)) continue;
        desk_.shared().answers.append(
            name.substr(kLivePrefix.size()),
            desk_.profile_of(host).hostname,
            on_the_wall(request.intended),
            on_the_wall(reply.at)
        );
    }
}

void DistributedPoller::rest(Host& host) {
    auto interval = desk_.config_of(host).intervals.distributed;
    const auto* warm = desk_.warm(host);
    if (warm != nullptr && Desk::Clock::now() < warm->accelerated_until) interval = kAccelerated;
    desk_.rest(host, Activity::read, interval);
}

}  // namespace fleet::perf
