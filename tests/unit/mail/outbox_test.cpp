#include "fleet/mail/outbox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "fleet/core/worker_pool.hpp"

namespace fleet::mail {
namespace {

/// A relay that takes mail only while it is open, and counts who waits before it.
class Relay {
public:
    Result<> take(const Message& message) {
        std::unique_lock lock{mutex_};
        most_at_once_ = std::max(most_at_once_, ++inside_);
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
        --inside_;
        taken_.push_back(message.to);
        changed_.notify_all();
        return {};
    }
    void open() {
        const std::lock_guard lock{mutex_};
        open_ = true;
        changed_.notify_all();
    }
    void wait_for_inside(int count) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return inside_ >= count; });
    }
    std::vector<std::string> wait_for_taken(std::size_t count) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return taken_.size() >= count; });
        return taken_;
    }
    int most_at_once() {
        const std::lock_guard lock{mutex_};
        return most_at_once_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> taken_{};
    int inside_ = 0;
    int most_at_once_ = 0;
    bool open_ = false;
};

class OutboxTest : public testing::Test {
protected:
    static Message to(const std::string& address) {
        return {.to = address, .subject = "s", .text = "t", .html = "h"};
    }

    Relay relay;
    SystemClock clock;
    WorkerPool workers{8, 100};
    Outbox outbox{
        {.workers = workers,
         .clock = clock,
         .deliver = [this](const SmtpSettings&, const Message& m, Time) { return relay.take(m); }}};
};

TEST_F(OutboxTest, PostsAllAndAFewAtOnce) {
    for (int i = 0; i < 20; ++i)
        EXPECT_TRUE(outbox.post({}, to(std::to_string(i))));
    relay.wait_for_inside(2);
    relay.open();

    EXPECT_EQ(relay.wait_for_taken(20).size(), 20U);
    EXPECT_EQ(relay.most_at_once(), 2) << "the rest of the pool is for others";
}

TEST_F(OutboxTest, RefusesWhenTooManyWait) {
    int taken = 0;
    while (taken < 5'000 && outbox.post({}, to("x")))
        ++taken;
    EXPECT_GE(taken, 1'000);
    EXPECT_LE(taken, 1'002);
    relay.open();
}

TEST_F(OutboxTest, DirectSendersAreFew) {
    std::vector<std::thread> senders;
    for (int i = 0; i < 2; ++i)
        senders.emplace_back([&] { EXPECT_TRUE(outbox.send_now({}, to("direct"))); });
    relay.wait_for_inside(2);

    const auto third = outbox.send_now({}, to("third"));
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().kind, ErrorKind::unavailable);
    relay.open();
    for (auto& sender : senders)
        sender.join();
    EXPECT_TRUE(outbox.send_now({}, to("after")));
}

}  // namespace
}  // namespace fleet::mail
