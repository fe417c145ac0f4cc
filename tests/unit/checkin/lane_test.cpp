#include "fleet/checkin/lane.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <string>

namespace fleet::checkin {
namespace {

/// A loop that runs what is there when a round begins.
struct Loop {
    std::deque<Lane::Job> jobs{};

    void post(Lane::Job job) { jobs.push_back(std::move(job)); }
    void round() {
        for (auto now = std::exchange(jobs, {}); !now.empty(); now.pop_front())
            now.front()();
    }
};

Lane lane_of(Loop& loop, std::size_t width, std::size_t capacity) {
    return Lane{[&loop](Lane::Job job) { loop.post(std::move(job)); }, width, capacity};
}

TEST(Lane, ShortWorkOvertakesWhatWaits) {
    Loop loop;
    Lane lane = lane_of(loop, 1, 100);
    std::string log;
    for (const char c : {'a', 'b', 'c'})
        lane.run([&log, c] { log += c; });
    EXPECT_EQ(log, "") << "nothing is done before the loop's next round";
    for (const char c : {'1', '2', '3'}) {
        loop.round();
        loop.post([&log, c] { log += c; });
    }
    loop.round();
    EXPECT_EQ(log, "ab1c23") << "one piece of slow work before each";
}

TEST(Lane, AsManyPiecesARoundAsItIsWide) {
    Loop loop;
    Lane lane = lane_of(loop, 2, 100);
    int done = 0;
    for (int i = 0; i < 5; ++i)
        lane.run([&done] { ++done; });
    for (const int expected : {2, 4, 5}) {
        loop.round();
        EXPECT_EQ(done, expected);
    }
    loop.round();
    EXPECT_TRUE(loop.jobs.empty()) << "an empty lane costs the loop nothing";
    lane.run([&done] { ++done; });
    loop.round();
    EXPECT_EQ(done, 6);
}

TEST(Lane, WhatDoesNotFitIsDoneAtOnce) {
    Loop loop;
    Lane lane = lane_of(loop, 1, 1);
    std::string log;
    lane.run([&log] { log += 'a'; });
    lane.run([&log] { log += 'b'; });
    EXPECT_EQ(log, "b");
    loop.round();
    EXPECT_EQ(log, "ba");
}

TEST(Lane, AJobThatThrowsDoesNotEndIt) {
    Loop loop;
    Lane lane = lane_of(loop, 1, 10);
    bool done = false;
    lane.run([] { throw 1; });
    lane.run([&done] { done = true; });
    EXPECT_THROW(loop.round(), int);
    loop.round();
    EXPECT_TRUE(done);
}

}  // namespace
}  // namespace fleet::checkin
