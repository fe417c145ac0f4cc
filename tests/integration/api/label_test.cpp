// Labels over HTTP: rest-api-a 14.2 to 14.9, 13.25.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class Labels : public ApiTest {
protected:
    json create(const json& body) {
        const auto response = admin.post("/labels", body);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json()["label"];
    }
    json manual(const json& hosts = json::array()) {
        return create({{"name", unique_name("label")}, {"hosts", hosts}});
    }
    static std::string path(const json& label) { return "/labels/" + label["id"].dump(); }
    json get(const json& label) { return admin.get(path(label)).json()["label"]; }
    std::vector<std::uint64_t> listed(const json& label, const std::string& more = "") {
        std::vector<std::uint64_t> out;
        const auto answer = admin.get(path(label) + "/hosts" + more).json();
        for (const auto& host : answer.at("hosts"))
            out.push_back(host["id"]);
        return out;
    }
    int count(const json& label) {
        return admin.get("/hosts/count?label_id=" + label["id"].dump()).json()["count"];
    }
    std::uint64_t id_of(FakeAgent& agent) { return admin.host_id(agent.machine().uuid); }
    json last_activity(const std::string& type) {
        const auto feed = admin.get(
            "/activities?per_page=1&order_key=id&order_direction=desc&activity_type=" + type
        );
        return feed.json()["activities"].at(0);
    }
};

TEST_F(Labels, AManualLabelShowsTheContractsShape) {
    auto agent = stack.enrolled("label");
    const auto id = id_of(agent);
    const auto name = unique_name("label");
    const auto response = admin.post(
        "/labels",
        {{"name", name}, {"description", "d"}, {"hosts", {agent.machine().hostname, "nobody"}}}
    );
    ASSERT_EQ(response.status, 200) << response.text();
    const auto label = response.json()["label"];
    EXPECT_EQ(label["name"], name);
    EXPECT_EQ(label["description"], "d");
    EXPECT_EQ(label["query"], "");
    EXPECT_EQ(label["platform"], "");
    EXPECT_EQ(label["label_type"], "regular");
    EXPECT_EQ(label["label_membership_type"], "manual");
    EXPECT_EQ(label["host_count"], 1);
    EXPECT_EQ(label["count"], 1);
    EXPECT_EQ(label["display_text"], name);
    EXPECT_EQ(label["host_ids"], json::array({id}));
    EXPECT_TRUE(label["team_id"].is_null());
    EXPECT_TRUE(label["fleet_id"].is_null());
    EXPECT_TRUE(label["author_id"].is_number());
    EXPECT_FALSE(label.contains("criteria"));
    EXPECT_EQ(listed(label), std::vector{id});
    EXPECT_EQ(count(label), 1);
    const auto activity = last_activity("created_label");
    EXPECT_EQ(activity["details"]["label_id"], label["id"]);
    EXPECT_EQ(activity["details"]["label_name"], name);
    EXPECT_TRUE(activity["details"]["team_id"].is_null());
}

TEST_F(Labels, NothingGivenMakesAnEmptyManualLabel) {
    const auto label = create({{"name", unique_name("label")}});
    EXPECT_EQ(label["label_membership_type"], "manual");
    EXPECT_FALSE(label.contains("host_count"));
    EXPECT_FALSE(label.contains("host_ids"));
    EXPECT_EQ(label["count"], 0);
}

TEST_F(Labels, HostsMayBeNamedByAnyIdentifier) {
    auto a = stack.enrolled("label");
    auto b = stack.enrolled("label");
    auto c = stack.enrolled("label");
    const auto by_name = create(
        {{"name", unique_name("label")},
         {"hosts", {a.machine().uuid, b.machine().serial, c.node_key()}}}
    );
    EXPECT_EQ(by_name["count"], 3);
    const auto by_id =
        create({{"name", unique_name("label")}, {"host_ids", {id_of(a), 999'999'999}}});
    EXPECT_EQ(by_id["host_ids"], json::array({id_of(a)}));
}

