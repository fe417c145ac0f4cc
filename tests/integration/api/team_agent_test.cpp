// What agents get from the team of their host: agent-api B.3, B.4, F.22, G.4.
#include "integration/api/team_fixture.hpp"

namespace fleet::test {
namespace {

class TeamAgent : public TeamTest {
protected:
    static json marked(int value) {
        return {{"config", {{"options", {{"logger_tls_period", value}}}}}};
    }
    json create_marked(int value) {
        auto team = create();
        const auto set = admin.post(path_of(team, "/agent_options"), marked(value));
        EXPECT_EQ(set.status, 200) << set.text();
        return team;
    }
    static int period(FakeAgent& agent) {
        const auto response = agent.config();
        expect_agent_ok(response);
        return response.json().value("options", json::object()).value("logger_tls_period", 0);
    }
    void transfer(FakeAgent& agent, const json& team_id) {
        const auto moved =
            admin.post("/hosts/transfer", {{"team_id", team_id}, {"hosts", {id_of(agent)}}});
        EXPECT_EQ(moved.status, 200) << moved.text();
    }
    std::string team_query(const json& team) {
        const auto name = unique_name("team-query");
        const auto made = admin.post(
            "/queries",
            {{"name", name}, {"query", "SELECT 1"}, {"interval", 60}, {"team_id", team["id"]}}
        );
        EXPECT_EQ(made.status, 200) << made.text();
        return name;
    }
    static std::string pack_of(const json& team) { return "team-" + team["id"].dump(); }
    /// The same machine, talking to the second instance.
    FakeAgent at_other(FakeAgent& agent) {
        static ServerProcess& second = stack.add_server();
        FakeAgent moved{second.endpoint(), agent.machine(), kEnrollSecret};
        moved.set_node_key(agent.node_key());
        return moved;
    }
};

TEST_F(TeamAgent, TeamOptionsReplaceTheGlobalOnes) {
    auto agent = agent_in(create_marked(41));
    const auto config = agent.config().json();
    EXPECT_EQ(config["options"], (json{{"logger_tls_period", 41}})) << "nothing is merged";
    EXPECT_FALSE(config.contains("decorators"));
}

TEST_F(TeamAgent, WithoutOwnOptionsTheGlobalOnesHold) {
    const auto team = create_marked(42);
    auto agent = agent_in(team);
    EXPECT_EQ(period(agent), 42);
    ASSERT_EQ(admin.post(path_of(team, "/agent_options"), json::object()).status, 200);
    EXPECT_TRUE(agent.config().json().contains("decorators"));
}

TEST_F(TeamAgent, ATransferChangesTheConfigurationAtOnce) {
    auto from = create_marked(51);
    auto to = create_marked(52);
    auto agent = agent_in(from);
    const auto old_query = team_query(from);
    const auto new_query = team_query(to);
    EXPECT_EQ(period(agent), 51);
    EXPECT_TRUE(agent.config().json()["packs"][pack_of(from)]["queries"].contains(old_query));

    transfer(agent, to["id"]);

    const auto config = agent.config().json();
    EXPECT_EQ(config["options"]["logger_tls_period"], 52);
    EXPECT_FALSE(config["packs"].contains(pack_of(from)));
    EXPECT_TRUE(config["packs"][pack_of(to)]["queries"].contains(new_query));

    transfer(agent, nullptr);
    EXPECT_FALSE(agent.config().json().value("packs", json::object()).contains(pack_of(to)));
    EXPECT_TRUE(agent.config().json().contains("decorators"));
}

TEST_F(TeamAgent, ATransferIsKnownToOtherInstances) {
    auto team = create_marked(61);
    auto agent = stack.agent("two");
    agent.enroll();
    auto moved = at_other(agent);
    expect_agent_ok(moved.config());

    transfer(agent, team["id"]);

    EXPECT_TRUE(eventually([&] { return period(moved) == 61; }));
    ASSERT_EQ(admin.post(path_of(team, "/agent_options"), marked(62)).status, 200);
    EXPECT_TRUE(eventually([&] { return period(moved) == 62; }));
    ASSERT_EQ(admin.del(path_of(team)).status, 200);
    EXPECT_TRUE(eventually([&] { return period(moved) == 10; })) << "the organisation's again";
}

TEST_F(TeamAgent, EnrollingAgainWithAnotherTeamsSecretMovesTheHost) {
    auto from = create_marked(71);
    auto to = create_marked(72);
    auto agent = agent_in(from);
    const auto id = id_of(agent);
    agent.set_secret(secret_of(to));
    expect_agent_ok(agent.enroll());
    EXPECT_EQ(id_of(agent), id);
    EXPECT_EQ(period(agent), 72);
}

TEST_F(TeamAgent, DeletingItsTeamGivesAHostTheGlobalConfiguration) {
    auto team = create_marked(81);
    const auto query = team_query(team);
    auto agent = agent_in(team);
    ASSERT_TRUE(agent.config().json()["packs"].contains(pack_of(team)));
    ASSERT_EQ(admin.del(path_of(team)).status, 200);
    const auto config = agent.config().json();
    EXPECT_FALSE(config.value("packs", json::object()).contains(pack_of(team)));
    EXPECT_TRUE(config.contains("decorators"));
}

TEST_F(TeamAgent, FeaturesOfTheTeamDecideWhatIsAsked) {
    const auto team = create(
        {{"features",
          {{"enable_software_inventory", false}, {"additional_queries", {{"own", "SELECT 7"}}}}}}
    );
    auto inside = stack.agent("features");
    inside.set_secret(secret_of(team));
    inside.enroll();
    auto outside = stack.agent("features");
    outside.enroll();
    const auto asked = inside.read().json()["queries"];
    EXPECT_TRUE(asked.contains("fleet_additional_query_own"));
    EXPECT_FALSE(asked.contains("fleet_detail_query_software_linux"));
    const auto usual = outside.read().json()["queries"];
    EXPECT_FALSE(usual.contains("fleet_additional_query_own"));
    EXPECT_TRUE(usual.contains("fleet_detail_query_software_linux"));
}

TEST_F(TeamAgent, LiveQueriesReachTheHostsOfATeam) {
    const auto team = create();
    auto inside = agent_in(team);
    auto outside = stack.enrolled("outside");
    const auto run = admin.post(
        "/queries/run", {{"query", "SELECT 1"}, {"selected", {{"teams", {team["id"]}}}}}
    );
    ASSERT_EQ(run.status, 200) << run.text();
    const auto name = "fleet_distributed_query_" + run.json()["campaign"]["id"].dump();
    EXPECT_EQ(inside.await_query(name), "SELECT 1");
    EXPECT_FALSE(outside.read().json()["queries"].contains(name));
}

}  // namespace
}  // namespace fleet::test
