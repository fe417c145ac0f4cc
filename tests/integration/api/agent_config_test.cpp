// What an agent gets as its configuration: agent-api A.4, B.4, E.2, G.4.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class AgentConfig : public ApiTest {
protected:
    /// The entry of a scheduled query in the agent's config once it shows up; null when it does
    /// not.
    json scheduled(FakeAgent& agent, const std::string& name) {
        json found;
        eventually([&] {
            const auto config = agent.config().json();
            const auto entry = json::json_pointer{"/packs/Global/queries"} / name;
            if (!config.contains(entry)) return false;
            found = config[entry];
            return true;
        });
        return found;
    }

    [[nodiscard]] bool has(FakeAgent& agent, const std::string& name) const {
        return agent.config().json().contains(json::json_pointer{"/packs/Global/queries"} / name);
    }

    void remove(std::uint64_t id) { admin.del("/queries/id/" + std::to_string(id)); }
};

TEST_F(AgentConfig, HasTheDefaultOptions) {
    auto agent = stack.enrolled("config-defaults");
    const auto response = agent.config();
    expect_agent_ok(response);
    const auto config = response.json();
    EXPECT_EQ(config["options"]["distributed_interval"], 10);
    EXPECT_EQ(config["options"]["distributed_plugin"], "tls");
    EXPECT_EQ(config["options"]["pack_delimiter"], "/");
    EXPECT_TRUE(config["decorators"]["load"].is_array());
    EXPECT_FALSE(config.contains("etag")) << "an unmodified osqueryd gets no etag";
    for (const auto& [key, value] : config.items()) {
        EXPECT_TRUE(value.is_object() || value.is_array()) << key << " would be skipped";
    }
}

TEST_F(AgentConfig, IsTheSameBytesAgainAndForANeighbour) {
    auto agent = stack.enrolled("config-bytes");
    auto neighbour = stack.enrolled("config-bytes");
    const auto query = admin.create_query(unique_name("stable"), {{"interval", 60}});
    ASSERT_TRUE(eventually([&] { return agent.config().body == neighbour.config().body; }));
    EXPECT_EQ(agent.config().body, agent.config().body);
    remove(query);
}

struct Logging {
    std::string value;
    json expected;  // members that must be there
    std::vector<std::string> absent{};
};

class AgentConfigLogging : public AgentConfig, public testing::WithParamInterface<Logging> {};

TEST_P(AgentConfigLogging, BecomesTheFlagsOfTheEntry) {
    auto agent = stack.enrolled("config-logging");
    const auto name = unique_name("logging");
    const auto id = admin.create_query(
        name,
        {{"query", "SELECT 1 AS one"},
         {"interval", 900},
         {"platform", "darwin,linux"},
         {"min_osquery_version", "5.1.0"},
         {"automations_enabled", true},
         {"logging", GetParam().value}}
    );

    const auto entry = scheduled(agent, name);

    ASSERT_TRUE(entry.is_object());
    EXPECT_EQ(entry["query"], "SELECT 1 AS one");
    EXPECT_EQ(entry["interval"], 900);
    EXPECT_EQ(entry["platform"], "darwin,linux");
    EXPECT_EQ(entry["version"], "5.1.0");
    for (const auto& [key, value] : GetParam().expected.items())
        EXPECT_EQ(entry[key], value) << key;
    for (const auto& key : GetParam().absent)
        EXPECT_FALSE(entry.contains(key)) << key;
    remove(id);
}

INSTANTIATE_TEST_SUITE_P(
    Values,
    AgentConfigLogging,
    testing::Values(
        Logging{"snapshot", {{"snapshot", true}}},
        Logging{"differential", {{"removed", true}}, {"snapshot"}},
        Logging{"differential_ignore_removals", {{"removed", false}}, {"snapshot"}}
    ),
    [](const auto& test) { return test.param.value; }
);