TEST_F(Labels, PatchReplacesMembersAndIgnoresWhatCannotChange) {
    auto a = stack.enrolled("label");
    auto b = stack.enrolled("label");
    const auto label = manual({a.machine().uuid});
    const auto name = unique_name("renamed");
    const auto changed = admin
                             .patch(
                                 path(label),
                                 {{"name", name},
                                  {"query", "SELECT 1"},
                                  {"platform", "darwin"},
                                  {"host_ids", {id_of(b)}}}
                             )
                             .json()["label"];
    EXPECT_EQ(changed["name"], name);
    EXPECT_EQ(changed["query"], "");
    EXPECT_EQ(changed["platform"], "");
    EXPECT_EQ(changed["host_ids"], json::array({id_of(b)}));
    EXPECT_EQ(last_activity("edited_label")["details"]["label_name"], name);

    EXPECT_EQ(admin.patch(path(label), {{"description", "x"}}).json()["label"]["count"], 1);
    EXPECT_EQ(admin.patch(path(label), {{"hosts", json::array()}}).json()["label"]["count"], 0);
}

TEST_F(Labels, CriteriaFollowTheHost) {
    auto agent = stack.enrolled("label");
    const auto fresh = unique_name("crit");
    const auto label = create(
        {{"name", unique_name("label")}, {"criteria", {{"vital", "hostname"}, {"value", fresh}}}}
    );
    EXPECT_EQ(label["label_membership_type"], "host_vitals");
    EXPECT_EQ(label["criteria"], (json{{"vital", "hostname"}, {"value", fresh}}));
    EXPECT_EQ(label["count"], 0);

    agent.machine().hostname = fresh;
    const auto id = id_of(agent);
    ASSERT_EQ(admin.post("/hosts/" + std::to_string(id) + "/refetch").status, 200);
    agent.check_in();
    EXPECT_EQ(count(label), 1);
    EXPECT_EQ(get(label)["host_ids"], json::array({id}));

    const auto there = create(
        {{"name", unique_name("label")}, {"criteria", {{"vital", "hostname"}, {"value", fresh}}}}
    );
    EXPECT_EQ(there["count"], 1) << "hosts that are there are judged at once";
    ASSERT_EQ(admin.del("/hosts/" + std::to_string(id)).status, 200);
    EXPECT_EQ(get(label)["count"], 0);
}

TEST_F(Labels, DeletedByNameAndById) {
    const auto a = manual();
    const auto b = create({{"name", unique_name("label") + " with /slash"}});
    EXPECT_EQ(admin.del("/labels/id/" + a["id"].dump()).status, 200);
    EXPECT_EQ(last_activity("deleted_label")["details"]["label_id"], a["id"]);
    expect_error(admin.get(path(a)), 404, "Resource Not Found");
    std::string name = b["name"];
    for (auto at = name.find(' '); at != std::string::npos; at = name.find(' '))
        name.replace(at, 1, "%20");
    name.replace(name.find('/'), 1, "%2F");
    EXPECT_EQ(admin.del("/labels/" + name).status, 200);
    expect_error(admin.del("/labels/" + name), 404, "Resource Not Found", "was not found");
}

TEST_F(Labels, ALabelInUseStays) {
    const auto label = manual();
    const auto query = admin.create_query(
        unique_name("query"), {{"labels_exclude_any", json::array({label["name"]})}}
    );
    expect_error(
        admin.del("/labels/id/" + label["id"].dump()), 422, "Validation Failed", "in use", "name"
    );
    ASSERT_EQ(admin.del("/queries/id/" + std::to_string(query)).status, 200);
    EXPECT_EQ(admin.del("/labels/id/" + label["id"].dump()).status, 200);
}

TEST_F(Labels, OneHostJoinsAndLeaves) {
    auto agent = stack.enrolled("label");
    const auto label = manual();
    const auto other = manual();
    const auto at = "/hosts/" + std::to_string(id_of(agent)) + "/labels";
    const json both{{"labels", {label["name"], other["name"]}}};
    EXPECT_EQ(admin.post(at, both).status, 200);
    EXPECT_EQ(admin.post(at, both).status, 200) << "idempotent";
    EXPECT_EQ(get(label)["count"], 1);

    const auto remove = [&](const json& body) {
        return admin.send({.method = "DELETE", .target = "/api/v1/fleet" + at, .body = body.dump()}
        );
    };
    EXPECT_EQ(remove({{"labels", {label["name"]}}}).status, 200);
    EXPECT_EQ(remove({{"labels", {label["name"]}}}).status, 200) << "not there is fine";
    EXPECT_EQ(get(label)["count"], 0);
    EXPECT_EQ(get(other)["count"], 1);

    const auto refused = admin.post(at, {{"labels", {"no such", "All Hosts", other["name"]}}});
    expect_error(refused, 400, "Bad request", "\"no such\"");
    expect_error(refused, 400, "Bad request", "\"All Hosts\"");
    expect_error(remove({{"labels", {"no such"}}}), 400, "Bad request", "\"no such\"");
    expect_error(admin.post(at, json::object()), 400, "Bad request", "labels");
    expect_error(
        admin.post("/hosts/999999999/labels", both), 404, "Resource Not Found", "Host 999999999"
    );
}

