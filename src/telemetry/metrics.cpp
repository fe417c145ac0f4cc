#include "fleet/telemetry/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <sstream>

#include "fleet/core/build_info.hpp"
#include "histogram.hpp"
#include "name_table.hpp"
#include "process_stats.hpp"
#include "status_counts.hpp"

namespace fleet::telemetry {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::uint64_t kMicro = 1'000;
constexpr std::uint64_t kMilli = 1'000'000;

// The buckets of operations.md E.2.
constexpr std::array<std::uint64_t, 11> kRequestTimes{
    5 * kMilli,
    10 * kMilli,
    25 * kMilli,
    50 * kMilli,
    100 * kMilli,
    250 * kMilli,
    500 * kMilli,
    1'000 * kMilli,
    2'500 * kMilli,
    5'000 * kMilli,
    10'000 * kMilli,
};
constexpr std::array<std::uint64_t, 5> kSizes{1u << 10, 100u << 10, 1u << 20, 100u << 20, 1u << 30};
// Statements and jobs: most take well below a millisecond, some take minutes.
constexpr std::array<std::uint64_t, 16> kWorkTimes{
    100 * kMicro,
    250 * kMicro,
    500 * kMicro,
    1 * kMilli,
    2'500 * kMicro,
    5 * kMilli,
    10 * kMilli,
    25 * kMilli,
    50 * kMilli,
    100 * kMilli,
    250 * kMilli,
    500 * kMilli,
    1'000 * kMilli,
    5'000 * kMilli,
    30'000 * kMilli,
    300'000 * kMilli,
};
constexpr Scale kRequestScale{kRequestTimes, 1e9};
constexpr Scale kSizeScale{kSizes, 1.0};
constexpr Scale kWorkScale{kWorkTimes, 1e9};

constexpr std::array<std::string_view, 8> kMethods{
    "get", "head", "post", "put", "patch", "delete", "options", "other"};

bool same_letters(std::string_view a, std::string_view lower) {
    return std::equal(a.begin(), a.end(), lower.begin(), lower.end(), [](char x, char y) {
        return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
    });
}

unsigned method_index(std::string_view method) {
    for (unsigned i = 0; i + 1 < kMethods.size(); ++i) {
        if (same_letters(method, kMethods[i])) return i;
    }
    return kMethods.size() - 1;
}

std::uint64_t nanos(std::chrono::nanoseconds took) {
    return took.count() > 0 ? static_cast<std::uint64_t>(took.count()) : 0;
}

struct RouteEntry {
    StatusCounts counts{};
    Histogram duration{kRequestScale};
    Histogram request_size{kSizeScale};
    Histogram response_size{kSizeScale};
};

struct WorkEntry {
    Histogram duration{kWorkScale};
    std::atomic<std::uint64_t> errors = 0;

    void add(std::chrono::nanoseconds took, Outcome outcome) {
        duration.observe(nanos(took));
        if (outcome == Outcome::failed) errors.fetch_add(1, std::memory_order_relaxed);
    }
};

struct Reading {
    ReadKind kind = ReadKind::gauge;
    std::string name{};
    std::string help{};
    Labels labels{};
    std::function<double()> value{};
};

ClientMetric labelled(ClientMetric metric, const Labels& labels) {
    for (const auto& [name, value] : labels) {
        metric.label.push_back({name, value});
    }
    return metric;
}

ClientMetric number(MetricType type, double value, const Labels& labels) {
    ClientMetric out;
    (type == MetricType::Counter ? out.counter.value : out.gauge.value) = value;
    return labelled(std::move(out), labels);
}

MetricFamily family(std::string name, std::string help, MetricType type) {
    return {.name = std::move(name), .help = std::move(help), .type = type, .metric = {}};
}

/// Prometheus wants no order, people do.
void sort_metrics(MetricFamily& family) {
    std::sort(family.metric.begin(), family.metric.end(), [](const auto& a, const auto& b) {
        return a.label < b.label;
    });
}

void add_routes(const NameTable<RouteEntry>& routes, std::vector<MetricFamily>& out) {
    auto count = family("http_requests_total", "Requests answered.", MetricType::Counter);
    auto took = family(
        "http_request_duration_seconds", "Time from request to answer.", MetricType::Histogram
    );
    auto in = family("http_request_size_bytes", "Size of request bodies.", MetricType::Histogram);
    auto sent = family("http_response_size_bytes", "Size of answers.", MetricType::Histogram);
    routes.each([&](const std::string& name, const RouteEntry& entry) {
        const Labels handler{{"handler", name}};
        took.metric.push_back(labelled(entry.duration.collect(), handler));
        in.metric.push_back(labelled(entry.request_size.collect(), handler));
        sent.metric.push_back(labelled(entry.response_size.collect(), handler));
        const auto add_count = [&](std::string code, std::string_view method, std::uint64_t n) {
            count.metric.push_back(number(
                MetricType::Counter,
                static_cast<double>(n),
                {{"code", std::move(code)}, {"handler", name}, {"method", std::string{method}}}
            ));
        };
        entry.counts.each([&](unsigned method, int status, std::uint64_t n) {
            add_count(std::to_string(status), kMethods[method], n);
        });
        if (entry.counts.others() > 0) add_count("other", "other", entry.counts.others());
    });
    for (MetricFamily* made : {&count, &took, &in, &sent}) {
        sort_metrics(*made);
        out.push_back(std::move(*made));
    }
}

void add_work(
    const NameTable<WorkEntry>& work, const std::string& what, std::vector<MetricFamily>& out
) {
    const std::string label = what == "sql_statement" ? "statement" : what;
    auto took = family(
        "fleet_" + what + "_duration_seconds", "Time taken, by name.", MetricType::Histogram
    );
    auto errors =
        family("fleet_" + what + "_errors_total", "Failures, by name.", MetricType::Counter);
    work.each([&](const std::string& name, const WorkEntry& entry) {
        took.metric.push_back(labelled(entry.duration.collect(), {{label, name}}));
        const auto count = entry.errors.load(std::memory_order_relaxed);
        errors.metric.push_back(
            number(MetricType::Counter, static_cast<double>(count), {{label, name}})
        );
    });
    for (MetricFamily* made : {&took, &errors}) {
        sort_metrics(*made);
        out.push_back(std::move(*made));
    }
}

void add_process(std::vector<MetricFamily>& out) {
    const ProcessStats stats = read_process_stats();
    const auto add = [&](const char* name, const char* help, MetricType type, const auto& value) {
        if (!value) return;
        out.push_back(family(name, help, type));
        out.back().metric.push_back(number(type, *value, {}));
    };
    add("process_cpu_seconds_total", "CPU time used.", MetricType::Counter, stats.cpu_seconds);
    add("process_resident_memory_bytes", "Memory in use.", MetricType::Gauge, stats.resident_bytes);
    add("process_virtual_memory_bytes", "Address space.", MetricType::Gauge, stats.virtual_bytes);
    add("process_open_fds", "Open file descriptors.", MetricType::Gauge, stats.open_files);
    add("process_max_fds", "Most open file descriptors.", MetricType::Gauge, stats.max_files);
    add("process_threads", "Threads.", MetricType::Gauge, stats.threads);
    add("process_start_time_seconds",
        "Start of the process since 1970.",
        MetricType::Gauge,
        stats.start_time_seconds);
}

void add_build(std::vector<MetricFamily>& out) {
    const BuildInfo build = build_info();
    out.push_back(family("fleet_build_info", "What is running; always 1.", MetricType::Gauge));
    out.back().metric.push_back(number(
        MetricType::Gauge,
        1,
        {{"revision", std::string{build.revision}}, {"version", std::string{build.version}}}
    ));
}

}  // namespace

