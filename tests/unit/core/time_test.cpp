#include "fleet/core/time.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace fleet {
namespace {

using namespace std::chrono_literals;

TEST(Rfc3339, PrintsAFractionOnlyWhenThereIsOne) {
    EXPECT_EQ(to_rfc3339(from_unix_seconds(1'772'698'530)), "2026-03-05T08:15:30Z");
    EXPECT_EQ(to_rfc3339(from_unix_seconds(0) + 120ms), "1970-01-01T00:00:00.12Z");
    EXPECT_EQ(to_rfc3339(from_unix_seconds(-1)), "1969-12-31T23:59:59Z");
    EXPECT_EQ(to_rfc3339(never_time()), "1970-01-02T00:00:00Z");
}

TEST(Rfc3339, ReadsOffsetsAndFractions) {
    EXPECT_EQ(parse_rfc3339("2026-03-05T10:15:30+02:00"), from_unix_seconds(1'772'698'530));
    EXPECT_EQ(
        parse_rfc3339("2026-03-05T08:15:30.000001999Z"), from_unix_seconds(1'772'698'530) + 1us
    );
    EXPECT_EQ(to_rfc3339(*parse_rfc3339(kZeroTime)), kZeroTime);
}

class BadTime : public testing::TestWithParam<std::string_view> {};
TEST_P(BadTime, IsRefused) {
    EXPECT_FALSE(parse_rfc3339(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    BadTime,
    testing::Values(
        "",
        "2026-03-05",
        "2026-03-05T08:15:30",
        "2026-02-30T08:15:30Z",
        "2026-13-01T08:15:30Z",
        "2026-03-05T24:15:30Z",
        "2026-03-05T08:61:30Z",
        "2026-03-05T08:15:30.Z",
        "2026-03-05T08:15:30.5",
        "2026-03-05T08:15:30+0200",
        "2026-03-05T08:15:30+25:00",
        "2026-03-05T08:15:30Zx",
        "x026-03-05T08:15:30Z"
    )
);

struct DurationCase {
    std::string_view text;
    std::chrono::nanoseconds value;
};
class GoDuration : public testing::TestWithParam<DurationCase> {};
TEST_P(GoDuration, IsRead) {
    EXPECT_EQ(parse_go_duration(GetParam().text), GetParam().value);
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    GoDuration,
    testing::Values(
        DurationCase{"0", 0ns},
        DurationCase{"100", 100ns},
        DurationCase{"300ms", 300ms},
        DurationCase{"1.5h", 90min},
        DurationCase{".5s", 500ms},
        DurationCase{"1.s", 1s},
        DurationCase{"2h45m", 165min},
        DurationCase{"-1m", -1min},
        DurationCase{"+5s", 5s},
        DurationCase{"1us", 1us},
        DurationCase{"1\u00b5s", 1us},
        DurationCase{"0.000000001s", 1ns},
        DurationCase{"2562047h47m16.854775807s", std::chrono::nanoseconds{INT64_MAX}}
    )
);

class BadDuration : public testing::TestWithParam<std::string_view> {};
TEST_P(BadDuration, IsRefused) {
    EXPECT_FALSE(parse_go_duration(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    BadDuration,
    testing::Values(
        "",
        "-",
        "h",
        ".",
        ".s",
        "1d",
        "1h 5m",
        "1h5",
        "five",
        "1.2.3s",
        "99999999999999999999",
        "9999999h",
        "1--s",
        "0x5s"
    )
);

TEST(GoDuration, PrintsLikeGo) {
    EXPECT_EQ(to_go_duration(0ns), "0s");
    EXPECT_EQ(to_go_duration(24h), "24h0m0s");
    EXPECT_EQ(to_go_duration(90s), "1m30s");
    EXPECT_EQ(to_go_duration(1500ms), "1.5s");
    EXPECT_EQ(to_go_duration(300ms), "300ms");
    EXPECT_EQ(to_go_duration(1500ns), "1.5\u00b5s");
    EXPECT_EQ(to_go_duration(7ns), "7ns");
    EXPECT_EQ(to_go_duration(-2min), "-2m0s");
    EXPECT_EQ(to_go_duration(std::chrono::nanoseconds{INT64_MIN}), "-2562047h47m16.854775808s");
}

TEST(ManualClock, MovesByHand) {
    ManualClock clock{from_unix_seconds(10)};
    clock.advance(5s);
    EXPECT_EQ(unix_seconds(clock.now()), 15);
}

}  // namespace
}  // namespace fleet
