#include "perf/run/timers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;

TEST(WheelTest, GivesNodesBackAtTheirTickAndNotBefore) {
    Wheel wheel{3};
    wheel.add(0, 5);
    wheel.add(1, 7);
    wheel.add(2, 5);

    EXPECT_EQ(wheel.take(4), Wheel::kNone);
    std::set<Wheel::Node> at_five{wheel.take(6), wheel.take(6)};
    EXPECT_EQ(at_five, (std::set<Wheel::Node>{0, 2}));
    EXPECT_EQ(wheel.take(6), Wheel::kNone);
    EXPECT_EQ(wheel.take(7), 1U);
}

TEST(WheelTest, ATickThatHasPassedIsDueAtOnce) {
    Wheel wheel{1};
    EXPECT_EQ(wheel.take(100), Wheel::kNone);

    wheel.add(0, 40);

    EXPECT_TRUE(Wheel::is_before(wheel.next(200), 101));
    EXPECT_EQ(wheel.take(100), 0U);
    EXPECT_EQ(wheel.tick_of(0), 40U);
}

TEST(WheelTest, LaterTurnsWait) {
    constexpr Wheel::Tick kTurn = 1U << 18U;
    Wheel wheel{2};
    wheel.add(0, 9);
    wheel.add(1, 9 + 2 * kTurn);

    EXPECT_EQ(wheel.take(9), 0U);
    EXPECT_EQ(wheel.take(9 + kTurn), Wheel::kNone);
    EXPECT_EQ(wheel.take(9 + 2 * kTurn), 1U);
}

TEST(WheelTest, NextFindsTheFirstTick) {
    Wheel wheel{1};
    EXPECT_EQ(wheel.next(1000), 1000U);
    wheel.add(0, 300);

    EXPECT_EQ(wheel.next(1000), 300U);
    EXPECT_EQ(wheel.next(200), 200U);
}

TEST(WheelTest, TicksMayWrap) {
    Wheel wheel{2, 0xFFFFFFF0U};
    wheel.add(0, 0xFFFFFFF8U);
    wheel.add(1, 5);

    EXPECT_EQ(wheel.next(100), 0xFFFFFFF8U);
    EXPECT_EQ(wheel.take(0xFFFFFFFFU), 0U);
    EXPECT_EQ(wheel.take(4), Wheel::kNone);
    EXPECT_EQ(wheel.take(5), 1U);
}

TEST(WheelTest, AgreesWithASortedList) {
    std::mt19937 random{7};
    constexpr std::size_t kNodes = 2000;
    Wheel wheel{kNodes};
    std::multiset<Wheel::Tick> expected;
    for (Wheel::Node node = 0; node < kNodes; ++node) {
        const auto at = static_cast<Wheel::Tick>(random() % 600'000);
        wheel.add(node, at);
        expected.insert(at);
    }
    for (Wheel::Tick now = 0; now < 600'000; now += 997) {
        std::multiset<Wheel::Tick> taken;
        for (auto node = wheel.take(now); node != Wheel::kNone; node = wheel.take(now))
            taken.insert(wheel.tick_of(node));
        const auto end = expected.upper_bound(now);
        EXPECT_EQ(taken, (std::multiset<Wheel::Tick>{expected.begin(), end}));
        expected.erase(expected.begin(), end);
    }
}

class TimersTest : public ::testing::Test {
protected:
    Timers::Clock::time_point now{Timers::Clock::now()};
    Timers timers{4};
    Timer timer{};
};

TEST_F(TimersTest, TickOfAPollKeepsItsTime) {
    timers.tick(3, Activity::read, now + 10s);

    EXPECT_FALSE(timers.take(now + 9s, timer));
    ASSERT_TRUE(timers.take(now + 11s, timer));
    EXPECT_EQ(timer.host, 3U);
    EXPECT_EQ(timer.activity, Activity::read);
    EXPECT_FALSE(timer.retry);
    EXPECT_GE(timer.at, now + 10s);
    EXPECT_LE(timer.at, now + 10s + 1ms);
    EXPECT_EQ(timers.tick_of(3, Activity::read), timer.at);
}

TEST_F(TimersTest, OtherTimersBorrowTheirNodes) {
    timers.add(1, Activity::carve, now + 1s);
    timers.add(1, Activity::read, now + 2s);
    timers.tick(1, Activity::read, now + 3s);

    ASSERT_TRUE(timers.take(now + 4s, timer));
    EXPECT_EQ(timer.activity, Activity::carve);
    EXPECT_TRUE(timer.retry);
    ASSERT_TRUE(timers.take(now + 4s, timer));
    EXPECT_EQ(timer.activity, Activity::read);
    EXPECT_TRUE(timer.retry);
    ASSERT_TRUE(timers.take(now + 4s, timer));
    EXPECT_FALSE(timer.retry);
    EXPECT_FALSE(timers.take(now + 4s, timer));
}

TEST_F(TimersTest, NextIsTheFirstTimerOrTheLimit) {
    EXPECT_GE(timers.next(now + 1s), now + 1s);
    timers.add(0, Activity::log, now + 200ms);

    const auto next = timers.next(now + 1s);

    EXPECT_GE(next, now + 200ms);
    EXPECT_LE(next, now + 201ms);
}

}  // namespace
}  // namespace fleet::perf