TEST_F(Labels, HostsOfALabelTakeTheListsFilters) {
    auto mac = stack.enrolled("label", "darwin");
    auto tux = stack.enrolled("label");
    const auto label = manual({mac.machine().uuid, tux.machine().uuid});
    EXPECT_EQ(listed(label, "?platform=darwin"), std::vector{id_of(mac)});
    EXPECT_EQ(listed(label, "?query=" + tux.machine().hostname), std::vector{id_of(tux)});
    EXPECT_EQ(listed(label, "?per_page=1&order_key=id&order_direction=desc").size(), 1U);
    EXPECT_TRUE(listed(json{{"id", 999'999'999}}).empty()) << "an unknown label has no hosts";
}

struct BadLabel {
    const char* name;
    const char* body;
    int status;
    const char* field;
    const char* reason;
};

class BadLabels : public Labels, public testing::WithParamInterface<BadLabel> {};

TEST_P(BadLabels, AreRefused) {
    const auto& bad = GetParam();
    const auto response =
        admin.send({.method = "POST", .target = "/api/latest/fleet/labels", .body = bad.body});
    expect_error(response, bad.status, "", bad.reason, bad.field);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies,
    BadLabels,
    testing::Values(
        BadLabel{"NoName", R"({"query":"SELECT 1"})", 422, "name", "missing required argument"},
        BadLabel{"BuiltIn", R"({"name":"All Hosts"})", 422, "name", "built-in label"},
        BadLabel{
            "BothHosts", R"({"name":"x","hosts":["a"],"host_ids":[1]})", 422, "hosts", "only one"},
        BadLabel{
            "QueryAndHosts", R"({"name":"x","query":"q","hosts":[]})", 422, "query", "only one"},
        BadLabel{
            "CriteriaAndQuery",
            R"({"name":"x","query":"q","criteria":{"vital":"uuid","value":"1"}})",
            422,
            "criteria",
            "only one"},
        BadLabel{
            "BadCriteria",
            R"({"name":"x","criteria":{"vital":"shoe_size","value":"44"}})",
            422,
            "criteria",
            "unknown vital"},
        BadLabel{"UnknownTeam", R"({"name":"x","team_id":987654})", 404, "base", "Team 987654"},
        BadLabel{"WrongType", R"({"name":"x","hosts":"all"})", 400, "base", "json decoder error"},
        BadLabel{"NoBody", "", 400, "base", "Expected JSON Body"},
        BadLabel{"NoJson", "{", 400, "base", "json decoder error"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Labels, TakenNamesAndBuiltInsAreRefused) {
    const auto label = manual();
    expect_error(
        admin.post("/labels", {{"name", label["name"]}}), 409, "Resource Already Exists", "name"
    );
    const auto other = manual();
    expect_error(
        admin.patch(path(other), {{"name", label["name"]}}), 409, "Resource Already Exists"
    );
    expect_error(admin.patch(path(other), {{"name", "macOS"}}), 422, "", "built-in", "name");
    const auto all = stack.sql().value("SELECT id FROM labels WHERE name = 'All Hosts'");
    expect_error(
        admin.patch("/labels/" + all, {{"description", "x"}}), 422, "", "built-in", "label_type"
    );
    expect_error(admin.del("/labels/id/" + all), 422, "", "built-in", "label_type");
    expect_error(admin.del("/labels/All%20Hosts"), 422, "", "cannot delete built-in label");
    const auto dynamic = create({{"name", unique_name("label")}, {"query", "SELECT 1"}});
    expect_error(admin.patch(path(dynamic), {{"hosts", {"a"}}}), 422, "", "manual", "hosts");
    expect_error(admin.patch("/labels/999999999", {{"name", "x"}}), 404, "Resource Not Found");
}

TEST_F(Labels, WhoMayNotWriteSeesForbiddenBeforeNotFound) {
    auto observer = admin.create_user("observer");
    expect_error(observer.patch("/labels/999999999", {{"name", "x"}}), 403, "forbidden");
    expect_error(observer.del("/labels/id/999999999"), 403, "forbidden");
    expect_error(observer.del("/labels/nothing"), 403, "forbidden");
}

TEST_F(Labels, GitopsMakesLabelsButTouchesNoHost) {
    auto agent = stack.enrolled("label");
    auto gitops = admin.create_user("gitops");
    const auto made =
        gitops.post("/labels", {{"name", unique_name("label")}, {"hosts", {agent.machine().uuid}}});
    ASSERT_EQ(made.status, 200) << made.text();
    EXPECT_EQ(made.json()["label"]["count"], 0);

    const auto label = manual({agent.machine().uuid});
    ASSERT_EQ(gitops.patch(path(label), {{"hosts", json::array()}}).status, 200);
    EXPECT_EQ(get(label)["count"], 1) << "hosts that it cannot see stay";
    EXPECT_EQ(gitops.get(path(label) + "/hosts").json()["hosts"], json::array());
}

/// Users and labels of a team.
class TeamLabels : public Labels {
protected:
    void SetUp() override {
        auto sql = stack.sql();
        for (auto* team : {&own, &foreign}) {
            const auto name = unique_name("team");
            sql.execute("INSERT INTO teams (name) VALUES ('" + name + "')");
            *team = std::stoull(sql.value("SELECT id FROM teams WHERE name = '" + name + "'"));
        }
        technician = team_user("technician");
    }
    AdminClient team_user(const std::string& role) {
        const auto email = unique_name("member") + "@example.test";
        const auto made = admin.post(
            "/users/admin",
            {{"name", "Member"},
             {"email", email},
             {"password", kPassword},
             {"admin_forced_password_reset", false},
             {"teams", json::array({{{"id", own}, {"role", role}}})}}
        );
        EXPECT_EQ(made.status, 200) << made.text();
        AdminClient user{stack.server().endpoint()};
        EXPECT_EQ(user.login(email).status, 200);
        return user;
    }
    std::uint64_t own = 0, foreign = 0;
    AdminClient technician{stack.server().endpoint()};
};

TEST_F(TeamLabels, BelongToTheTeam) {
    const auto made =
        technician.post("/labels", {{"name", unique_name("label")}, {"team_id", own}});
    ASSERT_EQ(made.status, 200) << made.text();
    const auto label = made.json()["label"];
    EXPECT_EQ(label["team_id"], own);
    EXPECT_EQ(label["fleet_id"], own);
    EXPECT_TRUE(label["team_name"].is_string());
    EXPECT_EQ(technician.patch(path(label), {{"description", "x"}}).status, 200);
    EXPECT_EQ(technician.del("/labels/id/" + label["id"].dump()).status, 200);

    expect_error(technician.post("/labels", {{"name", unique_name("l")}}), 403, "forbidden");
    expect_error(
        technician.post("/labels", {{"name", unique_name("l")}, {"team_id", foreign}}),
        403,
        "forbidden"
    );
    auto observer = team_user("observer");
    expect_error(
        observer.post("/labels", {{"name", unique_name("l")}, {"team_id", own}}), 403, "forbidden"
    );
}

TEST_F(TeamLabels, OfForeignTeamsLookAsIfTheyWereNot) {
    const auto label = create({{"name", unique_name("label")}, {"team_id", foreign}});
    expect_error(technician.get(path(label)), 404, "Resource Not Found");
    expect_error(technician.patch(path(label), {{"name", "x"}}), 403, "forbidden");
    const auto all = technician.get("/labels").json()["labels"];
    for (const auto& one : all)
        EXPECT_NE(one["id"], label["id"]);
    const auto name = label["name"].get<std::string>();
    const auto found = technician.post("/targets", {{"query", name}}).json();
    EXPECT_TRUE(found["targets"]["labels"].empty()) << found;
}

TEST_F(TeamLabels, GlobalOnesMayBeChangedByWhoMadeThem) {
    const auto label = create({{"name", unique_name("label")}});
    expect_error(technician.patch(path(label), {{"description", "x"}}), 403, "forbidden");
    const auto me = technician.get("/me").json()["user"]["id"].dump();
    stack.sql().execute(
        "UPDATE labels SET author_id = " + me + " WHERE id = " + label["id"].dump()
    );
    EXPECT_EQ(technician.patch(path(label), {{"description", "x"}}).status, 200);
    EXPECT_EQ(technician.del("/labels/id/" + label["id"].dump()).status, 200);
}

}  // namespace
}  // namespace fleet::test
