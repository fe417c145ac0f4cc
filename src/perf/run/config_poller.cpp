#include "perf/run/config_poller.hpp"

namespace fleet::perf {
namespace {

constexpr unsigned kMaxAttempts = 3;  // --config_tls_max_attempts
constexpr std::string_view kAsBefore = R"({"etag":"ok"})";

}  // namespace

void ConfigPoller::due(Host& host, const Timer& timer) {
    if (!enroller_.ready(host, Activity::config)) return;
    std::string etag;
    if (desk_.options().etags) etag = R"(,"etag":")" + desk_.config_of(host).etag + '"';
    desk_.poll(host, Endpoint::config, timer.at, etag);
}

void ConfigPoller::on_reply(Host& host, const Request& request, const Reply& reply) {
    auto& attempt = host.attempt(Activity::config);
    desk_.recorder().update([&](RunStats& stats) { stats.config_bytes += reply.body.size(); });
    bool good = false;
    // Only for an agent that has a document is "as before" an answer.
    const bool as_before =
        desk_.options().etags && reply.body == kAsBefore && host.config != ConfigShelf::kInitial;
    const bool plain = !request.wrong_key && reply.failure == Failure::none && reply.status == 200;
    if (plain && (as_before || desk_.configs().is(host.config, reply.body) ||
                  desk_.configs().find(reply.body))) {
        desk_.recorder().answered(request.endpoint, reply.at - request.intended);
        good = true;
    } else {
        const auto heard = desk_.hear(request, reply);
        good = heard.ok || request.wrong_key;
        if (heard.node_invalid && !request.wrong_key) enroller_.invalidate(host, request);
        if (heard.ok && heard.document.empty() && host.config != ConfigShelf::kInitial) {
            desk_.complain(Endpoint::config, "empty configuration for a host that had one");
        }
    }
    if (good && !request.wrong_key && !as_before) apply(host, reply.body);
    if (!good && ++attempt < kMaxAttempts) {
        desk_.retry_later(host, Activity::config, attempt);
        return;
    }
    desk_.rest(host, Activity::config, desk_.config_of(host).intervals.config);
}

std::optional<ConfigShelf::Id> ConfigPoller::shelved(std::string_view document) {
    if (const auto known = desk_.configs().find(document)) return known;
    auto config = read_config(document, desk_.base());
    if (config == nullptr) return std::nullopt;
    for (const auto& warning : config->warnings)
        desk_.complain(Endpoint::config, warning);
    return desk_.configs().put(std::string{document}, std::move(config));
}

void ConfigPoller::apply(Host& host, std::string_view document) {
    // The same text as before changes nothing.
    if (desk_.configs().is(host.config, document)) return;
    const auto id = shelved(document);
    if (!id) return;
    desk_.configs().exchange(host.config, *id);
    const auto& config = desk_.configs().at(*id);
    const auto* warm = desk_.warm(host);
    if (config->queries.empty() && (warm == nullptr || !warm->schedule)) return;
    auto& schedule = desk_.cold(host).schedule;
    if (!schedule) schedule = std::make_unique<HostSchedule>();
    const Presence presence{host, desk_};
    Engine::Batch batch{desk_.engine_of(host), presence.context};
    schedule->configure(
        config,
        presence.profile,
        desk_.options().osquery_version,
        batch,
        desk_.jitter(),
        Desk::Clock::now()
    );
    arm(host);
}

void ConfigPoller::arm(Host& host) {
    auto& cold = desk_.cold(host);
    const auto next = cold.schedule->next_due();
    // An earlier timer is on its way already and will arm the next one.
    if (cold.schedule->empty() || next >= cold.schedule_armed) return;
    cold.schedule_armed = next;
    desk_.at(host, Activity::schedule, next);
}

void ConfigPoller::run_schedule(Host& host) {
    auto& cold = desk_.cold(host);
    // Timers are not cancelled: one that a sooner one has replaced finds nothing to do.
    if (!cold.schedule || Desk::Clock::now() < cold.schedule_armed) return;
    cold.schedule_armed = Desk::Clock::time_point::max();
    const Presence presence{host, desk_};
    LineHead head;
    head.host_identifier = presence.profile.uuid;
    head.osquery_version = desk_.options().osquery_version;
    head.unix_time = presence.context.now;
    HostSchedule::Output output;
    {
        Engine::Batch batch{desk_.engine_of(host), presence.context};
        output = cold.schedule->run_due(Desk::Clock::now(), batch, head, [&] {
            return desk_.next_line_id(host);
        });
    }
    if (!cold.logger) cold.logger = std::make_unique<Logger>();
    for (auto& line : output.results)
        cold.logger->results.queue.push(std::move(line));
    for (auto& line : output.statuses)
        cold.logger->statuses.queue.push(std::move(line));
    arm(host);
}

}  // namespace fleet::perf
