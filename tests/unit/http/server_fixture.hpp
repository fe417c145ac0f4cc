#pragma once

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "fleet/core/load_meter.hpp"
#include "fleet/core/worker_pool.hpp"
#include "fleet/http/server.hpp"
#include "support/certificate.hpp"
#include "support/http_client.hpp"
#include "support/temp_dir.hpp"

namespace fleet::http {

/// A real server on a free port with two loop threads and two workers. Tests add routes, change
/// options, then call start().
class ServerTest : public testing::Test {
protected:
    ServerTest() {
        options.address = "127.0.0.1:0";
        options.cert_file = certificate.cert_file;
        options.key_file = certificate.key_file;
    }
    ~ServerTest() override { shut_down(); }

    void start() {
        server = std::make_unique<Server>(
            options,
            Server::Deps{
                .loop = loop,
                .workers = workers,
                .load = load,
                .routes = std::move(routes),
                .fallback = std::move(fallback),
                .observe =
                    [this](const RequestRecord& record) {
                        const std::lock_guard lock{mutex};
                        observed.push_back(
                            std::string{record.method} + " " + std::string{record.route} + " " +
                            std::to_string(record.status)
                        );
                    },
            }
        );
        server->start();
        endpoint.port = server->port();
        endpoint.ca_file = options.cert_file;
        for (int i = 0; i < 2; ++i)
            threads.emplace_back([this] { loop.run(); });
    }

    void shut_down() {
        if (server) server->stop(std::chrono::seconds{5});
        work.reset();
        for (auto& thread : threads)
            thread.join();
        threads.clear();
        workers.stop();
        server.reset();
    }

    Route& on(Method method, std::string pattern, BlockingHandler handler) {
        return add(method, std::move(pattern), std::move(handler));
    }
    Route& on_loop(Method method, std::string pattern, LoopHandler handler) {
        return add(method, std::move(pattern), std::move(handler));
    }
    Route& on_socket(std::string pattern, SocketHandler handler) {
        return add(Method::get, std::move(pattern), std::move(handler));
    }

    /// POST `pattern` answers with the body it got; `sent` bytes are the limit.
    Route& echo(std::string pattern, ErrorStyle errors = ErrorStyle::rest) {
        auto& route = on(Method::post, std::move(pattern), [](const Request& request) {
            return Response{.content_type = "text/plain", .body = request.body};
        });
        route.errors = errors;
        return route;
    }

    test::Response send(const test::Request& request) {
        return test::HttpClient{endpoint, test::HttpClient::Connections::one_each}.send(request);
    }

    std::vector<std::string> records() {
        const std::lock_guard lock{mutex};
        return observed;
    }

    test::TempDir dir;
    test::Certificate certificate{dir};
    ServerOptions options;
    Routes routes;
    BlockingHandler fallback;
    boost::asio::io_context loop;
    WorkerPool workers{2, 32};  // half of the queue is for people
    LoadMeter load;
    std::unique_ptr<Server> server;
    test::Endpoint endpoint;

private:
    Route& add(Method method, std::string pattern, decltype(Route::handler) handler) {
        auto name = pattern;
        return routes.emplace_back(Route{
            .method = method,
            .pattern = std::move(pattern),
            .name = std::move(name),
            .handler = std::move(handler),
        });
    }

    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
        loop.get_executor()};
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::vector<std::string> observed;
};

}  // namespace fleet::http
