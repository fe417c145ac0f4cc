// What the listener costs beside the handshake that nobody can avoid. Prints server CPU per poll
//   bare   - OpenSSL server handshakes in memory, nothing else,
//   stock  - a new TLS connection for every request, as osqueryd does it,
//   kept   - many requests on one connection,
// for a handler that answers {} at once. Client and server share the machine; CPU is counted for
// the server's threads only, so the load of the clients does not enter the figures.
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <sys/resource.h>

#include <array>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include "fleet/core/worker_pool.hpp"
#include "fleet/http/server.hpp"
#include "support/certificate.hpp"
#include "support/http_client.hpp"
#include "support/temp_dir.hpp"

namespace {

using namespace std::chrono_literals;
using namespace fleet;

constexpr auto kRun = 5s;
constexpr int kClients = 4;

double thread_cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The server, on one loop thread whose CPU time is counted.
class Subject {
public:
    explicit Subject(const test::Certificate& certificate) {
        http::ServerOptions options;
        options.address = "127.0.0.1:0";
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
                .routes = {route},
                .fallback = {},
                .observe = {},
            }
        );
        server_->start();
        endpoint_ = {.port = server_->port(), .ca_file = certificate.cert_file};
        thread_ = std::thread{[this] {
            loop_.run();
            cpu_seconds_ = thread_cpu_seconds();
        }};
    }

    const test::Endpoint& endpoint() const { return endpoint_; }
    /// Ends the server; the CPU seconds that it took.
    double finish() {
        server_->stop(5s);
        guard_.reset();
        thread_.join();
        return cpu_seconds_;
    }

private:
    boost::asio::io_context loop_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{
        loop_.get_executor()};
    WorkerPool workers_{1, 16};
    std::unique_ptr<http::Server> server_;
    test::Endpoint endpoint_{};
    std::thread thread_;
    double cpu_seconds_ = 0;
};

double microseconds_per_poll(
    const test::Certificate& certificate, test::HttpClient::Connections connections
) {
    Subject subject{certificate};
    std::atomic<int> polls{0};
    std::vector<std::thread> clients;
    const auto end = std::chrono::steady_clock::now() + kRun;
    for (int i = 0; i < kClients; ++i) {
        clients.emplace_back([&] {
            test::HttpClient client{subject.endpoint(), connections};
            const test::Request request{
                .method = "POST", .target = "/read", .body = R"({"node_key":"0123456789"})"};
            while (std::chrono::steady_clock::now() < end) {
                if (client.send(request).status == 200) ++polls;
            }
        });
    }
    for (auto& client : clients)
        client.join();
    return subject.finish() * 1e6 / polls;
}

struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};

/// Server side of TLS 1.3 handshakes through memory, with the listener's choice of options.
double microseconds_per_bare_handshake(const test::Certificate& certificate) {
    const std::unique_ptr<SSL_CTX, FreeContext> server{SSL_CTX_new(TLS_server_method())};
    const std::unique_ptr<SSL_CTX, FreeContext> client{SSL_CTX_new(TLS_client_method())};
    SSL_CTX_use_certificate_chain_file(server.get(), certificate.cert_file.c_str());
    SSL_CTX_use_PrivateKey_file(server.get(), certificate.key_file.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_set_num_tickets(server.get(), 0);
    SSL_CTX_set_mode(server.get(), SSL_MODE_NO_AUTO_CHAIN);

    const auto cpu_now = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
    };

    double cpu = 0;
    int count = 0;
    const auto end = std::chrono::steady_clock::now() + kRun;
    while (std::chrono::steady_clock::now() < end) {
        const std::unique_ptr<SSL, FreeContext> theirs{SSL_new(client.get())};
        auto before = cpu_now();
        std::unique_ptr<SSL, FreeContext> ours{SSL_new(server.get())};
        cpu += cpu_now() - before;

        BIO* left = nullptr;
        BIO* right = nullptr;
        BIO_new_bio_pair(&left, 0, &right, 0);
        SSL_set_bio(ours.get(), left, left);
        SSL_set_bio(theirs.get(), right, right);
        SSL_set_accept_state(ours.get());
        SSL_set_connect_state(theirs.get());
        bool done = false;
        while (!done) {
            SSL_do_handshake(theirs.get());
            before = cpu_now();
            done = SSL_do_handshake(ours.get()) == 1;
            cpu += cpu_now() - before;
        }
        before = cpu_now();
        ours.reset();
        cpu += cpu_now() - before;
        ++count;
    }
    return cpu / count;
}

}  // namespace

int main() {
    const test::TempDir dir;
    const test::Certificate certificate{dir};
    using Connections = test::HttpClient::Connections;

    const auto bare = microseconds_per_bare_handshake(certificate);
    const auto stock = microseconds_per_poll(certificate, Connections::one_each);
    const auto kept = microseconds_per_poll(certificate, Connections::kept);
    std::printf("bare handshake      %8.1f us server CPU\n", bare);
    std::printf(
        "stock poll          %8.1f us server CPU, %.0f %% of the bare handshake\n",
        stock,
        stock / bare * 100
    );
    std::printf("poll on kept socket %8.1f us server CPU\n", kept);
}
