#include "perf/run/log_poster.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

constexpr std::size_t kHugeLine = 1'000'000;

}  // namespace

void LogPoster::due(Host& host, const Timer& timer) {
    if (!timer.retry && desk_.options().log_lines > 0) invent(host);
    if (!enroller_.ready(host, Activity::log)) return;
    post(host, Stream::results, timer.at);
}

/// Lines for load tests that need no schedule on the server.
void LogPoster::invent(Host& host) {
    auto& logger = desk_.cold(host).logger;
    if (!logger) logger = std::make_unique<Logger>();
    const auto profile = desk_.profile_of(host);
    LineHead head;
    head.host_identifier = profile.uuid;
    head.osquery_version = desk_.options().osquery_version;
    head.unix_time = desk_.unix_now();
    head.decorations =
        fmt::format(R"({{"host_uuid":"{}","hostname":"{}"}})", profile.uuid, profile.hostname);
    const auto lines = desk_.options().log_lines;
    for (std::uint32_t i = 0; i < lines; ++i) {
        auto row = fmt::format(
            R"({{"cmdline":"/usr/bin/example --number {}","name":"example","path":"/usr/bin/example","pid":"{}"}})",
            i,
            1000 + desk_.jitter().next() % 30000
        );
        const auto percent = desk_.options().huge_line_percent;
        if (percent > 0 && desk_.jitter().fraction() * 100 < percent) {
            row.pop_back();
            append_json_member(row, "padding", std::string(kHugeLine, 'x'));
            row += '}';
            desk_.recorder().update([](RunStats& stats) { ++stats.huge_lines; });
        }
        auto id = desk_.next_line_id(host);
        if (!id.empty()) row = with_line_id(row, id);
        logger->results.queue.push(
            {event_line(head, "fleet_perf_processes", 1, row, "added"), std::move(id)}
        );
    }
    for (std::uint32_t i = 0; i < (lines + 9) / 10; ++i) {
        logger->statuses.queue.push(
            {status_line(head, 0, "Executing scheduled query fleet_perf_processes"), {}}
        );
    }
}

void LogPoster::post(Host& host, Stream stream, Desk::Clock::time_point intended) {
    const auto now = Desk::Clock::now();
    const auto* warm = desk_.warm(host);
    for (const auto which : {Stream::results, Stream::statuses}) {
        if (which < stream || warm == nullptr || !warm->logger) continue;
        const auto& logger = *warm->logger;
        const auto& lines = which == Stream::results ? logger.results : logger.statuses;
        if (lines.queue.empty() || now < lines.not_before) continue;
        if (desk_.options().profile != AnswerProfile::compat) return send(host, which, intended);
        return desk_.get(host, Endpoint::version, intended, static_cast<std::uint32_t>(which));
    }
    desk_.rest(host, Activity::log, desk_.config_of(host).intervals.logger);
}

void LogPoster::send(Host& host, Stream stream, Desk::Clock::time_point intended) {
    const bool results = stream == Stream::results;
    auto& logger = *desk_.cold(host).logger;
    auto& lines = results ? logger.results : logger.statuses;
    const auto& settings = desk_.config_of(host).settings;
    const auto limit = static_cast<std::size_t>(std::max(settings.logger_max_lines, 1));
    NodeKey::Buffer buffer;
    const auto key = desk_.key_of(host, buffer);
    const auto body = lines.queue.take(limit, results ? "result" : "status", key);
    desk_.send(host, Endpoint::log, body, intended, static_cast<std::uint32_t>(stream));
}

void LogPoster::on_version(Host& host, const Request& request, const Reply& reply) {
    if (!desk_.hear_idle(request, reply)) {
        const auto heard = desk_.hear(request, reply);
        if (heard.ok && heard.document.contains("version"))
            desk_.call_idle(request, reply);
        else if (heard.ok)
            desk_.complain(Endpoint::version, "no version");
    }
    send(host, static_cast<Stream>(request.tag), Desk::Clock::now());
}

void LogPoster::on_reply(Host& host, const Request& request, const Reply& reply) {
    bool ok = desk_.hear_idle(request, reply);
    if (!ok) {
        const auto heard = desk_.hear(request, reply);
        ok = heard.ok;
        if (ok && heard.document.empty()) desk_.call_idle(request, reply);
        if (heard.node_invalid) enroller_.invalidate(host, request);
    }
    const auto stream = static_cast<Stream>(request.tag);
    auto& logger = *desk_.cold(host).logger;
    auto& lines = stream == Stream::results ? logger.results : logger.statuses;
    const auto now = Desk::Clock::now();
    if (ok) {
        const auto before = lines.queue.size();
        desk_.shared().oracle.append(lines.queue.acknowledged());
        const auto count = before - lines.queue.size();
        desk_.recorder().update([&](RunStats& stats) { stats.lines_acknowledged += count; });
        lines.failures = 0;
        lines.not_before = {};
    } else {
        lines.queue.refused();
        ++lines.failures;
        const auto& config = desk_.config_of(host);
        const Desk::Clock::duration cap = std::chrono::seconds{config.settings.logger_backoff_max};
        const Desk::Clock::duration wait =
            config.intervals.logger * lines.failures * lines.failures;
        lines.not_before = now + std::min(wait, cap);
    }
    if (stream == Stream::results && host.enrolment == Host::Enrolment::done) {
        return post(host, Stream::statuses, now);
    }
    desk_.rest(host, Activity::log, desk_.config_of(host).intervals.logger);
}

}  // namespace fleet::perf
