#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "fleet/live/redis.hpp"
#include "live/redis_link.hpp"

namespace fleet::live {

/// The connection for subscriptions. Any number of listeners share a channel; the server is asked
/// once. After a loss every channel is subscribed again.
class RedisSubscriber : public std::enable_shared_from_this<RedisSubscriber> {
public:
    RedisSubscriber(boost::asio::io_context& loop, RedisOptions options);

    void start();
    void stop();
    std::unique_ptr<Redis::Subscription> subscribe(
        std::string channel, Redis::OnMessage on_message, std::function<void()> on_ready
    );
    std::unique_ptr<Redis::Subscription> watch(std::function<void(bool)> on_change);

    std::uint64_t reconnects() const { return reconnects_; }

private:
    struct Listener {
        Redis::OnMessage on_message{};
        std::function<void()> on_ready{};
        std::function<void(bool)> on_change{};
        std::atomic<bool> gone{false};
        bool ready = false;
    };
    struct Channel {
        std::vector<std::shared_ptr<Listener>> listeners{};
        int unconfirmed = 0;  // SUBSCRIBEs without confirmation; messages may be missing until 0
    };
    class Handle;

    void connect();
    void on_up();
    void on_reply(const Reply& reply);
    void on_down(const std::string& why);
    void add(const std::string& channel, std::shared_ptr<Listener> listener);
    void remove(const std::string& channel, const std::shared_ptr<Listener>& listener);
    void confirmed(const std::string& channel);
    void deliver(const std::string& channel, const std::string& payload);
    void check_all_back();
    void tell_watchers(bool up);
    void watch_silence();
    void send(const Command& command);

    Strand strand_;
    RedisOptions options_;
    std::shared_ptr<RedisLink> link_{};
    bool up_ = false;
    bool lost_ = false;  // watchers were told of a loss and not yet of the return
    bool was_up_ = false;
    std::map<std::string, Channel> channels_{};
    std::vector<std::shared_ptr<Listener>> watchers_{};
    boost::asio::steady_timer retry_;
    boost::asio::steady_timer silence_;
    int attempts_ = 0;
    std::atomic<bool> stopped_{false};
    std::atomic<std::uint64_t> reconnects_{0};
};

}  // namespace fleet::live
