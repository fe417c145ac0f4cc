#include "perf/run/desk.hpp"

#include <fmt/format.h>

#include <ctime>
#include <utility>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;

/// A virtual host's query must not hold up the others of its thread.
constexpr auto kVirtualLimit = 500ms;
constexpr auto kMachineLimit = 10s;

/// 10 common ones, 10 vulnerable ones and one of their own.
constexpr std::uint32_t kCompatMacApps = 21;

constexpr std::uint8_t kAllPolls = (1U << kPolls) - 1;

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

ConfigBase first_config(const Options& options) {
    ConfigBase base;
    base.obey = options.obey_config;
    base.intervals = {
        options.distributed_interval, options.config_interval, options.logger_interval};
    base.settings.distributed_interval = shown_seconds(options.distributed_interval);
    base.settings.config_refresh = shown_seconds(options.config_interval);
    base.settings.logger_period = shown_seconds(options.logger_interval);
    return base;
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
          {},
          &carves} {
    context.software.churn = desk.options().profile == AnswerProfile::honest;
    if (desk.options().profile == AnswerProfile::compat) context.software.mac_apps = kCompatMacApps;
    const auto* warm = desk.warm(host);
    if (warm != nullptr && warm->schedule) {
        context.schedule = [plan = warm->schedule.get()] { return plan->rows(); };
    }
}

Desk::Desk(const Options& options, RunShared& shared, Recorder& recorder, const HostRange& range)
    : options_{options},
      shared_{shared},
      recorder_{recorder},
      range_{range},
      hosts_(range.count),
      cold_(1),  // number 0 stands for none
      writer_{options},
      timers_{range.count},
      jitter_{
          mix(options.seed) ^ static_cast<std::uint64_t>(Clock::now().time_since_epoch().count())},
      base_{first_config(options)},
      configs_{std::make_shared<AgentConfig>(AgentConfig{
          .settings = base_.settings, .intervals = base_.intervals})} {
    if (options.this_machine) machine_ = machine::profile();
    for (auto& host : hosts_) {
        if (!is_this_machine(host)) host.flavor = flavor_at(options.platforms, index_of(host));
    }
}

