// Labels as files: rest-api-a 14.10 to 14.12.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class LabelSpecs : public ApiTest {
protected:
    Response apply(const json& specs, const std::string& query = "") {
        return admin.post("/spec/labels" + query, {{"specs", specs}});
    }
    json spec(const std::string& label) {
        return admin.get("/spec/labels/" + label).json().at("specs");
    }
    bool exists(const std::string& label) {
        return admin.get("/spec/labels/" + label).status == 200;
    }
    std::uint64_t id_of(const std::string& label) { return spec(label)["id"]; }
    int count(const std::string& label) {
        return admin.get("/labels/" + std::to_string(id_of(label))).json()["label"]["count"];
    }
    std::string name = unique_name("spec");
};

TEST_F(LabelSpecs, RoundTrip) {
    auto agent = stack.enrolled("spec");
    const auto manual = unique_name("spec");
    const auto vitals = unique_name("spec");
    const json criteria{{"vital", "hostname"}, {"value", agent.machine().hostname}};
    ASSERT_EQ(
        apply({{{"name", name}, {"query", "SELECT 1"}, {"platform", "darwin"}},
               {{"name", manual},
                {"label_membership_type", "manual"},
                {"hosts", {agent.machine().uuid}}},
               {{"name", vitals}, {"label_membership_type", "host_vitals"}, {"criteria", criteria}}}
        ).status,
        200
    );
    EXPECT_EQ(spec(name)["query"], "SELECT 1");
    EXPECT_EQ(spec(name)["platform"], "darwin");
    EXPECT_EQ(spec(name)["label_membership_type"], "dynamic");
    EXPECT_FALSE(spec(name).contains("hosts"));
    EXPECT_EQ(spec(manual)["hosts"], json::array({agent.machine().hostname}));
    EXPECT_EQ(spec(vitals)["criteria"], criteria);
    EXPECT_EQ(count(manual), 1);
    EXPECT_EQ(count(vitals), 1);

    // What is read can be applied, with one of a team's two names (1.9): nothing changes, built-ins
    // are skipped.
    const auto all = admin.get("/spec/labels").json();
    EXPECT_TRUE(all["specs"].is_array());
    auto wanted = all;
    for (auto& one : wanted["specs"])
        one.erase("fleet_id");
    const auto applied = admin.post("/spec/labels", wanted);
    ASSERT_EQ(applied.status, 200) << applied.text();
    EXPECT_EQ(count(manual), 1);
    EXPECT_EQ(admin.get("/spec/labels").json(), all);
}

TEST_F(LabelSpecs, UpsertsByNameAndResetsWhatIsLeftOut) {
    ASSERT_EQ(apply({{{"name", name}, {"query", "SELECT 1"}, {"description", "d"}}}).status, 200);
    const auto id = id_of(name);
    ASSERT_EQ(apply({{{"name", name}, {"query", "SELECT 2"}}}).status, 200);
    EXPECT_EQ(id_of(name), id);
    EXPECT_EQ(spec(name)["query"], "SELECT 2");
    EXPECT_EQ(spec(name)["description"], "");
}

TEST_F(LabelSpecs, AnotherKindStartsOver) {
    auto agent = stack.enrolled("spec");
    const json manual{
        {"name", name}, {"label_membership_type", "manual"}, {"hosts", {agent.machine().uuid}}};
    ASSERT_EQ(apply(json::array({manual})).status, 200);
    EXPECT_EQ(count(name), 1);
    ASSERT_EQ(apply({{{"name", name}, {"query", "SELECT 1"}}}).status, 200);
    EXPECT_EQ(count(name), 0);
    const json criteria{{"vital", "uuid"}, {"value", agent.machine().uuid}};
    ASSERT_EQ(
        apply(
            json::array(
                {{{"name", name}, {"label_membership_type", "host_vitals"}, {"criteria", criteria}}}
            )
        ).status,
        200
    );
    EXPECT_EQ(count(name), 1);
}

