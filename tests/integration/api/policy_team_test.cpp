// Policies of teams, inherited ones, and specs: rest-api-b 4.
#include "integration/api/policy_fixture.hpp"

namespace fleet::test {
namespace {

class TeamPolicy : public PolicyTest {
protected:
    /// A user with that role on the team only.
    AdminClient team_user(const std::string& team, const std::string& role) {
        const auto email = unique_name(role) + "@example.test";
        const auto made = admin.post(
            "/users/admin",
            {{"name", role},
             {"email", email},
             {"password", kPassword},
             {"teams", {{{"id", std::stoi(team)}, {"role", role}}}},
             {"admin_forced_password_reset", false},
             {"api_only", role == "gitops"}}
        );
        EXPECT_EQ(made.status, 200) << made.text();
        AdminClient client{admin.endpoint()};
        if (made.json().contains("token")) {
            client.set_token(made.json()["token"]);
        } else {
            EXPECT_EQ(client.login(email).status, 200);
        }
        return client;
    }
    static std::vector<std::string> names(const json& list, const char* key = "policies") {
        std::vector<std::string> out;
        for (const auto& one : list.value(key, json::array()))
            out.push_back(one["name"]);
        return out;
    }
};

TEST_F(TeamPolicy, BelongsToItsTeamAlone) {
    const auto team = make_team(), other = make_team();
    const auto path = "/fleets/" + team + "/policies";
    const json made = create({{"calendar_events_enabled", true}}, path);
    const auto id = made["id"].dump();
    EXPECT_EQ(made["team_id"].dump(), team);
    EXPECT_EQ(made["fleet_id"], made["team_id"]);
    EXPECT_EQ(made["calendar_events_enabled"], true);
    for (const char* words : {"/fleets/", "/teams/", "/team/"})
        EXPECT_EQ(get(words + team + "/policies/" + id)["policy"]["name"], made["name"]) << words;
    expect_error(admin.get("/fleets/" + other + "/policies/" + id), 404);
    EXPECT_EQ(policy(id)["name"], made["name"]) << "the global path reads it, too";
    expect_error(admin.patch("/policies/" + id, {{"name", "x"}}), 403);
    expect_error(admin.post("/policies/delete", {{"ids", {made["id"]}}}), 403);
    expect_error(admin.post("/fleets/" + other + "/policies/delete", {{"ids", {made["id"]}}}), 404);
    EXPECT_EQ(
        admin.patch(
                 path + "/" + id, {{"conditional_access_enabled", true}}
        ).json()["policy"]["conditional_access_enabled"],
        true
    );
    EXPECT_EQ(
        admin
            .send(
                {.method = "PATCH",
                 .target = "/api/latest/fleet/team/" + team + "/policies/" + id,
                 .body = "{}"}
            )
            .status,
        405
    );
    EXPECT_EQ(
        admin.post(path + "/delete", {{"ids", {made["id"]}}}).json()["deleted"],
        json::array({made["id"]})
    );
    expect_error(admin.get("/fleets/99999999/policies"), 404);
    expect_error(
        admin.post("/fleets/99999999/policies", {{"name", "x"}, {"query", "SELECT 1"}}), 404
    );
}

TEST_F(TeamPolicy, ListsShowInheritedOnesApartOrMerged) {
    const auto team = make_team();
    const auto stem = unique_name("inherit");
    create({{"name", stem + "-global"}});
    const auto query = "/policies?query=" + stem;
    EXPECT_FALSE(get("/teams/" + team + query).contains("policies")) << "no key when empty";
    create(
        {{"name", stem + "-own"}, {"calendar_events_enabled", true}}, "/teams/" + team + "/policies"
    );
    const json apart = get("/teams/" + team + query);
    EXPECT_THAT(names(apart), testing::ElementsAre(stem + "-own"));
    EXPECT_THAT(names(apart, "inherited_policies"), Contains(stem + "-global"));
    const json merged = get("/teams/" + team + query + "&merge_inherited=true");
    EXPECT_THAT(names(merged), testing::ElementsAre(stem + "-own", stem + "-global"));
    EXPECT_FALSE(merged.contains("inherited_policies"));
    EXPECT_EQ(
        get("/fleets/" + team + "/policies/count?query=" + stem),
        json({{"count", 1}, {"inherited_policy_count", 1}})
    );
    EXPECT_EQ(
        get("/fleets/" + team + "/policies/count?merge_inherited=1&query=" + stem)["count"], 2
    );
    EXPECT_THAT(
        names(get("/teams/" + team + query + "&automation_type=calendar")),
        testing::ElementsAre(stem + "-own")
    );
    EXPECT_THAT(
        names(get("/teams/" + team + query + "&automation_type=scripts")), testing::IsEmpty()
    );
    expect_error(admin.get("/teams/" + team + "/policies?automation_type=magic"), 400);
    EXPECT_EQ(
        get("/teams/" + team + query + "&inherited_per_page=1&inherited_page=7")
            .contains("inherited_policies"),
        false
    );
}

TEST_F(TeamPolicy, AutomationsNeedTheirTargets) {
    const auto path = "/teams/" + make_team() + "/policies";
    const json body = {{"name", unique_name("auto")}, {"query", "SELECT 1"}};
    json with_software = body, with_script = body, with_null = body;
    with_software["software_title_id"] = 5;
    with_script["script_id"] = 5;
    with_null["script_id"] = nullptr;
    expect_error(admin.post(path, with_software), 400, "", "software title 5 has no package");
    expect_error(admin.post(path, with_script), 400, "", "script 5 does not belong");
    EXPECT_EQ(admin.post(path, with_null).status, 200);
}

TEST_F(TeamPolicy, RolesReachTheirTeam) {
    const auto team = make_team(), other = make_team();
    const auto own = create({}, "/teams/" + team + "/policies")["id"].dump();
    const auto foreign = create({}, "/teams/" + other + "/policies")["id"].dump();
    const auto global = create_id();
    const json body = {{"query", "SELECT 1"}};
    const auto named = [&] {
        json out = body;
        out["name"] = unique_name("by-role");
        return out;
    };
    for (const char* role : {"admin", "maintainer", "observer", "observer_plus", "gitops"}) {
        SCOPED_TRACE(role);
        auto user = team_user(team, role);
        const bool is_gitops = std::string{role} == "gitops";
        const bool writes =
            is_gitops || std::string{role} == "admin" || std::string{role} == "maintainer";
        EXPECT_EQ(user.get("/teams/" + team + "/policies").status, 200);
        EXPECT_EQ(user.get("/policies/" + own).status, 200);
        EXPECT_EQ(user.get("/policies").status, is_gitops ? 403 : 200);
        EXPECT_EQ(user.get("/policies/" + global).status, is_gitops ? 403 : 200);
        EXPECT_EQ(user.get("/policies/" + foreign).status, 403);
        EXPECT_EQ(user.get("/teams/" + other + "/policies").status, 403);
        EXPECT_EQ(user.get("/teams/0/policies").status, 403);
        EXPECT_EQ(user.post("/teams/" + team + "/policies", named()).status, writes ? 200 : 403);
        EXPECT_EQ(user.post("/teams/" + other + "/policies", named()).status, 403);
        EXPECT_EQ(user.post("/policies", named()).status, 403);
        EXPECT_EQ(
            user.patch("/teams/" + team + "/policies/" + own, {{"description", role}}).status,
            writes ? 200 : 403
        );
    }
}

TEST_F(TeamPolicy, SpecsReplaceByTeamAndName) {
    const auto team = make_team();
    const auto team_name = stack.sql().value("SELECT name FROM teams WHERE id = " + team);
    const auto name = unique_name("spec");
    const auto apply = [&](const json& specs, const std::string& query = "") {
        return admin.post("/spec/policies" + query, {{"specs", specs}});
    };
    const json full = {
        {"name", name},
        {"query", "SELECT 1"},
        {"description", "d"},
        {"resolution", "r"},
        {"critical", true},
        {"platform", "linux"}};
    json of_team = full, of_none = full;
    of_team["fleet"] = team_name;
    of_none["team"] = "No team";
    const auto response = apply({full, of_team, of_none});
    ASSERT_EQ(response.status, 200) << response.text();
    EXPECT_EQ(response.json(), json::object());
    const auto only = [&](const std::string& path) {
        const json list = get(path + "?query=" + name)["policies"];
        EXPECT_EQ(list.size(), 1U);
        return list[0];
    };
    const json global = only("/policies");
    EXPECT_EQ(global["critical"], true);
    EXPECT_EQ(only("/teams/" + team + "/policies")["team_id"].dump(), team);
    EXPECT_EQ(only("/teams/0/policies")["team_id"], 0);
    // What is left out is reset.
    ASSERT_EQ(apply({{{"name", name}, {"query", "SELECT 2"}}}).status, 200);
    const json again = only("/policies");
    EXPECT_EQ(again["id"], global["id"]);
    EXPECT_EQ(again["query"], "SELECT 2");
    EXPECT_EQ(again["critical"], false);
    EXPECT_EQ(again["platform"], "");
    EXPECT_FALSE(again.contains("resolution"));
    EXPECT_EQ(
        get("/activities?per_page=1&order_key=id&order_direction=desc")["activities"][0]["type"],
        "applied_spec_policy"
    );
}

TEST_F(TeamPolicy, SpecsAreAppliedAllOrNone) {
    const auto name = unique_name("atomic");
    const json good = {{"name", name}, {"query", "SELECT 1"}};
    const auto apply = [&](const json& specs, const std::string& query = "") {
        return admin.post("/spec/policies" + query, {{"specs", specs}});
    };
    json unknown_team = good;
    unknown_team["team"] = "no such team";
    expect_error(apply({good, unknown_team}), 404);
    expect_error(apply({good, good}), 400, "", "duplicate policy names not allowed");
    EXPECT_EQ(apply(json::array({good}), "?dry_run=true").status, 200);
    expect_error(apply({good, {{"name", ""}, {"query", "x"}}}, "?dry_run=true"), 400);
    EXPECT_EQ(get("/policies/count?query=" + name)["count"], 0);
    EXPECT_EQ(apply(json::array()).status, 200);
}

TEST_F(TeamPolicy, DeletedPoliciesLeaveTheWebhook) {
    const auto one = create()["id"], two = create()["id"];
    const auto changed = admin.patch(
        "/config",
        {{"webhook_settings",
          {{"failing_policies_webhook",
            {{"enable_failing_policies_webhook", true},
             {"destination_url", "https://example.test/hook"},
             {"policy_ids", {one, two}}}}}}}
    );
    ASSERT_EQ(changed.status, 200) << changed.text();
    admin.post("/policies/delete", {{"ids", {one}}});
    EXPECT_EQ(
        get("/config")["webhook_settings"]["failing_policies_webhook"]["policy_ids"],
        json::array({two})
    );
}

}  // namespace
}  // namespace fleet::test
