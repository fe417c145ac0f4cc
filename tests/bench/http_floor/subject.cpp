#include "http_floor/subject.hpp"

#include <sys/resource.h>

#include <atomic>
#include <vector>

namespace fleet::bench {
namespace {

using namespace std::chrono_literals;

double cpu_seconds(int who) {
    rusage usage{};
    getrusage(who, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

double thread_cpu_seconds() {
    return cpu_seconds(RUSAGE_THREAD);
}

double children_cpu_seconds() {
    return cpu_seconds(RUSAGE_CHILDREN);
}

int poll(const test::Endpoint& endpoint, Connections connections) {
    std::atomic<int> polls{0};
    std::vector<std::thread> clients;
    const auto end = std::chrono::steady_clock::now() + kRun;
    for (int i = 0; i < kClients; ++i) {
        clients.emplace_back([&] {
            test::HttpClient client{endpoint, connections};
            const test::Request request{
                .method = "POST", .target = "/read", .body = R"({"node_key":"0123456789"})"};
            while (std::chrono::steady_clock::now() < end) {
                if (client.send(request).status == 200) ++polls;
            }
        });
    }
    for (auto& client : clients)
        client.join();
    return polls;
}

Subject::Subject(const test::Certificate& certificate) {
    http::ServerOptions options;
    options.address = "127.0.0.1:0";
    options.loop_threads = 1;
    options.cert_file = certificate.cert_file;
    options.key_file = certificate.key_file;
    http::Route route{.method = http::Method::post, .pattern = "/read", .name = "read"};
    route.handler = http::LoopHandler{[](const http::Request&, http::Responder respond) {
        respond(http::Response{.body = "{\"queries\":{}}"});
    }};
    route.errors = http::ErrorStyle::osquery;
    server_ = std::make_unique<http::Server>(
        options,
        http::Server::Deps{
            .loop = loop_,
            .workers = workers_,
            .load = load_,
            .routes = {route},
            .fallback = {},
            .observe = {}}
    );
    server_->start();
    endpoint_ = {.port = server_->port(), .ca_file = certificate.cert_file};
    thread_ = std::thread{[this] {
        loop_.run();
        cpu_seconds_ = thread_cpu_seconds();
    }};
}

double Subject::finish() {
    server_->stop(5s);
    guard_.reset();
    thread_.join();
    return cpu_seconds_;
}

double listener_poll(const test::Certificate& certificate, Connections connections) {
    Subject subject{certificate};
    const int polls = poll(subject.endpoint(), connections);
    return subject.finish() * 1e6 / polls;
}

}  // namespace fleet::bench
