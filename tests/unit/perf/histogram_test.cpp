#include "perf/histogram.hpp"

#include <gtest/gtest.h>

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;

TEST(HistogramTest, EmptyGivesZero) {
    const Histogram histogram;

    EXPECT_EQ(histogram.count(), 0U);
    EXPECT_EQ(histogram.percentile(99), 0us);
    EXPECT_EQ(histogram.mean(), 0us);
}

TEST(HistogramTest, SmallValuesAreExact) {
    Histogram histogram;
    for (int i = 1; i <= 50; ++i)
        histogram.record(std::chrono::microseconds{i});

    EXPECT_EQ(histogram.percentile(50), 25us);
    EXPECT_EQ(histogram.percentile(100), 50us);
    EXPECT_EQ(histogram.percentile(0), 1us);
}

TEST(HistogramTest, PercentilesAreWithinTwoPercentOverSixMagnitudes) {
    Histogram histogram;
    for (std::int64_t i = 1; i <= 100'000; ++i)
        histogram.record(std::chrono::microseconds{i * 37});

    for (const double percent : {10.0, 50.0, 90.0, 99.0, 99.9}) {
        const auto expected = percent / 100 * 100'000 * 37;
        EXPECT_NEAR(
            static_cast<double>(histogram.percentile(percent).count()), expected, expected * 0.02
        );
    }
}

TEST(HistogramTest, MaximumIsExactAndBoundsEveryPercentile) {
    Histogram histogram;
    histogram.record(1234567us);

    EXPECT_EQ(histogram.maximum(), 1234567us);
    EXPECT_EQ(histogram.percentile(99.9), 1234567us);
}

TEST(HistogramTest, HugeAndNegativeValuesStayInside) {
    Histogram histogram;
    histogram.record(-5s);
    histogram.record(std::chrono::hours{100'000});

    EXPECT_EQ(histogram.count(), 2U);
    EXPECT_EQ(histogram.percentile(1), 0us);
}

TEST(HistogramTest, MergeAddsUp) {
    Histogram a;
    Histogram b;
    a.record(10us);
    b.record(30us);
    a.merge(b);

    EXPECT_EQ(a.count(), 2U);
    EXPECT_EQ(a.maximum(), 30us);
    EXPECT_EQ(a.mean(), 20us);
}

}  // namespace
}  // namespace fleet::perf
