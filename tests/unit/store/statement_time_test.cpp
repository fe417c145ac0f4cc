#include <gtest/gtest.h>

#include "store/statement.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

Time at(int year, unsigned month, unsigned day, std::chrono::microseconds clock = 0us) {
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    return Time{std::chrono::sys_days{date}} + clock;
}

TEST(SqlTime, PrintsUtcWithMicroseconds) {
    EXPECT_EQ(to_sql_time(at(2026, 3, 5, 8h + 15min + 30s + 7us)), "2026-03-05 08:15:30.000007");
}

TEST(SqlTime, PrintsTimesBeforeTheEpoch) {
    EXPECT_EQ(to_sql_time(at(1, 1, 1)), "0001-01-01 00:00:00.000000");
    EXPECT_EQ(to_sql_time(Time{} - 1us), "1969-12-31 23:59:59.999999");
}

TEST(SqlTime, RefusesWhatTheColumnCannotHold) {
    EXPECT_THROW(to_sql_time(at(10'000, 1, 1)), DbError);
    EXPECT_THROW(to_sql_time(at(-1, 1, 1)), DbError);
}

TEST(SqlTime, ReadsWhatItPrints) {
    const auto time = at(2026, 12, 31, 23h + 59min + 59s + 999'999us);
    EXPECT_EQ(parse_sql_time(to_sql_time(time)), time);
}

struct Case {
    const char* name;
    const char* text;
    std::optional<Time> expected;
};

class ParseSqlTime : public testing::TestWithParam<Case> {};

TEST_P(ParseSqlTime, Gives) {
    EXPECT_EQ(parse_sql_time(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    ParseSqlTime,
    testing::Values(
        Case{"WithoutFraction", "2026-03-05 08:15:30", at(2026, 3, 5, 8h + 15min + 30s)},
        Case{"ShortFraction", "2026-03-05 08:15:30.5", at(2026, 3, 5, 8h + 15min + 30s + 500ms)},
        Case{"DateOnly", "2026-03-05", at(2026, 3, 5)},
        Case{"ZeroDate", "0000-00-00 00:00:00", std::nullopt},
        Case{"NoSuchDay", "2026-02-30 00:00:00", std::nullopt},
        Case{"NoSuchHour", "2026-02-03 24:00:00", std::nullopt},
        Case{"TooManyDigits", "2026-02-03 01:02:03.1234567", std::nullopt},
        Case{"Letters", "2026-0a-03", std::nullopt},
        Case{"Tail", "2026-02-03 01:02:03Z", std::nullopt},
        Case{"Empty", "", std::nullopt}
    ),
    [](const auto& param) { return param.param.name; }
);

}  // namespace
}  // namespace fleet::store
