#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleet::telemetry {

/// What happened to one HTTP request. `route` is the endpoint's name, never a path with ids.
struct RequestSample {
    std::string_view route{};
    std::string_view method{};  // any case; the label is lower case
    int status = 0;
    std::size_t request_bytes = 0;
    std::size_t response_bytes = 0;
    std::chrono::nanoseconds took{};
};

enum class Outcome { done, failed };
enum class ReadKind {
    gauge,    // goes up and down
    counter,  // only grows
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Everything that /metrics shows. Thread-safe. Counting is lock-free once a name is known, so it
/// may happen on the event loop; names must be few and never come from a client.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// http_requests_total, http_request_duration_seconds, http_request_size_bytes and
    /// http_response_size_bytes, labelled by handler (operations.md E.2).
    void request(const RequestSample& sample);
    /// fleet_sql_statement_duration_seconds and fleet_sql_statement_errors_total.
    void statement(std::string_view name, std::chrono::nanoseconds took, Outcome outcome);
    /// fleet_job_duration_seconds and fleet_job_errors_total.
    void job(std::string_view name, std::chrono::nanoseconds took, Outcome outcome);

    /// Shows a number that somebody else keeps (pool sizes, queue lengths, refusals): `value` is
    /// called, from any thread, whenever the metrics are read. Several label sets may share a name.
    void read(
        ReadKind kind,
        std::string name,
        std::string help,
        Labels labels,
        std::function<double()> value
    );
    /// Forgets all read() functions; call it before what they look at is destroyed.
    void stop_reading();

    /// The text for Prometheus, with the process_* family.
    std::string render();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The content type of render().
inline constexpr std::string_view kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace fleet::telemetry
