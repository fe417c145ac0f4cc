#include "fleet/telemetry/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace fleet::telemetry {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

RequestSample sample(std::string_view route, int status, std::chrono::nanoseconds took = 7ms) {
    return {
        .route = route,
        .method = "GET",
        .status = status,
        .request_bytes = 10,
        .response_bytes = 2000,
        .took = took,
    };
}

TEST(Metrics, RequestsAreCountedByRouteMethodAndCode) {
    Metrics metrics;
    metrics.request(sample("list_hosts", 200));
    metrics.request(sample("list_hosts", 200));
    metrics.request(sample("list_hosts", 404));
    metrics.request(sample("", 404));

    const std::string text = metrics.render();

    EXPECT_THAT(
        text, HasSubstr(R"(http_requests_total{code="200",handler="list_hosts",method="get"} 2)")
    );
    EXPECT_THAT(
        text, HasSubstr(R"(http_requests_total{code="404",handler="list_hosts",method="get"} 1)")
    );
    EXPECT_THAT(text, HasSubstr(R"(handler="unknown")"));
    EXPECT_THAT(text, HasSubstr("# TYPE http_requests_total counter"));
}

TEST(Metrics, DurationsAndSizesAreHistograms) {
    Metrics metrics;
    metrics.request(sample("r", 200, 5ms));
    metrics.request(sample("r", 200, 7ms));
    metrics.request(sample("r", 200, 20s));
    metrics.request(sample("r", 200, -1ms));

    const std::string text = metrics.render();

    const std::string name = "http_request_duration_seconds_bucket{handler=\"r\",le=";
    EXPECT_THAT(text, HasSubstr(name + "\"0.005\"} 2"));
    EXPECT_THAT(text, HasSubstr(name + "\"0.01\"} 3"));
    EXPECT_THAT(text, HasSubstr(name + "\"10\"} 3"));
    EXPECT_THAT(text, HasSubstr(name + "\"+Inf\"} 4"));
    EXPECT_THAT(text, HasSubstr("http_request_duration_seconds_count{handler=\"r\"} 4"));
    EXPECT_THAT(text, HasSubstr("http_response_size_bytes_bucket{handler=\"r\",le=\"1024\"} 0"));
    EXPECT_THAT(text, HasSubstr("http_response_size_bytes_bucket{handler=\"r\",le=\"102400\"} 4"));
    EXPECT_THAT(text, HasSubstr("http_request_size_bytes_sum{handler=\"r\"} 40"));
}

TEST(Metrics, StatementsAndJobsCountTheirFailures) {
    Metrics metrics;
    metrics.statement("insert_label", 1ms, Outcome::done);
    metrics.statement("insert_label", 1ms, Outcome::failed);
    metrics.job("cleanup", 2s, Outcome::failed);

    const std::string text = metrics.render();

    EXPECT_THAT(
        text, HasSubstr(R"(fleet_sql_statement_duration_seconds_count{statement="insert_label"} 2)")
    );
    EXPECT_THAT(text, HasSubstr(R"(fleet_sql_statement_errors_total{statement="insert_label"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(fleet_job_errors_total{job="cleanup"} 1)"));
}

TEST(Metrics, ReadingsAreTakenWhenRendered) {
    Metrics metrics;
    double queued = 1;
    const auto add = [&](const char* pool) {
        metrics.read(ReadKind::gauge, "fleet_queue", "Jobs that wait.", {{"pool", pool}}, [&] {
            return queued;
        });
    };
    add("a");
    add("b");
    metrics.read(ReadKind::counter, "fleet_refused_total", "Refusals.", {}, [] { return 5; });
    queued = 3;

    const std::string text = metrics.render();
    EXPECT_THAT(text, HasSubstr("fleet_queue{pool=\"a\"} 3\nfleet_queue{pool=\"b\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("# TYPE fleet_refused_total counter\nfleet_refused_total 5\n"));

    metrics.stop_reading();
    EXPECT_THAT(metrics.render(), Not(HasSubstr("fleet_queue")));
}

TEST(Metrics, TheProcessIsDescribed) {
    Metrics metrics;
    const std::string text = metrics.render();
    for (const char* name : {
             "process_cpu_seconds_total ",
             "process_resident_memory_bytes ",
             "process_virtual_memory_bytes ",
             "process_open_fds ",
             "process_max_fds ",
             "process_start_time_seconds ",
             "fleet_build_info{",
             "promhttp_metric_handler_requests_total{code=\"200\"} 1",
         }) {
        EXPECT_THAT(text, HasSubstr(std::string{"\n"} + name));
    }
    EXPECT_THAT(text, Not(HasSubstr("http_requests_total")));
}

TEST(Metrics, HostileNamesCannotBreakTheText) {
    Metrics metrics;
    metrics.request(sample("a\"b\\c\nd", 200));
    EXPECT_THAT(metrics.render(), HasSubstr(R"(handler="a\"b\\c\nd")"));
}

TEST(Metrics, NamesAreBounded) {
    Metrics metrics;
    for (int i = 0; i < 1500; ++i) {
        metrics.job("job" + std::to_string(i), 1ms, Outcome::done);
    }
    const std::string text = metrics.render();
    EXPECT_THAT(text, HasSubstr(R"(fleet_job_duration_seconds_count{job="other"} 500)"));
    EXPECT_THAT(text, Not(HasSubstr("job1400")));
}

TEST(Metrics, ManyStatusesOfOneRouteAreStillCounted) {
    Metrics metrics;
    for (int status = 200; status < 300; ++status) {
        metrics.request(sample("r", status));
    }
    const std::string text = metrics.render();
    EXPECT_THAT(text, HasSubstr(R"({code="other",handler="r",method="other"} 68)"));
}

TEST(Metrics, ManyThreadsLoseNoCount) {
    Metrics metrics;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 5000; ++i) {
                metrics.request(sample(i % 2 == 0 ? "even" : "odd", 200 + i % 3));
                if (i % 1000 == 0) static_cast<void>(metrics.render());
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::string text = metrics.render();
    EXPECT_THAT(text, HasSubstr("http_request_duration_seconds_count{handler=\"even\"} 10000"));
    EXPECT_THAT(text, HasSubstr("http_request_duration_seconds_count{handler=\"odd\"} 10000"));
}

}  // namespace
}  // namespace fleet::telemetry
