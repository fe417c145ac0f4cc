#include "perf/run/rate_plan.hpp"

#include <gtest/gtest.h>

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;

TEST(RatePlanTest, StepsFollowOneAnother) {
    const auto plan = RatePlan::parse("30s:1,60s:2.5,1m:0.5");

    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->factor_at(0s), 1);
    EXPECT_EQ(plan->factor_at(30s), 2.5);
    EXPECT_EQ(plan->factor_at(89s), 2.5);
    EXPECT_EQ(plan->factor_at(90s), 0.5);
    EXPECT_EQ(plan->factor_at(151s), 1);
}

TEST(RatePlanTest, WithoutStepsTheRateIsTheUsualOne) {
    EXPECT_EQ(RatePlan::parse("")->factor_at(5s), 1);
}

TEST(RatePlanTest, MistakesAreFound) {
    for (const auto* wrong : {"30s", "30s:", "x:2", "30s:0", "30s:-1", "30s:2x", "30s:1e9"})
        EXPECT_FALSE(RatePlan::parse(wrong)) << wrong;
}

}  // namespace
}  // namespace fleet::perf
