// Several instances on one MySQL and one Redis: start on one, stream on another.
#include "integration/api/live_fixture.hpp"

namespace fleet::test {
namespace {

class TwoServers : public LiveTest {
protected:
    void SetUp() override {
        static ServerProcess& second = stack.add_server();
        other = &second;
        other_admin = std::make_unique<AdminClient>(other->endpoint(), admin.token());
    }

    /// The same machine, talking to the other instance from now on.
    FakeAgent at_other(const FakeAgent& agent) const {
        FakeAgent moved{other->endpoint(), agent.machine(), kEnrollSecret};
        moved.set_node_key(agent.node_key());
        return moved;
    }

    std::unique_ptr<ResultsSocket> attach_to_other(std::uint64_t campaign) const {
        auto socket = std::make_unique<ResultsSocket>(other->endpoint());
        socket->authenticate(admin.token());
        socket->select(campaign);
        return socket;
    }

    ServerProcess* other = nullptr;
    std::unique_ptr<AdminClient> other_admin;
};

TEST_F(TwoServers, StartHereStreamThereAnswerHere) {
    auto agent = stack.enrolled("two");
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach_to_other(campaign);
    respond(agent, campaign, {{{"1", "across"}}});
    const auto seen = socket->until([](const json& m) { return is(m, "result"); });
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back()["data"]["rows"][0]["1"], "across");
    socket->close();
}

TEST_F(TwoServers, StartThereStreamHereAnswerThere) {
    auto agent = stack.enrolled("two");
    auto moved = at_other(agent);
    const auto campaign = other_admin->run_query("SELECT 1", {id_of(agent)});
    auto socket = attach(campaign);
    respond(moved, campaign, {{{"1", "back"}}});
    EXPECT_FALSE(socket->until([](const json& m) { return is(m, "result"); }).empty());
    socket->close();
}

TEST_F(TwoServers, AHostEnrolledHereIsKnownThere) {
    auto agent = stack.agent("two");
    ASSERT_FALSE((agent.enroll(), agent.node_key().empty()));
    auto moved = at_other(agent);
    // Not even for a moment may a valid key be called invalid.
    expect_agent_ok(moved.config());
    expect_agent_ok(moved.read());
}

TEST_F(TwoServers, AReplacedKeyIsRefusedEverywhere) {
    auto agent = stack.enrolled("two");
    auto moved = at_other(agent);
    expect_agent_ok(moved.config());
    agent.enroll();
    EXPECT_TRUE(eventually([&] { return moved.config().status == 401; }));
    expect_agent_ok(at_other(agent).config());
}

TEST_F(TwoServers, ADeletedHostIsForgottenEverywhere) {
    auto agent = stack.enrolled("two");
    auto moved = at_other(agent);
    expect_agent_ok(moved.config());
    admin.del("/hosts/" + std::to_string(id_of(agent)));
    EXPECT_TRUE(eventually([&] { return moved.config().status == 401; }));
}

TEST_F(TwoServers, BothServeTheSameConfigBytes) {
    auto agent = stack.enrolled("two");
    auto moved = at_other(agent);
    const auto id = other_admin->create_query(unique_name("shared"), {{"interval", 60}});
    EXPECT_TRUE(eventually([&] {
        const auto here = agent.config().body;
        return here.find("shared-") != std::string::npos && here == moved.config().body;
    }));
    admin.del("/queries/id/" + std::to_string(id));
}

TEST_F(TwoServers, ARefetchReachesTheInstanceTheHostTalksTo) {
    auto agent = stack.enrolled("two");
    auto moved = at_other(agent);
    ASSERT_TRUE(eventually([&] { return moved.read().json()["queries"].empty(); }));
    ASSERT_EQ(admin.post("/hosts/" + std::to_string(id_of(agent)) + "/refetch").status, 200);
    EXPECT_TRUE(eventually([&] { return !moved.read().json()["queries"].empty(); }));
}

TEST_F(TwoServers, SessionsHoldOnBoth) {
    EXPECT_EQ(other_admin->get("/me").status, 200);
    auto user = admin.create_user("observer");
    AdminClient there{other->endpoint(), user.token()};
    EXPECT_EQ(there.get("/me").status, 200);
    EXPECT_EQ(user.post("/logout").status, 200);
    EXPECT_TRUE(eventually([&] { return there.get("/me").status == 401; }, seconds{5}));
}

TEST_F(TwoServers, AnInstanceMayLeaveWhileAStreamRunsOnTheOther) {
    auto& third = stack.add_server();
    auto agent = stack.enrolled("two");
    AdminClient there{third.endpoint(), admin.token()};
    const auto campaign = there.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach(campaign);
    ASSERT_TRUE(is(socket->next(), "totals"));

    EXPECT_EQ(third.terminate(), 0);

    respond(agent, campaign, {{{"1", "alive"}}});
    EXPECT_FALSE(socket->until([](const json& m) { return is(m, "result"); }).empty());
    socket->close();
}

}  // namespace
}  // namespace fleet::test
