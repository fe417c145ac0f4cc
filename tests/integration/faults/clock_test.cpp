// Somebody sets the wall clock while the server runs: what was a minute ago stays a minute ago.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integration/faults/agent_load.hpp"
#include "support/clock_step.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds kHold{2};

class ClockSteps : public testing::Test {
protected:
    ClockSteps() {
        for (int i = 0; i < 3; ++i)
            agents.push_back(stack.enrolled("clock"));
        // A first login, so that the limit of logins has something to remember.
        EXPECT_EQ(AdminClient{stack.server().endpoint()}.login(kAdminEmail).status, 200);
    }

    /// All that agents and people see within some seconds.
    void expect_business_as_usual() {
        const auto end = steady_clock::now() + fault_time(seconds{3});
        while (steady_clock::now() < end) {
            for (auto& agent : agents) {
                EXPECT_EQ(agent.config().status, 200);
                const auto status = admin.host(agent.machine().uuid).value("status", "");
                EXPECT_EQ(status, "online") << agent.machine().hostname;
            }
            const auto start = steady_clock::now();
            const auto asked = agents.front().read().json();
            const auto took = steady_clock::now() - start;
            EXPECT_FALSE(asked.value("node_invalid", false));
            EXPECT_TRUE(asked.at("queries").empty()) << "details again";
            EXPECT_GT(took, kHold / 2) << "a held read came back early";
            EXPECT_LT(took, kHold + seconds{2}) << "a held read was forgotten";
        }
        for (auto& agent : agents) {
            const auto asked = agent.read().json();
            EXPECT_TRUE(asked.at("queries").empty()) << "details again";
        }
        EXPECT_EQ(admin.get("/me").status, 200) << "signed out";
        EXPECT_EQ(AdminClient{stack.server().endpoint()}.login(kAdminEmail).status, 200);
    }

    /// A host that somebody wants fresh data from is asked at once.
    void expect_refetch_works() {
        auto& agent = agents.back();
        const auto id = std::to_string(admin.host_id(agent.machine().uuid));
        ASSERT_EQ(admin.post("/hosts/" + id + "/refetch").status, 200);
        EXPECT_FALSE(agent.check_in().at("queries").empty());
        EXPECT_TRUE(agent.read().json().at("queries").empty());
    }

    ClockStep clock;
    Stack stack{
        {.flags =
             {"--osquery_distributed_hold=" + std::to_string(kHold.count()) + "s",
              "--auth_login_rate_limit=10"},
         .env = clock.env()}};
    AdminClient admin = stack.admin();
    std::vector<FakeAgent> agents{};
};

TEST_F(ClockSteps, ForwardADayAndBackAgain) {
    clock.set(hours{24});
    expect_business_as_usual();
    expect_refetch_works();
    clock.set(hours{0});
    expect_business_as_usual();
    expect_refetch_works();
}

TEST_F(ClockSteps, BackAnHour) {
    clock.set(-hours{1});
    expect_business_as_usual();
    expect_refetch_works();
}

TEST(ClockStepsBack, SchedulesDoNotStandStillForAnHour) {
    ClockStep clock;
    Stack stack{
        {.flags = {"--osquery_detail_update_interval=5s", "--osquery_max_jitter_percent=0"},
         .env = clock.env()}};
    auto agent = stack.enrolled("clock");
    clock.set(-hours{1});
    const auto asks_again = [&] { return !agent.check_in().at("queries").empty(); };
    EXPECT_TRUE(eventually(asks_again, seconds{12}));
    EXPECT_TRUE(eventually(asks_again, seconds{12}));
}

}  // namespace
}  // namespace fleet::test