TEST_F(LabelSpecs, GitopsFillsManualLabels) {
    auto agent = stack.enrolled("spec");
    auto gitops = admin.create_user("gitops");
    const json manual{
        {"name", name}, {"label_membership_type", "manual"}, {"hosts", {agent.machine().uuid}}};
    ASSERT_EQ(gitops.post("/spec/labels", {{"specs", {manual}}}).status, 200);
    EXPECT_EQ(count(name), 1);
}

TEST_F(LabelSpecs, ADryRunWritesNothingButSeesErrors) {
    EXPECT_EQ(apply({{{"name", name}, {"query", "SELECT 1"}}}, "?dry_run=true").status, 200);
    EXPECT_FALSE(exists(name));
    EXPECT_EQ(apply({{{"name", name}}}, "?dry_run=true").status, 422);
    EXPECT_EQ(
        admin
            .post(
                "/spec/labels",
                {{"dry_run", true}, {"specs", {{{"name", name}, {"query", "SELECT 1"}}}}}
            )
            .status,
        200
    );
    EXPECT_FALSE(exists(name));
}

TEST_F(LabelSpecs, AllOrNone) {
    const auto second = unique_name("spec");
    const auto refused = apply(
        {{{"name", name}, {"query", "SELECT 1"}},
         {{"name", second}, {"label_membership_type", "manual"}}}
    );
    expect_error(refused, 422, "Unprocessable Entity", "needs the key hosts", "base");
    EXPECT_FALSE(exists(name));
}

TEST_F(LabelSpecs, MovingToAnotherTeamWantsToBeNamed) {
    const auto team = unique_name("team");
    stack.sql().execute("INSERT INTO teams (name) VALUES ('" + team + "')");
    const auto id = stack.sql().value("SELECT id FROM teams WHERE name = '" + team + "'");
    const json one{{"name", name}, {"query", "SELECT 1"}};
    ASSERT_EQ(apply(json::array({one})).status, 200);
    expect_error(
        apply(json::array({one}), "?team_id=" + id), 409, "Resource Already Exists", "names_to_move"
    );
    EXPECT_EQ(
        admin.post(
                 "/spec/labels?fleet_id=" + id, {{"specs", {one}}, {"names_to_move", {name}}}
        ).status,
        200
    );
    EXPECT_EQ(spec(name)["team_id"].dump(), id);
    expect_error(
        admin.post("/spec/labels", {{"specs", {one}}, {"names_to_move", {"other"}}}),
        409,
        "Resource Already Exists"
    );
}

struct BadSpec {
    const char* name;
    const char* spec;
    const char* reason;
};

class BadLabelSpecs : public LabelSpecs, public testing::WithParamInterface<BadSpec> {};

TEST_P(BadLabelSpecs, AreUnprocessable) {
    const auto response = apply(json::array({json::parse(GetParam().spec)}));
    expect_error(response, 422, "Unprocessable Entity", GetParam().reason, "base");
}

INSTANTIATE_TEST_SUITE_P(
    Specs,
    BadLabelSpecs,
    testing::Values(
        BadSpec{"NoName", R"({"query":"SELECT 1"})", "missing required argument"},
        BadSpec{
            "DynamicWithHosts",
            R"({"name":"x","query":"SELECT 1","hosts":["a"]})",
            "cannot list hosts"},
        BadSpec{
            "NoCriteria",
            R"({"name":"x","label_membership_type":"host_vitals"})",
            "needs criteria"},
        BadSpec{
            "BadCriteria",
            R"({"name":"x","label_membership_type":"host_vitals","criteria":{"vital":"x"}})",
            "unknown vital"},
        BadSpec{"Kind", R"({"name":"x","label_membership_type":"odd"})", "label_membership_type"},
        BadSpec{"Reserved", R"({"name":"iOS","query":"SELECT 1"})", "built-in label"},
        BadSpec{
            "ChangedBuiltIn",
            R"({"name":"macOS","label_type":"builtin","description":"mine","platform":"darwin"})",
            "built-in label"},
        BadSpec{"FakeBuiltIn", R"({"name":"x","label_type":"builtin"})", "built-in label"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(LabelSpecs, AnUnknownNameIsNotFound) {
    expect_error(admin.get("/spec/labels/nothing"), 404, "Resource Not Found", "Label nothing");
}

}  // namespace
}  // namespace fleet::test
