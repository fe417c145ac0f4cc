// The organisation's logo: rest-api-a 10.8.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

const std::string kPng = std::string{"\x89PNG\r\n\x1a\n"} + std::string{"\0binary", 7};

class Logo : public ApiTest {
protected:
    ~Logo() override { admin.del("/logo"); }

    static Request upload(const std::string& query, const std::string& image) {
        return {
            .method = "PUT",
            .target = "/api/latest/fleet/logo" + query,
            .headers = {{"Content-Type", "multipart/form-data; boundary=b0"}},
            .body =
                "--b0\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"l.png\"\r\n"
                "Content-Type: image/png\r\n\r\n" +
                image + "\r\n--b0--\r\n"};
    }
    Response show(const std::string& mode) {
        // Nobody needs to be logged in.
        return HttpClient{stack.server().endpoint()}.get("/api/latest/fleet/logo?mode=" + mode);
    }
    json org() { return admin.get("/config").json()["org_info"]; }
};

TEST_F(Logo, IsShownAndLinked) {
    ASSERT_EQ(admin.send(upload("", kPng)).status, 200);
    const auto shown = show("dark");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.body, kPng);
    EXPECT_EQ(shown.header("Content-Type"), "image/png");
    EXPECT_EQ(shown.header("Cache-Control"), "no-store");
    EXPECT_EQ(shown.header("X-Content-Type-Options"), "nosniff");
    EXPECT_THAT(
        org()["org_logo_url"].get<std::string>(), StartsWith("/api/latest/fleet/logo?mode=dark&v=")
    );
    EXPECT_THAT(
        org()["org_logo_url_light_mode"].get<std::string>(),
        StartsWith("/api/latest/fleet/logo?mode=light&v=")
    );
    EXPECT_EQ(
        admin.get("/activities?per_page=1").json()["activities"][0]["details"],
        (json{{"mode", "all"}})
    );
    ASSERT_EQ(admin.del("/logo?mode=dark").status, 200);
    EXPECT_EQ(org()["org_logo_url"], "");
    EXPECT_EQ(show("dark").status, 404);
    EXPECT_EQ(show("light").status, 200);
    EXPECT_EQ(admin.del("/logo").status, 200);
    expect_error(admin.del("/logo"), 400, "Bad request", "there is no logo to delete");
}

TEST_F(Logo, ABrowserMayUploadAnSvgThatCannotAct) {
    auto request = upload("?mode=light", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
    request.headers.emplace_back("Origin", "https://" + stack.server().endpoint().authority());
    ASSERT_EQ(admin.send(request).status, 200);
    EXPECT_EQ(show("light").header("Content-Type"), "image/svg+xml");
    EXPECT_THAT(show("light").header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
}

TEST_F(Logo, BadOnesAreRefused) {
    const auto refused = [&](const Request& request, const std::string& reason) {
        SCOPED_TRACE(reason);
        expect_error(admin.send(request), 400, "Bad request", reason);
    };
    refused(upload("?mode=blue", kPng), "mode must be light, dark or all");
    refused(upload("", "GIF89a"), "logo must be a PNG, JPEG, WebP or SVG image");
    refused(upload("", kPng + std::string(100 * 1024, 'x')), "logo must be 100KB or less");
    refused(upload("", "<svg onload=\"x()\"></svg>"), "logo SVG must not contain scripts");
    refused(upload("", ""), "logo file is required");
    auto bare = upload("", kPng);
    bare.headers = {{"Content-Type", "image/png"}};
    refused(bare, "failed to parse multipart form");
    EXPECT_EQ(show("blue").status, 400);
    EXPECT_EQ(show("all").status, 400);
    EXPECT_EQ(show("dark").status, 404);
    for (const auto* role : {"maintainer", "gitops", "observer"}) {
        auto user = admin.create_user(role);
        expect_error(user.send(upload("", kPng)), 403, "forbidden");
        expect_error(user.del("/logo"), 403, "forbidden");
    }
}

}  // namespace
}  // namespace fleet::test
