#include "fleet/core/paced_clock.hpp"

#include <gtest/gtest.h>

namespace fleet {
namespace {

using namespace std::chrono_literals;

class PacedClockTest : public testing::Test {
protected:
    void pass(std::chrono::microseconds time) {
        wall.advance(time);
        steady += time;
    }

    ManualClock wall{from_unix_seconds(1'700'000'000)};
    PacedClock::Pace::time_point steady{};
    PacedClock clock{wall, [this] { return steady; }};
};

TEST_F(PacedClockTest, GoesWithTheWallClock) {
    pass(5h);
    EXPECT_EQ(clock.now(), wall.now());
    EXPECT_EQ(clock.jump(), 0s);
}

TEST_F(PacedClockTest, DoesNotJumpUntilTold) {
    const auto before = clock.now();
    wall.advance(24h);
    EXPECT_EQ(clock.now(), before);
    pass(3s);
    EXPECT_EQ(clock.now(), before + 3s);
    EXPECT_EQ(clock.jump(), 24h);
    EXPECT_EQ(clock.now(), before + 3s) << "looking changes nothing";

    clock.adopt(clock.jump());
    EXPECT_EQ(clock.now(), wall.now());
    EXPECT_EQ(clock.jump(), 0s);
}

TEST_F(PacedClockTest, JumpsBackAreJumpsToo) {
    wall.advance(-1h);
    EXPECT_EQ(clock.jump(), -1h);
    clock.adopt(-1h);
    EXPECT_EQ(clock.now(), wall.now());
}

TEST_F(PacedClockTest, FollowsSmallCorrectionsSilently) {
    wall.advance(1'500ms);
    EXPECT_EQ(clock.jump(), 0s);
    EXPECT_EQ(clock.now(), wall.now());
}

}  // namespace
}  // namespace fleet
