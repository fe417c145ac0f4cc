#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace fleet::live {

/// A reply of Redis, copied out of the client library.
struct Reply {
    enum class Type { nil, integer, text, list, error };
    Type type = Type::nil;
    std::int64_t integer = 0;
    std::string text{};
    std::vector<Reply> list{};

    bool ok() const { return type != Type::error; }
};

/// How to reach Redis (operations.md C.3).
struct RedisOptions {
    std::string address = "localhost:6379";  // host:port, or a path of a unix socket
    std::string username{};
    std::string password{};
    int database = 0;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds command_timeout{10'000};
};

using Command = std::vector<std::string>;
using OnReply = std::function<void(Reply)>;

/// Commands and subscriptions over two connections that live on the event loop.
/// Thread-safe. Lost connections come back by themselves; subscriptions are made again and
/// `on_reconnect` tells subscribers that messages may have been missed. While disconnected,
/// commands fail at once with an error reply; the number of unanswered commands is bounded.
class Redis {
public:
    virtual ~Redis() = default;

    virtual void start() = 0;
    virtual void stop() = 0;

    /// `on_reply` runs on the event loop, exactly once.
    virtual void command(Command command, OnReply on_reply) = 0;
    /// Several commands in one write; replies in order.
    virtual void pipeline(
        std::vector<Command> commands, std::function<void(std::vector<Reply>)> on_replies
    ) = 0;
    /// Blocks the calling worker thread until the reply is there. Never call on the event loop.
    virtual Reply call(Command command) = 0;
    virtual std::vector<Reply> call_pipeline(std::vector<Command> commands) = 0;

    using OnMessage = std::function<void(std::string_view payload)>;
    /// Keeps the subscription alive; its destruction ends it. Callbacks run on the event loop.
    class Subscription {
    public:
        virtual ~Subscription() = default;
    };
    /// `on_ready` runs when the server has confirmed the subscription (again after a reconnect).
    virtual std::unique_ptr<Subscription> subscribe(
        std::string channel, OnMessage on_message, std::function<void()> on_ready
    ) = 0;

    /// Tells when subscriptions were lost (false) and when they are all back (true), on the event
    /// loop, until the returned object is destroyed.
    virtual std::unique_ptr<Subscription> watch(std::function<void(bool up)>) { return nullptr; }

    virtual bool connected() const = 0;

    struct Stats {
        std::uint64_t commands = 0;
        std::uint64_t failures = 0;
        std::uint64_t reconnects = 0;
        std::size_t pending = 0;
    };
    virtual Stats stats() const = 0;
};

std::unique_ptr<Redis> open_redis(boost::asio::io_context& loop, RedisOptions options);

}  // namespace fleet::live
