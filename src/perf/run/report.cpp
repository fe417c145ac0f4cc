#include "perf/run/report.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "perf/run/host.hpp"

namespace fleet::perf {
namespace {

std::string_view mode_name(ConnectionMode mode) {
    switch (mode) {
        case ConnectionMode::kept:
            return "kept";
        case ConnectionMode::pooled:
            return "pooled";
        case ConnectionMode::stock:
            break;
    }
    return "stock";
}

double millis(std::chrono::microseconds value) {
    return static_cast<double>(value.count()) / 1000.0;
}

double per_second(std::uint64_t count, const Report& report) {
    return report.elapsed.count() > 0 ? static_cast<double>(count) / report.elapsed.count() : 0;
}

std::string endpoint_row(Endpoint endpoint, const EndpointStats& stats, const Report& report) {
    return fmt::format(
        "{:<18}{:>10}{:>10.1f}{:>10.2f}{:>10.2f}{:>10.2f}{:>10.2f}{:>9}\n",
        endpoint_path(endpoint),
        stats.answered,
        per_second(stats.answered, report),
        millis(stats.latency.percentile(50)),
        millis(stats.latency.percentile(99)),
        millis(stats.latency.percentile(99.9)),
        millis(stats.latency.maximum()),
        stats.error_count()
    );
}

std::string error_rows(const RunStats& stats) {
    std::string text;
    for (std::size_t e = 0; e < kEndpoints; ++e) {
        for (std::size_t k = 0; k < kErrorKinds; ++k) {
            const auto count = stats.endpoints.at(e).errors.at(k);
            if (count == 0) continue;
            text += fmt::format(
                "  {:<18}{:<14}{:>8}\n",
                endpoint_path(static_cast<Endpoint>(e)),
                error_name(static_cast<ErrorKind>(k)),
                count
            );
        }
    }
    for (const auto& [sample, count] : stats.samples)
        text += fmt::format("  {:>6} x {}\n", count, sample);
    return text;
}

std::string fault_rows(const Report& report, const Options& options) {
    std::string text;
    if (options.wrong_key_percent > 0)
        text += fmt::format("wrong keys refused {}\n", report.stats.wrong_key_refused);
    if (options.huge_line_percent > 0)
        text += fmt::format("log lines of 1 MB {}\n", report.stats.huge_lines);
    if (report.transport.reconnected > 0) {
        text += fmt::format(
            "{} connections closed and opened again, the last was back after {} ms\n",
            report.transport.reconnected,
            std::chrono::duration_cast<std::chrono::milliseconds>(report.transport.all_back).count()
        );
    }
    for (std::size_t i = 0; i < kPests; ++i) {
        const auto opened = report.pests.opened.at(i);
        if (opened == 0) continue;
        text += fmt::format(
            "{}: {} opened, {} closed by the server, after {:.1f} s on average\n",
            pest_name(static_cast<Pest>(i)),
            opened,
            report.pests.closed.at(i),
            report.pests.seconds.at(i)
        );
    }
    return text;
}

nlohmann::ordered_json pests_json(const PestStats& pests) {
    auto json = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < kPests; ++i) {
        json[std::string{pest_name(static_cast<Pest>(i))}] = {
            {"opened", pests.opened.at(i)},
            {"closed", pests.closed.at(i)},
            {"mean_seconds", pests.seconds.at(i)},
        };
    }
    return json;
}

nlohmann::ordered_json histogram_json(const Histogram& histogram) {
    return {
        {"count", histogram.count()},
        {"mean_ms", millis(histogram.mean())},
        {"p50_ms", millis(histogram.percentile(50))},
        {"p95_ms", millis(histogram.percentile(95))},
        {"p99_ms", millis(histogram.percentile(99))},
        {"p999_ms", millis(histogram.percentile(99.9))},
        {"max_ms", millis(histogram.maximum())},
    };
}

}  // namespace

