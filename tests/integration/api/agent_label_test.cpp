// Dynamic labels as agents see them: agent-api B.4, B.7; decisions of people reach them soon.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class AgentLabels : public ApiTest {
protected:
    json make_label(const json& fields = json::object()) {
        json body{{"name", unique_name("agent-label")}, {"query", "SELECT 1 AS in_it"}};
        body.update(fields);
        const auto made = admin.post("/labels", body);
        EXPECT_EQ(made.status, 200) << made.text();
        return made.json()["label"];
    }
    json get(const json& label) {
        return admin.get("/labels/" + label["id"].dump()).json()["label"];
    }
    static std::string question(const json& label) {
        return "fleet_label_query_" + label["id"].dump();
    }
    static bool asked(const json& answer, const json& label) {
        return answer["queries"].contains(question(label));
    }
    /// Answers everything that is asked; this label's query with that many rows.
    static void answer(FakeAgent& agent, const json& label, int rows) {
        const auto read = agent.read().json();
        auto results = agent.answer(read);
        ASSERT_TRUE(results["queries"].contains(question(label))) << read;
        results["queries"][question(label)] = json::array();
        for (int i = 0; i < rows; ++i)
            results["queries"][question(label)].push_back({{"in_it", "1"}});
        expect_agent_ok(agent.write(results));
    }
    /// Has the host asked everything again.
    void refetch(FakeAgent& agent) {
        const auto path = "/hosts/" + std::to_string(admin.host_id(agent.machine().uuid));
        ASSERT_EQ(admin.post(path + "/refetch").status, 200);
    }
    static bool has_query(FakeAgent& agent, const std::string& name) {
        const auto config = agent.config().json();
        return config.contains("packs") && config["packs"].contains("Global") &&
               config["packs"]["Global"]["queries"].contains(name);
    }
};

TEST_F(AgentLabels, AHostJoinsAndLeavesAsItAnswers) {
    auto agent = stack.enrolled("agent-label");
    const auto label = make_label();
    EXPECT_EQ(get(label)["count"], 0);

    answer(agent, label, 2);
    EXPECT_EQ(get(label)["count"], 1);
    EXPECT_EQ(get(label)["host_ids"], json::array({admin.host_id(agent.machine().uuid)}));

    refetch(agent);
    answer(agent, label, 0);
    EXPECT_EQ(get(label)["count"], 0);
}

TEST_F(AgentLabels, ANewLabelIsAskedSoonAndOnce) {
    auto agent = stack.enrolled("agent-label");
    EXPECT_EQ(agent.read().json()["queries"], json::object());
    const auto label = make_label();
    const auto read = agent.read().json();
    EXPECT_TRUE(asked(read, label)) << read;
    agent.write(agent.answer(read));
    EXPECT_EQ(agent.read().json()["queries"], json::object());
}

TEST_F(AgentLabels, OtherPlatformsAreNotAsked) {
    auto agent = stack.enrolled("agent-label");
    const auto label = make_label({{"platform", "darwin"}});
    EXPECT_FALSE(asked(agent.read().json(), label));
    auto mac = stack.enrolled("agent-label", "darwin");
    refetch(mac);
    EXPECT_TRUE(asked(mac.read().json(), label));
}

TEST_F(AgentLabels, AnotherQueryClearsAndAsksAgain) {
    auto agent = stack.enrolled("agent-label");
    const auto label = make_label();
    answer(agent, label, 1);
    ASSERT_EQ(get(label)["count"], 1);

    const json changed{{"name", label["name"]}, {"query", "SELECT 2"}};
    ASSERT_EQ(admin.post("/spec/labels", {{"specs", {changed}}}).status, 200);
    EXPECT_EQ(get(label)["count"], 0);
    EXPECT_EQ(agent.read().json()["queries"][question(label)], "SELECT 2");
    answer(agent, label, 1);
    EXPECT_EQ(get(label)["count"], 1);

    ASSERT_EQ(admin.post("/spec/labels", {{"specs", {changed}}}).status, 200);
    EXPECT_EQ(get(label)["count"], 1) << "unchanged";
    EXPECT_EQ(agent.read().json()["queries"], json::object());
}

