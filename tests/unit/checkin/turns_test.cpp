#include "fleet/checkin/turns.hpp"

#include <gtest/gtest.h>

namespace fleet::checkin {
namespace {

using namespace std::chrono_literals;

constexpr Turns::Time kStart{std::chrono::hours{1}};

TEST(Turns, TheFirstComeAtOnceTheOthersOneByOne) {
    Turns turns{10, 3};
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(turns.take(kStart), 0us);
    EXPECT_EQ(turns.take(kStart), 100ms);
    EXPECT_EQ(turns.take(kStart), 200ms);
    EXPECT_EQ(turns.take(kStart + 150ms), 150ms);
}

TEST(Turns, ThoseWhoComeSlowlyEnoughNeverWait) {
    Turns turns{10, 1};
    for (int i = 0; i < 1'000; ++i)
        EXPECT_EQ(turns.take(kStart + i * 100ms), 0us);
}

TEST(Turns, QuietTimeIsNotSavedUpBeyondTheMoment) {
    Turns turns{10, 2};
    turns.take(kStart);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(turns.take(kStart + 1h), 0us);
    EXPECT_EQ(turns.take(kStart + 1h), 100ms);
}

TEST(Turns, AHerdIsSpreadOverItsWholeTime) {
    Turns turns{200, 200};
    std::chrono::microseconds last{};
    for (int i = 0; i < 10'000; ++i) {
        const auto wait = turns.take(kStart);
        EXPECT_GE(wait, last);
        last = wait;
    }
    EXPECT_EQ(last, 49s);
}

TEST(Turns, AnotherRateCountsFromThen) {
    Turns turns{10, 1};
    turns.take(kStart);
    turns.set_rate(100);
    EXPECT_EQ(turns.take(kStart), 100ms);
    EXPECT_EQ(turns.take(kStart), 110ms);
}

}  // namespace
}  // namespace fleet::checkin
