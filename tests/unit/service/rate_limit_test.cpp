#include "fleet/service/rate_limit.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

using namespace std::chrono_literals;

constexpr Time kStart{std::chrono::seconds{1'000'000}};

int passed_at_once(RateLimit& limit, Time now) {
    int passed = 0;
    while (passed < 1'000 && !limit.take(now))
        ++passed;
    return passed;
}

TEST(RateLimit, LetsTheBurstAndOneMorePass) {
    RateLimit limit{10, 9};

    EXPECT_EQ(passed_at_once(limit, kStart), 10);
    EXPECT_EQ(limit.take(kStart), 6s);
}

TEST(RateLimit, GoesOnAtTheRate) {
    RateLimit limit{10, 9};
    passed_at_once(limit, kStart);

    EXPECT_EQ(limit.take(kStart + 4s), 2s);
    EXPECT_EQ(passed_at_once(limit, kStart + 6s), 1);
    EXPECT_EQ(passed_at_once(limit, kStart + 18s), 2);
}

TEST(RateLimit, ForgetsAfterAMinuteOfSilence) {
    RateLimit limit{10, 9};
    passed_at_once(limit, kStart);

    EXPECT_EQ(passed_at_once(limit, kStart + 2min), 10);
}

TEST(RateLimit, AClockThatWasSetBackShutsNobodyOut) {
    RateLimit limit{10, 9};
    passed_at_once(limit, kStart);

    EXPECT_EQ(passed_at_once(limit, kStart - 1h), 10);
    EXPECT_EQ(limit.take(kStart - 1h), 6s) << "and the limit is still one";
}

TEST(RateLimit, ZeroIsNoLimit) {
    RateLimit limit{0, 9};

    EXPECT_EQ(passed_at_once(limit, kStart), 1'000);
}

TEST(RateLimit, RefusalsDoNotMakeItLonger) {
    RateLimit limit{10, 0};
    EXPECT_FALSE(limit.take(kStart));
    for (int i = 0; i < 100; ++i)
        EXPECT_TRUE(limit.take(kStart + 1s));

    EXPECT_FALSE(limit.take(kStart + 6s));
}

}  // namespace
}  // namespace fleet::service
