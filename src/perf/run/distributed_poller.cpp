#include "perf/run/distributed_poller.hpp"

#include <algorithm>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

constexpr std::chrono::seconds kAccelerated{5};
constexpr std::size_t kMaxKeptResults = 2000;

unsigned max_attempts(const AgentConfig& config) {
    return static_cast<unsigned>(std::clamp(config.settings.distributed_attempts, 1, 20));
}

}  // namespace

void DistributedPoller::due(Host& host, const Timer& timer) {
    auto& poll = host.read_poll;
    if (!timer.retry) {
        poll.busy = true;
        poll.intended = timer.at;
    }
    if (!enroller_.ready(host, Activity::read)) return;
    std::string body = "{";
    append_json_member(body, "node_key", host.node_key);
    desk_.send(host, Endpoint::read, body + '}', timer.at);
}

void DistributedPoller::on_read(Host& host, const Request& request, const Reply& reply) {
    auto& poll = host.read_poll;
    const auto heard = desk_.hear(request, reply);
    if (request.wrong_key) return rest(host);
    if (heard.node_invalid) enroller_.invalidate(host, request.node_key);
    if (!heard.ok) {
        if (++poll.attempt < max_attempts(desk_.config_of(host))) {
            desk_.retry_later(host, Activity::read, poll.attempt);
            return;
        }
        return rest(host);
    }
    answer(host, heard.document);
    poll.attempt = 0;
    if (host.results && !host.results->empty()) return write(host, Desk::Clock::now());
    rest(host);
}

void DistributedPoller::answer(Host& host, const nlohmann::json& document) {
    const auto work = read_work(document);
    for (const auto& problem : work.problems)
        desk_.complain(Endpoint::read, problem);
    if (!work.usable) return;
    const auto now = Desk::Clock::now();
    if (work.accelerate > 0) host.accelerated_until = now + std::chrono::seconds{work.accelerate};
    if (work.queries.empty()) return;
    Presence presence{host, desk_};
    std::optional<std::vector<WorkResult>> results;
    {
        Engine::Batch batch{desk_.engine_of(host), presence.context};
        results = run_work(work, batch);
    }
    if (!results) {
        desk_.complain(Endpoint::read, "a discovery query failed: nothing was run");
        return;
    }
    carver_.add(host, presence.profile, std::move(presence.carves));
    desk_.recorder().update([&](RunStats& stats) {
        for (const auto& result : *results) {
            ++stats.queries_run;
            if (!result.outcome.ok()) ++stats.queries_failed;
        }
    });
    keep(host, std::move(*results));
}

/// Results that could not be delivered go out with the next ones; a newer result of the same
/// query replaces an older one.
void DistributedPoller::keep(Host& host, std::vector<WorkResult> results) {
    if (!host.results) host.results = std::make_unique<std::vector<WorkResult>>();
    auto& kept = *host.results;
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
    desk_.send(host, Endpoint::write, write_body(*host.results, host.node_key), intended);
}

void DistributedPoller::on_write(Host& host, const Request& request, const Reply& reply) {
    const auto heard = desk_.hear(request, reply);
    if (heard.ok) {
        host.results.reset();
        return rest(host);
    }
    if (heard.node_invalid) enroller_.invalidate(host, request.node_key);
    auto& poll = host.read_poll;
    if (++poll.attempt < max_attempts(desk_.config_of(host))) {
        desk_.retry_later(host, Activity::write, poll.attempt);
        return;
    }
    rest(host);
}

void DistributedPoller::rest(Host& host) {
    auto interval = desk_.config_of(host).intervals.distributed;
    if (Desk::Clock::now() < host.accelerated_until) interval = kAccelerated;
    desk_.rest(host, host.read_poll, Activity::read, interval);
}

}  // namespace fleet::perf
