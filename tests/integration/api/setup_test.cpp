// Before and after the first-time setup: rest-api-a 2.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class Setup : public testing::Test {
protected:
    static json body() {
        return {
            {"admin", {{"name", "Ada"}, {"email", kAdminEmail}, {"password", kPassword}}},
            {"org_info", {{"org_name", "Example"}}},
            {"server_url", "https://fleet.example.test"}};
    }

    Stack stack{{.setup = StackOptions::Setup::pending}};
    HttpClient http{stack.server().endpoint()};
};

TEST_F(Setup, GuardsEverythingButAgents) {
    EXPECT_EQ(http.get("/api/latest/fleet/hosts").status, 404);
    EXPECT_EQ(
        http.post("/api/latest/fleet/login", {{"email", "x"}, {"password", "y"}}).status, 404
    );
    auto agent = stack.agent("early");
    expect_node_invalid(agent.config());
    agent.use(FakeAgent::Spelling::plain);
    expect_node_invalid(agent.config());
    EXPECT_EQ(http.get("/healthz").status, 200);
    const auto page = http.get("/hosts");
    EXPECT_EQ(page.status, 307);
    EXPECT_EQ(page.header("Location"), "/setup");
}

TEST_F(Setup, RefusesBadInputAndStaysOpen) {
    const auto with = [&](const char* pointer, const json& value) {
        auto changed = body();
        changed[json::json_pointer{pointer}] = value;
        return http.post("/api/v1/setup", changed);
    };
    expect_error(with("/admin/password", "weak"), 422, "Validation Failed", "required criteria");
    expect_error(with("/admin/email", "not an address"), 422, "Validation Failed");
    expect_error(with("/org_info/org_name", ""), 422, "Validation Failed");
    EXPECT_GE(with("/admin/password", nullptr).status, 400);
    EXPECT_GE(with("/admin", nullptr).status, 400);
    EXPECT_GE(http.send({.method = "POST", .target = "/api/v1/setup", .body = "{"}).status, 400);

    EXPECT_EQ(http.post("/api/v1/setup", body()).status, 200);
}

TEST_F(Setup, HappensOnce) {
    const auto response = http.post("/api/setup", body());
    ASSERT_EQ(response.status, 200) << response.text();
    const auto answer = response.json();
    EXPECT_EQ(answer["admin"]["email"], kAdminEmail);
    EXPECT_EQ(answer["admin"]["global_role"], "admin");
    EXPECT_EQ(answer["admin"].value("force_password_reset", false), false);
    EXPECT_EQ(answer["org_info"]["org_name"], "Example");
    EXPECT_EQ(answer["server_url"], "https://fleet.example.test");
    EXPECT_TRUE(answer["osquery_enroll_secret"].is_null());

    EXPECT_EQ(http.post("/api/v1/setup", body()).status, 404);
    EXPECT_EQ(http.post("/api/setup", body()).status, 404);
    const auto page = http.get("/setup");
    EXPECT_EQ(page.status, 307);
    EXPECT_EQ(page.header("Location"), "/login");

    AdminClient admin{stack.server().endpoint(), answer["token"]};
    EXPECT_EQ(admin.get("/me").json()["user"]["email"], kAdminEmail);
    const auto secrets = admin.get("/spec/enroll_secret").json()["spec"]["secrets"];
    ASSERT_EQ(secrets.size(), 1U);
    auto agent = stack.agent("first");
    agent.set_secret(secrets[0]["secret"]);
    expect_agent_ok(agent.enroll());
}

TEST_F(Setup, ReachesAnotherInstance) {
    auto& second = stack.add_server();
    HttpClient there{second.endpoint()};
    EXPECT_EQ(there.get("/api/latest/fleet/hosts").status, 404);
    AdminClient admin{stack.server().endpoint()};
    ASSERT_EQ(admin.set_up().status, 200);
    AdminClient other{second.endpoint(), admin.token()};
    EXPECT_TRUE(eventually([&] { return other.get("/me").status == 200; }, seconds{5}));
}

}  // namespace
}  // namespace fleet::test