TEST_F(AgentLabels, AnAnswerToTheOldQueryDoesNotSettleTheNewOne) {
    auto agent = stack.enrolled("agent-label");
    const auto label = make_label();
    const auto old = agent.read().json();
    ASSERT_TRUE(asked(old, label));
    const json changed{{"name", label["name"]}, {"query", "SELECT 2"}};
    ASSERT_EQ(admin.post("/spec/labels", {{"specs", {changed}}}).status, 200);
    agent.write(agent.answer(old));
    EXPECT_EQ(agent.read().json()["queries"][question(label)], "SELECT 2");
}

TEST_F(AgentLabels, NoHostCanLeaveAManualLabelByItself) {
    auto agent = stack.enrolled("agent-label");
    const auto made = admin.post(
        "/labels", {{"name", unique_name("agent-label")}, {"hosts", {agent.machine().uuid}}}
    );
    const auto label = made.json()["label"];
    agent.write(
        {{"queries", {{question(label), json::array()}}},
         {"statuses", {{question(label), 0}}},
         {"messages", json::object()}}
    );
    EXPECT_EQ(get(label)["count"], 1);
}

TEST_F(AgentLabels, AFailedQuerySaysNothing) {
    auto agent = stack.enrolled("agent-label");
    const auto label = make_label();
    answer(agent, label, 1);
    refetch(agent);
    auto results = agent.answer(agent.read().json());
    results["queries"][question(label)] = json::array();
    results["statuses"][question(label)] = 1;
    agent.write(results);
    EXPECT_EQ(get(label)["count"], 1);
}

TEST_F(AgentLabels, AnExcludedLabelTakesTheQueryOutOfTheConfig) {
    auto agent = stack.enrolled("agent-label");
    const auto made = admin.post("/labels", {{"name", unique_name("agent-label")}});
    const auto label = made.json()["label"];
    const auto name = unique_name("excluding");
    admin.create_query(
        name, {{"interval", 60}, {"labels_exclude_any", json::array({label["name"]})}}
    );
    EXPECT_TRUE(has_query(agent, name));

    const auto path = "/hosts/" + std::to_string(admin.host_id(agent.machine().uuid)) + "/labels";
    ASSERT_EQ(admin.post(path, {{"labels", {label["name"]}}}).status, 200);
    EXPECT_FALSE(has_query(agent, name));

    ASSERT_EQ(admin.patch("/labels/" + label["id"].dump(), {{"hosts", json::array()}}).status, 200);
    EXPECT_TRUE(has_query(agent, name));
    ASSERT_EQ(
        admin.patch("/labels/" + label["id"].dump(), {{"hosts", {agent.machine().uuid}}}).status,
        200
    );
    EXPECT_FALSE(has_query(agent, name));
}

TEST_F(AgentLabels, AnExcludedDynamicLabelHoldsBackUntilItIsAnswered) {
    auto agent = stack.enrolled("agent-label");
    const auto label = make_label();
    const auto name = unique_name("excluding");
    admin.create_query(
        name, {{"interval", 60}, {"labels_exclude_any", json::array({label["name"]})}}
    );
    EXPECT_FALSE(has_query(agent, name)) << "it may be in the label";
    answer(agent, label, 0);
    EXPECT_TRUE(has_query(agent, name));
    refetch(agent);
    answer(agent, label, 1);
    EXPECT_FALSE(has_query(agent, name));
}

TEST_F(AgentLabels, IncludedManualAndCriteriaLabelsBringTheQuery) {
    auto agent = stack.enrolled("agent-label");
    const auto manual = admin.post("/labels", {{"name", unique_name("agent-label")}}).json();
    const auto name = unique_name("including");
    admin.create_query(
        name, {{"interval", 60}, {"labels_include_any", json::array({manual["label"]["name"]})}}
    );
    EXPECT_FALSE(has_query(agent, name));
    ASSERT_EQ(
        admin.patch(
                 "/labels/" + manual["label"]["id"].dump(), {{"hosts", {agent.machine().uuid}}}
        ).status,
        200
    );
    EXPECT_TRUE(has_query(agent, name));

    const auto criteria = make_label(
        {{"query", ""}, {"criteria", {{"vital", "uuid"}, {"value", agent.machine().uuid}}}}
    );
    const auto other = unique_name("including");
    admin.create_query(
        other, {{"interval", 60}, {"labels_include_any", json::array({criteria["name"]})}}
    );
    EXPECT_TRUE(has_query(agent, other));
}

}  // namespace
}  // namespace fleet::test
