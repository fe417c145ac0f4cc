// Agent options and what agents make of them: agent-api B.3, B.4, F.22, G.4.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

/// Restores the organisation's agent options: other tests read configurations, too.
class AgentOptions : public ApiTest {
protected:
    ~AgentOptions() override { admin.patch("/config", {{"agent_options", original}}); }

    Response set(const json& options) {
        return admin.patch("/config", {{"agent_options", options}});
    }

    /// Waits until the agent's configuration satisfies the condition and returns it.
    json config_when(FakeAgent& agent, const std::function<bool(const json&)>& holds) {
        json config;
        EXPECT_TRUE(eventually([&] {
            const auto response = agent.config();
            expect_agent_ok(response);
            config = response.json();
            return holds(config);
        })) << config;
        return config;
    }

    static json with_marker(const std::string& marker) {
        return {
            {"options", {{"distributed_interval", 10}}},
            {"decorators", {{"load", {"SELECT '" + marker + "'"}}}}};
    }

    static bool shows(const json& config, const std::string& marker) {
        return config.dump().find("'" + marker + "'") != std::string::npos;
    }

    json original = admin.get("/config").json().value("agent_options", json::object());
};

TEST_F(AgentOptions, AChangeReachesTheAgents) {
    auto agent = stack.enrolled("options");
    ASSERT_EQ(set({{"config", with_marker("first")}}).status, 200);
    config_when(agent, [](const json& c) { return shows(c, "first"); });
    ASSERT_EQ(set({{"config", with_marker("second")}}).status, 200);
    config_when(agent, [](const json& c) { return shows(c, "second") && !shows(c, "first"); });
}

TEST_F(AgentOptions, AnOverrideReplacesTheWholeConfigOfItsRawPlatform) {
    auto ubuntu = stack.enrolled("options");
    auto debian = stack.enrolled("options", "debian");
    const json override_of_ubuntu = {{"options", {{"logger_tls_period", 77}}}};
    ASSERT_EQ(
        set({{"config", with_marker("base")},
             {"overrides", {{"platforms", {{"ubuntu", override_of_ubuntu}}}}}}
        ).status,
        200
    );
    const auto config = config_when(ubuntu, [](const json& c) {
        return c.contains("options") && c["options"].value("logger_tls_period", 0) == 77;
    });
    EXPECT_EQ(config["options"], override_of_ubuntu["options"]) << "nothing is merged";
    EXPECT_FALSE(config.contains("decorators"));
    config_when(debian, [](const json& c) { return shows(c, "base"); });
}

TEST_F(AgentOptions, NoConfigIsAnObjectNeverNull) {
    auto agent = stack.enrolled("options");
    for (const json& nothing : {json(nullptr), json::object()}) {
        if (set({{"config", nothing}}).status != 200) continue;
        config_when(agent, [](const json& c) { return c.is_object() && !c.contains("options"); });
    }
}

TEST_F(AgentOptions, IntervalsAreLearntFromThem) {
    auto agent = stack.enrolled("options");
    ASSERT_EQ(
        set({{"config", {{"options", {{"distributed_interval", 33}, {"logger_tls_period", 44}}}}}}
        ).status,
        200
    );
    config_when(agent, [](const json& c) {
        return c.value("options", json::object()).value("distributed_interval", 0) == 33;
    });
    EXPECT_TRUE(eventually([&] {
        const auto host = admin.host(agent.machine().uuid);
        return host["distributed_interval"] == 33 && host["logger_tls_period"] == 44;
    }));
}

TEST_F(AgentOptions, WhatWouldPoisonAConfigurationIsRefused) {
    auto agent = stack.enrolled("options");
    const auto before = agent.config().body;
    for (const json& bad :
         {json{{"config", {{"error", "x"}}}},
          json{{"config", {{"node_invalid", true}}}},
          json{{"config", {{"no_such_section", json::object()}}}},
          json{{"config", "text"}},
          json{{"config", {{"options", 5}}}},
          json{{"surprise", 1}},
          json{{"overrides", {{"platforms", {{"ubuntu", nullptr}}}}}}}) {
        const auto response = set(bad);
        EXPECT_GE(response.status, 400) << bad << response.text();
        EXPECT_LT(response.status, 500) << bad;
    }
    EXPECT_EQ(agent.config().body, before);
}

}  // namespace
}  // namespace fleet::test