std::chrono::duration<double> cpu_time() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return std::chrono::duration<double>{seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

long max_rss_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

double Report::cpu_per_request() const {
    const auto answers = std::max<std::uint64_t>(stats.answered(), 1);
    return cpu.count() * 1e6 / static_cast<double>(answers);
}

std::string to_table(const Report& report, const Options& options) {
    const auto& stats = report.stats;
    std::string text = fmt::format(
        "\n{} hosts{}, {} mode, {:.1f} s\n\n",
        options.hosts,
        options.this_machine ? " and this machine" : "",
        mode_name(options.mode),
        report.elapsed.count()
    );
    text += fmt::format(
        "{:<18}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>9}\n",
        "endpoint",
        "answers",
        "per s",
        "p50 ms",
        "p99 ms",
        "p99.9 ms",
        "max ms",
        "errors"
    );
    EndpointStats all;
    for (std::size_t i = 0; i < kEndpoints; ++i) {
        const auto& endpoint = stats.endpoints.at(i);
        all.merge(endpoint);
        if (endpoint.sent > 0) text += endpoint_row(static_cast<Endpoint>(i), endpoint, report);
    }
    text += fmt::format(
        "{:<18}{:>10}{:>10.1f}{:>10.2f}{:>10.2f}{:>10.2f}{:>10.2f}{:>9}\n\n",
        "all",
        all.answered,
        per_second(all.answered, report),
        millis(all.latency.percentile(50)),
        millis(all.latency.percentile(99)),
        millis(all.latency.percentile(99.9)),
        millis(all.latency.maximum()),
        all.error_count()
    );
    text += fmt::format(
        "connections {}   sent again {}   waited for a connection: polls {}, others {}   bytes out "
        "{} "
        "  bytes in {}\n",
        report.transport.connections,
        report.transport.resent,
        report.transport.queued_polls,
        report.transport.queued_others,
        report.transport.bytes_out,
        report.transport.bytes_in
    );
    text += fmt::format(
        "enrolments {}   queries {} ({} failed)   log lines acknowledged {}, waiting {}   carves "
        "{}\n",
        stats.enrolled,
        stats.queries_run,
        stats.queries_failed,
        stats.lines_acknowledged,
        report.lines_waiting,
        stats.carves
    );
    text += fault_rows(report, options);
    text += fmt::format(
        "generator: slip p50 {:.2f} ms, p99 {:.2f} ms, max {:.2f} ms   polls left out {}   CPU "
        "{:.1f} s ({:.0f} % of a core, {:.1f} us a request)\n",
        millis(stats.slip.percentile(50)),
        millis(stats.slip.percentile(99)),
        millis(stats.slip.maximum()),
        stats.skipped_ticks,
        report.cpu.count(),
        100.0 * report.cpu.count() / std::max(report.elapsed.count(), 0.001),
        report.cpu_per_request()
    );
    text += fmt::format(
        "memory {} MiB; an idle host takes {} bytes beside its socket, {} of them for the node key "
        "and "
        "{} for its timers; {} hosts were not idle at the end\n",
        report.max_rss_kib / 1024,
        kIdleHostBytes,
        sizeof(NodeKey),
        Timers::bytes_per_host(),
        report.warm_hosts
    );
    if (report.is_void()) {
        text +=
            "VOID: the generator was late by more than 10 ms at p99; its latencies do not count.\n";
    }
    if (stats.error_count() > 0) text += "\nerrors\n" + error_rows(stats);
    return text;
}

std::string to_json(const Report& report, const Options& options) {
    const auto& stats = report.stats;
    nlohmann::ordered_json json;
    json["hosts"] = options.hosts;
    json["this_machine"] = options.this_machine;
    json["mode"] = mode_name(options.mode);
    json["seconds"] = report.elapsed.count();
    json["void"] = report.is_void();
    json["errors"] = stats.error_count();
    auto& endpoints = json["endpoints"] = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < kEndpoints; ++i) {
        const auto& from = stats.endpoints.at(i);
        nlohmann::ordered_json entry{
            {"sent", from.sent},
            {"answered", from.answered},
            {"per_second", per_second(from.answered, report)},
            {"latency", histogram_json(from.latency)},
        };
        auto& errors = entry["errors"] = nlohmann::ordered_json::object();
        for (std::size_t k = 0; k < kErrorKinds; ++k) {
            if (from.errors.at(k) > 0)
                errors[std::string{error_name(static_cast<ErrorKind>(k))}] = from.errors.at(k);
        }
        endpoints[std::string{endpoint_path(static_cast<Endpoint>(i))}] = std::move(entry);
    }
    json["slip"] = histogram_json(stats.slip);
    json["skipped_ticks"] = stats.skipped_ticks;
    json["connections"] = report.transport.connections;
    json["resent"] = report.transport.resent;
    json["queued_polls"] = report.transport.queued_polls;
    json["queued_others"] = report.transport.queued_others;
    json["bytes_out"] = report.transport.bytes_out;
    json["bytes_in"] = report.transport.bytes_in;
    json["enrolled"] = stats.enrolled;
    json["queries_run"] = stats.queries_run;
    json["queries_failed"] = stats.queries_failed;
    json["lines_acknowledged"] = stats.lines_acknowledged;
    json["config_bytes"] = stats.config_bytes;
    json["lines_waiting"] = report.lines_waiting;
    json["carves"] = stats.carves;
    json["wrong_key_refused"] = stats.wrong_key_refused;
    json["huge_lines"] = stats.huge_lines;
    json["reconnected"] = report.transport.reconnected;
    json["all_back_ms"] =
        std::chrono::duration<double, std::milli>(report.transport.all_back).count();
    json["faulty_connections"] = pests_json(report.pests);
    json["cpu_seconds"] = report.cpu.count();
    json["cpu_us_per_request"] = report.cpu_per_request();
    json["max_rss_kib"] = report.max_rss_kib;
    json["idle_host_bytes"] = kIdleHostBytes;
    json["warm_hosts"] = report.warm_hosts;
    auto& samples = json["error_samples"] = nlohmann::ordered_json::object();
    for (const auto& [text, count] : stats.samples)
        samples[text] = count;
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace fleet::perf
