// Enroll secrets of teams, and what a secret may be used for: rest-api-a 11.
#include "integration/api/team_fixture.hpp"

namespace fleet::test {
namespace {

class TeamSecret : public TeamTest {
protected:
    json team = create();

    Response replace(const json& secrets) {
        return admin.patch(path_of(team, "/secrets"), {{"secrets", secrets}});
    }
    json secrets() { return admin.get(path_of(team, "/secrets")).json()["secrets"]; }
    FakeAgent with_secret(const std::string& secret) {
        auto agent = stack.agent("secret");
        agent.set_secret(secret);
        return agent;
    }
};

TEST_F(TeamSecret, AreReplacedAndAnsweredWithoutTimes) {
    const auto one = unique_name("one");
    const auto response = replace({{{"secret", one}}});
    ASSERT_EQ(response.status, 200) << response.text();
    EXPECT_EQ(
        response.json(),
        (json{{"secrets", {{{"secret", one}, {"created_at", "0001-01-01T00:00:00Z"}}}}})
    );
    ASSERT_EQ(secrets().size(), 1U);
    EXPECT_EQ(
        keys_of(secrets()[0]),
        (std::vector<std::string>{"created_at", "fleet_id", "secret", "team_id"})
    );
    EXPECT_EQ(secrets()[0]["team_id"], team["id"]);
    EXPECT_EQ(last_activity("edited_enroll_secrets")["details"]["team_id"], team["id"]);

    EXPECT_EQ(replace(json::array()).json(), (json{{"secrets", nullptr}}));
    EXPECT_EQ(secrets(), json::array());
}

TEST_F(TeamSecret, BadListsChangeNothing) {
    const auto before = secrets();
    json many = json::array();
    for (int i = 0; i < 51; ++i)
        many.push_back({{"secret", "team" + std::to_string(i)}});
    expect_error(replace(many), 422, "Validation Failed", "", "secrets");
    expect_error(replace({{{"secret", ""}}}), 422, "", "", "secrets");
    expect_error(admin.patch(path_of(team, "/secrets"), json::object()), 422, "", "", "secrets");
    expect_error(replace({{{"secret", kEnrollSecret}}}), 409, "Resource Already Exists");
    expect_error(replace({{{"secret", "s"}, {"use_limit", 0}}}), 422, "", "use_limit", "secrets");
    expect_error(replace({{{"secret", "s"}, {"use_limit", -1}}}), 400);
    expect_error(replace({{{"secret", "s"}, {"expires_at", "soon"}}}), 422, "", "expires_at");
    expect_error(replace({{{"secret", "s"}, {"name", std::string(256, 'x')}}}), 422);
    EXPECT_EQ(secrets(), before);
}

TEST_F(TeamSecret, PutsAHostIntoTheTeam) {
    auto agent = with_secret(secret_of(team));
    expect_agent_ok(agent.enroll());
    const auto host = admin.host(agent.machine().uuid);
    EXPECT_EQ(host["team_id"], team["id"]);
    EXPECT_EQ(host["team_name"], team["name"]);
    EXPECT_EQ(host["fleet_id"], team["id"]);
    EXPECT_EQ(host["fleet_name"], team["name"]);
    EXPECT_EQ(fetch(team)["host_count"], 1);

    agent.set_secret(kEnrollSecret);
    expect_agent_ok(agent.enroll());
    EXPECT_EQ(team_of(agent), nullptr) << "a global secret takes it out again (agent-api F.23)";
}

TEST_F(TeamSecret, ShowsItsLimitsAndItsUse) {
    const auto text = unique_name("limited");
    const auto soon = "2999-01-01T00:00:00Z";
    ASSERT_EQ(
        replace({{{"secret", text}, {"name", "spring"}, {"expires_at", soon}, {"use_limit", 2}}}
        ).status,
        200
    );
    auto agent = with_secret(text);
    expect_agent_ok(agent.enroll());

    const auto secret = secrets()[0];
    EXPECT_EQ(secret["name"], "spring");
    EXPECT_EQ(secret["expires_at"], soon);
    EXPECT_EQ(secret["use_limit"], 2);
    EXPECT_EQ(secret["use_count"], 1);
    EXPECT_TRUE(secret["last_used_at"].is_string());

    // As an older client would send it back.
    ASSERT_EQ(replace({{{"secret", text}}}).status, 200);
    EXPECT_EQ(secrets()[0], secret);
    ASSERT_EQ(
        replace({{{"secret", text}, {"use_limit", nullptr}, {"expires_at", nullptr}}}).status, 200
    );
    EXPECT_FALSE(secrets()[0].contains("use_limit"));
    EXPECT_FALSE(secrets()[0].contains("expires_at"));
}

TEST_F(TeamSecret, IsRefusedWhenItIsUsedUpOrExpired) {
    const auto once = unique_name("once");
    const auto old = unique_name("old");
    ASSERT_EQ(
        replace({{{"secret", once}, {"use_limit", 1}},
                 {{"secret", old}, {"expires_at", "2020-01-01T00:00:00Z"}}}
        ).status,
        200
    );
    auto first = with_secret(once);
    expect_agent_ok(first.enroll());
    auto second = with_secret(once);
    expect_node_invalid(second.enroll(), "enroll failed: the secret has been used as often");
    auto third = with_secret(old);
    expect_node_invalid(third.enroll(), "enroll failed: the secret has expired");
    expect_agent_ok(first.config());
    EXPECT_TRUE(admin.host(second.machine().uuid).is_null());
}

TEST_F(TeamSecret, GlobalOnesHaveTheSameMembers) {
    const auto text = unique_name("global");
    const json list = {{{"secret", kEnrollSecret}}, {{"secret", text}, {"name", "autumn"}}};
    ASSERT_EQ(admin.post("/spec/enroll_secret", {{"spec", {{"secrets", list}}}}).status, 200);
    const auto stored = admin.get("/spec/enroll_secret").json()["spec"]["secrets"];
    EXPECT_EQ(stored[1]["name"], "autumn");
    EXPECT_FALSE(stored[1].contains("team_id"));
    EXPECT_EQ(
        last_activity("edited_enroll_secrets")["details"],
        (json{
            {"team_id", nullptr},
            {"team_name", nullptr},
            {"fleet_id", nullptr},
            {"fleet_name", nullptr}})
    );
    admin.set_enroll_secrets({kEnrollSecret});
}

}  // namespace
}  // namespace fleet::test
