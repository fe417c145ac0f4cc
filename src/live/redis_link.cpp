#include "live/redis_link.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

namespace fleet::live {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

std::string unix_path(const std::string& address) {
    if (address.starts_with('/')) return address;
    if (address.starts_with("unix:")) return address.substr(5);
    return {};
}

// "host:port", "[v6]:port" or "host".
std::pair<std::string, std::string> host_and_port(const std::string& address) {
    const auto colon = address.rfind(':');
    const bool bare_v6 = address.find(':') != colon && !address.starts_with('[');
    if (colon == std::string::npos || bare_v6) return {address, "6379"};
    std::string host = address.substr(0, colon);
    if (host.size() > 1 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    return {host, address.substr(colon + 1)};
}

}  // namespace

RedisLink::RedisLink(Strand strand, const RedisOptions& options, Events events)
    : strand_{std::move(strand)},
      options_{options},
      events_{std::move(events)},
      socket_{strand_},
      resolver_{strand_},
      deadline_{strand_} {}

void RedisLink::open() {
    deadline_.expires_after(options_.connect_timeout);
    deadline_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec) self->fail("no connection within the time allowed");
    });
    if (const auto path = unix_path(options_.address); !path.empty()) {
        connect({asio::local::stream_protocol::endpoint{path}}, false);
    } else {
        resolve();
    }
}

void RedisLink::resolve() {
    const auto [host, port] = host_and_port(options_.address);
    resolver_.async_resolve(
        host,
        port,
        [self = shared_from_this()](error_code ec, asio::ip::tcp::resolver::results_type found) {
            if (self->dead_) return;
            if (ec) return self->fail("cannot resolve the address: " + ec.message());
            std::vector<Endpoint> endpoints;
            for (const auto& entry : found)
                endpoints.emplace_back(entry.endpoint());
            self->connect(std::move(endpoints), true);
        }
    );
}

void RedisLink::connect(std::vector<Endpoint> endpoints, bool tcp) {
    endpoints_ = std::move(endpoints);
    asio::async_connect(
        socket_,
        endpoints_,
        [self = shared_from_this(), tcp](error_code ec, const Endpoint&) {
            if (self->dead_) return;
            if (ec) return self->fail("cannot connect: " + ec.message());
            if (tcp) {
                error_code ignored;
                self->socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
                self->socket_.set_option(asio::socket_base::keep_alive{true}, ignored);
            }
            self->shake_hands();
        }
    );
}

void RedisLink::shake_hands() {
    std::string bytes;
    // Redis answers PING with an error while it loads its data: then we are not connected yet.
    handshake_ = {"PING"};
    if (options_.database != 0) handshake_.push_back("SELECT");
    if (!options_.password.empty()) handshake_.push_back("AUTH");
    for (auto step = handshake_.rbegin(); step != handshake_.rend(); ++step) {
        Command command{*step};
        if (*step == "AUTH" && !options_.username.empty()) command.push_back(options_.username);
        if (*step == "AUTH") command.push_back(options_.password);
        if (*step == "SELECT") command.push_back(std::to_string(options_.database));
        append_command(bytes, command);
    }
    send(std::move(bytes));
    read_more();
}

void RedisLink::handshake_reply(const Reply& reply) {
    if (!reply.ok()) return fail(handshake_.back() + " was refused: " + reply.text);
    handshake_.pop_back();
    if (!handshake_.empty()) return;
    deadline_.cancel();
    events_.on_up();
}

void RedisLink::send(std::string bytes) {
    if (dead_) return;
    if (outgoing_.empty()) {
        outgoing_ = std::move(bytes);
    } else {
        outgoing_ += bytes;
    }
    write_more();
}

void RedisLink::write_more() {
    if (writing_ || dead_ || outgoing_.empty()) return;
    writing_ = true;
    in_flight_ = std::move(outgoing_);
    outgoing_.clear();
    asio::async_write(
        socket_,
        asio::buffer(in_flight_),
        [self = shared_from_this()](error_code ec, std::size_t) {
            self->writing_ = false;
            self->in_flight_.clear();
            if (self->dead_) return;
            if (ec) return self->fail("write failed: " + ec.message());
            self->write_more();
        }
    );
}

void RedisLink::read_more() {
    socket_.async_read_some(
        asio::buffer(chunk_),
        [self = shared_from_this()](error_code ec, std::size_t count) {
            if (self->dead_) return;
            if (ec) return self->fail("connection lost: " + ec.message());
            self->last_heard_ = std::chrono::steady_clock::now();
            self->reader_.feed({self->chunk_.data(), count});
            while (auto reply = self->reader_.next()) {
                if (self->handshake_.empty()) {
                    self->events_.on_reply(std::move(*reply));
                } else {
                    self->handshake_reply(*reply);
                }
                if (self->dead_) return;
            }
            if (self->reader_.broken()) return self->fail("the server does not speak Redis");
            self->read_more();
        }
    );
}

void RedisLink::fail(const std::string& why) {
    if (dead_) return;
    shut();
    // The events hold the owner, so they must go; but one of them may be running right now.
    auto events = std::exchange(events_, {});
    asio::post(strand_, [events = std::move(events), why] { events.on_down(why); });
}

void RedisLink::close() {
    if (dead_) return;
    shut();
    asio::post(strand_, [events = std::exchange(events_, {})] {});
}

void RedisLink::shut() {
    dead_ = true;
    error_code ignored;
    deadline_.cancel();
    resolver_.cancel();
    socket_.close(ignored);
}

}  // namespace fleet::live
