#include "perf/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "perf/agent/carve.hpp"

namespace fleet::perf {
namespace {

using ::testing::ElementsAre;

std::string json_quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

TEST(TextTest, JsonStringsAreEscaped) {
    EXPECT_EQ(json_quoted("a\"b\\c\n\x01"), R"("a\"b\\c\n\u0001")");
    EXPECT_EQ(json_quoted("\xC3\xA9\xF0\x9F\x98\x80"), "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

TEST(TextTest, InvalidUtf8IsReplaced) {
    for (const std::string bad : {"\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80"}) {
        EXPECT_NO_THROW((void)nlohmann::json::parse(json_quoted(bad)).dump()) << bad.size();
    }
}

TEST(TextTest, WordsAndTrim) {
    EXPECT_THAT(words(std::string_view{"  a\tbc  d "}), ElementsAre("a", "bc", "d"));
    EXPECT_EQ(trim(" \t x y\r\n"), "x y");
    EXPECT_EQ(trim("  "), "");
}

TEST(TextTest, Base64RoundTrip) {
    for (const std::string text : {"", "a", "ab", "abc", "abcd"}) {
        EXPECT_EQ(base64_decode(base64_encode(text)), text);
    }
    EXPECT_FALSE(base64_decode("!!!!"));
}

TEST(CarveTest, BlocksJoinToATarArchive) {
    const CarveOrder order{"guid", "request", "/etc/%", 1'700'000'000};
    const auto archive = synthetic_archive(order, make_profile(1, 1, Flavor::ubuntu));
    CarveJob job{order, archive};
    const auto begin = nlohmann::json::parse(job.begin_body("key"));
    job.began("session");
    std::string joined;
    int blocks = 0;
    for (; !job.done(); job.next_block(), ++blocks) {
        const auto block = nlohmann::json::parse(job.block_body());
        EXPECT_EQ(block["block_id"], blocks);
        EXPECT_EQ(block["session_id"], "session");
        joined += base64_decode(block["data"].get<std::string>()).value();
    }

    EXPECT_EQ(begin["block_count"], blocks);
    EXPECT_EQ(begin["carve_size"], archive.size());
    EXPECT_EQ(begin["node_key"], "key");
    EXPECT_EQ(joined, archive);
    EXPECT_EQ(archive.size() % 512, 0U);
    EXPECT_EQ(archive.substr(257, 5), "ustar");
    EXPECT_THAT(archive, ::testing::StartsWith("/tmp/osquery_carve_guid/etc/_"));
}

}  // namespace
}  // namespace fleet::perf