Profile Desk::profile_of(const Host& host) const {
    if (is_this_machine(host)) return machine_.value();
    return make_profile(options_.seed, index_of(host), host.flavor);
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

ColdParts& Desk::cold(Host& host) {
    if (host.cold == 0) {
        if (free_cold_.empty()) {
            free_cold_.push_back(static_cast<std::uint32_t>(cold_.size()));
            cold_.emplace_back();
        }
        host.cold = free_cold_.back();
        free_cold_.pop_back();
        cold_[host.cold] = std::make_unique<ColdParts>();
    }
    return *cold_[host.cold];
}

void Desk::settle(Host& host) {
    if (host.cold == 0 || !cold_[host.cold]->is_empty(Clock::now())) return;
    cold_[host.cold].reset();
    free_cold_.push_back(host.cold);
    host.cold = 0;
}

std::string_view Desk::key_of(const Host& host, NodeKey::Buffer& buffer) const {
    if (const auto* parts = warm(host); parts != nullptr && !parts->long_key.empty())
        return parts->long_key;
    return host.key.text(buffer);
}

void Desk::set_key(Host& host, std::string_view key) {
    ++host.key_number;
    const auto packed = NodeKey::pack(key);
    host.key = packed.value_or(NodeKey{});
    if (auto* parts = warm(host)) parts->long_key.clear();
    if (!packed) cold(host).long_key = key;
}

Request Desk::request_for(const Host& host, Endpoint endpoint, Clock::time_point intended) {
    Request request;
    request.endpoint = endpoint;
    request.host = place_of(host);
    request.key_number = host.key_number;
    request.intended = intended;
    request.message = transport_->blank();
    recorder_.sent(endpoint);
    return request;
}

void Desk::poll(Host& host, Endpoint endpoint, Clock::time_point intended, std::string_view more) {
    auto request = request_for(host, endpoint, intended);
    NodeKey::Buffer buffer;
    auto key = key_of(host, buffer);
    std::string wrong;
    if (options_.wrong_key_percent > 0 && jitter_.fraction() * 100 < options_.wrong_key_percent) {
        request.wrong_key = true;
        wrong = fmt::format("wrong-{:016x}", jitter_.next());
        key = wrong;
    }
    writer_.poll(endpoint, key, request.message, more);
    transport_->submit(std::move(request));
}

void Desk::send(
    Host& host,
    Endpoint endpoint,
    std::string_view body,
    Clock::time_point intended,
    std::uint32_t tag
) {
    auto request = request_for(host, endpoint, intended);
    request.tag = tag;
    const bool pack = endpoint == Endpoint::log &&
                      (options_.gzip_logs || config_of(host).settings.logger_compress);
    NodeKey::Buffer buffer;
    const auto key = endpoint == Endpoint::enroll ? std::string_view{} : key_of(host, buffer);
    writer_.post(endpoint, key, body, pack ? Packing::gzip : Packing::plain, request.message);
    transport_->submit(std::move(request));
}

void Desk::get(Host& host, Endpoint endpoint, Clock::time_point intended, std::uint32_t tag) {
    auto request = request_for(host, endpoint, intended);
    request.tag = tag;
    writer_.get(endpoint, request.message);
    transport_->submit(std::move(request));
}

bool Desk::hear_idle(const Request& request, const Reply& reply) {
    const auto& idle = idle_answers_.at(static_cast<std::size_t>(request.endpoint));
    const bool same = reply.failure == Failure::none && reply.status == 200 && !request.wrong_key &&
                      !idle.empty() && reply.body == idle;
    if (same) recorder_.answered(request.endpoint, reply.at - request.intended);
    return same;
}

void Desk::call_idle(const Request& request, const Reply& reply) {
    if (reply.status == 200)
        idle_answers_.at(static_cast<std::size_t>(request.endpoint)) = reply.body;
}

bool Desk::hear_wrong_key(const Request& request, const Reply& reply, const Answer& answer) {
    const bool refused = answer.verdict == Verdict::node_invalid && reply.status == 401;
    if (refused) {
        recorder_.update([](RunStats& stats) { ++stats.wrong_key_refused; });
    } else {
        recorder_.error(
            request.endpoint,
            ErrorKind::shape,
            fmt::format("a wrong node key was not refused: {} {}", reply.status, answer.text)
        );
    }
    return refused;
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
    if (request.wrong_key) {
        hear_wrong_key(request, reply, answer);
        return heard;
    }
    const auto count = [&](ErrorKind kind, std::string_view text) {
        recorder_.error(request.endpoint, kind, fmt::format("{} {}", reply.status, text));
    };
    switch (answer.verdict) {
        case Verdict::not_json:
            count(ErrorKind::not_json, reply.body);
            return heard;
        case Verdict::node_invalid:
            count(ErrorKind::node_invalid, answer.text);
            return heard;
        case Verdict::error:
            count(ErrorKind::error_member, answer.text);
            return heard;
        case Verdict::success:
            break;
    }
    // osqueryd would not mind these, but a server must not answer so.
    if (reply.status != 200)
        count(ErrorKind::status, answer.text);
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

/// Hosts that polled every second and now do so every ten would otherwise all come in the first.
void Desk::spread_anew(double rate) {
    rate_ = rate;
    for (auto& host : hosts_)
        host.spread = 0;
}

void Desk::rest(Host& host, Activity poll, std::chrono::milliseconds usual) {
    const double rate = shared_.rate_factor.load(std::memory_order_relaxed);
    if (rate != rate_) spread_anew(rate);
    const auto interval = std::chrono::duration_cast<Clock::duration>(usual / rate);
    const auto now = Clock::now();
    const auto place = place_of(host);
    const bool was_refused = std::exchange(host.attempt(poll), 0) > 0;
    settle(host);
    Clock::duration period = interval;
    const auto mark = static_cast<std::uint8_t>(1U << static_cast<unsigned>(poll));
    if ((host.spread & mark) == 0) {
        // Hosts that started together spread over the period once, then keep to it.
        host.spread = static_cast<std::uint8_t>(host.spread | mark) & kAllPolls;
        period = std::chrono::duration_cast<Clock::duration>(period * jitter_.fraction());
    }
    if (options_.pacing == Pacing::osquery) return timers_.tick(place, poll, now + period);
    auto next = timers_.tick_of(place, poll) + period;
    // Of several missed ticks the last is made up for; a host has no queue of polls. One that has
    // waited to try again has missed none by the server's being slow.
    const auto made_up = was_refused ? Clock::duration{} : interval;
    std::uint64_t skipped = 0;
    for (; next + made_up <= now; ++skipped)
        next += interval;
    // It goes out at once, late by the server's doing.
    if (next <= now) host.overdue = static_cast<std::uint8_t>(host.overdue | mark) & kAllPolls;
    if (skipped > 0) recorder_.update([&](RunStats& stats) { stats.skipped_ticks += skipped; });
    timers_.tick(place, poll, next);
}

void Desk::retry_later(const Host& host, Activity activity, unsigned attempt) {
    at(host, activity, Clock::now() + std::chrono::seconds{attempt * attempt});
}

void Desk::at(const Host& host, Activity activity, Clock::time_point when) {
    timers_.add(place_of(host), activity, when);
}

std::string Desk::next_line_id(const Host& host) {
    if (!shared_.oracle.on()) return {};
    return fmt::format("{}-{}-{}", shared_.run_id, index_of(host), ++line_number_);
}

std::int64_t Desk::unix_now() const {
    return static_cast<std::int64_t>(std::time(nullptr));
}

}  // namespace fleet::perf
