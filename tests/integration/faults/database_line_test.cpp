// The way to the database is slow, cut or dead, or the database refuses to write: polls do not
// notice, writes wait or are refused, nothing acknowledged is lost, nobody has to help.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "integration/faults/agent_load.hpp"
#include "support/tcp_proxy.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::IsEmpty;

class DatabaseLine : public testing::Test {
protected:
    void SetUp() override {
        if (shared_mariadb().is_external()) GTEST_SKIP() << "not our database to break";
        line =
            std::make_unique<TcpProxy>(std::vector<std::uint16_t>{shared_mariadb().address().port});
        stack = std::make_unique<Stack>(StackOptions{
            .flags = {
                "--mysql_address=" + line->authority(),
                // The tests' own account may write where everybody else may not.
                "--mysql_username=fleet_app"}});
        admin = std::make_unique<AdminClient>(stack->admin());
        query = unique_name("line");
        query_id = admin->create_query(query, {{"interval", 60}, {"query", "SELECT m"}});
        pid = stack->server().process().pid();
        const auto watcher = stack->enrolled("poller");
        poller = std::make_unique<FakeAgent>(
            stack->server().endpoint(),
            watcher.machine(),
            kEnrollSecret,
            HttpClient::Connections::kept
        );
        poller->set_node_key(watcher.node_key());
    }

    void TearDown() override {
        if (!stack) return;
        EXPECT_TRUE(stack->server().running());
        EXPECT_EQ(stack->server().process().pid(), pid) << "nobody restarted the server";
        shared_mariadb().client().execute("SET GLOBAL read_only = 0");
    }

    /// Polls every few milliseconds for that long: how long the slowest but 1 % took.
    milliseconds slowest_poll(milliseconds time) {
        std::vector<milliseconds> took;
        const auto end = steady_clock::now() + time;
        while (steady_clock::now() < end) {
            const auto start = steady_clock::now();
            for (const auto& response : {poller->read(), poller->config()}) {
                EXPECT_EQ(response.status, 200) << response.text();
                EXPECT_FALSE(response.json().contains("error")) << response.text();
            }
            took.push_back(duration_cast<milliseconds>(steady_clock::now() - start) / 2);
            std::this_thread::sleep_for(milliseconds{5});
        }
        std::sort(took.begin(), took.end());
        return took.at(took.size() * 99 / 100);
    }

    /// Another round of every host goes through.
    static bool recovers(const AgentLoad& load, seconds limit = seconds{30}) {
        const auto enough = load.rounds() + 2 * static_cast<std::int64_t>(load.size());
        return eventually([&] { return load.rounds() >= enough; }, limit);
    }

    void expect_nothing_lost(AgentLoad& load) {
        load.stop();
        EXPECT_THAT(load.wrong_answers(), IsEmpty());
        EXPECT_THAT(lost_promises(*stack, load, query_id), IsEmpty());
    }

    std::unique_ptr<TcpProxy> line;
    std::unique_ptr<Stack> stack;
    std::unique_ptr<AdminClient> admin;
    std::unique_ptr<FakeAgent> poller;
    std::string query;
    std::uint64_t query_id = 0;
    pid_t pid = 0;
};

TEST_F(DatabaseLine, SlowStatementsSlowDownWritesButNotPolls) {
    AgentLoad load{*stack, 8, query};
    const auto normally = slowest_poll(seconds{1});

    line->delay(milliseconds{200});
    load.start();
    const auto slowest = slowest_poll(fault_time(seconds{8}));

    // A poll that met a single statement would take 200 ms.
    EXPECT_LT(slowest, milliseconds{50} + normally);
    EXPECT_TRUE(eventually([&] { return load.rounds() > 0; })) << "slower, but not stopped";
    EXPECT_EQ(load.failures(), 0);
    line->delay(milliseconds{0});
    EXPECT_TRUE(recovers(load));
    expect_nothing_lost(load);
}

TEST_F(DatabaseLine, CutConnectionsHealByThemselves) {
    AgentLoad load{*stack, 8, query};
    load.start();
    ASSERT_TRUE(recovers(load));

    line->cut();
    slowest_poll(fault_time(seconds{4}));
    line->heal();

    EXPECT_TRUE(recovers(load));
    expect_nothing_lost(load);
}

TEST_F(DatabaseLine, ASilentNetworkHealsByItself) {
    AgentLoad load{*stack, 8, query};
    load.start();
    ASSERT_TRUE(recovers(load));
    const auto normally = slowest_poll(seconds{1});

    line->freeze();
    const auto slowest = slowest_poll(fault_time(seconds{5}));
    line->heal();

    EXPECT_LT(slowest, milliseconds{50} + normally);
    EXPECT_TRUE(recovers(load, seconds{60}));
    expect_nothing_lost(load);
}

// A failover leaves servers connected to what is a replica now; a full disk looks much the same.
TEST_F(DatabaseLine, ADatabaseThatTakesNoWritesLosesNone) {
    AgentLoad load{*stack, 4, query};
    load.start();
    ASSERT_TRUE(recovers(load));

    shared_mariadb().client().execute("SET GLOBAL read_only = 1");
    ASSERT_TRUE(eventually([&] { return load.failures() >= 8; }))
        << "what cannot be stored must not be acknowledged";
    slowest_poll(fault_time(seconds{1}));
    shared_mariadb().client().execute("SET GLOBAL read_only = 0");

    EXPECT_TRUE(recovers(load));
    expect_nothing_lost(load);
}

}  // namespace
}  // namespace fleet::test
