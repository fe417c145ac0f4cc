// Teams: rest-api-a 12.
#include "integration/api/team_fixture.hpp"

namespace fleet::test {
namespace {

using Team = TeamTest;

TEST_F(Team, IsCreatedWithTheWholeObject) {
    const auto name = unique_name("shape");
    const auto response = admin.post("/teams", {{"name", "  " + name + " "}});
    ASSERT_EQ(response.status, 200) << response.text();
    const auto team = response.json()["team"];

    EXPECT_EQ(team["name"], name) << "blanks around a name are no part of it";
    EXPECT_EQ(team["description"], "");
    EXPECT_EQ(team["user_count"], 0);
    EXPECT_EQ(team["host_count"], 0);
    EXPECT_EQ(team["users"], json::array());
    EXPECT_TRUE(team["created_at"].is_string());
    EXPECT_EQ(team["agent_options"], admin.get("/config").json()["agent_options"])
        << "a new team starts with the organisation's";
    EXPECT_EQ(
        team["host_expiry_settings"],
        (json{{"host_expiry_enabled", false}, {"host_expiry_window", 0}})
    );
    EXPECT_EQ(team["webhook_settings"]["host_status_webhook"], nullptr);
    EXPECT_EQ(
        team["webhook_settings"]["failing_policies_webhook"],
        (json{
            {"enable_failing_policies_webhook", false},
            {"destination_url", ""},
            {"policy_ids", nullptr},
            {"host_batch_size", 0}})
    );
    EXPECT_EQ(team["integrations"]["jira"], json::array());
    EXPECT_EQ(team["integrations"]["zendesk"], json::array());
    EXPECT_EQ(team["integrations"]["google_calendar"]["enable_calendar_events"], false);
    EXPECT_EQ(team["integrations"]["conditional_access_enabled"], nullptr);
    EXPECT_EQ(team["features"]["enable_host_users"], true);
    EXPECT_EQ(team["mdm"]["enable_disk_encryption"], false);
    EXPECT_EQ(
        team["mdm"]["macos_updates"], (json{{"minimum_version", nullptr}, {"deadline", nullptr}})
    );
    EXPECT_EQ(team["scripts"], nullptr);
    EXPECT_EQ(team["software"], nullptr);
    ASSERT_EQ(team["secrets"].size(), 1U) << "one random secret";
    EXPECT_EQ(team["secrets"][0]["team_id"], team["id"]);
    EXPECT_FALSE(team.contains("gitops_filename"));

    const auto fleet = response.json()["fleet"];
    EXPECT_EQ(fleet["id"], team["id"]);
    EXPECT_TRUE(fleet["secrets"][0].contains("fleet_id"));
    EXPECT_TRUE(fleet["mdm"].contains("setup_experience"));
    EXPECT_FALSE(fleet["mdm"].contains("macos_setup"));
    EXPECT_FALSE(team["mdm"].contains("setup_experience"));
    EXPECT_EQ(fetch(team), team);
    EXPECT_EQ(admin.get("/fleets/" + team["id"].dump()).json(), response.json());

    const auto activity = last_activity("created_team");
    EXPECT_EQ(
        activity["details"],
        (json{
            {"team_id", team["id"]},
            {"team_name", name},
            {"fleet_id", team["id"]},
            {"fleet_name", name}})
    );
}

TEST_F(Team, MayBringItsSettingsAlong) {
    const auto team = create(
        {{"description", "d"},
         {"secrets", {{{"secret", unique_name("own")}}}},
         {"features", {{"enable_host_users", false}}},
         {"host_expiry_settings", {{"host_expiry_enabled", true}, {"host_expiry_window", 9}}}}
    );
    EXPECT_EQ(team["description"], "d");
    EXPECT_EQ(team["features"]["enable_host_users"], false);
    EXPECT_EQ(team["features"]["enable_software_inventory"], true);
    EXPECT_EQ(team["host_expiry_settings"]["host_expiry_window"], 9);
    ASSERT_EQ(team["secrets"].size(), 1U);
    EXPECT_THAT(team["secrets"][0]["secret"].get<std::string>(), StartsWith("own"));
}

TEST_F(Team, ListIsSortedByNameSearchedAndPaged) {
    const auto stem = unique_name("list");
    create({{"name", stem + " b"}});
    create({{"name", stem + " a"}});
    const auto answer = admin.get("/teams?query=" + stem).json();
    ASSERT_EQ(answer["teams"].size(), 2U);
    EXPECT_EQ(answer["teams"][0]["name"], stem + " a");
    EXPECT_EQ(answer["fleets"].size(), 2U);
    EXPECT_FALSE(answer.contains("meta"));
    EXPECT_FALSE(answer["teams"][0].contains("users")) << "not loaded for a list";
    const auto page = admin.get(
        "/fleets?query=" + stem + "&order_key=name&order_direction=desc&per_page=1&page=1"
    );
    ASSERT_EQ(page.json()["fleets"].size(), 1U);
    EXPECT_EQ(page.json()["fleets"][0]["name"], stem + " a");
    const auto all = admin.get("/teams").json();
    for (const auto& team : all["teams"])
        EXPECT_NE(team["id"], 0);
}

TEST_F(Team, PatchChangesWhatItNames) {
    const auto team = create();
    const auto response = admin.patch(
        path_of(team),
        {{"description", "new"},
         {"surprise", 1},
         {"host_ids", {1}},
         {"mdm", {{"macos_updates", {{"minimum_version", "14.5"}, {"deadline", "2027-01-01"}}}}}}
    );
    ASSERT_EQ(response.status, 200) << response.text();
    const auto changed = response.json()["team"];
    EXPECT_EQ(changed["name"], team["name"]);
    EXPECT_EQ(changed["description"], "new");
    EXPECT_EQ(changed["secrets"], team["secrets"]);
    EXPECT_EQ(changed["agent_options"], team["agent_options"]);
    EXPECT_EQ(changed["mdm"]["macos_updates"]["minimum_version"], "14.5");
    const auto activity = last_activity("edited_macos_min_version");
    EXPECT_EQ(activity["details"]["team_id"], team["id"]);
    EXPECT_EQ(activity["details"]["minimum_version"], "14.5");
    EXPECT_EQ(activity["details"]["deadline"], "2027-01-01");

    const auto renamed = unique_name("renamed");
    EXPECT_EQ(admin.patch(path_of(team), {{"name", renamed}}).status, 200);
    EXPECT_EQ(fetch(team)["name"], renamed);
    EXPECT_EQ(fetch(team)["description"], "new");
}

struct BadTeam {
    const char* name;
    json body;
    int status;
    const char* field;
};

class BadTeams : public TeamTest, public testing::WithParamInterface<BadTeam> {};

TEST_P(BadTeams, AreRefusedWhenCreatedAndWhenChanged) {
    const auto& bad = GetParam();
    json body = {{"name", unique_name("bad")}};
    body.merge_patch(bad.body);
    expect_error(admin.post("/teams", body), bad.status, "", "", bad.field);
    if (bad.body.contains("name") && bad.body["name"].is_null()) return;  // absent: not changed
    const auto team = create();
    expect_error(admin.patch(path_of(team), bad.body), bad.status, "", "", bad.field);
    EXPECT_EQ(fetch(team), team);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies,
    BadTeams,
    testing::Values(
        BadTeam{"no_name", {{"name", nullptr}}, 422, "name"},
        BadTeam{"blank_name", {{"name", "  "}}, 422, "name"},
        BadTeam{"reserved_name", {{"name", "no TEAM"}}, 422, "name"},
        BadTeam{"long_name", {{"name", std::string(256, 'x')}}, 422, "name"},
        BadTeam{"name_of_another_type", {{"name", 7}}, 400, ""},
        BadTeam{"long_description", {{"description", std::string(1024, 'x')}}, 422, "description"},
        BadTeam{"section_of_another_type", {{"features", 7}}, 400, ""},
        BadTeam{"member_of_another_type", {{"mdm", {{"enable_disk_encryption", "yes"}}}}, 400, ""},
        BadTeam{
            "expiry",
            {{"host_expiry_settings", {{"host_expiry_enabled", true}}}},
            422,
            "host_expiry_settings.host_expiry_window"},
        BadTeam{
            "half_an_update",
            {{"mdm", {{"ios_updates", {{"deadline", "2027-01-01"}}}}}},
            422,
            "ios_updates"},
        BadTeam{
            "unknown_jira",
            {{"integrations", {{"jira", {{{"url", "https://j"}, {"project_key", "X"}}}}}}},
            422,
            "jira"},
        BadTeam{"empty_secret", {{"secrets", {{{"secret", ""}}}}}, 422, "secrets"},
        BadTeam{
            "expiry_of_a_secret",
            {{"secrets", {{{"secret", "s"}, {"expires_at", "tomorrow"}}}}},
            422,
            "secrets"},
        BadTeam{"secret_in_use", {{"secrets", {{{"secret", kEnrollSecret}}}}}, 409, "secret"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Team, ANameIsTakenOnce) {
    const auto team = create();
    const std::string name = team["name"];
    expect_error(
        admin.post("/teams", {{"name", name}}), 409, "Resource Already Exists", "", "name"
    );
    const auto other = create();
    expect_error(admin.patch(path_of(other), {{"name", name}}), 409, "", "", "name");
}

TEST_F(Team, UnknownIdsAreNotFound) {
    for (const std::string rest : {"", "/users", "/secrets"})
        expect_error(admin.get("/teams/999999" + rest), 404, "Resource Not Found", "Team 999999");
    expect_error(admin.patch("/teams/999999", {{"name", "x"}}), 404);
    expect_error(admin.del("/teams/999999"), 404);
    expect_error(admin.post("/teams/999999/agent_options", json::object()), 404);
    expect_error(admin.patch("/teams/999999/users", {{"users", json::array()}}), 404);
    expect_error(admin.patch("/teams/999999/secrets", {{"secrets", json::array()}}), 404);
    EXPECT_EQ(admin.get("/teams/abc").status, 404);
}

TEST_F(Team, DeletionFreesHostsAndTakesTheRest) {
    const auto team = create();
    auto agent = agent_in(team);
    const auto secret = secret_of(team);
    const auto query = admin.post(
        "/queries", {{"name", unique_name("q")}, {"query", "SELECT 1"}, {"team_id", team["id"]}}
    );
    ASSERT_EQ(query.status, 200) << query.text();
    auto user = member(team, "observer");
    const auto user_path = "/users/" + user.get("/me").json()["user"]["id"].dump();

    EXPECT_EQ(admin.del(path_of(team)).body, "{}\n");

    EXPECT_EQ(admin.get(path_of(team)).status, 404);
    EXPECT_EQ(team_of(agent), nullptr);
    const auto id = query.json()["query"]["id"].dump();
    EXPECT_EQ(admin.get("/queries/" + id).status, 404);
    EXPECT_EQ(admin.get(user_path).json()["user"]["teams"], json::array());
    EXPECT_EQ(user.get("/hosts").status, 403) << "a user without any role cannot act";
    auto late = stack.agent("late");
    late.set_secret(secret);
    expect_node_invalid(late.enroll(), "enroll failed: ");
    expect_agent_ok(agent.config());
    EXPECT_EQ(last_activity("deleted_team")["details"]["team_name"], team["name"]);
}

TEST_F(Team, IdZeroIsAShortObjectForHostsOfNoTeam) {
    const auto team = admin.get("/teams/0").json()["team"];
    EXPECT_EQ(
        keys_of(team), (std::vector<std::string>{"id", "integrations", "name", "webhook_settings"})
    );
    EXPECT_EQ(team["id"], 0);
    EXPECT_EQ(team["name"], "No team");
    EXPECT_EQ(
        keys_of(team["webhook_settings"]), std::vector<std::string>{"failing_policies_webhook"}
    );
    EXPECT_EQ(team["integrations"], (json{{"jira", json::array()}, {"zendesk", json::array()}}));

    const json webhook = {
        {"enable_failing_policies_webhook", true}, {"destination_url", "https://w.test"}};
    const auto changed =
        admin.patch("/fleets/0", {{"webhook_settings", {{"failing_policies_webhook", webhook}}}});
    ASSERT_EQ(changed.status, 200) << changed.text();
    EXPECT_EQ(
        admin.get("/teams/0")
            .json()["team"]["webhook_settings"]["failing_policies_webhook"]["destination_url"],
        "https://w.test"
    );
    expect_error(admin.patch("/teams/0", {{"name", "x"}}), 422, "", "", "name");
    expect_error(admin.patch("/teams/0", {{"secrets", json::array()}}), 422, "", "", "secrets");
    expect_error(admin.del("/teams/0"), 422, "", "", "id");
}

TEST_F(Team, AgentOptionsAreTheBareObject) {
    const auto team = create();
    const json options = {{"config", {{"options", {{"logger_tls_period", 33}}}}}};
    const auto set = [&](const json& body, const std::string& query = "") {
        return admin.post(path_of(team, "/agent_options" + query), body);
    };

    const auto dry = set(options, "?dry_run=true");
    ASSERT_EQ(dry.status, 200) << dry.text();
    EXPECT_EQ(dry.json()["team"]["agent_options"], team["agent_options"]);
    EXPECT_EQ(set(options).json()["team"]["agent_options"], options);
    EXPECT_EQ(
        last_activity("edited_agent_options")["details"],
        (json{
            {"global", false},
            {"team_id", team["id"]},
            {"team_name", team["name"]},
            {"fleet_id", team["id"]},
            {"fleet_name", team["name"]}})
    );

    expect_error(
        set({{"surprise", 1}}), 400, "Bad Request", "unsupported key provided: \"surprise\""
    );
    expect_error(set({{"surprise", 1}}, "?dry_run=true"), 400);
    EXPECT_GE(set({{"config", {{"options", 5}}}}).status, 400);
    expect_error(set("text", "?force=true"), 400);
    EXPECT_EQ(fetch(team)["agent_options"], options);
    EXPECT_EQ(set({{"surprise", 1}}, "?force=true").status, 200);

    for (const json& nothing : {json(nullptr), json::object()}) {
        EXPECT_EQ(set(options).status, 200);
        const auto cleared = set(nothing);
        ASSERT_EQ(cleared.status, 200) << cleared.text();
        EXPECT_FALSE(cleared.json()["team"].contains("agent_options")) << "left out when unset";
    }
}

TEST_F(Team, AQueryNeedsATeamThatExists) {
    expect_error(
        admin.post(
            "/queries", {{"name", unique_name("q")}, {"query", "SELECT 1"}, {"team_id", 999999}}
        ),
        404,
        "Resource Not Found",
        "Team 999999"
    );
    const auto team = create();
    const auto name = unique_name("q");
    const auto made =
        admin.post("/reports", {{"name", name}, {"query", "SELECT 1"}, {"fleet_id", team["id"]}});
    ASSERT_EQ(made.status, 200) << made.text();
    EXPECT_EQ(made.json()["report"]["fleet_id"], team["id"]);
    const auto activity = last_activity("created_saved_query");
    EXPECT_EQ(activity["details"]["team_name"], team["name"]);
    EXPECT_EQ(admin.get("/queries?team_id=" + team["id"].dump()).json()["queries"].size(), 1U);
}

TEST_F(Team, IsOfferedToThoseWhoMayChooseIt) {
    const auto mine = create({{"description", "d"}});
    const auto other = create();
    auto user = member(mine, "observer");
    const auto me = user.get("/me").json();
    ASSERT_EQ(me["available_teams"].size(), 1U);
    EXPECT_EQ(
        me["available_teams"][0],
        (json{{"id", mine["id"]}, {"name", mine["name"]}, {"description", "d"}})
    );
    EXPECT_EQ(me["available_fleets"], me["available_teams"]);
    const auto all = admin.get("/me").json()["available_teams"];
    EXPECT_GE(all.size(), 2U);
}

}  // namespace
}  // namespace fleet::test
