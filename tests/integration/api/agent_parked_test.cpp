// Distributed reads that the server holds open until there is work (agent-api E.3).
#include <future>

#include "integration/api/live_fixture.hpp"

namespace fleet::test {
namespace {

using std::chrono::steady_clock;

constexpr auto kHold = seconds{5};
/// "At once", with room for a busy machine, and well below the hold.
constexpr auto kSoon = seconds{2};

class ParkedReads : public testing::Test {
protected:
    struct Ended {
        Response response;
        steady_clock::duration took;
    };

    static Stack& parked_stack() {
        static Stack stack{{.flags = {"--osquery_distributed_hold=5s"}, .servers = 2}};
        return stack;
    }

    /// A host that has answered everything, so that its next read is held.
    static FakeAgent idle(const std::string& name, std::size_t server = 0) {
        auto agent = parked_stack().agent(name, "ubuntu", server);
        agent.enroll();
        agent.check_in();
        return agent;
    }

    static std::future<Ended> start_read(FakeAgent& agent) {
        auto read = std::async(std::launch::async, [&agent] {
            const auto start = steady_clock::now();
            auto response = agent.read();
            return Ended{std::move(response), steady_clock::now() - start};
        });
        std::this_thread::sleep_for(milliseconds{400});  // until it is parked
        return read;
    }

    static void expect_work(std::future<Ended> read, std::uint64_t campaign) {
        const auto name = "fleet_distributed_query_" + std::to_string(campaign);
        const auto ended = read.get();
        expect_agent_ok(ended.response);
        EXPECT_TRUE(ended.response.json()["queries"].contains(name)) << ended.response.text();
        EXPECT_LT(ended.took, kSoon);
    }

    Stack& stack = parked_stack();
    AdminClient admin = stack.admin();
};

TEST_F(ParkedReads, AnEmptyReadIsHeldForItsTime) {
    auto agent = idle("held");
    const auto ended = start_read(agent).get();
    expect_agent_ok(ended.response);
    EXPECT_EQ(ended.response.json()["queries"], json::object());
    EXPECT_GE(ended.took, kHold - milliseconds{200});
    EXPECT_LT(ended.took, kHold + seconds{3});
}

TEST_F(ParkedReads, AgentOptionsReplaceTheHold) {
    const auto set_hold = [this](const json& hold) {
        auto options = admin.get("/config").json()["agent_options"];
        options["distributed_hold"] = hold;
        EXPECT_EQ(admin.patch("/config", {{"agent_options", options}}).status, 200);
    };
    auto agent = idle("briefly");
    set_hold(1);
    const auto ended = start_read(agent).get();
    set_hold(nullptr);
    expect_agent_ok(ended.response);
    EXPECT_GE(ended.took, milliseconds{800});
    EXPECT_LT(ended.took, kHold - seconds{1});
}

TEST_F(ParkedReads, DueWorkIsNotHeld) {
    auto agent = stack.agent("due");
    agent.enroll();
    const auto ended = start_read(agent).get();
    EXPECT_FALSE(ended.response.json()["queries"].empty());
    EXPECT_LT(ended.took, kSoon);
}

TEST_F(ParkedReads, ALiveQueryEndsTheHold) {
    auto agent = idle("woken");
    auto bystander = idle("bystander");
    auto read = start_read(agent);
    auto other = start_read(bystander);
    const auto campaign = admin.run_query("SELECT 1", {admin.host_id(agent.machine().uuid)});
    expect_work(std::move(read), campaign);
    const auto undisturbed = other.get();
    EXPECT_EQ(undisturbed.response.json()["queries"], json::object());
    EXPECT_GE(undisturbed.took, kHold - milliseconds{200});
}

TEST_F(ParkedReads, ALiveQueryOfAnotherInstanceEndsTheHold) {
    auto agent = idle("woken", 1);
    auto read = start_read(agent);
    const auto campaign = admin.run_query("SELECT 1", {admin.host_id(agent.machine().uuid)});
    expect_work(std::move(read), campaign);
}

TEST_F(ParkedReads, ARefetchEndsTheHold) {
    auto agent = idle("refetched");
    auto read = start_read(agent);
    const auto host = std::to_string(admin.host_id(agent.machine().uuid));
    ASSERT_EQ(admin.post("/hosts/" + host + "/refetch", json::object()).status, 200);
    const auto ended = read.get();
    EXPECT_FALSE(ended.response.json()["queries"].empty());
    EXPECT_LT(ended.took, kSoon);
}

TEST_F(ParkedReads, ALaterReadTakesThePlaceOfTheFirst) {
    auto agent = idle("twice");
    auto again = stack.agent("twice");
    again.set_node_key(agent.node_key());
    auto first = start_read(agent);
    auto second = start_read(again);
    EXPECT_LT(first.get().took, kSoon);
    EXPECT_GE(second.get().took, kHold - milliseconds{200});
}

TEST_F(ParkedReads, AHeldHostIsOnline) {
    auto agent = idle("online");
    auto read = start_read(agent);
    EXPECT_EQ(admin.host(agent.machine().uuid)["status"], "online");
    read.get();
}

TEST_F(ParkedReads, ANewServerTellsAgentsToComeBackAtOnce) {
    auto agent = idle("interval");
    EXPECT_EQ(agent.config().json()["options"]["distributed_interval"], 1);
}

TEST_F(ParkedReads, AStopAnswersThemAll) {
    auto& third = stack.add_server({"--osquery_distributed_hold=14s"});
    FakeAgent agent{third.endpoint(), make_machine(unique_name("stop"), "ubuntu"), kEnrollSecret};
    agent.enroll();
    agent.check_in();
    auto read = start_read(agent);
    EXPECT_EQ(third.terminate(), 0);
    const auto ended = read.get();
    EXPECT_EQ(ended.response.json()["queries"], json::object()) << ended.response.text();
    EXPECT_LT(ended.took, seconds{8});
}

}  // namespace
}  // namespace fleet::test
