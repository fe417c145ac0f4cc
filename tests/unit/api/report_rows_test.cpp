#include "api/rest/report_rows.hpp"

#include <gtest/gtest.h>

namespace fleet::api::rest {
namespace {

TEST(ReportRows, MakeEveryValueText) {
    const auto rows = report_rows(R"([{"a":"x","b":7,"c":1.5,"d":true,"e":null}])");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0], json::Value::parse(R"({"a":"x","b":"7","c":"1.5","d":"true","e":""})"));
}

TEST(ReportRows, LeaveOutWhatIsNoRow) {
    EXPECT_TRUE(report_rows("").empty());
    EXPECT_TRUE(report_rows("{}").empty());
    EXPECT_TRUE(report_rows("[1,\"x\",null]").empty());
    EXPECT_TRUE(report_rows("[{\"a\":").empty());
}

}  // namespace
}  // namespace fleet::api::rest
