#include "perf/run/desk.hpp"

#include <fmt/format.h>

#include <ctime>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;

/// A virtual host's query must not hold up the others of its thread.
constexpr auto kVirtualLimit = 500ms;
constexpr auto kMachineLimit = 10s;

ErrorKind kind_of(Failure failure) {
    switch (failure) {
        case Failure::connect:
            return ErrorKind::connect;
        case Failure::tls:
            return ErrorKind::tls;
        case Failure::timeout:
            return ErrorKind::timeout;
        case Failure::malformed:
            return ErrorKind::malformed;
        case Failure::closed:
        case Failure::none:
            break;
    }
    return ErrorKind::closed;
}

int shown_seconds(std::chrono::milliseconds interval) {
    return static_cast<int>(std::max<std::int64_t>((interval.count() + 999) / 1000, 1));
}

}  // namespace

Presence::Presence(const Host& host, const Desk& desk)
    : profile{desk.profile_of(host)},
      context{
          profile,
          desk.config_of(host).settings,
          desk.options().osquery_version,
          desk.config_of(host).hash,
          desk.unix_now(),
          desk.shared().started_at,
          {},
          &carves} {
    if (host.schedule) {
        context.schedule = [plan = host.schedule.get()] { return plan->rows(); };
    }
}

Desk::Desk(const Options& options, RunShared& shared, Recorder& recorder)
    : options_{options},
      shared_{shared},
      recorder_{recorder},
      jitter_{
          mix(options.seed) ^ static_cast<std::uint64_t>(Clock::now().time_since_epoch().count())} {
    base_.obey = options.obey_config;
    base_.intervals = {
        options.distributed_interval, options.config_interval, options.logger_interval};
    base_.settings.distributed_interval = shown_seconds(options.distributed_interval);
    base_.settings.config_refresh = shown_seconds(options.config_interval);
    base_.settings.logger_period = shown_seconds(options.logger_interval);
    auto initial = std::make_shared<AgentConfig>();
    initial->settings = base_.settings;
    initial->intervals = base_.intervals;
    initial_ = std::move(initial);
    if (options.this_machine) machine_ = machine::profile();
}

Profile Desk::profile_of(const Host& host) const {
    if (is_this_machine(host)) return machine_.value();
    return make_profile(options_.seed, host.index, host.flavor);
}

Engine& Desk::engine_of(const Host& host) {
    const auto family = is_this_machine(host) ? Family::this_machine : family_of(host.flavor);
    auto& engine = engines_.at(static_cast<std::size_t>(family));
    if (!engine) {
        const std::chrono::milliseconds limit =
            family == Family::this_machine ? kMachineLimit : kVirtualLimit;
        engine = std::make_unique<Engine>(make_tables(family), limit);
    }
    return *engine;
}

const AgentConfig& Desk::config_of(const Host& host) const {
    return host.config ? *host.config : *initial_;
}

void Desk::send(
    Host& host, Endpoint endpoint, std::string body, Clock::time_point intended, std::uint32_t tag
) {
    Request request;
    request.endpoint = endpoint;
    request.host = host.index;
    request.intended = intended;
    request.body = std::move(body);
    request.node_key = host.node_key;
    request.tag = tag;
    const bool poll = endpoint == Endpoint::config || endpoint == Endpoint::read;
    if (poll && options_.wrong_key_percent > 0 &&
        jitter_.fraction() * 100 < options_.wrong_key_percent) {
        request.wrong_key = true;
        request.node_key = fmt::format("wrong-{:016x}", jitter_.next());
        request.body = "{";
        append_json_member(request.body, "node_key", request.node_key);
        request.body += '}';
    }
    const auto& settings = config_of(host).settings;
    request.gzip = endpoint == Endpoint::log && (options_.gzip_logs || settings.logger_compress);
    if (endpoint == Endpoint::enroll) request.node_key.clear();
    recorder_.sent(endpoint);
    transport_->submit(std::move(request));
}

Heard Desk::hear(const Request& request, const Reply& reply) {
    Heard heard;
    if (reply.failure != Failure::none) {
        recorder_.error(request.endpoint, kind_of(reply.failure), reply.reason);
        return heard;
    }
    recorder_.answered(request.endpoint, reply.at - request.intended);
    auto answer = judge(reply.body);
    heard.ok = answer.ok();
    heard.node_invalid = answer.verdict == Verdict::node_invalid;
    const auto said = fmt::format("{} {}", reply.status, answer.text);
    if (request.wrong_key) {
        const bool refused = heard.node_invalid && reply.status == 401;
        if (refused)
            recorder_.update([](RunStats& stats) { ++stats.wrong_key_refused; });
        else
            recorder_.error(
                request.endpoint, ErrorKind::shape, "a wrong node key was not refused: " + said
            );
        return heard;
    }
    switch (answer.verdict) {
        case Verdict::not_json:
            recorder_.error(
                request.endpoint,
                ErrorKind::not_json,
                fmt::format("{} {}", reply.status, reply.body)
            );
            return heard;
        case Verdict::node_invalid:
            recorder_.error(request.endpoint, ErrorKind::node_invalid, said);
            return heard;
        case Verdict::error:
            recorder_.error(request.endpoint, ErrorKind::error_member, said);
            return heard;
        case Verdict::success:
            break;
    }
    // osqueryd would not mind these, but a server must not answer so.
    if (reply.status != 200)
        recorder_.error(request.endpoint, ErrorKind::status, said);
    else if (reply.body.empty())
        complain(request.endpoint, "empty body");
    else if (!answer.document.is_object())
        complain(request.endpoint, "not an object");
    heard.document = std::move(answer.document);
    return heard;
}

void Desk::complain(Endpoint endpoint, std::string_view text) {
    recorder_.error(endpoint, ErrorKind::shape, text);
}

void Desk::rest(Host& host, Poll& poll, Activity activity, std::chrono::milliseconds interval) {
    const auto now = Clock::now();
    poll.busy = false;
    poll.attempt = 0;
    Clock::duration period = interval;
    if (poll.first) {
        // Hosts that started together spread over the period once, then keep to it.
        poll.first = false;
        period = std::chrono::duration_cast<Clock::duration>(period * jitter_.fraction());
    }
    if (options_.pacing == Pacing::osquery) {
        poll.intended = now + period;
    } else {
        poll.intended += period;
        // Of several missed ticks the last is made up for; a host has no queue of polls.
        std::uint64_t skipped = 0;
        for (; poll.intended + interval <= now; ++skipped)
            poll.intended += interval;
        if (skipped > 0) recorder_.update([&](RunStats& stats) { stats.skipped_ticks += skipped; });
    }
    timers_.add({poll.intended, host.index, activity, false});
}

void Desk::retry_later(const Host& host, Activity activity, unsigned attempt) {
    timers_.add({Clock::now() + std::chrono::seconds{attempt * attempt}, host.index, activity, true}
    );
}

void Desk::at(const Host& host, Activity activity, Clock::time_point when) {
    timers_.add({when, host.index, activity, true});
}

std::string Desk::next_line_id(const Host& host) {
    if (!shared_.oracle.on()) return {};
    return fmt::format("{}-{}-{}", shared_.run_id, host.index, ++line_number_);
}

std::int64_t Desk::unix_now() const {
    return static_cast<std::int64_t>(std::time(nullptr));
}

}  // namespace fleet::perf
