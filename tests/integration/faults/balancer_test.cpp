// Two servers on the same stores behind a plain TCP balancer: they share the load, one of them
// dies, nobody notices but the operator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "integration/faults/agent_load.hpp"
#include "support/results_socket.hpp"
#include "support/tcp_proxy.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using testing::IsEmpty;

class Balancer : public testing::Test {
protected:
    /// A host whose every call goes to whichever server is next.
    FakeAgent balanced(const std::string& name) {
        return stack.enrolled_at(stack.endpoint_at(balancer.port()), name);
    }

    static bool recovers(const AgentLoad& load, seconds limit = seconds{30}) {
        const auto enough = load.rounds() + 3 * static_cast<std::int64_t>(load.size());
        return eventually([&] { return load.rounds() >= enough; }, limit);
    }

    Stack stack{{.servers = 2}};
    TcpProxy balancer{{stack.server(0).endpoint().port, stack.server(1).endpoint().port}};
    AdminClient admin = stack.admin(0);
    AdminClient other_admin = stack.admin(1);
    std::string query = unique_name("balancer");
    std::uint64_t query_id = admin.create_query(query, {{"interval", 60}, {"query", "SELECT m"}});
};

TEST_F(Balancer, BothServersWorkAndTheDeathOfOneLosesNothing) {
    AgentLoad load{stack, 8, query, stack.endpoint_at(balancer.port())};
    load.start();
    ASSERT_TRUE(recovers(load));

    stack.server(0).kill9();
    EXPECT_TRUE(recovers(load)) << "hosts carry on with the survivor";
    std::this_thread::sleep_for(fault_time(seconds{1}));
    stack.server(0).start();
    EXPECT_TRUE(recovers(load));
    load.stop();

    const auto taken = balancer.taken();
    EXPECT_GT(std::min(taken[0], taken[1]), (taken[0] + taken[1]) / 10) << "one did all the work";
    EXPECT_THAT(load.wrong_answers(), IsEmpty());
    EXPECT_THAT(lost_promises(stack, load, query_id), IsEmpty());
}

TEST_F(Balancer, ALiveQueryOfTheSurvivorReachesAllHosts) {
    std::vector<FakeAgent> agents;
    std::vector<std::uint64_t> ids;
    for (int i = 0; i < 6; ++i) {
        agents.push_back(balanced("live"));
        ids.push_back(admin.host_id(agents.back().machine().uuid));
    }
    // Some of them have spoken to the dying one last, and it holds what it knows in memory only.
    for (auto& agent : agents)
        agent.check_in();
    stack.server(0).kill9();

    const auto campaign = other_admin.run_query("SELECT 1", ids);
    ResultsSocket socket{stack.server(1).endpoint()};
    socket.authenticate(other_admin.token());
    socket.select(campaign);
    for (auto& agent : agents) {
        const auto name = "fleet_distributed_query_" + std::to_string(campaign);
        ASSERT_FALSE(agent.await_query(name).empty());
        const json answer = {
            {"queries", {{name, json::array({{{"1", "1"}}})}}}, {"statuses", {{name, 0}}}};
        ASSERT_EQ(agent.write(answer).status, 200);
    }

    std::map<std::string, int> answers;
    socket.until([&](const json& message) {
        if (message["type"] == "result") ++answers[message["data"]["host"]["hostname"]];
        return answers.size() == agents.size();
    });
    ASSERT_EQ(answers.size(), agents.size());
    for (const auto& [host, count] : answers)
        EXPECT_EQ(count, 1) << host;
    stack.server(0).start();
}

TEST_F(Balancer, ALiveQueryReachesHostsOnBothServers) {
    auto here = stack.enrolled("here");
    auto there = stack.enrolled("there", "ubuntu", 1);
    const auto campaign = other_admin.run_query(
        "SELECT 1", {admin.host_id(here.machine().uuid), admin.host_id(there.machine().uuid)}
    );
    const auto name = "fleet_distributed_query_" + std::to_string(campaign);
    EXPECT_FALSE(here.await_query(name).empty());
    EXPECT_FALSE(there.await_query(name).empty());
}

TEST_F(Balancer, AConfigEditReachesHostsOnBothServers) {
    auto here = stack.enrolled("here");
    auto there = stack.enrolled("there", "ubuntu", 1);
    const auto options = admin.get("/config").json().at("agent_options");
    auto edited = options;
    edited["config"]["options"]["logger_tls_period"] = 37;
    ASSERT_EQ(admin.patch("/config", {{"agent_options", edited}}).status, 200);

    for (auto* agent : {&here, &there}) {
        EXPECT_TRUE(eventually(
            [&] { return agent->config().json()["options"]["logger_tls_period"] == 37; }, seconds{5}
        ));
        EXPECT_NE(agent->config().body.find(query), std::string::npos);
    }
}

}  // namespace
}  // namespace fleet::test
