#include "fleet/mail/outbox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "fleet/core/log.hpp"
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
         .deliver = [this](const SmtpSettings&, const Message& m, Time) -> Attempt {
             return {.sent = relay.take(m)};
         }}};
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

/// A relay that refuses each mail so often before it takes it.
class Stubborn {
public:
    Attempt take(const Message& message) {
        const std::lock_guard lock{mutex_};
        ++attempts_;
        changed_.notify_all();
        if (refusals_ == 0) {
            taken_ = message.to;
            return {};
        }
        --refusals_;
        Error error;
        error.kind = ErrorKind::upstream;
        error.fields.push_back({"base", "no room for " + message.to});
        return {.sent = fail(error), .may_work_later = may_pass_};
    }
    void refuse(int times, bool may_pass = true) {
        const std::lock_guard lock{mutex_};
        refusals_ = times;
        may_pass_ = may_pass;
    }
    int wait_for_attempts(int count) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return attempts_ >= count; });
        return attempts_;
    }
    std::string taken() {
        const std::lock_guard lock{mutex_};
        return taken_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string taken_{};
    int attempts_ = 0;
    int refusals_ = 0;
    bool may_pass_ = true;
};

class RetryTest : public testing::Test {
protected:
    void SetUp() override { log::clear_logged_errors(); }

    std::unique_ptr<Outbox> outbox(RetryPlan plan) {
        return std::make_unique<Outbox>(
            Outbox::Deps{
                .workers = workers,
                .clock = clock,
                .deliver =
                    [this](const SmtpSettings&, const Message& m, Time) { return relay.take(m); }},
            plan
        );
    }
    static Message message() {
        return {.to = "bo@example.test", .subject = "Hello", .text = "t", .html = "h"};
    }
    /// Ends the pool and tells what was logged about the mail; "" when nothing was.
    std::string failure(const std::string& field) {
        workers.stop();
        for (const auto& error : log::logged_errors()) {
            if (error.message != "mail not sent") continue;
            for (const auto& [key, value] : error.fields) {
                if (key == field) return value;
            }
        }
        return "";
    }

    Stubborn relay;
    SystemClock clock;
    WorkerPool workers{2, 100};
    RetryPlan quick{
        .first_pause = std::chrono::milliseconds{1}, .longest_pause = std::chrono::milliseconds{4}};
};

TEST_F(RetryTest, TriesAgainUntilItIsTaken) {
    relay.refuse(3);
    const auto box = outbox(quick);
    EXPECT_TRUE(box->post({}, message()));
    EXPECT_EQ(relay.wait_for_attempts(4), 4);
    EXPECT_EQ(failure("to"), "");
    EXPECT_EQ(relay.taken(), "bo@example.test");
}

TEST_F(RetryTest, GivesUpAndSaysForWhomWithoutTheAddress) {
    relay.refuse(1'000);
    quick.attempts = 3;
    const auto box = outbox(quick);
    EXPECT_TRUE(box->post({}, message()));
    relay.wait_for_attempts(3);
    EXPECT_EQ(failure("to"), "b***@example.test");
    EXPECT_EQ(failure("reason"), "no room for b***@example.test");
    EXPECT_EQ(failure("attempts"), "3");
    EXPECT_EQ(relay.wait_for_attempts(3), 3);
}

TEST_F(RetryTest, GivesUpInTime) {
    relay.refuse(1'000);
    quick.give_up_after = std::chrono::milliseconds{0};
    const auto box = outbox(quick);
    EXPECT_TRUE(box->post({}, message()));
    relay.wait_for_attempts(1);
    EXPECT_EQ(failure("attempts"), "1");
}

TEST_F(RetryTest, WhatIsRefusedForGoodIsNotTriedAgain) {
    relay.refuse(1, false);
    const auto box = outbox(quick);
    EXPECT_TRUE(box->post({}, message()));
    relay.wait_for_attempts(1);
    EXPECT_EQ(failure("attempts"), "1");
    EXPECT_EQ(relay.taken(), "");
}

TEST_F(RetryTest, StoppingTriesOnceMoreAndDoesNotWait) {
    relay.refuse(1);
    const auto box = outbox(
        {.first_pause = std::chrono::hours{1},
         .longest_pause = std::chrono::hours{1},
         .give_up_after = std::chrono::hours{2}}
    );
    EXPECT_TRUE(box->post({}, message()));
    relay.wait_for_attempts(1);
    box->stop();
    EXPECT_FALSE(box->post({}, message()));
    EXPECT_EQ(relay.wait_for_attempts(2), 2);
    EXPECT_EQ(failure("to"), "");
    EXPECT_EQ(relay.taken(), "bo@example.test");
}

TEST_F(RetryTest, WhatWaitsWhenThePoolHasEndedIsLogged) {
    relay.refuse(1'000);
    auto box = outbox(
        {.first_pause = std::chrono::hours{1},
         .longest_pause = std::chrono::hours{1},
         .give_up_after = std::chrono::hours{2}}
    );
    EXPECT_TRUE(box->post({}, message()));
    relay.wait_for_attempts(1);
    workers.stop();
    box.reset();
    EXPECT_EQ(failure("reason"), "the server stopped");
}

TEST(RetryPlan, PausesGrow) {
    const RetryPlan plan;
    EXPECT_EQ(plan.pause_after(1), std::chrono::seconds{5});
    EXPECT_EQ(plan.pause_after(2), std::chrono::seconds{10});
    EXPECT_EQ(plan.pause_after(6), std::chrono::seconds{160});
    EXPECT_EQ(plan.pause_after(7), std::chrono::minutes{5});
    EXPECT_EQ(plan.pause_after(99), std::chrono::minutes{5});
}

TEST(MaskedAddress, KeepsWhatTellsTheOwner) {
    EXPECT_EQ(masked_address("bo@example.test"), "b***@example.test");
    EXPECT_EQ(masked_address("b@example.test"), "***@example.test");
    EXPECT_EQ(masked_address("nobody"), "n***");
    EXPECT_EQ(masked_address(""), "***");
}

}  // namespace
}  // namespace fleet::mail
