#include "live/redis_subscriber.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "fleet/core/log.hpp"
#include "live/redis_commands.hpp"

namespace fleet::live {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

}  // namespace

class RedisSubscriber::Handle final : public Redis::Subscription {
public:
    Handle(
        std::weak_ptr<RedisSubscriber> owner,
        std::string channel,
        std::shared_ptr<Listener> listener
    )
        : owner_{std::move(owner)}, channel_{std::move(channel)}, listener_{std::move(listener)} {}

    ~Handle() override {
        listener_->gone = true;
        const auto owner = owner_.lock();
        if (!owner) return;
        asio::post(owner->strand_, [owner, channel = channel_, listener = listener_] {
            owner->remove(channel, listener);
        });
    }

private:
    std::weak_ptr<RedisSubscriber> owner_;
    std::string channel_;  // empty: a watcher
    std::shared_ptr<Listener> listener_;
};

RedisSubscriber::RedisSubscriber(asio::io_context& loop, RedisOptions options)
    : strand_{asio::make_strand(loop)},
      options_{std::move(options)},
      retry_{strand_},
      silence_{strand_} {}

void RedisSubscriber::start() {
    asio::post(strand_, [self = shared_from_this()] {
        self->connect();
        self->watch_silence();
    });
}

void RedisSubscriber::stop() {
    if (stopped_.exchange(true)) return;
    asio::post(strand_, [self = shared_from_this()] {
        self->retry_.cancel();
        self->silence_.cancel();
        if (self->link_) self->link_->close();
        self->link_.reset();
        self->up_ = false;
        self->channels_.clear();
        self->watchers_.clear();
    });
}

std::unique_ptr<Redis::Subscription> RedisSubscriber::subscribe(
    std::string channel, Redis::OnMessage on_message, std::function<void()> on_ready
) {
    auto listener = std::make_shared<Listener>();
    listener->on_message = std::move(on_message);
    listener->on_ready = std::move(on_ready);
    asio::post(strand_, [self = shared_from_this(), channel, listener] {
        self->add(channel, listener);
    });
    return std::make_unique<Handle>(weak_from_this(), std::move(channel), std::move(listener));
}

std::unique_ptr<Redis::Subscription> RedisSubscriber::watch(std::function<void(bool)> on_change) {
    auto listener = std::make_shared<Listener>();
    listener->on_change = std::move(on_change);
    asio::post(strand_, [self = shared_from_this(), listener] {
        if (!self->stopped_ && !listener->gone) self->watchers_.push_back(listener);
    });
    return std::make_unique<Handle>(weak_from_this(), std::string{}, std::move(listener));
}

void RedisSubscriber::connect() {
    if (stopped_) return;
    const auto self = shared_from_this();
    link_ = std::make_shared<RedisLink>(
        strand_,
        options_,
        RedisLink::Events{
            .on_up = [self] { self->on_up(); },
            .on_reply = [self](const Reply& reply) { self->on_reply(reply); },
            .on_down = [self](const std::string& why) { self->on_down(why); },
        }
    );
    link_->open();
}

void RedisSubscriber::on_up() {
    if (std::exchange(was_up_, true)) ++reconnects_;
    up_ = true;
    attempts_ = 0;
    std::string bytes;
    for (auto& [name, channel] : channels_) {
        append_command(bytes, {"SUBSCRIBE", name});
        channel.unconfirmed = 1;
    }
    if (!bytes.empty()) link_->send(std::move(bytes));
    check_all_back();
}

void RedisSubscriber::on_down(const std::string& why) {
    link_.reset();
    if (stopped_) return;
    if (std::exchange(up_, false)) {
        log::warn("subscriptions to Redis lost", {{"reason", why}});
        for (auto& [name, channel] : channels_) {
            for (const auto& listener : channel.listeners)
                listener->ready = false;
        }
        if (!std::exchange(lost_, true)) tell_watchers(false);
    }
    // A channel without listeners only waited for a confirmation that will not come.
    std::erase_if(channels_, [](auto& entry) { return entry.second.listeners.empty(); });
    retry_.expires_after(retry_delay(++attempts_));
    retry_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec) self->connect();
    });
}

