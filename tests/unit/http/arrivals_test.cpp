#include "http/arrivals.hpp"

#include <gtest/gtest.h>

namespace fleet::http {
namespace {

using namespace std::chrono_literals;

const Arrivals::Clock::time_point kHerdUntil = Arrivals::Clock::time_point{} + 30s;
const auto kLater = kHerdUntil + 1min;

TEST(Arrivals, AQueueThatDoesNotRunEmptyForASecondIsStanding) {
    Arrivals arrivals{kHerdUntil};
    EXPECT_FALSE(arrivals.standing(kLater));
    EXPECT_FALSE(arrivals.standing(kLater + 900ms));
    EXPECT_TRUE(arrivals.standing(kLater + 1100ms));
    EXPECT_TRUE(arrivals.standing(kLater + 2s));
}

TEST(Arrivals, AHiccupIsNot) {
    Arrivals arrivals{kHerdUntil};
    EXPECT_FALSE(arrivals.standing(kLater));
    arrivals.ran_empty();
    EXPECT_FALSE(arrivals.standing(kLater + 1100ms));
    EXPECT_FALSE(arrivals.standing(kLater + 2s));
    EXPECT_TRUE(arrivals.standing(kLater + 2200ms));
}

/// Eight came at once and were taken; nobody looked whether there was a ninth.
TEST(Arrivals, NobodySinceLongIsAnEmptyQueue) {
    Arrivals arrivals{kHerdUntil};
    EXPECT_FALSE(arrivals.standing(kLater));
    EXPECT_FALSE(arrivals.standing(kLater + 1h));
    EXPECT_FALSE(arrivals.standing(kLater + 1h + 900ms));
    EXPECT_TRUE(arrivals.standing(kLater + 1h + 1100ms));
}

TEST(Arrivals, TheHerdAfterARestartIsServed) {
    Arrivals arrivals{kHerdUntil};
    for (auto before = 30s; before > 0s; before -= 1s)
        EXPECT_FALSE(arrivals.standing(kHerdUntil - before));
    EXPECT_TRUE(arrivals.standing(kHerdUntil));
}

TEST(Arrivals, OnlyWhoWaitedLongIsSentAway) {
    EXPECT_FALSE(Arrivals::too_old(0ms));
    EXPECT_FALSE(Arrivals::too_old(50ms));
    EXPECT_TRUE(Arrivals::too_old(80ms));
}

}  // namespace
}  // namespace fleet::http
