#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fleet/live/redis.hpp"
#include "live/resp.hpp"

namespace fleet::live {

using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;

/// One connection to Redis, from the name look-up to its end; never reused. Everything runs on
/// the strand. After `on_down` nothing else is called.
class RedisLink : public std::enable_shared_from_this<RedisLink> {
public:
    struct Events {
        std::function<void()> on_up{};
        std::function<void(Reply)> on_reply{};
        std::function<void(const std::string& why)> on_down{};
    };

    RedisLink(Strand strand, const RedisOptions& options, Events events);

    void open();
    /// Queues bytes of the protocol; only after `on_up`.
    void send(std::string bytes);
    /// Ends the connection and tells the owner why.
    void fail(const std::string& why);
    /// Ends the connection in silence.
    void close();

    std::size_t unsent_bytes() const { return outgoing_.size() + in_flight_.size(); }
    std::chrono::steady_clock::time_point last_heard() const { return last_heard_; }

private:
    using Endpoint = boost::asio::generic::stream_protocol::endpoint;

    void resolve();
    void connect(std::vector<Endpoint> endpoints, bool tcp);
    void shake_hands();
    void handshake_reply(const Reply& reply);
    void read_more();
    void write_more();
    void shut();

    Strand strand_;
    RedisOptions options_;
    Events events_;
    boost::asio::generic::stream_protocol::socket socket_;
    boost::asio::ip::tcp::resolver resolver_;
    boost::asio::steady_timer deadline_;
    std::vector<Endpoint> endpoints_{};
    RespReader reader_{};
    std::vector<char> chunk_ = std::vector<char>(65'536);
    std::string outgoing_{};
    std::string in_flight_{};
    std::vector<std::string> handshake_{};  // names of steps whose reply is awaited, last first
    std::chrono::steady_clock::time_point last_heard_{};
    bool writing_ = false;
    bool dead_ = false;
};

}  // namespace fleet::live
