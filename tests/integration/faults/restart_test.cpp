// MariaDB and Redis go away and come back under load: agents hear no wrong answer, the server
// recovers by itself, nothing acknowledged is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integration/faults/agent_load.hpp"
#include "support/results_socket.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;

class Restart : public testing::Test {
protected:
    void SetUp() override {
        if (shared_mariadb().is_external()) GTEST_SKIP() << "not our database to stop";
        database = std::make_unique<PrivateMariaDb>(PrivateMariaDb::Durability::full);
        stack = std::make_unique<Stack>(StackOptions{.mariadb = database.get()});
        admin = std::make_unique<AdminClient>(stack->admin());
        query = unique_name("restart");
        query_id = admin->create_query(query, {{"interval", 60}, {"query", "SELECT m"}});
        pid = stack->server().process().pid();
    }

    void TearDown() override {
        if (!stack) return;
        EXPECT_TRUE(stack->server().running());
        EXPECT_EQ(stack->server().process().pid(), pid) << "nobody restarted the server";
    }

    /// Rounds go through again.
    static bool recovers(const AgentLoad& load, seconds limit = seconds{20}) {
        const auto failed = load.failures();
        const auto enough = load.rounds() + 5 * static_cast<std::int64_t>(load.size());
        static_cast<void>(failed);
        return eventually([&] { return load.rounds() >= enough; }, limit);
    }

    [[nodiscard]] int health() const {
        HttpClient http{stack->server().endpoint(), HttpClient::Connections::one_each};
        return http.get("/healthz").status;
    }

    std::unique_ptr<PrivateMariaDb> database;
    std::unique_ptr<Stack> stack;
    std::unique_ptr<AdminClient> admin;
    std::string query;
    std::uint64_t query_id = 0;
    pid_t pid = 0;
};

TEST_F(Restart, OfTheDatabaseUnderLoad) {
    AgentLoad load{*stack, 8, query};
    load.start();
    ASSERT_TRUE(recovers(load));

    database->stop();
    std::this_thread::sleep_for(seconds{3});
    database->start();

    EXPECT_TRUE(recovers(load));
    load.stop();
    EXPECT_THAT(load.wrong_answers(), IsEmpty());
    EXPECT_THAT(lost_promises(*stack, load, query_id), IsEmpty());
    EXPECT_EQ(health(), 200);
}

TEST_F(Restart, OfTheDatabaseByKillMinusNine) {
    AgentLoad load{*stack, 8, query};
    load.start();
    ASSERT_TRUE(recovers(load));

    database->kill9();
    std::this_thread::sleep_for(seconds{1});
    database->start();

    EXPECT_TRUE(recovers(load));
    load.stop();
    EXPECT_THAT(load.wrong_answers(), IsEmpty());
    EXPECT_THAT(lost_promises(*stack, load, query_id), IsEmpty());
}

TEST_F(Restart, WithoutADatabaseKeysAreNeverCalledInvalid) {
    auto known = stack->enrolled("known");
    auto stranger = stack->agent("stranger");
    stranger.set_node_key("a-key-that-is-in-no-memory-00000");
    database->stop();

    for (auto* agent : {&known, &stranger}) {
        for (const auto& response : {agent->config(), agent->read()}) {
            const auto body = response.json();
            EXPECT_FALSE(body.value("node_invalid", false)) << response.text();
            EXPECT_TRUE(response.status == 200 || body.contains("error")) << response.text();
            EXPECT_TRUE(response.status == 200 || response.status >= 500) << response.text();
        }
    }
    auto newcomer = stack->agent("newcomer");
    const auto enrolment = newcomer.enroll();
    EXPECT_GE(enrolment.status, 500) << enrolment.text();
    EXPECT_TRUE(enrolment.json().contains("error"));
    const auto list = admin->get("/hosts");
    EXPECT_GE(list.status, 500) << list.text();
    EXPECT_THAT(list.body, HasSubstr("message"));
    EXPECT_EQ(health(), 500);

    database->start();
    EXPECT_TRUE(eventually([&] { return health() == 200; }, seconds{20}));
    EXPECT_TRUE(eventually([&] { return newcomer.enroll().status == 200; }));
    EXPECT_EQ(known.config().status, 200);
    EXPECT_TRUE(eventually([&] { return stranger.config().status == 401; }));
}

TEST_F(Restart, OfRedisUnderLoad) {
    AgentLoad load{*stack, 8, query};
    load.start();
    ASSERT_TRUE(recovers(load));

    stack->redis().stop();
    std::this_thread::sleep_for(seconds{2});
    EXPECT_TRUE(recovers(load)) << "check-ins must not need Redis";
    stack->redis().start();

    EXPECT_TRUE(recovers(load));
    load.stop();
    EXPECT_THAT(load.wrong_answers(), IsEmpty());
    EXPECT_THAT(lost_promises(*stack, load, query_id), IsEmpty());
}

TEST_F(Restart, WithoutRedisLiveQueriesSaySoAndComeBack) {
    auto agent = stack->enrolled("live");
    const auto host = admin->host_id(agent.machine().uuid);
    const auto campaign = admin->run_query("SELECT 1", {host});
    ResultsSocket socket{stack->server().endpoint()};
    socket.authenticate(admin->token());
    socket.select(campaign);
    ASSERT_FALSE(socket.until([](const json& m) { return m["type"] == "status"; }).empty());

    stack->redis().stop();

    const auto told = socket.until([](const json& m) { return m["type"] == "error"; });
    ASSERT_FALSE(told.empty()) << "the reader must learn that results may be missing";
    EXPECT_THAT(
        told.back()["data"].get<std::string>(), HasSubstr("unexpected exit in receiveMessages")
    );
    const json body = {{"query", "SELECT 1"}, {"selected", {{"hosts", {host}}}}};
    EXPECT_GE(admin->post("/queries/run", body).status, 500);
    EXPECT_GE(admin->get("/status/result_store").status, 500);
    EXPECT_EQ(agent.read().status, 200) << "the rest is still handed out";

    stack->redis().start();
    ASSERT_TRUE(
        eventually([&] { return admin->get("/status/result_store").status == 200; }, seconds{20})
    );
    const auto again = admin->run_query("SELECT 2", {host});
    ResultsSocket second{stack->server().endpoint()};
    second.authenticate(admin->token());
    second.select(again);
    const auto name = "fleet_distributed_query_" + std::to_string(again);
    ASSERT_FALSE(agent.await_query(name).empty());
    agent.write({{"queries", {{name, json::array({{{"2", "2"}}})}}}, {"statuses", {{name, 0}}}});
    EXPECT_FALSE(second.until([](const json& m) { return m["type"] == "result"; }).empty());
}

TEST(Redis, PasswordAndAclUserAreHonoured) {
    for (const auto& options :
         {RedisOptions{.password = "pw"},
          RedisOptions{.password = "pw", .user = "fleet", .user_password = "upw"}}) {
        Stack stack{{.redis = options}};
        EXPECT_EQ(stack.admin().get("/status/result_store").status, 200);
        EXPECT_EQ(stack.server().terminate(), 0);
    }
}

}  // namespace
}  // namespace fleet::test
