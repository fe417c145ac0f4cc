// The server gets a fraction of the time that it needs: pages of people give way first, what can
// wait is put off, and what agents write is still taken.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "integration/faults/agent_load.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Stops the process most of the time, which its event loop cannot tell from too much work.
class Starved {
public:
    explicit Starved(const ChildProcess& process) : process_{process} {
        thread_ = std::thread{[this] {
            while (!stop_) {
                process_.signal(SIGSTOP);
                std::this_thread::sleep_for(milliseconds{800});
                process_.signal(SIGCONT);
                std::this_thread::sleep_for(milliseconds{200});
            }
        }};
    }
    ~Starved() { end(); }
    Starved(const Starved&) = delete;
    Starved& operator=(const Starved&) = delete;

    void end() {
        stop_ = true;
        if (thread_.joinable()) thread_.join();
    }

private:
    const ChildProcess& process_;
    std::atomic<bool> stop_ = false;
    std::thread thread_{};
};

TEST(Overload, PeopleGiveWayAndAgentsAreServed) {
    Stack stack{
        {.flags = {"--osquery_detail_update_interval=1s", "--osquery_max_jitter_percent=0"}}};
    auto admin = stack.admin();
    auto agent = stack.enrolled("overload");
    const auto asked = [&] { return !agent.check_in().at("queries").empty(); };
    ASSERT_TRUE(eventually(asked, seconds{5})) << "details are due every second";

    Starved starved{stack.server().process()};
    Response refused;
    ASSERT_TRUE(eventually(
        [&] {
            refused = admin.get("/hosts");
            return refused.status == 503;
        },
        seconds{30}
    ));
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_TRUE(refused.json().contains("message"));

    EXPECT_EQ(agent.config().status, 200);
    const auto line = event_line("overload", {{"m", "kept"}});
    EXPECT_EQ(agent.log("result", json::array({line})).status, 200);
    const std::string key = "fleet_detail_query_uptime";
    const json answer = {
        {"queries", {{key, json::array({{{"total_seconds", "77"}}})}}}, {"statuses", {{key, 0}}}};
    EXPECT_EQ(agent.write(answer).status, 200);
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(agent.read().json().at("queries").empty()) << "details can wait";
    HttpClient monitor{stack.server().endpoint(), HttpClient::Connections::one_each};
    EXPECT_EQ(monitor.get("/healthz").status, 200) << "busy is not dead";
    EXPECT_THAT(monitor.get("/metrics").body, testing::HasSubstr("fleet_overloaded 1"));

    starved.end();
    EXPECT_TRUE(eventually([&] { return admin.get("/hosts").status == 200; }, seconds{30}));
    EXPECT_TRUE(eventually(asked, seconds{15}));
}

}  // namespace
}  // namespace fleet::test
