// Teams as files describe them: rest-api-a 12.11, rest-api-b 8.
#include "integration/api/team_fixture.hpp"

namespace fleet::test {
namespace {

class TeamSpec : public TeamTest {
protected:
    Response apply(const json& specs, const std::string& query = "") {
        return admin.post("/spec/teams" + query, {{"specs", specs}});
    }
    json named(const std::string& name) {
        const auto answer = admin.get("/teams?query=" + name).json();
        for (const auto& team : answer["teams"]) {
            if (team["name"] == name) return team;
        }
        return {};
    }
    std::size_t count() { return admin.get("/teams").json()["teams"].size(); }
};

TEST_F(TeamSpec, MakesWhatIsMissingAndChangesWhatIsThere) {
    const auto name = unique_name("spec");
    const auto made = apply({{{"name", name}, {"features", {{"enable_host_users", false}}}}});
    ASSERT_EQ(made.status, 200) << made.text();
    const auto team = named(name);
    EXPECT_EQ(
        made.json(),
        (json{
            {"team_ids_by_name", {{name, team["id"]}}}, {"fleet_ids_by_name", {{name, team["id"]}}}}
        )
    );
    EXPECT_EQ(team["features"]["enable_host_users"], false);
    EXPECT_EQ(team["secrets"].size(), 1U) << "a random one when the spec has none";
    EXPECT_TRUE(team.contains("agent_options")) << "the organisation's when the spec has none";
    const auto activity = last_activity("applied_spec_team");
    EXPECT_EQ(activity["details"]["teams"], (json{{{"id", team["id"]}, {"name", name}}}));

    const auto changed = admin.post(
        "/spec/fleets",
        {{"specs", {{{"name", name}, {"agent_options", nullptr}, {"scripts", {"a.sh"}}}}}}
    );
    ASSERT_EQ(changed.status, 200) << changed.text();
    const auto after = named(name);
    EXPECT_EQ(after["id"], team["id"]);
    EXPECT_FALSE(after.contains("agent_options")) << "null clears";
    EXPECT_EQ(after["features"]["enable_host_users"], false) << "absent sections stay";
    EXPECT_EQ(after["secrets"], team["secrets"]);
    EXPECT_EQ(after["scripts"], json::array({"a.sh"}));
}

TEST_F(TeamSpec, ReplacesSecretsFeaturesAndExpiry) {
    const auto name = unique_name("spec");
    const auto secret = unique_name("s");
    ASSERT_EQ(
        apply(
            {{{"name", name},
              {"secrets", {{{"secret", secret}}}},
              {"features", {{"enable_host_users", false}}},
              {"host_expiry_settings", {{"host_expiry_enabled", true}, {"host_expiry_window", 3}}}}}
        ).status,
        200
    );
    ASSERT_EQ(
        apply({{{"name", name},
                {"secrets", json::array()},
                {"features", {{"enable_software_inventory", false}}},
                {"host_expiry_settings", json::object()}}}
        ).status,
        200
    );
    const auto team = named(name);
    EXPECT_EQ(team["secrets"], json::array());
    EXPECT_EQ(team["features"]["enable_host_users"], true);
    EXPECT_EQ(team["features"]["enable_software_inventory"], false);
    EXPECT_EQ(team["host_expiry_settings"]["host_expiry_enabled"], false);
}

TEST_F(TeamSpec, OneBadSpecAppliesNone) {
    const auto before = count();
    const auto taken = unique_name("taken");
    const json good = {{"name", unique_name("good")}, {"secrets", {{{"secret", taken}}}}};
    for (const json& bad :
         {json{{"name", unique_name("bad")}, {"surprise", 1}},
          json{{"name", "No team"}},
          json{{"name", unique_name("bad")}, {"secrets", {{{"secret", taken}}}}},
          json{
              {"name", unique_name("bad")},
              {"host_expiry_settings", {{"host_expiry_enabled", true}}}},
          json{{"features", json::object()}},
          json("text")}) {
        const auto response = apply({good, bad});
        EXPECT_GE(response.status, 400) << bad << response.text();
        EXPECT_LT(response.status, 500) << bad << response.text();
    }
    EXPECT_EQ(count(), before);
}

struct BadSpec {
    const char* name;
    json fields;
    int status;
    const char* field;
    const char* reason;
};

class BadSpecs : public TeamSpec, public testing::WithParamInterface<BadSpec> {};

TEST_P(BadSpecs, AreRefusedWithTheirPath) {
    const auto& bad = GetParam();
    json spec = {{"name", unique_name("bad")}};
    spec.update(bad.fields);
    expect_error(apply(json::array({spec})), bad.status, "", bad.reason, bad.field);
    expect_error(
        apply(json::array({spec}), "?dry_run=true"), bad.status, "", bad.reason, bad.field
    );
}

INSTANTIATE_TEST_SUITE_P(
    Specs,
    BadSpecs,
    testing::Values(
        BadSpec{
            "unknown_key",
            {{"surprise", 1}},
            400,
            "specs[0].surprise",
            "unsupported key provided: \"surprise\""},
        BadSpec{
            "unknown_key_below",
            {{"webhook_settings", {{"failing_policies_webhook", {{"x", 1}}}}}},
            400,
            "specs[0].webhook_settings.failing_policies_webhook.x",
            "unsupported key provided: \"x\""},
        BadSpec{
            "unknown_key_of_a_secret",
            {{"secrets", {{{"secret", "s"}, {"x", 1}}}}},
            400,
            "specs[0].secrets[0].x",
            "unsupported key provided: \"x\""},
        BadSpec{
            "wrong_type",
            {{"features", {{"enable_host_users", "yes"}}}},
            400,
            "specs[0].features.enable_host_users",
            "invalid value type at 'specs[0].features.enable_host_users': expected boolean but got "
            "string"},
        BadSpec{
            "agent_options",
            {{"agent_options", {{"x", 1}}}},
            400,
            "",
            "unsupported key provided: \"x\""},
        BadSpec{"name", {{"name", " "}}, 422, "name", ""},
        BadSpec{"secret_in_use", {{"secrets", {{{"secret", kEnrollSecret}}}}}, 409, "secret", ""}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(TeamSpec, ForceToleratesUnknownKeysAndBadAgentOptions) {
    const auto name = unique_name("force");
    const json spec = {{"name", name}, {"surprise", 1}, {"agent_options", {{"x", 1}}}};
    EXPECT_EQ(apply(json::array({spec})).status, 400);
    const auto forced = apply(json::array({spec}), "?force=true");
    ASSERT_EQ(forced.status, 200) << forced.text();
    EXPECT_EQ(named(name)["agent_options"], (json{{"x", 1}}));
    EXPECT_FALSE(named(name).contains("surprise"));
}

TEST_F(TeamSpec, ADryRunSaysWhatWouldBeAndChangesNothing) {
    const auto team = create();
    const auto name = unique_name("dry");
    const auto dry = apply(
        {{{"name", team["name"]}, {"features", {{"enable_host_users", false}}}}, {{"name", name}}},
        "?dry_run=true"
    );
    ASSERT_EQ(dry.status, 200) << dry.text();
    EXPECT_EQ(dry.json()["team_ids_by_name"], (json{{team["name"].get<std::string>(), team["id"]}}))
        << "a team that does not exist has no id";
    EXPECT_EQ(fetch(team), team);
    EXPECT_TRUE(named(name).is_null());
}

TEST_F(TeamSpec, AFileRenamesItsTeam) {
    const auto file = unique_name("file") + ".yml";
    const auto before = unique_name("before");
    const auto after = unique_name("after");
    ASSERT_EQ(apply({{{"name", before}, {"gitops_filename", file}}}).status, 200);
    const auto id = named(before)["id"];
    ASSERT_EQ(apply({{{"name", after}, {"gitops_filename", file}}}).status, 200);
    EXPECT_EQ(named(after)["id"], id);
    EXPECT_TRUE(named(before).is_null());
}

TEST_F(TeamSpec, NewWordsAreTaken) {
    const auto name = unique_name("words");
    const auto applied = apply(
        {{{"name", name},
          {"mdm",
           {{"apple_settings", {{"configuration_profiles", {{{"path", "p.mobileconfig"}}}}}},
            {"setup_experience", {{"macos_script", "s.sh"}}}}}}}
    );
    ASSERT_EQ(applied.status, 200) << applied.text();
    const auto mdm = named(name)["mdm"];
    EXPECT_EQ(mdm["macos_settings"]["custom_settings"][0]["path"], "p.mobileconfig");
    EXPECT_EQ(mdm["macos_setup"]["script"], "s.sh");
    const auto fleet = admin.get("/fleets?query=" + name).json()["fleets"][0];
    EXPECT_EQ(
        fleet["mdm"]["apple_settings"]["configuration_profiles"][0]["path"], "p.mobileconfig"
    );
}

TEST_F(TeamSpec, NothingToApplyIsFine) {
    const auto response = apply(json::array());
    ASSERT_EQ(response.status, 200) << response.text();
    EXPECT_EQ(response.json()["team_ids_by_name"], json::object());
    expect_error(admin.post("/spec/teams", {{"specs", 5}}), 400);
    expect_error(admin.post("/spec/teams", {{"surprise", 1}}), 400, "Bad Request");
}

}  // namespace
}  // namespace fleet::test
