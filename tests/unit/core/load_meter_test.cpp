#include "fleet/core/load_meter.hpp"

#include <gtest/gtest.h>

namespace fleet {
namespace {

using namespace std::chrono_literals;

class LoadMeterTest : public testing::Test {
protected:
    /// Ticks for that long, each that much late.
    void run(std::chrono::milliseconds time, std::chrono::milliseconds late) {
        for (const auto end = now + time; now < end;) {
            const auto planned = now + 20ms;
            now = planned + late;
            meter.tick(planned, now, now + 20ms);
        }
    }

    LoadMeter meter;
    LoadMeter::Clock::time_point now{1h};
};

TEST_F(LoadMeterTest, SaysNothingBeforeTheFirstTick) {
    EXPECT_FALSE(meter.late());
    EXPECT_FALSE(meter.overloaded());
}

TEST_F(LoadMeterTest, ALoopInTimeIsNeitherLateNorOverloaded) {
    run(10s, 5ms);
    EXPECT_FALSE(meter.late(now));
    EXPECT_FALSE(meter.overloaded());
}

TEST_F(LoadMeterTest, ATickThatDoesNotComeIsLate) {
    run(1s, 0ms);
    EXPECT_FALSE(meter.late(now + 100ms));
    EXPECT_TRUE(meter.late(now + 200ms));
    meter.stop();
    EXPECT_FALSE(meter.late(now + 200ms));
}

TEST_F(LoadMeterTest, OneLongHiccupIsNoOverload) {
    run(10s, 0ms);
    run(1ms, 1'000ms);
    EXPECT_TRUE(meter.late(now));
    EXPECT_FALSE(meter.overloaded());
    run(40ms, 0ms);
    EXPECT_FALSE(meter.late(now));
}

TEST_F(LoadMeterTest, SecondsOfLatenessAreOverloadAndQuietEndsIt) {
    run(10s, 0ms);
    run(6s, 500ms);
    EXPECT_TRUE(meter.overloaded());
    EXPECT_GT(meter.lateness(), 300ms);

    run(1s, 0ms);
    EXPECT_TRUE(meter.overloaded()) << "not yet over";
    run(6s, 0ms);
    EXPECT_FALSE(meter.overloaded());
}

}  // namespace
}  // namespace fleet
