// What holds for every REST endpoint: rest-api-a 1, rest-api-b 1, operations E.1.
#include "integration/api/api_test.hpp"
#include "support/gzip.hpp"

namespace fleet::test {
namespace {

class Conventions : public ApiTest {
protected:
    Response raw(
        const std::string& method,
        const std::string& path,
        const std::string& body,
        Headers headers = {}
    ) {
        return admin.send(
            {.method = method, .target = path, .headers = std::move(headers), .body = body}
        );
    }
    const std::string queries = "/api/v1/fleet/queries";
};

TEST_F(Conventions, AllVersionsAnswerTheSame) {
    const auto id = admin.create_query(unique_name("version"), {});
    const auto path = "/fleet/queries/" + std::to_string(id);
    const auto v1 = raw("GET", "/api/v1" + path, "");
    EXPECT_EQ(v1.status, 200);
    EXPECT_EQ(raw("GET", "/api/2022-04" + path, "").body, v1.body);
    EXPECT_EQ(raw("GET", "/api/latest" + path, "").body, v1.body);
    EXPECT_EQ(raw("GET", "/api/v2" + path, "").status, 404);
    EXPECT_EQ(raw("GET", "/api" + path, "").status, 404);
}

TEST_F(Conventions, ATrailingSlashIsStripped) {
    EXPECT_EQ(raw("GET", queries + "/", "").status, 200);
}

TEST_F(Conventions, UnknownPathsAndMethods) {
    EXPECT_EQ(raw("GET", "/api/v1/fleet/no-such-thing", "").status, 404);
    EXPECT_EQ(raw("GET", "/api/latest/fleet/hosts/abc", "").status, 404);
    EXPECT_EQ(raw("GET", "/api/latest/fleet/hosts/1/no", "").status, 404);
    EXPECT_EQ(raw("PUT", "/api/latest/fleet/hosts", "").status, 405);
    EXPECT_EQ(raw("DELETE", "/api/latest/fleet/me", "").status, 405);
    EXPECT_EQ(raw("GET", "/api/latest/fleet/login", "").status, 405);
}

TEST_F(Conventions, SuccessIsPrettyJson) {
    const auto response = raw("GET", "/api/v1/fleet/me", "");
    EXPECT_EQ(response.header("Content-Type"), "application/json; charset=utf-8");
    EXPECT_THAT(response.body, StartsWith("{\n  \""));
    EXPECT_THAT(response.body, testing::EndsWith("\n"));
}

TEST_F(Conventions, BodiesMustBeJson) {
    expect_error(raw("POST", queries, ""), 400, "Bad request", "Expected JSON Body");
    for (const auto* text : {"{", "nonsense", "{\"name\":}", "[1,2", "{\"name\":\"a\",}"}) {
        expect_error(raw("POST", queries, text), 400, "Bad request", "json decoder error");
    }
    expect_error(
        raw("POST", queries, R"({"name":7,"query":"SELECT 1"})"),
        400,
        "Bad request",
        "json decoder error"
    );
    expect_error(
        raw("POST", queries, R"({"name":"x","query":"SELECT 1","interval":"soon"})"),
        400,
        "Bad request"
    );
    expect_error(
        raw("POST", queries, R"({"name":"x","query":"SELECT 1","interval":-1})"), 400, "Bad request"
    );
    expect_error(raw("POST", queries, "[]"), 400, "Bad request");
}

TEST_F(Conventions, UnknownKeysAreIgnored) {
    const json body = {
        {"name", unique_name("extra")}, {"query", "SELECT 1"}, {"surprise", {{"deep", 1}}}};
    EXPECT_EQ(admin.post("/queries", body).status, 200);
}

TEST_F(Conventions, GzipBodiesAreUnpacked) {
    const json body = {{"name", unique_name("zip")}, {"query", "SELECT 1"}};
    EXPECT_EQ(raw("POST", queries, gzip(body.dump()), {{"Content-Encoding", "gzip"}}).status, 200);
    EXPECT_EQ(raw("POST", queries, "not gzip at all", {{"Content-Encoding", "gzip"}}).status, 400);
}

TEST_F(Conventions, BrowsersMustSendPlainJsonType) {
    const json body = {{"query", "x"}};
    const auto search = [&](const Headers& headers) {
        return raw("POST", "/api/v1/fleet/hosts/search", body.dump(), headers).status;
    };
    const std::string origin = "https://" + admin.endpoint().authority();
    EXPECT_EQ(search({}), 200) << "scripts may send anything";
    EXPECT_EQ(search({{"Content-Type", "text/plain"}}), 200);
    EXPECT_EQ(search({{"Origin", origin}, {"Content-Type", "application/json"}}), 200);
    for (const auto* type : {"text/plain", "application/json; charset=utf-8", ""}) {
        EXPECT_EQ(search({{"Origin", origin}, {"Content-Type", type}}), 415) << type;
        EXPECT_EQ(search({{"Referer", origin + "/hosts"}, {"Content-Type", type}}), 415) << type;
    }
}

struct BadPage {
    const char* name;
    const char* query;
    const char* reason;
};

class BadPages : public Conventions, public testing::WithParamInterface<BadPage> {};

TEST_P(BadPages, AreRefusedWithTheExactReason) {
    for (const auto* path : {"/hosts", "/users", "/queries"}) {
        expect_error(
            admin.get(std::string{path} + "?" + GetParam().query),
            400,
            "Bad request",
            GetParam().reason
        );
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cases,
    BadPages,
    testing::Values(
        BadPage{"page_text", "page=x", "non-int page value"},
        BadPage{"page_negative", "page=-1", "negative page value"},
        BadPage{"per_page_text", "per_page=x", "non-int per_page value"},
        BadPage{"per_page_zero", "per_page=0", "invalid per_page value"},
        BadPage{"per_page_negative", "per_page=-2", "invalid per_page value"},
        BadPage{
            "direction_alone",
            "order_direction=desc",
            "order_key must be specified with order_direction"},
        BadPage{"after_alone", "after=x", "order_key must be specified with after"},
        BadPage{"bad_direction", "order_key=id&order_direction=up", "unknown order_direction: up"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Conventions, AnErrorHasAnIdThatIsInTheLog) {
    const auto response = admin.get("/hosts/987654");
    expect_error(response, 404, "Resource Not Found");
    const auto uuid = response.json().at("uuid").get<std::string>();
    EXPECT_EQ(uuid.size(), 36U);
    // The log is written a moment later, by a thread of its own.
    EXPECT_TRUE(eventually([&] { return stack.server().log().find(uuid) != std::string::npos; }));
}

TEST_F(Conventions, LargeBodiesAreRefusedOnUserEndpoints) {
    const json body = {
        {"name", unique_name("large")},
        {"query", "SELECT '" + std::string(std::size_t{4} << 20, 'x') + "'"}};
    EXPECT_EQ(admin.post("/queries", body).status, 413);
    EXPECT_EQ(admin.get("/me").status, 200);
}

TEST_F(Conventions, HeadersHaveALimit) {
    const auto response =
        raw("GET", "/api/v1/fleet/me", "", {{"X-Large", std::string(300'000, 'x')}});
    EXPECT_GE(response.status, 400);
    EXPECT_LT(response.status, 500);
}

using Health = ApiTest;

TEST_F(Health, ChecksAreNamed) {
    HttpClient http{admin.endpoint()};
    for (const auto* path :
         {"/healthz",
          "/healthz?check=mysql",
          "/healthz?check=redis",
          "/healthz?check=mysql&check=redis",
          "/healthz?check=datastore",
          "/healthz?check=query_result_store"}) {
        const auto response = http.get(path);
        EXPECT_EQ(response.status, 200) << path;
        EXPECT_EQ(response.body, "") << path;
    }
    const auto unknown = http.get("/healthz?check=disk");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_THAT(unknown.body, HasSubstr("disk is not a valid check"));
    EXPECT_EQ(http.get("/healthz?check=").status, 400);
}

TEST_F(Health, VersionIsOpen) {
    HttpClient http{admin.endpoint()};
    const auto version = http.get("/version").json();
    for (const auto* key :
         {"version", "branch", "revision", "go_version", "build_date", "build_user"}) {
        EXPECT_TRUE(version.contains(key)) << key;
    }
    EXPECT_EQ(admin.get("/version").json()["version"], version["version"]);
}

TEST_F(Health, MetricsAreOpenWhenToldSo) {
    HttpClient http{admin.endpoint()};
    const auto metrics = http.get("/metrics");
    EXPECT_EQ(metrics.status, 200);
    EXPECT_THAT(metrics.body, HasSubstr("# TYPE"));
}

TEST_F(Health, MetricsNeedAPasswordOrAreAbsent) {
    auto& closed = stack.add_server({"--prometheus_basic_auth_disable=false"});
    EXPECT_EQ(HttpClient{closed.endpoint()}.get("/metrics").status, 404);
    closed.terminate();
    auto& guarded = stack.add_server(
        {"--prometheus_basic_auth_disable=false",
         "--prometheus_basic_auth_username=prom",
         "--prometheus_basic_auth_password=pass"}
    );
    HttpClient http{guarded.endpoint()};
    EXPECT_EQ(http.get("/metrics").status, 401);
    EXPECT_EQ(
        http.get("/metrics", {{"Authorization", "Basic " + base64("prom:wrong")}}).status, 401
    );
    EXPECT_EQ(
        http.get("/metrics", {{"Authorization", "Basic " + base64("prom:pass")}}).status, 200
    );
    guarded.terminate();
}

}  // namespace
}  // namespace fleet::test