struct Metrics::Impl {
    NameTable<RouteEntry> routes{};
    NameTable<WorkEntry> statements{};
    NameTable<WorkEntry> jobs{};
    std::atomic<std::uint64_t> renders = 0;
    std::mutex mutex{};  // of readings
    std::vector<Reading> readings{};

    void add_readings(std::vector<MetricFamily>& out) {
        std::map<std::string, MetricFamily> made;
        const std::lock_guard lock{mutex};
        for (const Reading& reading : readings) {
            const MetricType type =
                reading.kind == ReadKind::counter ? MetricType::Counter : MetricType::Gauge;
            MetricFamily& place =
                made.try_emplace(reading.name, family(reading.name, reading.help, type))
                    .first->second;
            place.metric.push_back(number(type, reading.value(), reading.labels));
        }
        for (auto& [name, one] : made) {
            out.push_back(std::move(one));
        }
    }
};

Metrics::Metrics() : impl_{std::make_unique<Impl>()} {}

Metrics::~Metrics() = default;

void Metrics::request(const RequestSample& sample) {
    RouteEntry& entry = impl_->routes.at(sample.route.empty() ? "unknown" : sample.route);
    entry.counts.add(method_index(sample.method), sample.status);
    entry.duration.observe(nanos(sample.took));
    entry.request_size.observe(sample.request_bytes);
    entry.response_size.observe(sample.response_bytes);
}

void Metrics::statement(std::string_view name, std::chrono::nanoseconds took, Outcome outcome) {
    impl_->statements.at(name).add(took, outcome);
}

void Metrics::job(std::string_view name, std::chrono::nanoseconds took, Outcome outcome) {
    impl_->jobs.at(name).add(took, outcome);
}

void Metrics::read(
    ReadKind kind, std::string name, std::string help, Labels labels, std::function<double()> value
) {
    const std::lock_guard lock{impl_->mutex};
    impl_->readings.push_back(
        {kind, std::move(name), std::move(help), std::move(labels), std::move(value)}
    );
}

void Metrics::stop_reading() {
    const std::lock_guard lock{impl_->mutex};
    impl_->readings.clear();
}

std::string Metrics::render() {
    impl_->renders.fetch_add(1, std::memory_order_relaxed);
    std::vector<MetricFamily> families;
    add_routes(impl_->routes, families);
    add_work(impl_->statements, "sql_statement", families);
    add_work(impl_->jobs, "job", families);
    impl_->add_readings(families);
    add_process(families);
    add_build(families);
    families.push_back(
        family("promhttp_metric_handler_requests_total", "Reads of this page.", MetricType::Counter)
    );
    families.back().metric.push_back(number(
        MetricType::Counter,
        static_cast<double>(impl_->renders.load(std::memory_order_relaxed)),
        {{"code", "200"}}
    ));
    std::erase_if(families, [](const MetricFamily& one) { return one.metric.empty(); });
    return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace fleet::telemetry
