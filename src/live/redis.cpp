#include "fleet/live/redis.hpp"

#include <boost/asio/io_context.hpp>
#include <future>

#include "live/redis_commands.hpp"
#include "live/redis_subscriber.hpp"

namespace fleet::live {
namespace {

std::vector<Reply> refused(std::size_t count, std::string text) {
    return std::vector<Reply>(count, Reply{.type = Reply::Type::error, .text = std::move(text)});
}

class RedisClient final : public Redis {
public:
    RedisClient(boost::asio::io_context& loop, const RedisOptions& options)
        : loop_{loop},
          patience_{options.connect_timeout + 2 * options.command_timeout},
          commands_{std::make_shared<RedisCommands>(loop, options)},
          subscriber_{std::make_shared<RedisSubscriber>(loop, options)} {}
    ~RedisClient() override { stop(); }
    RedisClient(const RedisClient&) = delete;
    RedisClient& operator=(const RedisClient&) = delete;

    void start() override {
        commands_->start();
        subscriber_->start();
    }

    void stop() override {
        commands_->stop();
        subscriber_->stop();
    }

    void command(Command command, OnReply on_reply) override {
        std::vector<Command> one;
        one.push_back(std::move(command));
        commands_->submit(
            std::move(one),
            [on_reply = std::move(on_reply)](std::vector<Reply> replies) {
                if (on_reply) on_reply(std::move(replies.front()));
            }
        );
    }

    void pipeline(std::vector<Command> commands, std::function<void(std::vector<Reply>)> on_replies)
        override {
        commands_->submit(
            std::move(commands),
            [on_replies = std::move(on_replies)](std::vector<Reply> replies) {
                if (on_replies) on_replies(std::move(replies));
            }
        );
    }

    Reply call(Command command) override {
        std::vector<Command> one;
        one.push_back(std::move(command));
        return std::move(call_pipeline(std::move(one)).front());
    }

    std::vector<Reply> call_pipeline(std::vector<Command> commands) override {
        const auto count = commands.size();
        if (loop_.get_executor().running_in_this_thread()) {
            return refused(count, "redis: a blocking call on the event loop");
        }
        auto promise = std::make_shared<std::promise<std::vector<Reply>>>();
        auto replies = promise->get_future();
        pipeline(std::move(commands), [promise](std::vector<Reply> got) {
            promise->set_value(std::move(got));
        });
        // The client has its own time-outs; this one is for a loop that has stopped running.
        if (replies.wait_for(patience_) != std::future_status::ready) {
            return refused(count, "redis: the event loop does not answer");
        }
        return replies.get();
    }

    std::unique_ptr<Subscription> subscribe(
        std::string channel, OnMessage on_message, std::function<void()> on_ready
    ) override {
        return subscriber_->subscribe(
            std::move(channel), std::move(on_message), std::move(on_ready)
        );
    }

    std::unique_ptr<Subscription> watch(std::function<void(bool)> on_change) override {
        return subscriber_->watch(std::move(on_change));
    }

    bool connected() const override { return commands_->connected(); }

    Stats stats() const override {
        auto stats = commands_->stats();
        stats.reconnects += subscriber_->reconnects();
        return stats;
    }

private:
    boost::asio::io_context& loop_;
    std::chrono::milliseconds patience_;
    std::shared_ptr<RedisCommands> commands_;
    std::shared_ptr<RedisSubscriber> subscriber_;
};

}  // namespace

std::unique_ptr<Redis> open_redis(boost::asio::io_context& loop, RedisOptions options) {
    return std::make_unique<RedisClient>(loop, options);
}

}  // namespace fleet::live
