#include "http/url.hpp"

#include <gmock/gmock.h>

#include "fleet/http/message.hpp"

namespace fleet::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(PercentDecode, ResolvesEscapesOnce) {
    EXPECT_EQ(percent_decode("a%20b%2Fc"), "a b/c");
    EXPECT_EQ(percent_decode("%2541"), "%41");
    EXPECT_EQ(percent_decode("a+b"), "a+b");
    EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, RefusesBrokenEscapes) {
    EXPECT_FALSE(percent_decode("%"));
    EXPECT_FALSE(percent_decode("%4"));
    EXPECT_FALSE(percent_decode("%4g"));
    EXPECT_FALSE(percent_decode("a%zz"));
}

TEST(ParseQuery, DecodesPairsInOrder) {
    EXPECT_THAT(
        parse_query("b=2&a=x+y%26z&flag&e="),
        ElementsAre(Pair("b", "2"), Pair("a", "x y&z"), Pair("flag", ""), Pair("e", ""))
    );
}

TEST(ParseQuery, LeavesOutWhatHasNoNameAndKeepsBrokenEscapes) {
    EXPECT_THAT(parse_query("=1&&"), IsEmpty());
    EXPECT_THAT(parse_query("a=100%"), ElementsAre(Pair("a", "100%")));
    EXPECT_THAT(parse_query("a=b=c"), ElementsAre(Pair("a", "b=c")));
}

TEST(SplitTarget, TakesOriginAndAbsoluteForm) {
    EXPECT_EQ(split_target("/a/b?c=d")->path, "/a/b");
    EXPECT_EQ(split_target("/a/b?c=d")->query, "c=d");
    EXPECT_EQ(split_target("https://host:1/a?b")->path, "/a");
    EXPECT_EQ(split_target("https://host")->path, "/");
    EXPECT_EQ(split_target("/a#frag")->path, "/a");
    EXPECT_EQ(split_target("/a?u=http://x/y")->path, "/a");
}

TEST(SplitTarget, RefusesTheRest) {
    EXPECT_FALSE(split_target(""));
    EXPECT_FALSE(split_target("*"));
    EXPECT_FALSE(split_target("host:443"));
    EXPECT_FALSE(split_target("http://host?x"));
}

TEST(StripPrefix, OnlyWholeSegmentsCount) {
    EXPECT_EQ(strip_prefix("/fleet/api", "/fleet"), "/api");
    EXPECT_EQ(strip_prefix("/fleet", "/fleet"), "/");
    EXPECT_FALSE(strip_prefix("/fleetx", "/fleet"));
    EXPECT_FALSE(strip_prefix("/other", "/fleet"));
    EXPECT_EQ(strip_prefix("/other", ""), "/other");
}

TEST(StripTrailingSlash, KeepsTheRoot) {
    EXPECT_EQ(strip_trailing_slash("/a//"), "/a");
    EXPECT_EQ(strip_trailing_slash("/"), "/");
}

TEST(Request, FindsHeadersInAnyCaseAndQueryParameters) {
    const Request request{.query = "a=1&a=2&b=%C3%A9", .headers = {{"X-Thing", "yes"}}};

    EXPECT_EQ(request.header("x-thing"), "yes");
    EXPECT_FALSE(request.has_header("X-Other"));
    EXPECT_EQ(request.query_param("a"), "1");
    EXPECT_EQ(request.query_param("b"), "\xC3\xA9");
    EXPECT_FALSE(request.query_param("c"));
}

TEST(Responder, AnswersOnceAndSendsA500WhenDropped) {
    std::vector<int> statuses;
    const auto note = [&](Response response) { statuses.push_back(response.status); };

    {
        Responder answered{note};
        answered(Response{.status = 200});
        answered(Response{.status = 201});
        const Responder dropped{note};
        Responder replaced{note};
        replaced = Responder{};
    }

    EXPECT_THAT(statuses, ElementsAre(200, 500, 500));
}

}  // namespace
}  // namespace fleet::http