TEST_F(AgentConfig, FollowsEditsOfAQuery) {
    auto agent = stack.enrolled("config-edit");
    const auto name = unique_name("edited");
    const auto id = admin.create_query(name, {{"interval", 60}});
    ASSERT_EQ(scheduled(agent, name).value("interval", 0), 60);

    ASSERT_EQ(admin.patch("/queries/" + std::to_string(id), {{"interval", 120}}).status, 200);
    EXPECT_TRUE(eventually([&] { return scheduled(agent, name).value("interval", 0) == 120; }));

    ASSERT_EQ(admin.patch("/queries/" + std::to_string(id), {{"interval", 0}}).status, 200);
    EXPECT_TRUE(eventually([&] { return !has(agent, name); }));

    ASSERT_EQ(admin.patch("/queries/" + std::to_string(id), {{"interval", 60}}).status, 200);
    EXPECT_TRUE(eventually([&] { return has(agent, name); }));
    remove(id);
    EXPECT_TRUE(eventually([&] { return !has(agent, name); }));
}

TEST_F(AgentConfig, LeavesOutWhatNobodyWouldUse) {
    // agent-api B.4.3: no interval, or neither automations nor a report.
    auto agent = stack.enrolled("config-unused");
    const auto marker = unique_name("used");
    const std::vector<std::pair<std::string, json>> unused = {
        {unique_name("no-interval"), {{"automations_enabled", true}}},
        {unique_name("discarded"), {{"interval", 60}, {"discard_data", true}}},
        {unique_name("differential"), {{"interval", 60}, {"logging", "differential"}}},
    };
    for (const auto& [name, fields] : unused)
        admin.create_query(name, fields);
    const auto id = admin.create_query(
        marker, {{"interval", 60}, {"discard_data", true}, {"automations_enabled", true}}
    );

    EXPECT_TRUE(scheduled(agent, marker).is_object()) << "automations alone are reason enough";
    for (const auto& [name, fields] : unused)
        EXPECT_FALSE(has(agent, name)) << name;
    remove(id);
}

TEST_F(AgentConfig, EtagIsOnlyForThoseWhoAsk) {
    // agent-api E.2: table and invariants.
    auto agent = stack.enrolled("config-etag");
    const auto plain = agent.config();

    const auto first = agent.call("config", {{"etag", ""}}).json();
    ASSERT_TRUE(first.contains("etag")) << first.dump();
    const auto etag = first["etag"].get<std::string>();
    EXPECT_FALSE(etag.empty());
    EXPECT_NE(etag, "ok");
    auto without = first;
    without.erase("etag");
    EXPECT_EQ(without, plain.json());

    EXPECT_EQ(agent.call("config", {{"etag", etag}}).body, R"({"etag":"ok"})");
    EXPECT_EQ(agent.call("config", {{"etag", "ok"}}).json().value("etag", ""), etag);
    EXPECT_EQ(agent.call("config", {{"etag", "stale"}}).json().value("etag", ""), etag);
    for (const json& odd : {json(7), json(nullptr), json(true), json::array({1}), json::object()}) {
        const auto response = agent.call("config", {{"etag", odd}});
        expect_agent_ok(response);
        EXPECT_EQ(response.body, plain.body) << "not a string counts as absent: " << odd;
    }
}

TEST_F(AgentConfig, EtagChangesWithTheDocument) {
    auto agent = stack.enrolled("config-etag-change");
    const auto etag = agent.call("config", {{"etag", ""}}).json().at("etag");
    const auto id = admin.create_query(unique_name("etag"), {{"interval", 60}});
    EXPECT_TRUE(eventually([&] {
        const auto answer = agent.call("config", {{"etag", etag}}).json();
        return answer.contains("packs") && answer.at("etag") != etag;
    }));
    remove(id);
}

TEST_F(AgentConfig, LabelScopedQueriesReachTheirHostsOnly) {
    auto ubuntu = stack.enrolled("config-label");
    auto mac = stack.enrolled("config-label", "darwin");
    const auto name = unique_name("for-macs");
    const auto id = admin.create_query(
        name, {{"interval", 60}, {"labels_include_any", json::array({"macOS"})}}
    );

    EXPECT_TRUE(scheduled(mac, name).is_object());
    EXPECT_FALSE(has(ubuntu, name));
    remove(id);
}

TEST_F(AgentConfig, TellsTheServerTheIntervals) {
    auto agent = stack.enrolled("config-intervals");
    agent.config();
    const auto host = admin.host(agent.machine().uuid);
    EXPECT_EQ(host["distributed_interval"], 10);
    EXPECT_EQ(host["logger_tls_period"], 10);
    EXPECT_EQ(host["config_tls_refresh"], 60);
}

}  // namespace
}  // namespace fleet::test
