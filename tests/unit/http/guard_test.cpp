#include "http/guard.hpp"

#include <gtest/gtest.h>

namespace fleet::http {
namespace {

Route blocking(Method method) {
    return {
        .method = method, .handler = BlockingHandler{[](const Request&) { return Response{}; }}};
}

Request from_browser(Method method, std::string type) {
    return {
        .method = method, .headers = {{"Origin", "https://x"}, {"Content-Type", std::move(type)}}};
}

TEST(CrossSiteGuard, BrowsersMustSendJsonToTheLetter) {
    const auto route = blocking(Method::post);

    EXPECT_FALSE(
        violates_cross_site_guard(route, from_browser(Method::post, "application/json"), true)
    );
    for (const char* type : {"", "text/plain", "application/json; charset=utf-8"}) {
        EXPECT_TRUE(violates_cross_site_guard(route, from_browser(Method::post, type), true));
    }
}

TEST(CrossSiteGuard, OthersMaySendAnything) {
    auto upload = blocking(Method::post);
    upload.body = BodyKind::any;
    auto agent = blocking(Method::post);
    agent.errors = ErrorStyle::osquery;
    const auto form = from_browser(Method::post, "text/plain");

    EXPECT_FALSE(violates_cross_site_guard(upload, form, true));
    EXPECT_FALSE(violates_cross_site_guard(agent, form, true));
    EXPECT_FALSE(violates_cross_site_guard(blocking(Method::post), form, false));
    EXPECT_FALSE(violates_cross_site_guard(
        blocking(Method::post),
        Request{.method = Method::post, .headers = {{"Content-Type", "text/plain"}}},
        true
    ));
}

TEST(SameOrigin, ComparesHostAndPort) {
    const auto same = [](std::string origin, std::string host) {
        return same_origin(Request{
            .headers = {{"Origin", std::move(origin)}, {"Host", std::move(host)}}});
    };

    EXPECT_TRUE(same("https://fleet.example", "fleet.example"));
    EXPECT_TRUE(same("https://fleet.example", "fleet.example:443"));
    EXPECT_TRUE(same("https://Fleet.example:8412", "fleet.example:8412"));
    EXPECT_FALSE(same("https://evil.example", "fleet.example"));
    EXPECT_FALSE(same("https://fleet.example:1", "fleet.example:2"));
    EXPECT_FALSE(same("null", "fleet.example"));
    EXPECT_TRUE(same_origin(Request{.headers = {{"Host", "fleet.example"}}}));
}

TEST(RequestId, KeepsSaneOnesAndReplacesOthers) {
    const auto id = [](std::string given) {
        return request_id_for(Request{.headers = {{"X-Request-Id", std::move(given)}}});
    };

    EXPECT_EQ(id("abc-1.2_3"), "abc-1.2_3");
    EXPECT_EQ(id("").size(), 16u);
    EXPECT_NE(id("a b"), "a b");
    EXPECT_NE(id(std::string(65, 'a')), std::string(65, 'a'));
    EXPECT_NE(id(""), id(""));
}

}  // namespace
}  // namespace fleet::http
