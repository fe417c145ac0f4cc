#include "perf/run/pests.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;

constexpr auto kStep = 100ms;
constexpr std::size_t kRequestsOfASlowReader = 200;
constexpr std::size_t kBytesAStep = 16;

/// The first bytes of a TLS record that says it is longer.
constexpr std::string_view kHalfHello{"\x16\x03\x01\x02\x00\x01\x00", 7};

}  // namespace

std::string_view pest_name(Pest pest) {
    constexpr std::array<std::string_view, kPests> kNames{
        "silent connections", "half handshakes", "half requests", "slow readers"};
    return kNames.at(static_cast<std::size_t>(pest));
}

Pests::Pests(const Options& options, const ServerAddress& address)
    : address_{address},
      tls_{options.host, options.ca_file, options.insecure, TlsClient::Buffers::released},
      writer_{options} {
    for (std::uint32_t i = 0; i < options.half_open; ++i)
        connections_.push_back({.pest = static_cast<Pest>(i % 3)});
    for (std::uint32_t i = 0; i < options.slow_readers; ++i)
        connections_.push_back({.pest = Pest::slow_reader});
    for (auto& connection : connections_)
        open(connection);
    thread_ = std::thread{[this] { run(); }};
}

Pests::~Pests() {
    stop();
}

PestStats Pests::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    stopped_.notify_one();
    if (thread_.joinable()) thread_.join();
    for (auto& connection : connections_) {
        if (connection.fd >= 0) ::close(connection.fd);
        connection.fd = -1;
    }
    auto stats = stats_;
    for (std::size_t i = 0; i < kPests; ++i)
        stats.seconds.at(i) /= std::max(static_cast<double>(stats.closed.at(i)), 1.0);
    return stats;
}

void Pests::open(Connection& connection) {
    connection = {.pest = connection.pest, .since = Clock::now()};
    connection.fd = address_.connect(static_cast<std::uint32_t>(&connection - connections_.data()));
    ++stats_.opened.at(static_cast<std::size_t>(connection.pest));
    std::string request;
    writer_.poll(Endpoint::config, "nobody", request);
    switch (connection.pest) {
        case Pest::silent:
            connection.done = true;
            return;
        case Pest::half_handshake:
            connection.text = kHalfHello;
            return;
        case Pest::half_request:
            connection.text = request.substr(0, request.size() / 2);
            break;
        case Pest::slow_reader:
            // With a small window the server soon has to keep what this one does not read.
            const int small = 2048;
            setsockopt(connection.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
            for (std::size_t i = 0; i < kRequestsOfASlowReader; ++i)
                connection.text += request;
            break;
    }
    connection.tls = tls_.open(connection.fd);
}

void Pests::step(Connection& connection) {
    const auto left = std::string_view{connection.text}.substr(connection.written);
    if (!connection.tls) {
        if (connection.done) return;
        const auto sent = ::send(connection.fd, left.data(), left.size(), MSG_NOSIGNAL);
        connection.done = sent == static_cast<ssize_t>(left.size());
        return;
    }
    ERR_clear_error();
    if (SSL_is_init_finished(connection.tls.get()) == 0) {
        SSL_do_handshake(connection.tls.get());
        return;
    }
    std::size_t sent = 0;
    if (!connection.done &&
        SSL_write_ex(connection.tls.get(), left.data(), left.size(), &sent) == 1)
        connection.written += sent;
    connection.done = connection.written == connection.text.size();
}

/// Reads what there may be: everything, or a little of it.
bool Pests::closed_by_server(Connection& connection) {
    std::array<char, 512> buffer{};
    if (!connection.tls) {
        const auto got = recv(connection.fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return got == 0 || (got < 0 && errno != EAGAIN && errno != ENOTCONN);
    }
    if (SSL_is_init_finished(connection.tls.get()) == 0) {
        const auto got = recv(connection.fd, buffer.data(), 1, MSG_DONTWAIT | MSG_PEEK);
        return got == 0 || (got < 0 && errno != EAGAIN && errno != ENOTCONN);
    }
    const bool slow = connection.pest == Pest::slow_reader;
    std::size_t got = 0;
    const auto wanted = slow ? kBytesAStep : buffer.size();
    const int result = SSL_read_ex(connection.tls.get(), buffer.data(), wanted, &got);
    if (result == 1) return false;
    const int error = SSL_get_error(connection.tls.get(), result);
    ERR_clear_error();
    return error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE;
}

void Pests::ended(Connection& connection) {
    const auto kind = static_cast<std::size_t>(connection.pest);
    ++stats_.closed.at(kind);
    stats_.seconds.at(kind) +=
        std::chrono::duration<double>(Clock::now() - connection.since).count();
    connection.tls.reset();
    ::close(connection.fd);
    open(connection);
}

void Pests::run() {
    std::unique_lock lock{mutex_};
    while (!stopped_.wait_for(lock, kStep, [this] { return stopping_; })) {
        for (auto& connection : connections_) {
            step(connection);
            if (closed_by_server(connection)) ended(connection);
        }
    }
}

}  // namespace fleet::perf
