#include "live/json_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace fleet::live {
namespace {

constexpr std::string_view kExtra = R"("host_hostname":"h","host_display_name":"d")";

TEST(RewriteRows, SpaceGoesAndValuesStayAsWritten) {
    const auto rows = rewrite_rows(" [ {\"a\" : \"1\", \"b\":-1.5e3 } ,\n{ } ] ");

    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->json, R"([{"a":"1","b":-1.5e3},{}])");
    EXPECT_EQ(rows->count, 2u);
    EXPECT_EQ(rows->output_size, 9u);
}

TEST(RewriteRows, NullRowsAreRemovedAndNothingIsNoRows) {
    EXPECT_EQ(rewrite_rows("[null,{\"a\":\"1\"},null]")->json, R"([{"a":"1"}])");
    EXPECT_EQ(rewrite_rows("[null]")->json, "[]");
    EXPECT_EQ(rewrite_rows("")->json, "[]");
    EXPECT_EQ(rewrite_rows("\"\"")->json, "[]");
    EXPECT_EQ(rewrite_rows("[]", kExtra)->json, "[]");
}

TEST(RewriteRows, HostColumnsAreAddedAndOverwrite) {
    const auto rows = rewrite_rows(
        R"([{},{"a":"1"},{"host_hostname":"x","a":{"host_hostname":"kept"}},)"
        R"({"host\u005fdisplay_name":["x"]}])",
        kExtra
    );

    ASSERT_TRUE(rows);
    const std::string extra{kExtra};
    EXPECT_EQ(
        rows->json,
        "[{" + extra + "},{\"a\":\"1\"," + extra + "},{\"a\":{\"host_hostname\":\"kept\"}," +
            extra + "},{" + extra + "}]"
    );
}

TEST(RewriteRows, BrokenTextIsMended) {
    const std::string raw = "[{\"a\":\"x\xFFy\x01\",\"b\":\"\\ud800z\",\"c\":\"\\ud83d\\ude00\"}]";

    const auto rows = rewrite_rows(raw);

    ASSERT_TRUE(rows);
    const auto parsed = nlohmann::json::parse(rows->json);
    EXPECT_EQ(parsed[0]["a"], "x\xEF\xBF\xBDy\x01");
    EXPECT_EQ(parsed[0]["b"], "\xEF\xBF\xBDz");
    EXPECT_EQ(parsed[0]["c"], "\xF0\x9F\x98\x80");
}

TEST(RewriteRows, WhatIsNotAnArrayOfObjectsIsRefused) {
    for (const std::string_view raw :
         {"{}",
          "[1]",
          "[[]]",
          "[{}",
          "[{},]",
          "[,{}]",
          "[{}]x",
          "[{\"a\"}]",
          "[{\"a\":}]",
          "[{\"a\":01}]",
          "[{\"a\":\"\\x\"}]",
          "[{\"a\":\"b]",
          "[{\"a\":tru}]",
          "[{a:1}]",
          "[nul]",
          "null",
          "\"x\"",
          "[{\"a\":\"\\u12\"}]",
          "[{\"a\":1.}]",
          "[{\"a\":-}]"}) {
        EXPECT_FALSE(rewrite_rows(raw)) << raw;
        EXPECT_FALSE(rewrite_rows(raw, kExtra)) << raw;
    }
    EXPECT_FALSE(rewrite_rows(std::string(100'000, '[')));
    EXPECT_FALSE(rewrite_rows("[{\"a\":" + std::string(100'000, '[')));
}

TEST(ObjectMembers, NamesAreDecodedAndValuesKept) {
    const auto members = object_members(R"( {"a\n":[1, 2],"b":{"c":"}"} , "":null})");

    ASSERT_TRUE(members);
    ASSERT_EQ(members->size(), 3u);
    EXPECT_EQ((*members)[0].first, "a\n");
    EXPECT_EQ((*members)[0].second, "[1, 2]");
    EXPECT_EQ((*members)[1].second, R"({"c":"}"})");
    EXPECT_EQ((*members)[2].second, "null");
    EXPECT_FALSE(object_members("{\"a\":1}{"));
    EXPECT_FALSE(object_members("[]"));
}

TEST(JsonStrings, GoThereAndBack) {
    const std::string text = "q\"b\\s/\t\x01 \xC3\xA9 \xF0\x9F\x98\x80";
    std::string written;

    append_json_string(written, text);

    EXPECT_EQ(decode_json_string(written), text);
    EXPECT_EQ(nlohmann::json::parse(written), text);
    std::string broken;
    append_json_string(broken, "a\xE9z\xED\xA0\x80");
    EXPECT_EQ(decode_json_string(broken), "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace fleet::live
