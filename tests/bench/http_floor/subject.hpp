#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <thread>

#include "fleet/core/load_meter.hpp"
#include "fleet/core/worker_pool.hpp"
#include "fleet/http/server.hpp"
#include "http_floor/floor.hpp"

namespace fleet::bench {

/// The listener, on one loop thread whose CPU time is counted.
class Subject {
public:
    explicit Subject(const test::Certificate& certificate);

    const test::Endpoint& endpoint() const { return endpoint_; }
    /// Ends the server; the CPU seconds that it took.
    double finish();

private:
    boost::asio::io_context loop_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{
        loop_.get_executor()};
    WorkerPool workers_{1, 16};
    LoadMeter load_;
    std::unique_ptr<http::Server> server_;
    test::Endpoint endpoint_{};
    std::thread thread_;
    double cpu_seconds_ = 0;
};

}  // namespace fleet::bench
