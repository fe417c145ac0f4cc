// Policies for all hosts: rest-api-b 4.
#include "integration/api/policy_fixture.hpp"

namespace fleet::test {
namespace {

class Policy : public PolicyTest {};

TEST_F(Policy, KeepsEveryField) {
    const json sent = {
        {"name", unique_name("full")},
        {"query", "SELECT 1 FROM disk_encryption WHERE encrypted = 1;"},
        {"description", "d"},
        {"resolution", "turn it on"},
        {"platform", "darwin,linux"},
        {"critical", true}};
    const json made = create(sent);
    const json stored = policy(made["id"].dump());
    for (const auto& [key, value] : sent.items())
        EXPECT_EQ(stored[key], value) << key;
    EXPECT_EQ(stored["author_email"], kAdminEmail);
    EXPECT_EQ(stored["author_name"], "Ada");
    EXPECT_TRUE(stored["team_id"].is_null());
    EXPECT_TRUE(stored["fleet_id"].is_null());
    EXPECT_EQ(stored["type"], "dynamic");
    EXPECT_EQ(stored["calendar_events_enabled"], false);
    EXPECT_EQ(stored["conditional_access_enabled"], false);
    EXPECT_EQ(stored["continuous_automations_enabled"], false);
    EXPECT_EQ(stored["passing_host_count"], 0);
    EXPECT_EQ(stored["failing_host_count"], 0);
    EXPECT_TRUE(stored["host_count_updated_at"].is_null());
    EXPECT_FALSE(stored.contains("labels_include_any"));
    EXPECT_FALSE(stored.contains("run_script"));
    EXPECT_FALSE(stored.contains("install_software"));
    EXPECT_EQ(made, stored);
}

TEST_F(Policy, ResolutionIsLeftOutWhenNeverSet) {
    EXPECT_FALSE(create().contains("resolution"));
    EXPECT_EQ(create({{"resolution", ""}})["resolution"], "");
}

TEST_F(Policy, BothSpellingsHaveTheirVersions) {
    const auto status = [&](const std::string& target) {
        return admin.send({.target = target}).status;
    };
    const auto id = create_id();
    EXPECT_EQ(status("/api/v1/fleet/global/policies"), 200);
    EXPECT_EQ(status("/api/v1/fleet/global/policies/" + id), 200);
    EXPECT_EQ(status("/api/latest/fleet/policies"), 200);
    EXPECT_EQ(status("/api/2022-04/fleet/policies/" + id), 200);
    EXPECT_EQ(status("/api/latest/fleet/global/policies"), 404);
    EXPECT_EQ(status("/api/v1/fleet/policies"), 404);
    for (const char* version : {"v1", "2022-04", "latest"})
        EXPECT_EQ(status("/api/" + std::string{version} + "/fleet/policies/count"), 200);
}

TEST_F(Policy, ListsAreSearchedSortedAndPaged) {
    const auto stem = unique_name("list");
    for (const char* end : {"-b", "-a", "-c"})
        create({{"name", stem + end}, {"platform", std::string{end} == "-c" ? "windows" : ""}});
    const auto names = [&](const std::string& query) {
        std::vector<std::string> out;
        const json list = get("/policies?query=" + stem + query);
        EXPECT_FALSE(list.contains("count"));
        EXPECT_FALSE(list.contains("meta"));
        for (const auto& one : list.value("policies", json::array()))
            out.push_back(one["name"].get<std::string>().substr(stem.size()));
        return out;
    };
    using testing::ElementsAre;
    EXPECT_THAT(names(""), ElementsAre("-b", "-a", "-c")) << "as they were made";
    EXPECT_THAT(names("&order_key=name"), ElementsAre("-a", "-b", "-c"));
    EXPECT_THAT(names("&order_key=name&order_direction=desc&per_page=1&page=1"), ElementsAre("-b"));
    EXPECT_THAT(names("&order_key=failing_host_count").size(), 3U);
    EXPECT_THAT(names("&platform=darwin"), ElementsAre("-b", "-a"));
    EXPECT_EQ(get("/policies/count?query=" + stem)["count"], 3);
    EXPECT_EQ(get("/policies/count?platform=darwin&query=" + stem)["count"], 2);
    EXPECT_EQ(get("/policies?query=no-such-policy"), json::object()) << "no key when empty";
    expect_error(admin.get("/policies?order_key=nonsense"), 400);
    expect_error(admin.get("/policies?page=-1"), 400, "Bad request", "negative page value");
}

struct BadPolicy {
    const char* name;
    json changes;
    const char* reason;
    int status = 400;
};

class BadPolicies : public PolicyTest, public testing::WithParamInterface<BadPolicy> {};

TEST_P(BadPolicies, AreRefusedByAllWhoWrite) {
    const auto& bad = GetParam();
    json body = {{"name", unique_name("bad")}, {"query", "SELECT 1"}};
    body.update(bad.changes);
    expect_error(admin.post("/policies", body), bad.status, "", bad.reason);
    const auto count = get("/policies/count")["count"];
    std::string of_spec = bad.reason;
    if (const auto at = of_spec.find("policy payload"); at != std::string::npos)
        of_spec.replace(at, 6, "policy spec");
    if (!bad.changes.contains("query_id"))
        expect_error(admin.post("/spec/policies", {{"specs", {body}}}), bad.status, "", of_spec);
    EXPECT_EQ(get("/policies/count")["count"], count);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies,
    BadPolicies,
    testing::Values(
        BadPolicy{
            "no_name", {{"name", ""}}, "policy payload verification: policy name cannot be empty"},
        BadPolicy{
            "blank_query",
            {{"query", "  "}},
            "policy payload verification: policy query cannot be empty"},
        BadPolicy{
            "platform",
            {{"platform", "ubuntu"}},
            "policy payload verification: invalid policy platform"},
        BadPolicy{
            "both_queries",
            {{"query_id", 1}},
            "policy payload verification: only one of query_id and query may be given"},
        BadPolicy{
            "unknown_label",
            {{"labels_include_any", {"no such label"}}},
            "label \"no such label\" does not exist"},
        BadPolicy{
            "two_include_lists",
            {{"labels_include_any", {"macOS"}}, {"labels_include_all", {"All Linux"}}},
            "only one of labels_include_any and labels_include_all"},
        BadPolicy{
            "label_in_and_out",
            {{"labels_include_any", {"macOS"}}, {"labels_exclude_any", {"macOS"}}},
            "label \"macOS\" is both included and excluded"},
        BadPolicy{"type", {{"type", "magic"}}, "invalid policy type"},
        BadPolicy{"patch", {{"type", "patch"}}, "Fleet-maintained app"},
        BadPolicy{"name_is_number", {{"name", 5}}, "json decoder error"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Policy, OddIdsAndBodiesAreRefused) {
    expect_error(admin.get("/policies/99999999"), 404, "Resource Not Found");
    expect_error(admin.patch("/policies/99999999", {{"name", "x"}}), 404);
    expect_error(admin.post("/policies/99999999/reset"), 404);
    expect_error(admin.post("/policies/delete", {{"ids", {99999999}}}), 404);
    expect_error(admin.post("/policies/delete", {{"ids", "all"}}), 400);
    expect_error(admin.post("/policies", {{"query_id", 99999999}}), 404);
    EXPECT_EQ(admin.get("/policies/abc").status, 404);
    EXPECT_EQ(admin.post("/policies/delete", {{"ids", json::array()}}).json(), json::object());
    expect_error(admin.get("/policies/99999999/history"), 404);
    const auto id = create_id();
    expect_error(admin.get("/policies/" + id + "/history?days=0"), 400);
    expect_error(admin.get("/policies/" + id + "/history?days=x"), 400);
}

TEST_F(Policy, NamesAreUniqueAmongPoliciesForAllHosts) {
    const json one = create();
    expect_error(
        admin.post("/policies", {{"name", one["name"]}, {"query", "SELECT 1"}}),
        409,
        "Resource Already Exists"
    );
    const json two = create();
    expect_error(admin.patch("/policies/" + two["id"].dump(), {{"name", one["name"]}}), 409);
    EXPECT_EQ(policy(two["id"].dump())["name"], two["name"]);
}

TEST_F(Policy, PatchKeepsWhatIsAbsent) {
    const json made = create({{"description", "d"}, {"resolution", "r"}, {"platform", "linux"}});
    const auto id = made["id"].dump();
    const auto response = admin.patch("/policies/" + id, {{"resolution", "other"}});
    ASSERT_EQ(response.status, 200) << response.text();
    json expected = made;
    expected["resolution"] = "other";
    json stored = response.json()["policy"];
    EXPECT_EQ(stored, policy(id));
    for (json* one : {&expected, &stored})
        one->erase("updated_at");
    EXPECT_EQ(stored, expected);
}

TEST_F(Policy, CopiesAQuery) {
    const auto name = unique_name("query");
    const auto query =
        admin.create_query(name, {{"query", "SELECT 42"}, {"description", "of the query"}});
    for (const char* key : {"query_id", "report_id"}) {
        const auto response = admin.post("/policies", {{key, query}});
        ASSERT_EQ(response.status, 200) << response.text();
        const json made = response.json()["policy"];
        EXPECT_EQ(made["name"], name);
        EXPECT_EQ(made["query"], "SELECT 42");
        EXPECT_EQ(made["description"], "of the query");
        admin.post("/policies/delete", {{"ids", {made["id"]}}});
    }
}

TEST_F(Policy, SqlIsCheckedButNeverRefused) {
    const json made = create({{"query", "SELECT 1 FROM no_such_table"}});
    EXPECT_EQ(made["warnings"].size(), 1U) << made["warnings"];
    EXPECT_TRUE(create()["warnings"].empty());
    const json other = create({{"query", "SELECT 1 FROM registry"}, {"platform", "linux"}});
    EXPECT_FALSE(other["warnings"].empty());
}

TEST_F(Policy, LabelsComeAsObjects) {
    const json made =
        create({{"labels_include_any", {"macOS"}}, {"labels_exclude_any", {"chrome"}}});
    EXPECT_EQ(made["labels_include_any"][0]["name"], "macOS");
    EXPECT_TRUE(made["labels_include_any"][0]["id"].is_number());
    EXPECT_EQ(made["labels_exclude_any"].size(), 1U);
    const auto id = made["id"].dump();
    const json all =
        admin.patch("/policies/" + id, {{"labels_include_all", {"All Linux"}}}).json()["policy"];
    EXPECT_FALSE(all.contains("labels_include_any"));
    EXPECT_EQ(all["labels_include_all"][0]["name"], "All Linux");
    EXPECT_TRUE(all.contains("labels_exclude_any"));
    const json none =
        admin
            .patch(
                "/policies/" + id,
                {{"labels_include_all", json::array()}, {"labels_exclude_any", json::array()}}
            )
            .json()["policy"];
    EXPECT_FALSE(none.contains("labels_include_all"));
    EXPECT_FALSE(none.contains("labels_exclude_any"));
}

TEST_F(Policy, DeletingIsAllOrNothing) {
    const json one = create(), two = create();
    expect_error(admin.post("/policies/delete", {{"ids", {one["id"], 99999999}}}), 404);
    EXPECT_EQ(admin.get("/policies/" + one["id"].dump()).status, 200);
    const auto gone = admin.post("/policies/delete", {{"ids", {two["id"], one["id"]}}});
    ASSERT_EQ(gone.status, 200) << gone.text();
    EXPECT_EQ(gone.json()["deleted"], json::array({one["id"], two["id"]}));
    expect_error(admin.get("/policies/" + two["id"].dump()), 404);
}

TEST_F(Policy, ChangesAreInTheFeed) {
    const json made = create();
    const auto id = made["id"].dump();
    admin.patch("/policies/" + id, {{"description", "x"}});
    admin.post("/policies/delete", {{"ids", {made["id"]}}});
    const json feed = get("/activities?per_page=3&order_key=id&order_direction=desc")["activities"];
    std::vector<std::string> types;
    for (const auto& one : feed) {
        types.push_back(one["type"]);
        EXPECT_EQ(one["details"]["policy_id"], made["id"]);
        EXPECT_EQ(one["details"]["policy_name"], made["name"]);
        EXPECT_EQ(one["details"]["team_id"], -1);
        EXPECT_EQ(one["details"]["fleet_id"], -1);
        EXPECT_TRUE(one["details"]["team_name"].is_null());
    }
    EXPECT_THAT(types, testing::ElementsAre("deleted_policy", "edited_policy", "created_policy"));
}

TEST_F(Policy, HistoryHasToday) {
    const auto id = create_id();
    const json history = get("/policies/" + id + "/history?days=7");
    EXPECT_EQ(history["policy_id"].dump(), id);
    EXPECT_TRUE(history["team_id"].is_null());
    ASSERT_EQ(history["history"].size(), 1U);
    EXPECT_EQ(
        keys_of(history["history"][0]),
        (std::vector<std::string>{"day", "failing", "no_answer", "passing"})
    );
}

const std::vector<std::string> kRoles = {
    "admin", "maintainer", "technician", "observer_plus", "observer", "gitops"};

class PolicyRoles : public PolicyTest, public testing::WithParamInterface<std::size_t> {};

TEST_P(PolicyRoles, AllowAndDenyAsDocumented) {
    struct Call {
        const char* method;
        const char* path;
        json body;
        const char* allowed;
    };
    const auto id = create_id();
    const Call calls[] = {
        {"GET", "/policies", {}, "YYYYYY"},
        {"GET", "/policies/count", {}, "YYYYYY"},
        {"GET", "/policies/{id}", {}, "YYYYYY"},
        {"GET", "/policies/{id}/history", {}, "YYYYYY"},
        {"GET", "/teams/0/policies", {}, "YYYYYY"},
        {"GET", "/fleets/0/policies/count", {}, "YYYYYY"},
        {"PATCH", "/policies/{id}", {{"description", "d"}}, "YY---Y"},
        {"POST", "/policies", {{"name", unique_name("r")}, {"query", "SELECT 1"}}, "YY---Y"},
        {"POST",
         "/teams/0/policies",
         {{"name", unique_name("r")}, {"query", "SELECT 1"}},
         "YY---Y"},
        {"POST",
         "/spec/policies",
         {{"specs", {{{"name", unique_name("r")}, {"query", "SELECT 1"}}}}},
         "YY---Y"},
        {"POST", "/automations/reset", {{"policy_ids", {std::stoi(id)}}}, "Y----Y"},
        {"POST", "/policies/{id}/reset", {}, "YY---Y"},
        {"POST", "/policies/delete", {{"ids", {std::stoi(id)}}}, "YY---Y"},
    };
    auto user = admin.create_user(kRoles[GetParam()]);
    for (const Call& call : calls) {
        std::string path = call.path;
        if (const auto at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, id);
        SCOPED_TRACE(std::string{call.method} + " " + path);
        const auto response = user.send(
            {.method = call.method,
             .target = "/api/latest/fleet" + path,
             .body = call.body.is_null() ? "" : call.body.dump()}
        );
        if (call.allowed[GetParam()] == 'Y') {
            EXPECT_EQ(response.status, 200) << response.text();
        } else {
            expect_error(response, 403, "forbidden", "forbidden");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Roles,
    PolicyRoles,
    testing::Range(std::size_t{0}, std::size_t{6}),
    [](const auto& test) { return kRoles[test.param]; }
);

}  // namespace
}  // namespace fleet::test