void RedisSubscriber::add(const std::string& name, std::shared_ptr<Listener> listener) {
    if (stopped_ || listener->gone) return;
    auto& channel = channels_[name];
    const bool first = channel.listeners.empty();
    channel.listeners.push_back(listener);
    if (!up_) return;
    if (first) {
        ++channel.unconfirmed;
        send({"SUBSCRIBE", name});
    } else if (channel.unconfirmed == 0) {
        listener->ready = true;
        if (listener->on_ready) listener->on_ready();
    }
}

void RedisSubscriber::remove(const std::string& name, const std::shared_ptr<Listener>& listener) {
    std::erase(watchers_, listener);
    const auto found = channels_.find(name);
    if (found == channels_.end()) return;
    auto& channel = found->second;
    if (std::erase(channel.listeners, listener) == 0 || !channel.listeners.empty()) return;
    if (up_) send({"UNSUBSCRIBE", name});
    if (!up_ || channel.unconfirmed == 0) channels_.erase(found);
}

void RedisSubscriber::on_reply(const Reply& reply) {
    if (!reply.ok()) {
        // The ACL does not allow the channel: nothing will change until an operator acts.
        log::error("Redis refused a subscription", {{"reason", reply.text}});
        return;
    }
    if (reply.type != Reply::Type::list || reply.list.size() != 3) return;  // answer to PING
    const auto& kind = reply.list[0].text;
    if (kind == "message") deliver(reply.list[1].text, reply.list[2].text);
    if (kind == "subscribe") confirmed(reply.list[1].text);
}

void RedisSubscriber::confirmed(const std::string& name) {
    const auto found = channels_.find(name);
    if (found == channels_.end()) return;
    auto& channel = found->second;
    if (--channel.unconfirmed > 0) return;
    channel.unconfirmed = 0;
    if (channel.listeners.empty()) {
        channels_.erase(found);
        return;
    }
    const auto listeners = channel.listeners;  // callbacks may subscribe
    for (const auto& listener : listeners) {
        if (listener->gone || std::exchange(listener->ready, true)) continue;
        if (listener->on_ready) listener->on_ready();
    }
    check_all_back();
}

void RedisSubscriber::deliver(const std::string& name, const std::string& payload) {
    const auto found = channels_.find(name);
    if (found == channels_.end()) return;
    const auto listeners = found->second.listeners;
    for (const auto& listener : listeners) {
        if (!listener->gone && listener->on_message) listener->on_message(payload);
    }
}

void RedisSubscriber::check_all_back() {
    if (!lost_ || !up_) return;
    for (const auto& [name, channel] : channels_) {
        if (channel.unconfirmed > 0) return;
    }
    lost_ = false;
    tell_watchers(true);
}

void RedisSubscriber::tell_watchers(bool up) {
    const auto watchers = watchers_;
    for (const auto& watcher : watchers) {
        if (!watcher->gone) watcher->on_change(up);
    }
}

void RedisSubscriber::watch_silence() {
    const auto third = options_.command_timeout / 3;
    silence_.expires_after(third);
    silence_.async_wait([self = shared_from_this(), third](error_code ec) {
        if (ec || self->stopped_) return;
        if (self->up_) {
            const auto silent = steady_clock::now() - self->link_->last_heard();
            // Half-open connections are noticed by the missing answer to PING.
            if (silent > self->options_.command_timeout) {
                self->link_->fail("the server is silent");
            } else if (silent > third) {
                self->send({"PING"});
            }
        }
        self->watch_silence();
    });
}

void RedisSubscriber::send(const Command& command) {
    std::string bytes;
    append_command(bytes, command);
    if (link_) link_->send(std::move(bytes));
}

}  // namespace fleet::live
