#include "fleet/api/docs/docs_api.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace fleet::api::docs {
namespace {

http::Response ask(const http::Routes& all, std::string_view path, http::Request request = {}) {
    const auto route = std::ranges::find(all, path, &http::Route::pattern);
    if (route == all.end()) return {.status = 404};
    return std::get<http::BlockingHandler>(route->handler)(request);
}

TEST(Docs, UnderAPrefixEverythingIsBelowIt) {
    const http::Routes all = routes({}, "/fleet");

    const http::Response page = ask(all, "/api/docs");
    const http::Response document = ask(all, "/api/openapi.json");

    EXPECT_NE(page.shared_body->find("\"/fleet/api/docs/page.js\""), std::string::npos);
    EXPECT_EQ(page.shared_body->find("{{URL_PREFIX}}"), std::string::npos);
    EXPECT_NE(document.shared_body->find("/fleet/api/{version}/fleet"), std::string::npos);
}

TEST(Docs, AnUnchangedFileIsNotSentAgain) {
    const http::Routes all = routes({}, "");
    const http::Response first = ask(all, "/api/docs/page.css");

    http::Request again;
    again.headers = {{"If-None-Match", first.headers.front().second}};
    const http::Response second = ask(all, "/api/docs/page.css", again);

    EXPECT_EQ(first.headers.front().first, "ETag");
    EXPECT_EQ(second.status, 304);
    EXPECT_EQ(second.shared_body, nullptr);
}

}  // namespace
}  // namespace fleet::api::docs
