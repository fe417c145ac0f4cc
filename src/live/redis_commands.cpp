#include "live/redis_commands.hpp"

#include <boost/asio/post.hpp>
#include <random>

#include "fleet/core/log.hpp"

namespace fleet::live {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

constexpr std::size_t kMaxPending = 100'000;
constexpr std::size_t kMaxInboxBytes = 256u << 20;
constexpr std::chrono::milliseconds kSweep{250};

Reply error_reply(std::string text) {
    return Reply{.type = Reply::Type::error, .text = std::move(text)};
}

}  // namespace

std::chrono::milliseconds retry_delay(int attempts) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const int base = std::min(50 << std::min(attempts, 6), 2'000);
    return std::chrono::milliseconds{base + std::uniform_int_distribution{0, base / 4}(random)};
}

RedisCommands::RedisCommands(asio::io_context& loop, RedisOptions options)
    : strand_{asio::make_strand(loop)},
      options_{std::move(options)},
      retry_{strand_},
      sweep_{strand_} {}

void RedisCommands::start() {
    asio::post(strand_, [self = shared_from_this()] {
        self->connect();
        self->watch_timeouts();
    });
}

void RedisCommands::stop() {
    {
        const std::lock_guard lock{mutex_};
        if (stopped_.exchange(true)) return;
    }
    asio::post(strand_, [self = shared_from_this()] {
        self->retry_.cancel();
        self->sweep_.cancel();
        if (self->link_) self->link_->close();
        self->on_down("stopped");
        self->empty_inbox();
    });
}

void RedisCommands::connect() {
    if (stopped_) return;
    const auto self = shared_from_this();
    link_ = std::make_shared<RedisLink>(
        strand_,
        options_,
        RedisLink::Events{
            .on_up = [self] { self->on_up(); },
            .on_reply = [self](Reply reply) { self->on_reply(std::move(reply)); },
            .on_down = [self](const std::string& why) { self->on_down(why); },
        }
    );
    link_->open();
}

void RedisCommands::on_up() {
    if (std::exchange(was_up_, true)) {
        ++reconnects_;
        log::info("connected to Redis again", {{"attempts", attempts_ + 1}});
    }
    attempts_ = 0;
    connected_ = true;
}

void RedisCommands::on_down(const std::string& why) {
    link_.reset();
    connected_ = false;
    auto lost = std::exchange(waiting_, {});
    for (auto& job : lost) {
        pending_ -= job.count - job.replies.size();
        failures_ += job.count - job.replies.size();
        job.replies.resize(job.count, error_reply("redis: " + why));
        job.done(std::move(job.replies));
    }
    if (stopped_) return;
    if (attempts_++ == 0) {
        log::warn("no connection to Redis", {{"address", options_.address}, {"reason", why}});
    }
    retry_.expires_after(retry_delay(attempts_));
    retry_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec) self->connect();
    });
}

void RedisCommands::submit(std::vector<Command> commands, OnReplies done) {
    Job job{.count = commands.size(), .done = std::move(done)};
    for (const auto& command : commands)
        append_command(job.bytes, command);
    commands_ += job.count;
    pending_ += job.count;

    bool visit = false;
    const char* refusal = nullptr;
    {
        const std::lock_guard lock{mutex_};
        if (stopped_) {
            refusal = "redis: stopped";
        } else if (pending_ > kMaxPending || unsent_bytes_ > kMaxInboxBytes) {
            refusal = "redis: too many commands are waiting";
        } else {
            unsent_bytes_ += job.bytes.size();
            inbox_.push_back(std::move(job));
            visit = !std::exchange(visit_due_, true);
        }
    }
    // Posted, so that a caller never meets its own callback inside its call.
    if (refusal != nullptr) {
        asio::post(strand_, [self = shared_from_this(), job = std::move(job), refusal]() mutable {
            self->refuse(std::move(job), refusal);
        });
    } else if (visit) {
        asio::post(strand_, [self = shared_from_this()] { self->empty_inbox(); });
    }
}

void RedisCommands::refuse(Job job, const char* why) {
    pending_ -= job.count;
    failures_ += job.count;
    job.done(std::vector<Reply>(job.count, error_reply(why)));
}

void RedisCommands::empty_inbox() {
    std::vector<Job> jobs;
    {
        const std::lock_guard lock{mutex_};
        jobs.swap(inbox_);
        visit_due_ = false;
    }
    std::string bytes;
    for (auto& job : jobs) {
        if (job.count == 0) {
            job.done({});
        } else if (!connected_) {
            refuse(std::move(job), "redis: not connected");
        } else {
            bytes += job.bytes;
            waiting_.push_back(
                {.count = job.count,
                 .replies = {},
                 .done = std::move(job.done),
                 .since = steady_clock::now()}
            );
        }
    }
    if (link_ && !bytes.empty()) link_->send(std::move(bytes));
    count_unsent();
}

void RedisCommands::count_unsent() {
    const std::lock_guard lock{mutex_};
    std::size_t unsent = link_ ? link_->unsent_bytes() : 0;
    for (const auto& job : inbox_)
        unsent += job.bytes.size();
    unsent_bytes_ = unsent;
}

void RedisCommands::on_reply(Reply reply) {
    if (waiting_.empty()) return link_->fail("a reply nobody asked for");
    auto& job = waiting_.front();
    --pending_;
    if (!reply.ok()) ++failures_;
    job.replies.push_back(std::move(reply));
    if (job.replies.size() < job.count) return;
    auto ready = std::move(job);
    waiting_.pop_front();
    ready.done(std::move(ready.replies));
}

void RedisCommands::watch_timeouts() {
    sweep_.expires_after(kSweep);
    sweep_.async_wait([self = shared_from_this()](error_code ec) {
        if (ec || self->stopped_) return;
        self->count_unsent();
        const auto& waiting = self->waiting_;
        const auto oldest = steady_clock::now() - self->options_.command_timeout;
        if (self->link_ && !waiting.empty() && waiting.front().since < oldest) {
            self->link_->fail("no reply within the time allowed");
        }
        self->watch_timeouts();
    });
}

Redis::Stats RedisCommands::stats() const {
    return {
        .commands = commands_,
        .failures = failures_,
        .reconnects = reconnects_,
        .pending = pending_,
    };
}

}  // namespace fleet::live
