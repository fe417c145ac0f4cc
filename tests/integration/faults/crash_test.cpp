// kill -9 of the server under load: what was acknowledged is there afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integration/faults/agent_load.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::IsEmpty;

class Crash : public testing::Test {
protected:
    Stack stack;
    AdminClient admin = stack.admin();
    std::string query = unique_name("crash");
    std::uint64_t query_id = admin.create_query(query, {{"interval", 60}, {"query", "SELECT m"}});
};

TEST_F(Crash, LosesNothingThatWasAcknowledged) {
    AgentLoad load{stack, 10, query};
    ASSERT_TRUE(eventually([&] {
        return load.agent(0).config().body.find(query) != std::string::npos;
    }));
    for (const auto pause : {milliseconds{37}, milliseconds{411}, milliseconds{803}}) {
        const auto before = load.rounds();
        load.start();
        const auto enough = before + 3 * static_cast<std::int64_t>(load.size());
        ASSERT_TRUE(eventually([&] { return load.rounds() >= enough; }, seconds{60}))
            << "there was no load to lose";
        std::this_thread::sleep_for(pause);
        stack.server().kill9();
        load.stop();

        stack.server().start();

        EXPECT_THAT(lost_promises(stack, load, query_id), IsEmpty());
        EXPECT_THAT(load.wrong_answers(), IsEmpty());
    }
}

TEST_F(Crash, NodeKeysAndSessionsSurvive) {
    auto agent = stack.enrolled("survivor");
    stack.server().kill9();
    stack.server().start();
    EXPECT_EQ(agent.config().status, 200);
    EXPECT_EQ(agent.read().status, 200);
    EXPECT_EQ(admin.get("/me").status, 200);
}

TEST_F(Crash, AFreshEnrolmentIsNeverForgotten) {
    std::vector<FakeAgent> agents;
    for (int i = 0; i < 20; ++i) {
        agents.push_back(stack.agent("fresh"));
        ASSERT_FALSE((agents.back().enroll(), agents.back().node_key().empty()));
    }
    stack.server().kill9();
    stack.server().start();
    for (auto& agent : agents)
        EXPECT_EQ(agent.config().status, 200);
}

TEST_F(Crash, ATerminationUnderLoadIsCleanAndCompleteToo) {
    AgentLoad load{stack, 10, query};
    load.start();
    std::this_thread::sleep_for(seconds{1});

    EXPECT_EQ(stack.server().terminate(), 0);

    load.stop();
    stack.server().start();
    EXPECT_THAT(lost_promises(stack, load, query_id), IsEmpty());
    EXPECT_THAT(load.wrong_answers(), IsEmpty());
}

TEST_F(Crash, OnlineHostsAreStillOnlineAfterACleanRestart) {
    auto agent = stack.enrolled("online");
    const auto before = admin.host(agent.machine().uuid).at("seen_time").get<std::string>();
    ASSERT_TRUE(eventually([&] {
        agent.config();
        return admin.host(agent.machine().uuid).at("seen_time").get<std::string>() > before;
    }));
    const auto last = admin.host(agent.machine().uuid).at("seen_time").get<std::string>();
    EXPECT_EQ(stack.server().terminate(), 0);
    stack.server().start();
    EXPECT_GE(admin.host(agent.machine().uuid).at("seen_time").get<std::string>(), last);
}

}  // namespace
}  // namespace fleet::test
