// What the server makes of a distributed write: agent-api A.7, B.7.1, G.7, G.8.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class AgentWrite : public ApiTest {
protected:
    FakeAgent agent = stack.enrolled("write");

    json host() { return admin.host(agent.machine().uuid); }
    std::uint64_t host_id() { return admin.host_id(agent.machine().uuid); }

    static json detail(const std::string& name, const json& rows, const json& status = 0) {
        const auto key = "fleet_detail_query_" + name;
        return {
            {"queries", {{key, rows}}}, {"statuses", {{key, status}}}, {"messages", {{key, ""}}}};
    }

    Response uptime(const std::string& total, const json& status = 0) {
        return agent.write(detail("uptime", json::array({{{"total_seconds", total}}}), status));
    }
};

constexpr std::int64_t kSecond = 1'000'000'000;

TEST_F(AgentWrite, StatusesMayBeNumbersOrStrings) {
    for (const json& status : {json(0), json("0")}) {
        const auto total = status.is_string() ? "7200" : "3600";
        expect_agent_ok(uptime(total, status));
        EXPECT_EQ(host()["uptime"], std::stoll(total) * kSecond);
    }
}

TEST_F(AgentWrite, AFailedQueryLeavesTheOldData) {
    uptime("3600");
    for (const json& status : {json(1), json("1"), json(11)}) {
        expect_agent_ok(uptime("9999", status));
        EXPECT_EQ(host()["uptime"], 3600 * kSecond);
    }
}

TEST_F(AgentWrite, OtherStatusesAreAnError) {
    for (const json& status : {json(true), json::object(), json::array({0})}) {
        expect_agent_error(uptime("3600", status));
    }
}

TEST_F(AgentWrite, MessagesStatsAndStatusesMayBeMissing) {
    json body = detail("uptime", json::array({{{"total_seconds", "60"}}}));
    body.erase("messages");
    expect_agent_ok(agent.write(body));
    EXPECT_EQ(host()["uptime"], 60 * kSecond);
    body["stats"] = {{"fleet_detail_query_uptime", json::object()}};
    expect_agent_ok(agent.write(body));
    expect_agent_ok(agent.write({{"queries", json::object()}}));
    expect_agent_ok(agent.write(json::object()));
}

TEST_F(AgentWrite, OldClientsSendTextForNoRows) {
    expect_agent_ok(agent.write(detail("uptime", "", 1)));
    expect_agent_ok(agent.write(detail("users", "")));
}

TEST_F(AgentWrite, IdsThatAreGoneDoNoHarm) {
    // agent-api F.47: an error here would be resent for ever.
    json body = detail("uptime", json::array({{{"total_seconds", "77"}}}));
    for (const auto* name :
         {"fleet_label_query_999999",
          "fleet_policy_query_999999",
          "fleet_distributed_query_999999",
          "fleet_label_query_x",
          "fleet_additional_query_none",
          "no_such_prefix",
          ""}) {
        body["queries"][name] = json::array({{{"n", "1"}}});
        body["statuses"][name] = 0;
    }
    expect_agent_ok(agent.write(body));
    EXPECT_EQ(host()["uptime"], 77 * kSecond) << "the rest of the write must count";
}

TEST_F(AgentWrite, TwiceIsLikeOnce) {
    const auto body = detail(
        "users",
        json::array(
            {{{"uid", "1000"},
              {"username", "ada"},
              {"type", ""},
              {"groupname", "ada"},
              {"shell", "/bin/sh"}}}
        )
    );
    expect_agent_ok(agent.write(body));
    expect_agent_ok(agent.write(body));
    EXPECT_EQ(host()["users"].size(), 1U);
}

TEST_F(AgentWrite, ALiveOnlyWriteClearsTheRefetchFlagButNotTheDetails) {
    // agent-api F.19, G.8
    ASSERT_EQ(admin.post("/hosts/" + std::to_string(host_id()) + "/refetch").status, 200);
    const auto before = host();
    ASSERT_EQ(before["refetch_requested"], true);
    const auto name =
        "fleet_distributed_query_" + std::to_string(admin.run_query("SELECT 1", {host_id()}));
    ASSERT_FALSE(agent.await_query(name).empty());

    agent.write({{"queries", {{name, json::array({{{"1", "1"}}})}}}, {"statuses", {{name, 0}}}});

    EXPECT_TRUE(eventually([&] { return host()["refetch_requested"] == false; }));
    EXPECT_EQ(host()["detail_updated_at"], before["detail_updated_at"]);
}

TEST_F(AgentWrite, OnlyHostColumnsMoveTheDetailTime) {
    const auto before = host()["detail_updated_at"].get<std::string>();
    agent.write(
        detail("users", json::array({{{"uid", "7"}, {"username", "eve"}, {"shell", "/bin/sh"}}}))
    );
    EXPECT_EQ(host()["detail_updated_at"], before);
    EXPECT_TRUE(eventually([&] {
        uptime("100");
        return host()["detail_updated_at"].get<std::string>() > before;
    }));
}

TEST_F(AgentWrite, LiveResultsWithoutAListenerAreAccepted) {
    const auto id = admin.run_query("SELECT 1", {host_id()});
    const auto name = "fleet_distributed_query_" + std::to_string(id);
    ASSERT_FALSE(agent.await_query(name).empty());
    const json body = {
        {"queries", {{name, json::array({{{"1", "1"}}})}}}, {"statuses", {{name, 0}}}};
    const auto response = agent.write(body);
    // Kept for later or answered "try again": never lost the key, never broken.
    if (response.status == 200) {
        expect_agent_ok(response);
    } else {
        expect_agent_error(response);
    }
}

TEST_F(AgentWrite, WrongShapesAreRefusedWithoutLosingTheKey) {
    for (const json& queries : {json(5), json("x"), json::array({1}), json(true)}) {
        expect_agent_error(agent.write({{"queries", queries}}));
    }
    for (const auto* text : {"", "{", "[]", "null", "\"x\"", "{\"queries\":{\"a\":"}) {
        const auto response = agent.post(
            "distributed/write", text, {{"Authorization", "NodeKey " + agent.node_key()}}
        );
        expect_agent_error(response);
    }
    expect_agent_ok(uptime("5"));
}

TEST_F(AgentWrite, BodiesUpToFiveMebibytesAreTaken) {
    const auto rows = [](std::size_t size) {
        return detail(
            "uptime", json::array({{{"total_seconds", "5"}, {"x", std::string(size, 'x')}}})
        );
    };
    expect_agent_ok(agent.write(rows((std::size_t{5} << 20) - 2048)));
    const auto response = agent.write(rows((std::size_t{5} << 20) + 2048));
    expect_agent_error(response);
    EXPECT_EQ(response.status, 413);
}

}  // namespace
}  // namespace fleet::test
