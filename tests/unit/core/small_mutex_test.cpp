#include "fleet/core/small_mutex.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <thread>
#include <vector>

namespace fleet {
namespace {

TEST(SmallMutex, LetsOneInAtATime) {
    SmallMutex mutex;
    int count = 0;  // not atomic: two at a time would lose some
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 50'000; ++n) {
                const std::scoped_lock lock{mutex};
                ++count;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(count, 200'000);
}

TEST(SmallMutex, WakesEachOfThoseThatSleep) {
    SmallMutex mutex;
    std::atomic<int> passed = 0;
    mutex.lock();
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const std::scoped_lock lock{mutex};
            ++passed;
        });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    EXPECT_EQ(passed, 0);
    mutex.unlock();
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(passed, 8);
}

TEST(SmallMutex, CanBeTried) {
    SmallMutex mutex;
    EXPECT_TRUE(mutex.try_lock());
    EXPECT_FALSE(mutex.try_lock());
    mutex.unlock();
    EXPECT_TRUE(mutex.try_lock());
    mutex.unlock();
}

}  // namespace
}  // namespace fleet
