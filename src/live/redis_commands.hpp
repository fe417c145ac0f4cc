#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "fleet/live/redis.hpp"
#include "live/redis_link.hpp"

namespace fleet::live {

/// The connection for commands. Callers of any thread leave their commands in an inbox; one visit
/// of the strand writes all of it, so commands that arrive together share a system call.
class RedisCommands : public std::enable_shared_from_this<RedisCommands> {
public:
    using OnReplies = std::function<void(std::vector<Reply>)>;

    RedisCommands(boost::asio::io_context& loop, RedisOptions options);

    void start();
    void stop();
    void submit(std::vector<Command> commands, OnReplies done);

    bool connected() const { return connected_.load(std::memory_order_relaxed); }
    Redis::Stats stats() const;

private:
    struct Job {
        std::size_t count = 0;
        std::string bytes{};
        OnReplies done{};
    };
    struct Waiting {
        std::size_t count = 0;
        std::vector<Reply> replies{};
        OnReplies done{};
        std::chrono::steady_clock::time_point since{};
    };

    void connect();
    void on_up();
    void on_reply(Reply reply);
    void on_down(const std::string& why);
    void empty_inbox();
    void count_unsent();
    void watch_timeouts();
    void refuse(Job job, const char* why);

    Strand strand_;
    RedisOptions options_;
    std::shared_ptr<RedisLink> link_{};
    std::deque<Waiting> waiting_{};
    boost::asio::steady_timer retry_;
    boost::asio::steady_timer sweep_;
    int attempts_ = 0;
    bool was_up_ = false;

    std::mutex mutex_{};  // guards the four below
    std::vector<Job> inbox_{};
    bool visit_due_ = false;
    std::size_t unsent_bytes_ = 0;
    std::atomic<bool> stopped_{false};  // set under the mutex, read anywhere

    std::atomic<bool> connected_{false};
    std::atomic<std::size_t> pending_{0};
    std::atomic<std::uint64_t> commands_{0};
    std::atomic<std::uint64_t> failures_{0};
    std::atomic<std::uint64_t> reconnects_{0};
};

/// Waits 50 ms, doubling up to 2 s, with a quarter of jitter.
std::chrono::milliseconds retry_delay(int attempts);

}  // namespace fleet::live
