#include "fleet/core/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

namespace fleet {
namespace {

TEST(WorkerPool, RunsEveryJobThatItTook) {
    std::atomic<int> done = 0;
    WorkerPool pool{3, 1000};
    for (int i = 0; i < 500; ++i) {
        ASSERT_TRUE(pool.submit([&] { ++done; }));
    }
    pool.stop();
    EXPECT_EQ(done, 500);
}

TEST(WorkerPool, RefusesWhenTheQueueIsFull) {
    std::promise<void> started;
    std::promise<void> release;
    WorkerPool pool{1, 1};
    ASSERT_TRUE(pool.submit([&] {
        started.set_value();
        release.get_future().wait();
    }));
    started.get_future().wait();
    EXPECT_TRUE(pool.submit([] {}));

    EXPECT_FALSE(pool.submit([] {}));
    EXPECT_EQ(pool.refused(), 1u);
    EXPECT_EQ(pool.queued(), 1u);
    release.set_value();
}

TEST(WorkerPool, WorkThatMayBeRefusedFirstLeavesHalfTheQueue) {
    std::promise<void> started;
    std::promise<void> release;
    WorkerPool pool{1, 4};
    ASSERT_TRUE(pool.submit([&] {
        started.set_value();
        release.get_future().wait();
    }));
    started.get_future().wait();
    for (int i = 0; i < 2; ++i)
        EXPECT_TRUE(pool.submit([] {}, WorkerPool::Room::half));

    EXPECT_FALSE(pool.submit([] {}, WorkerPool::Room::half));
    EXPECT_TRUE(pool.submit([] {}));
    EXPECT_TRUE(pool.submit([] {}));
    EXPECT_FALSE(pool.submit([] {}));
    release.set_value();
}

TEST(WorkerPool, TakesNothingAfterStop) {
    WorkerPool pool{1, 10};
    pool.stop();
    EXPECT_FALSE(pool.submit([] {}));
    pool.stop();
}

TEST(WorkerPool, SurvivesAJobThatThrows) {
    std::atomic<bool> ran = false;
    WorkerPool pool{1, 10};
    pool.submit([] { throw std::runtime_error{"broken job"}; });
    pool.submit([&] { ran = true; });
    pool.stop();
    EXPECT_TRUE(ran);
}

}  // namespace
}  // namespace fleet
