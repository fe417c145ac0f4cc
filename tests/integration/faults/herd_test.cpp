// What is due for many hosts at once is asked for one after the other; what was answered lately is
// not asked for again, restart or not.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "support/stack.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

class Herd : public testing::Test {
protected:
    /// Whether the host is asked for anything at this moment.
    static bool asked(FakeAgent& agent) { return !agent.read().json().at("queries").empty(); }

    Stack stack;
    AdminClient admin = stack.admin();
};

TEST_F(Herd, ARestartAsksNobodyAgainWhoAnsweredLately) {
    std::vector<FakeAgent> agents;
    for (int i = 0; i < 10; ++i)
        agents.push_back(stack.enrolled("herd"));
    for (const bool orderly : {true, false}) {
        if (orderly) {
            EXPECT_EQ(stack.server().terminate(), 0);
        } else {
            stack.server().kill9();
        }
        stack.server().start();
        for (auto& agent : agents)
            EXPECT_FALSE(asked(agent)) << agent.machine().hostname;
    }
}

TEST_F(Herd, OverdueHostsAreAskedOneAfterTheOther) {
    constexpr int kHosts = 500;
    constexpr int kAtOnce = 200;  // and as many a second from then on
    std::vector<FakeAgent> agents;
    for (int i = 0; i < kHosts; ++i) {
        agents.push_back(stack.agent("herd"));
        ASSERT_FALSE((agents.back().enroll(), agents.back().node_key().empty()));
    }
    stack.server().kill9();
    stack.sql().execute(
        "UPDATE hosts SET detail_updated_at = NOW() - INTERVAL 1 DAY, "
        "label_updated_at = NOW() - INTERVAL 1 DAY, policy_updated_at = NOW() - INTERVAL 1 DAY, "
        "refetch_requested = 0, hostname = CONCAT('h', id), platform = 'ubuntu'"
    );
    stack.server().start();

    // All on one connection: a handshake for each would itself spread them.
    HttpClient line{stack.server().endpoint()};
    const auto asked_on_line = [&](const FakeAgent& agent) {
        const auto answer =
            line.post("/api/v1/osquery/distributed/read", {{"node_key", agent.node_key()}});
        return !answer.json().at("queries").empty();
    };
    const auto start = steady_clock::now();
    std::set<std::string> been_asked;
    const auto ask_all = [&] {
        for (const auto& agent : agents) {
            const auto& name = agent.machine().uuid;
            if (!been_asked.contains(name) && asked_on_line(agent)) been_asked.insert(name);
            const std::chrono::duration<double> passed = steady_clock::now() - start;
            EXPECT_LE(been_asked.size(), kAtOnce * (1 + passed.count()) + 1);
        }
        return been_asked.size() == kHosts;
    };
    EXPECT_TRUE(eventually(ask_all, seconds{30})) << been_asked.size() << " were asked";
    // A person who wants fresh data does not queue.
    const auto id = std::to_string(admin.host_id(agents.back().machine().uuid));
    ASSERT_EQ(admin.post("/hosts/" + id + "/refetch").status, 200);
    EXPECT_TRUE(asked(agents.back()));
}

}  // namespace
}  // namespace fleet::test
