#include "perf/run/config_poller.hpp"

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

constexpr unsigned kMaxAttempts = 3;  // --config_tls_max_attempts
constexpr std::size_t kMaxKnown = 512;

}  // namespace

void ConfigPoller::due(Host& host, const Timer& timer) {
    auto& poll = host.config_poll;
    if (!timer.retry) {
        poll.busy = true;
        poll.intended = timer.at;
    }
    if (!enroller_.ready(host, Activity::config)) return;
    std::string body = "{";
    append_json_member(body, "node_key", host.node_key);
    desk_.send(host, Endpoint::config, body + '}', timer.at);
}

void ConfigPoller::on_reply(Host& host, const Request& request, const Reply& reply) {
    auto& poll = host.config_poll;
    bool good = false;
    const bool seen = !request.wrong_key && reply.failure == Failure::none && reply.status == 200 &&
                      known_.contains(reply.body);
    if (seen) {
        desk_.recorder().answered(request.endpoint, reply.at - request.intended);
        good = true;
    } else {
        const auto heard = desk_.hear(request, reply);
        good = heard.ok || request.wrong_key;
        if (heard.node_invalid && !request.wrong_key) enroller_.invalidate(host, request.node_key);
        if (heard.ok && heard.document.empty() && host.config) {
            desk_.complain(Endpoint::config, "empty configuration for a host that had one");
        }
    }
    if (good && !request.wrong_key) apply(host, reply.body);
    if (!good && ++poll.attempt < kMaxAttempts) {
        desk_.retry_later(host, Activity::config, poll.attempt);
        return;
    }
    desk_.rest(host, poll, Activity::config, desk_.config_of(host).intervals.config);
}

std::shared_ptr<const AgentConfig> ConfigPoller::parsed(const std::string& document) {
    if (const auto found = known_.find(document); found != known_.end()) return found->second;
    auto config = read_config(document, desk_.base());
    if (config == nullptr) return nullptr;
    for (const auto& warning : config->warnings)
        desk_.complain(Endpoint::config, warning);
    if (known_.size() >= kMaxKnown) known_.clear();
    known_.emplace(document, config);
    return config;
}

void ConfigPoller::apply(Host& host, const std::string& document) {
    auto config = parsed(document);
    // The same text as before changes nothing.
    if (config == nullptr || config == host.config) return;
    host.config = std::move(config);
    if (host.config->queries.empty() && !host.schedule) return;
    if (!host.schedule) host.schedule = std::make_unique<HostSchedule>();
    const Presence presence{host, desk_};
    Engine::Batch batch{desk_.engine_of(host), presence.context};
    host.schedule->configure(
        host.config,
        presence.profile,
        desk_.options().osquery_version,
        batch,
        desk_.jitter(),
        Desk::Clock::now()
    );
    arm(host);
}

void ConfigPoller::arm(Host& host) {
    const auto next = host.schedule->next_due();
    // An earlier timer is on its way already and will arm the next one.
    if (host.schedule->empty() || next >= host.schedule_armed) return;
    host.schedule_armed = next;
    desk_.timers().add({next, host.index, Activity::schedule, true});
}

void ConfigPoller::run_schedule(Host& host, const Timer& timer) {
    if (timer.at != host.schedule_armed) return;  // a sooner one has taken its place
    host.schedule_armed = Desk::Clock::time_point::max();
    const Presence presence{host, desk_};
    LineHead head;
    head.host_identifier = presence.profile.uuid;
    head.osquery_version = desk_.options().osquery_version;
    head.unix_time = presence.context.now;
    HostSchedule::Output output;
    {
        Engine::Batch batch{desk_.engine_of(host), presence.context};
        output = host.schedule->run_due(Desk::Clock::now(), batch, head, [&] {
            return desk_.next_line_id(host);
        });
    }
    if (!host.logger) host.logger = std::make_unique<Logger>();
    for (auto& line : output.results)
        host.logger->results.queue.push(std::move(line));
    for (auto& line : output.statuses)
        host.logger->statuses.queue.push(std::move(line));
    arm(host);
}

}  // namespace fleet::perf
