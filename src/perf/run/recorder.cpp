#include "perf/run/recorder.hpp"

#include <fmt/format.h>

#include <numeric>
#include <utility>

namespace fleet::perf {
namespace {

constexpr std::size_t kMaxSamples = 20;
constexpr std::size_t kMaxSampleText = 160;

EndpointStats& at(RunStats& stats, Endpoint endpoint) {
    return stats.endpoints.at(static_cast<std::size_t>(endpoint));
}

}  // namespace

std::string_view error_name(ErrorKind kind) {
    constexpr std::array<std::string_view, kErrorKinds> kNames{
        "connect",
        "tls",
        "timeout",
        "closed",
        "malformed",
        "status",
        "not_json",
        "node_invalid",
        "error",
        "shape",
    };
    return kNames.at(static_cast<std::size_t>(kind));
}

std::uint64_t EndpointStats::error_count() const {
    return std::accumulate(errors.begin(), errors.end(), std::uint64_t{0});
}

void EndpointStats::merge(const EndpointStats& other) {
    latency.merge(other.latency);
    sent += other.sent;
    answered += other.answered;
    for (std::size_t i = 0; i < kErrorKinds; ++i)
        errors.at(i) += other.errors.at(i);
}

std::uint64_t RunStats::answered() const {
    std::uint64_t sum = 0;
    for (const auto& endpoint : endpoints)
        sum += endpoint.answered;
    return sum;
}

std::uint64_t RunStats::error_count() const {
    std::uint64_t sum = 0;
    for (const auto& endpoint : endpoints)
        sum += endpoint.error_count();
    return sum;
}

void RunStats::merge(const RunStats& other) {
    for (std::size_t i = 0; i < kEndpoints; ++i)
        endpoints.at(i).merge(other.endpoints.at(i));
    slip.merge(other.slip);
    skipped_ticks += other.skipped_ticks;
    wrong_key_refused += other.wrong_key_refused;
    huge_lines += other.huge_lines;
    queries_run += other.queries_run;
    queries_failed += other.queries_failed;
    lines_acknowledged += other.lines_acknowledged;
    config_bytes += other.config_bytes;
    lines_dropped += other.lines_dropped;
    carves += other.carves;
    enrolled += other.enrolled;
    for (const auto& [text, count] : other.samples)
        samples[text] += count;
}

void Recorder::sent(Endpoint endpoint) {
    const std::lock_guard lock{mutex_};
    ++at(stats_, endpoint).sent;
}

void Recorder::answered(Endpoint endpoint, Clock::duration latency) {
    const std::lock_guard lock{mutex_};
    auto& stats = at(stats_, endpoint);
    ++stats.answered;
    stats.latency.record(latency);
    if (is_poll(endpoint)) recent_.record(latency);
}

void Recorder::error(Endpoint endpoint, ErrorKind kind, std::string_view text) {
    const std::lock_guard lock{mutex_};
    ++at(stats_, endpoint).errors.at(static_cast<std::size_t>(kind));
    const auto sample = fmt::format(
        "{}: {}: {}", endpoint_path(endpoint), error_name(kind), text.substr(0, kMaxSampleText)
    );
    const auto found = stats_.samples.find(sample);
    if (found != stats_.samples.end())
        ++found->second;
    else if (stats_.samples.size() < kMaxSamples)
        stats_.samples.emplace(sample, 1);
}

void Recorder::slipped(Clock::duration late) {
    const std::lock_guard lock{mutex_};
    stats_.slip.record(late);
}

RunStats Recorder::snapshot() const {
    const std::lock_guard lock{mutex_};
    return stats_;
}

void Recorder::reset() {
    const std::lock_guard lock{mutex_};
    const auto enrolled = stats_.enrolled;
    stats_ = {};
    stats_.enrolled = enrolled;
}

Histogram Recorder::take_recent() {
    const std::lock_guard lock{mutex_};
    return std::exchange(recent_, {});
}

Recorder::Rates Recorder::rates() const {
    const std::lock_guard lock{mutex_};
    Rates rates;
    for (const auto& endpoint : stats_.endpoints) {
        rates.sent += endpoint.sent;
        rates.answered += endpoint.answered;
        for (const auto kind :
             {ErrorKind::connect,
              ErrorKind::tls,
              ErrorKind::timeout,
              ErrorKind::closed,
              ErrorKind::malformed}) {
            rates.lost += endpoint.errors.at(static_cast<std::size_t>(kind));
        }
    }
    rates.errors = stats_.error_count();
    rates.enrolled = stats_.enrolled;
    return rates;
}

}  // namespace fleet::perf
