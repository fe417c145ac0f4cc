#include "fleet/checkin/agent_json.hpp"

#include <gtest/gtest.h>

namespace fleet::checkin {
namespace {

TEST(ParsePoll, ReadsKeyAndOnlyAnEtagThatIsText) {
    const auto plain = parse_poll(R"({"node_key":"k"})");
    const auto empty_tag = parse_poll(R"({"etag":"","node_key":"k"})");
    const auto odd_tag = parse_poll(R"({"node_key":"k","etag":7})");

    ASSERT_TRUE(plain && empty_tag && odd_tag);
    EXPECT_EQ(plain->node_key, "k");
    EXPECT_FALSE(plain->etag);
    EXPECT_EQ(empty_tag->etag, "");
    EXPECT_FALSE(odd_tag->etag);
}

TEST(ParsePoll, RefusesWhatIsNotOneObject) {
    for (const char* body :
         {"",
          "  ",
          "null",
          "[]",
          "7",
          "{",
          R"({"node_key":"k"} x)",
          R"({"node_key":"k"}{"node_key":"j"})",
          "{'node_key':1}"}) {
        EXPECT_FALSE(parse_poll(body)) << body;
    }
    EXPECT_TRUE(parse_poll("{\"node_key\":\"k\"}\n"));
}

TEST(ParseWrite, KeepsRowsAsSentAndJoinsStatusesByName) {
    const auto body = parse_write(R"({
        "statuses":{"a":0,"b":"1","never_asked":3},
        "queries":{"a":[{"x":"1","y":"]},{"},{"x":"2"}],"b":[],"old":""},
        "messages":{"b":"no such table: t"},
        "stats":{"a":{"wall_time_ms":3},"b":{}},
        "node_key":"k"})");

    ASSERT_TRUE(body);
    EXPECT_EQ(body->node_key, "k");
    ASSERT_EQ(body->results.size(), 3U);
    EXPECT_EQ(body->results[0].rows_json, R"([{"x":"1","y":"]},{"},{"x":"2"}])");
    EXPECT_EQ(body->results[0].row_count, 2U);
    EXPECT_EQ(body->results[0].stats_json, R"({"wall_time_ms":3})");
    EXPECT_EQ(body->results[1].status, 1);
    EXPECT_EQ(body->results[1].message, "no such table: t");
    EXPECT_EQ(body->results[1].stats_json, "");
    EXPECT_EQ(body->results[2].rows_json, "[]") << "very old agents send \"\" for no rows";
    EXPECT_EQ(body->results[2].row_count, 0U);
}

TEST(ParseWrite, CountsRowsOfAnyShape) {
    const auto count = [](const std::string& rows) {
        const auto body = parse_write(R"({"queries":{"q":)" + rows + "}}");
        return body ? body->results.at(0).row_count : 999;
    };
    EXPECT_EQ(count("[]"), 0U);
    EXPECT_EQ(count("[ ]"), 0U);
    EXPECT_EQ(count("[{}]"), 1U);
    EXPECT_EQ(count("[{},{}]"), 2U);
    EXPECT_EQ(count(R"([{"a":"\"],[\\"},null,{"b":[1,2]}])"), 3U);
}

TEST(ParseWrite, RefusesStatusesThatAreNeitherNumberNorText) {
    EXPECT_FALSE(parse_write(R"({"queries":{"a":[]},"statuses":{"a":{}}})"));
    EXPECT_FALSE(parse_write(R"({"queries":{"a":[]},"statuses":{"a":"x"}})"));
    EXPECT_FALSE(parse_write(R"({"queries":{"a":[]},"statuses":{"a":true}})"));
}

TEST(ParseWrite, MendsBytesThatAreNotUtf8) {
    const auto body = parse_write("{\"queries\":{\"a\":[{\"path\":\"/x\xff\xfe\"}]}}");

    ASSERT_TRUE(body);
    const auto rows = parse_rows(body->results.at(0).rows_json);
    EXPECT_EQ(value_of(rows.at(0), "path"), "/x\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(ParseWrite, ManyNamesTakeLinearTime) {
    std::string queries;
    std::string statuses;
    for (int i = 0; i < 200'000; ++i) {
        const std::string name = "\"q" + std::to_string(i) + "\":";
        queries += (i == 0 ? "" : ",") + name + "[]";
        statuses += (i == 0 ? "" : ",") + name + "0";
    }
    const auto body =
        parse_write("{\"queries\":{" + queries + "},\"statuses\":{" + statuses + "}}");

    ASSERT_TRUE(body);
    EXPECT_EQ(body->results.size(), 200'000U);
}

TEST(ParseLog, LinesAreTheBytesThatWereSent) {
    const auto body = parse_log(
        R"({"data":[{"name":"a","numerics":false,"big":12345678901234567890},{"b":"\u0000"}],)"
        R"("log_type":"result","node_key":"k"})"
    );

    ASSERT_TRUE(body);
    ASSERT_EQ(body->lines.size(), 2U);
    EXPECT_EQ(body->lines[0], R"({"name":"a","numerics":false,"big":12345678901234567890})");
    EXPECT_EQ(body->lines[1], R"({"b":"\u0000"})");
    EXPECT_EQ(body->log_type, "result");
}

TEST(ParseLog, WhiteSpaceBetweenTokensNeverBreaksALine) {
    const auto body = parse_log("{\"data\":[{\"a\":\n1\n}],\"log_type\":\"status\"}");

    ASSERT_TRUE(body);
    EXPECT_EQ(body->lines.at(0).find('\n'), std::string::npos);
}

TEST(ParseResultLine, ReadsNumbersAlsoWhenTheyAreText) {
    const auto line = parse_result_line(
        R"({"name":"pack/Global/x","unixTime":"1738189037","action":"snapshot","snapshot":[{"a":"1"}]})"
    );

    ASSERT_TRUE(line);
    EXPECT_EQ(line->unix_time, 1'738'189'037);
    EXPECT_TRUE(line->is_snapshot);
    EXPECT_EQ(line->rows_json, R"([{"a":"1"}])");
    EXPECT_FALSE(parse_result_line(R"({"unixTime":1})")) << "no name: dropped";
    EXPECT_FALSE(parse_result_line("[1]"));
}

TEST(ParseEnroll, EverythingIsOptional) {
    const auto body = parse_enroll(
        R"({"enroll_secret":"s","host_identifier":"h","platform_type":"9",)"
        R"("host_details":{"system_info":{"hostname":"vm","cpu_brand":"X\u0000\u0000"},"odd":7}})"
    );

    ASSERT_TRUE(body);
    EXPECT_EQ(body->platform_mask, 9);
    ASSERT_EQ(body->host_details.size(), 1U);
    EXPECT_TRUE(parse_enroll("{}"));
}

TEST(ParseRows, ScalarsBecomeText) {
    const auto rows = parse_rows(R"([{"a":1,"b":true,"c":null,"d":"x","e":1.5},7])");

    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(value_of(rows[0], "a"), "1");
    EXPECT_EQ(value_of(rows[0], "b"), "true");
    EXPECT_EQ(value_of(rows[0], "c"), "");
    EXPECT_EQ(value_of(rows[0], "d"), "x");
    EXPECT_EQ(value_of(rows[0], "e"), "1.5");
    EXPECT_TRUE(parse_rows("{}").empty());
}

}  // namespace
}  // namespace fleet::checkin
