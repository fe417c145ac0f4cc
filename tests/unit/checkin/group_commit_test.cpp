#include "fleet/checkin/group_commit.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace fleet::checkin {
namespace {

using namespace std::chrono_literals;

TEST(GroupCommit, JobsThatComeTogetherShareABatchInOrder) {
    std::promise<std::vector<int>> first;
    GroupCommit<int> queue{
        {.max_batch = 3, .max_queued = 10, .linger = 10s},
        [&](std::vector<int> batch) { first.set_value(std::move(batch)); }};
    for (int i : {1, 2, 3})
        ASSERT_TRUE(queue.submit(std::move(i)));

    EXPECT_EQ(first.get_future().get(), (std::vector<int>{1, 2, 3}));
}

TEST(GroupCommit, AFullQueueRefusesAndCounts) {
    std::promise<void> release;
    std::promise<void> busy;
    GroupCommit<int> queue{
        {.max_batch = 1, .max_queued = 2, .linger = 0us},
        [&, blocked = true](const std::vector<int>&) mutable {
            if (std::exchange(blocked, false)) {
                busy.set_value();
                release.get_future().wait();
            }
        }};
    queue.submit(1);
    busy.get_future().wait();

    EXPECT_TRUE(queue.submit(2));
    EXPECT_TRUE(queue.submit(3));
    EXPECT_FALSE(queue.submit(4));
    EXPECT_EQ(queue.refused(), 1U);
    release.set_value();
}

TEST(GroupCommit, StopCommitsWhatIsQueued) {
    std::atomic<int> sum{0};
    {
        GroupCommit<int> queue{
            {.max_batch = 100, .max_queued = 100, .linger = 10s},
            [&](const std::vector<int>& batch) {
                for (const int i : batch)
                    sum += i;
            }};
        for (int i = 1; i <= 10; ++i)
            queue.submit(int{i});
        queue.stop();
        EXPECT_FALSE(queue.submit(99));
    }
    EXPECT_EQ(sum, 55);
}

}  // namespace
}  // namespace fleet::checkin
