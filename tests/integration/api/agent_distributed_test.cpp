// What a distributed read hands out: agent-api A.6, B.7, B.8, G.6.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class AgentRead : public ApiTest {
protected:
    /// Names of the detail queries in a read, without their prefix.
    static std::vector<std::string> details(const json& answer) {
        const std::string prefix = "fleet_detail_query_";
        std::vector<std::string> names;
        for (const auto& key : keys_of(answer.at("queries"))) {
            if (key.starts_with(prefix)) names.push_back(key.substr(prefix.size()));
        }
        return names;
    }

    FakeAgent fresh(const std::string& platform = "ubuntu") {
        auto agent = stack.agent("read", platform);
        agent.enroll();
        return agent;
    }

    std::string path_of(const FakeAgent& agent) {
        return "/hosts/" + std::to_string(admin.host_id(agent.machine().uuid));
    }
};

TEST_F(AgentRead, ANewHostIsAskedForEverything) {
    auto agent = fresh();
    const auto response = agent.read();
    expect_agent_ok(response);
    const auto answer = response.json();

    EXPECT_THAT(
        details(answer),
        testing::IsSupersetOf(
            {"network_interface_unix",
             "os_version",
             "osquery_flags",
             "osquery_info",
             "system_info",
             "uptime",
             "disk_space_unix",
             "users"}
        )
    );
    EXPECT_THAT(details(answer), Not(Contains("os_version_windows")));
    EXPECT_THAT(details(answer), Not(Contains("network_interface_windows")));
    EXPECT_TRUE(answer["queries"].contains("fleet_no_policies_wildcard")) << "agent-api F.21";
    EXPECT_FALSE(answer.contains("accelerate")) << "hostname and platform came with the enrolment";
}

TEST_F(AgentRead, EveryQueryIsTextAndHasADiscoveryEntry) {
    // One empty query makes osqueryd drop the whole list for ever: agent-api F.14, F.15.
    for (const auto* platform : {"ubuntu", "darwin", "windows", "chrome"}) {
        auto agent = fresh(platform);
        const auto answer = agent.read().json();
        EXPECT_EQ(keys_of(answer["queries"]), keys_of(answer["discovery"])) << platform;
        for (const auto& [name, sql] : answer["queries"].items()) {
            EXPECT_TRUE(sql.is_string() && !sql.get<std::string>().empty()) << name;
        }
        for (const auto& [name, sql] : answer["discovery"].items()) {
            const auto text = sql.get<std::string>();
            EXPECT_TRUE(text == "SELECT 1" || text.find("osquery_registry") != std::string::npos)
                << name << ": " << text;
        }
    }
}

TEST_F(AgentRead, DetailQueriesFitThePlatform) {
    const auto mac = details(fresh("darwin").read().json());
    EXPECT_THAT(
        mac, testing::IsSupersetOf({"os_version", "network_interface_unix", "battery", "users"})
    );
    EXPECT_THAT(mac, Not(Contains("disk_space_unix")));

    const auto windows = details(fresh("windows").read().json());
    EXPECT_THAT(
        windows,
        testing::IsSupersetOf(
            {"os_version_windows",
             "network_interface_windows",
             "disk_space_windows",
             "battery",
             "users"}
        )
    );
    EXPECT_THAT(windows, Not(Contains("network_interface_unix")));

    const auto chrome = details(fresh("chrome").read().json());
    EXPECT_THAT(chrome, Not(Contains("osquery_flags"))) << "agent-api F.49";
    EXPECT_THAT(chrome, Not(Contains("uptime")));
}

TEST_F(AgentRead, AnUnlistedLinuxStillCountsAsLinux) {
    // agent-api B.9.3: by platform_like or osquery's platform mask.
    auto agent = stack.agent("read-odd", "someunknownlinux");
    agent.enroll();
    EXPECT_THAT(details(agent.read().json()), Contains("network_interface_unix"));
}

TEST_F(AgentRead, AcceleratesWhileTheHostIsUnknown) {
    auto agent = stack.agent("accelerate");
    auto body = agent.enroll_body();
    body.erase("host_details");
    agent.enroll(body);

    const auto answer = agent.read().json();

    EXPECT_EQ(answer["accelerate"], 10);
    EXPECT_TRUE(answer["accelerate"].is_number_integer()) << "agent-api F.16";
    agent.write(agent.answer(answer));
    EXPECT_FALSE(agent.read().json().contains("accelerate"));
}

TEST_F(AgentRead, IsEmptyRightAfterACompleteWrite) {
    auto agent = fresh();
    agent.check_in();
    const auto answer = agent.read().json();
    EXPECT_EQ(answer["queries"], json::object());
    EXPECT_EQ(answer["discovery"], json::object());
    EXPECT_FALSE(answer.contains("accelerate"));
}

TEST_F(AgentRead, HandsTheSameOutUntilItIsAnswered) {
    auto agent = fresh();
    const auto first = agent.read().json();
    EXPECT_EQ(agent.read().json(), first);
}

TEST_F(AgentRead, RefetchAsksAgainAtOnce) {
    auto agent = fresh();
    agent.check_in();
    ASSERT_EQ(admin.post(path_of(agent) + "/refetch").status, 200);
    EXPECT_EQ(admin.host(agent.machine().uuid)["refetch_requested"], true);

    EXPECT_TRUE(eventually([&] { return !details(agent.read().json()).empty(); }));
    agent.check_in();

    EXPECT_EQ(admin.host(agent.machine().uuid)["refetch_requested"], false);
    EXPECT_TRUE(details(agent.read().json()).empty());
}

TEST_F(AgentRead, ALiveQueryIsOfferedUntilAnswered) {
    auto agent = fresh();
    agent.check_in();
    const auto id = admin.run_query("SELECT 42 AS answer", {admin.host_id(agent.machine().uuid)});
    const auto name = "fleet_distributed_query_" + std::to_string(id);

    EXPECT_EQ(agent.await_query(name), "SELECT 42 AS answer");
    const auto again = agent.read().json();
    EXPECT_EQ(again["queries"][name], "SELECT 42 AS answer");
    EXPECT_EQ(again["discovery"][name], "SELECT 1");
}

TEST_F(AgentRead, AWorkInterruptsAnIdlePoll) {
    // Whether reads are parked or not: a live query reaches a polling host well within a poll.
    auto agent = fresh();
    agent.check_in();
    const auto host = admin.host_id(agent.machine().uuid);
    const auto start = std::chrono::steady_clock::now();
    const auto id = admin.run_query("SELECT 1", {host});
    EXPECT_FALSE(agent.await_query("fleet_distributed_query_" + std::to_string(id)).empty());
    EXPECT_LT(std::chrono::steady_clock::now() - start, seconds{3});
}

}  // namespace
}  // namespace fleet::test
