#include "fleet/api/web/web_ui.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

namespace fleet::api::web {
namespace {

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span{text.data(), text.size()});
}

const std::array<fleet::web::Asset, 3> kAssets{{
    {.path = "/assets/app-1234.js",
     .content_type = "text/javascript; charset=utf-8",
     .etag = "\"js\"",
     .identity = bytes("let a = 1;"),
     .gzip = bytes("GZ"),
     .brotli = bytes("BR"),
     .immutable = true},
    {.path = "/favicon.svg",
     .content_type = "image/svg+xml",
     .etag = "\"i\"",
     .identity = bytes("<svg/>")},
    {.path = "/index.html",
     .content_type = "text/html; charset=utf-8",
     .etag = "\"p\"",
     .identity = bytes("<base href=\"{{URL_PREFIX}}/\"><p>{{URL_PREFIX}}</p>")},
}};

class WebUiTest : public testing::Test {
protected:
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return {};
    }
    static std::string body(const http::Response& response) {
        return response.shared_body ? *response.shared_body : response.body;
    }
    http::Response get(
        const std::string& path, std::vector<std::pair<std::string, std::string>> headers = {}
    ) const {
        http::Request request;
        request.path = path;
        request.headers = std::move(headers);
        return ui.answer(request);
    }

    WebUi ui{{.url_prefix = "/fleet"}, kAssets};
};

TEST_F(WebUiTest, ThePageKnowsItsPrefix) {
    const auto response = get("/");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(body(response), "<base href=\"/fleet/\"><p>/fleet</p>");
    EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
}

TEST_F(WebUiTest, ThePageCannotBeFramedAndLoadsOnlyItsOwn) {
    const auto response = get("/hosts/manage");
    EXPECT_NE(
        header(response, "Content-Security-Policy").find("default-src 'self'"), std::string::npos
    );
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Referrer-Policy"), "same-origin");
    EXPECT_NE(header(response, "Strict-Transport-Security"), "");
}

TEST_F(WebUiTest, AnswersPlacesOfTheApplicationWithThePage) {
    for (const auto* path : {"/account", "/login", "/hosts/4", "/queries/7/report"}) {
        EXPECT_EQ(get(path).content_type, "text/html; charset=utf-8") << path;
    }
}

TEST_F(WebUiTest, SetupIsTheOnlyPlaceBeforeItAndClosedAfterwards) {
    bool done = false;
    const WebUi pending{{.url_prefix = "/fleet", .is_set_up = [&] { return done; }}, kAssets};
    http::Request request;
    request.path = "/hosts";
    EXPECT_EQ(pending.answer(request).status, 307);
    EXPECT_EQ(header(pending.answer(request), "Location"), "/fleet/setup");
    request.path = "/setup";
    EXPECT_EQ(pending.answer(request).status, 200);

    done = true;
    EXPECT_EQ(header(pending.answer(request), "Location"), "/fleet/login");
    request.path = "/assets/none.js";
    EXPECT_EQ(pending.answer(request).status, 404);
}

TEST_F(WebUiTest, OperatorsPathsAreNeverThePage) {
    for (const auto* path : {"/metrics", "/debug", "/debug/pprof", "/healthz/x"}) {
        EXPECT_EQ(get(path).status, 404) << path;
    }
}

TEST_F(WebUiTest, MissingFilesAreNotThePage) {
    for (const auto* path : {"/assets/gone-1.js", "/robots.txt", "/assets", "/assets/x"}) {
        EXPECT_EQ(get(path).status, 404) << path;
    }
}

TEST_F(WebUiTest, UnknownApiPathsAreJson) {
    const auto response = get("/api/latest/fleet/nothing");
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.content_type, "application/json; charset=utf-8");
    EXPECT_EQ(get("/apiary").status, 200);
}

TEST_F(WebUiTest, SendsTheBestEncoding) {
    const std::string path = "/assets/app-1234.js";
    const auto brotli = get(path, {{"Accept-Encoding", "gzip, br"}});
    EXPECT_EQ(body(brotli), "BR");
    EXPECT_EQ(header(brotli, "Content-Encoding"), "br");
    EXPECT_EQ(header(brotli, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header(brotli, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(body(get(path, {{"Accept-Encoding", "gzip"}})), "GZ");
    EXPECT_EQ(body(get(path)), "let a = 1;");
}

TEST_F(WebUiTest, SendsNothingTwice) {
    const auto response = get("/favicon.svg", {{"If-None-Match", "\"i\""}});
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(body(response), "");
    EXPECT_EQ(get("/favicon.svg", {{"If-None-Match", "\"old\""}}).status, 200);
    const auto tag = header(get("/"), "ETag");
    EXPECT_EQ(get("/hosts/4", {{"If-None-Match", tag}}).status, 304);
}

TEST_F(WebUiTest, OtherMethodsAreRefused) {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/";
    const auto response = ui.answer(request);
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
}

}  // namespace
}  // namespace fleet::api::web
