// Who is let in at the agent endpoints: agent-api A.1, A.2, B.1, G.2.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

/// A request that every endpoint with a node key accepts.
json minimal_body(const std::string& operation) {
    if (operation == "log") return {{"log_type", "status"}, {"data", json::array()}};
    if (operation == "distributed/write") return {{"queries", json::object()}};
    if (operation == "carve/begin") {
        return {
            {"block_count", 1},
            {"block_size", 100},
            {"carve_size", 10},
            {"carve_id", "c"},
            {"request_id", "r"}};
    }
    return json::object();
}

class AgentAuth : public ApiTest, public testing::WithParamInterface<std::string> {
protected:
    [[nodiscard]] std::string operation() const { return GetParam(); }
};

TEST_P(AgentAuth, AcceptsBothSpellingsAndEveryPlaceOfTheKey) {
    auto agent = stack.enrolled("auth");
    for (const auto spelling : {FakeAgent::Spelling::plain, FakeAgent::Spelling::v1}) {
        for (const auto auth :
             {FakeAgent::Auth::body, FakeAgent::Auth::header, FakeAgent::Auth::both}) {
            agent.use(spelling);
            agent.use(auth);
            expect_agent_ok(agent.call(operation(), minimal_body(operation())));
        }
    }
}

TEST_P(AgentAuth, RefusesAMissingKey) {
    auto agent = stack.agent("no-key");
    expect_node_invalid(
        agent.call(operation(), minimal_body(operation())), "authentication error: missing node key"
    );
    agent.use(FakeAgent::Auth::header);
    expect_node_invalid(
        agent.call(operation(), minimal_body(operation())), "authentication error: missing node key"
    );
}

TEST_P(AgentAuth, RefusesAnUnknownKey) {
    auto agent = stack.agent("unknown-key");
    agent.set_node_key("b0b5deadb0b5deadb0b5deadb0b5dead");
    for (const auto auth :
         {FakeAgent::Auth::body, FakeAgent::Auth::header, FakeAgent::Auth::both}) {
        agent.use(auth);
        expect_node_invalid(
            agent.call(operation(), minimal_body(operation())),
            "authentication error: invalid node key"
        );
    }
}

TEST_P(AgentAuth, SuccessIsJsonOnAConnectionThatStays) {
    auto agent = stack.enrolled("kept");
    const auto response = agent.call(operation(), minimal_body(operation()));
    EXPECT_THAT(response.header("Content-Type"), StartsWith("application/json"));
    EXPECT_THAT(response.header("Connection"), Not(testing::StrCaseEq("close")));
}

TEST_P(AgentAuth, OnlyPostIsRouted) {
    HttpClient http{stack.server().endpoint()};
    EXPECT_EQ(http.get("/api/osquery/" + operation()).status, 405);
    EXPECT_EQ(http.get("/api/v1/osquery/" + operation()).status, 405);
}

INSTANTIATE_TEST_SUITE_P(
    Operations,
    AgentAuth,
    testing::Values("config", "log", "distributed/read", "distributed/write", "carve/begin"),
    [](const auto& test) {
        auto name = test.param;
        std::ranges::replace(name, '/', '_');
        return name;
    }
);

using AgentKeys = ApiTest;

TEST_F(AgentKeys, AcceptTheTwoWordSchemeToo) {
    auto agent = stack.enrolled("two-words");
    const Headers header = {{"Authorization", "Node key " + agent.node_key()}};
    expect_agent_ok(agent.post("config", "{}", header));
}

TEST_F(AgentKeys, OfADeletedHostAreUnknownAndItMayComeBack) {
    auto agent = stack.enrolled("deleted");
    ASSERT_EQ(
        admin.del("/hosts/" + std::to_string(admin.host_id(agent.machine().uuid))).status, 200
    );

    EXPECT_TRUE(eventually([&] { return agent.config().status == 401; }, seconds{5}));
    expect_node_invalid(agent.read(), "authentication error: invalid node key");

    expect_agent_ok(agent.enroll());
    expect_agent_ok(agent.config());
}

TEST_F(AgentKeys, AreNeverShownToPeople) {
    auto agent = stack.enrolled("secret-key");
    const auto response = admin.get("/hosts/identifier/" + agent.machine().uuid);
    EXPECT_THAT(response.body, Not(HasSubstr(agent.node_key())));
    EXPECT_THAT(response.body, Not(HasSubstr("node_key")));
    EXPECT_THAT(response.body, Not(HasSubstr("osquery_host_id")));
}

TEST_F(AgentKeys, AreNotStoredInTheClear) {
    auto agent = stack.enrolled("digest");
    auto sql = stack.sql();
    EXPECT_EQ(
        sql.value(
            "SELECT COUNT(*) FROM hosts WHERE CAST(node_key_digest AS CHAR) = '" +
            agent.node_key() + "'"
        ),
        "0"
    );
}

TEST_F(AgentKeys, EveryCallCountsAsSeen) {
    // Hosts without distributed polling would look offline otherwise: agent-api F.48.
    for (const std::string operation : {"config", "log"}) {
        auto agent = stack.enrolled("seen");
        const auto seen = [&] { return admin.host(agent.machine().uuid).at("seen_time"); };
        const auto before = seen();
        EXPECT_TRUE(eventually([&] {
            agent.call(operation, minimal_body(operation));
            return seen() > before;
        })) << operation;
    }
}

}  // namespace
}  // namespace fleet::test
