#include "http/router.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace fleet::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using Outcome = Router::Outcome;

Route route(Method method, std::string pattern) {
    auto name = std::string{method_name(method)} + " " + pattern;
    return {
        .method = method,
        .pattern = std::move(pattern),
        .name = std::move(name),
        .handler = BlockingHandler{[](const Request&) { return Response{}; }},
    };
}

class RouterTest : public testing::Test {
protected:
    Router router{{
        route(Method::get, "/"),
        route(Method::get, "/hosts"),
        route(Method::post, "/hosts"),
        route(Method::get, "/hosts/count"),
        route(Method::get, "/hosts/{id:uint}"),
        route(Method::get, "/hosts/identifier/{identifier}"),
        route(Method::get, "/reports/run"),
        route(Method::del, "/reports/{name}"),
        route(Method::get, "/reports/{id:uint}/report"),
        route(Method::get, "/reports/{name}/copy/{what}"),
        route(Method::get, "/assets/{path...}"),
        route(Method::get, "/device/{token}/ping"),
        route(Method::get, "/device/all/ping"),
    }};

    std::string name_of(Method method, std::string_view path) const {
        const auto match = router.find(method, path);
        return match.outcome == Outcome::found ? match.route->name : "-";
    }
};

TEST_F(RouterTest, LiteralBeatsNumberBeatsText) {
    EXPECT_EQ(name_of(Method::get, "/"), "GET /");
    EXPECT_EQ(name_of(Method::get, "/hosts"), "GET /hosts");
    EXPECT_EQ(name_of(Method::get, "/hosts/count"), "GET /hosts/count");
    EXPECT_EQ(name_of(Method::get, "/hosts/17"), "GET /hosts/{id:uint}");
    EXPECT_EQ(name_of(Method::get, "/device/all/ping"), "GET /device/all/ping");
    EXPECT_EQ(name_of(Method::get, "/device/abc/ping"), "GET /device/{token}/ping");
}

TEST_F(RouterTest, NumberTakesDigitsOnly) {
    EXPECT_EQ(router.find(Method::get, "/hosts/abc").outcome, Outcome::not_found);
    EXPECT_EQ(router.find(Method::get, "/hosts/-1").outcome, Outcome::not_found);
    EXPECT_EQ(router.find(Method::get, "/hosts/1.5").outcome, Outcome::not_found);
}

TEST_F(RouterTest, FallsBackToTheNextBestBranch) {
    EXPECT_EQ(name_of(Method::del, "/reports/run"), "DELETE /reports/{name}");
    EXPECT_EQ(name_of(Method::del, "/reports/12"), "DELETE /reports/{name}");
    EXPECT_EQ(name_of(Method::get, "/reports/12/copy/x"), "GET /reports/{name}/copy/{what}");
}

TEST_F(RouterTest, DecodesParametersOnce) {
    const auto match = router.find(Method::get, "/hosts/identifier/a%2Fb%2520c");

    ASSERT_EQ(match.outcome, Outcome::found);
    EXPECT_THAT(match.params, ElementsAre(Pair("identifier", "a/b%20c")));
}

TEST_F(RouterTest, MatchesLiteralsThatCameEscaped) {
    EXPECT_EQ(name_of(Method::get, "/%68osts"), "GET /hosts");
}

TEST_F(RouterTest, BrokenEscapeInAParameterIsABadPath) {
    EXPECT_EQ(router.find(Method::get, "/hosts/identifier/%zz").outcome, Outcome::bad_path);
    EXPECT_EQ(router.find(Method::get, "hosts").outcome, Outcome::bad_path);
}

TEST_F(RouterTest, RestTakesAllThatFollows) {
    const auto match = router.find(Method::get, "/assets/js/app.js");

    ASSERT_EQ(match.outcome, Outcome::found);
    EXPECT_THAT(match.params, ElementsAre(Pair("path", "js/app.js")));
    EXPECT_EQ(router.find(Method::get, "/assets").outcome, Outcome::not_found);
}

TEST_F(RouterTest, WrongMethodNamesTheRightOnes) {
    const auto match = router.find(Method::put, "/hosts");

    EXPECT_EQ(match.outcome, Outcome::method_not_allowed);
    EXPECT_EQ(match.allow, "GET, POST");
    EXPECT_EQ(router.find(Method::post, "/reports/run").allow, "GET, DELETE");
}

TEST_F(RouterTest, HeadIsAnsweredByGet) {
    EXPECT_EQ(name_of(Method::head, "/hosts/3"), "GET /hosts/{id:uint}");
    EXPECT_EQ(router.find(Method::head, "/reports/x").outcome, Outcome::method_not_allowed);
}

TEST_F(RouterTest, EmptySegmentsAreNobodysPath) {
    EXPECT_EQ(router.find(Method::get, "//hosts").outcome, Outcome::not_found);
    EXPECT_EQ(router.find(Method::get, "/device//ping").outcome, Outcome::not_found);
}

TEST(RouterPatterns, MalformedOnesAreRefusedAtStart) {
    for (const char* pattern : {"hosts", "/a//b", "/{a", "/{rest...}/more"}) {
        EXPECT_THROW(Router({route(Method::get, pattern)}), std::invalid_argument) << pattern;
    }
    EXPECT_THROW(
        Router({route(Method::get, "/a/{x}"), route(Method::get, "/a/{y}/")}), std::invalid_argument
    );
}

}  // namespace
}  // namespace fleet::http
