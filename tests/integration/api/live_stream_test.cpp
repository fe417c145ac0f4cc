// The result stream in both flavours: rest-api-b 3.3.
#include "integration/api/live_fixture.hpp"

namespace fleet::test {
namespace {

class LiveStream : public LiveTest, public testing::WithParamInterface<ResultsSocket::Flavour> {
protected:
    [[nodiscard]] Flavour flavour() const { return GetParam(); }
    FakeAgent agent = stack.enrolled("stream");
};

TEST_P(LiveStream, TotalsThenStatusThenTheRows) {
    const auto campaign = admin.run_query("SELECT port FROM t", {id_of(agent)});
    auto socket = attach(campaign, flavour());

    const auto totals = socket->next();
    EXPECT_EQ(
        totals,
        json(
            {{"type", "totals"},
             {"data", {{"count", 1}, {"online", 1}, {"offline", 0}, {"missing_in_action", 0}}}}
        )
    );
    const auto status = socket->next();
    EXPECT_EQ(
        status,
        json(
            {{"type", "status"},
             {"data", {{"expected_results", 1}, {"actual_results", 0}, {"status", "pending"}}}}
        )
    );

    respond(agent, campaign, {{{"port", "22"}}, {{"port", "80"}}});

    const auto seen = socket->until([](const json& m) { return is(m, "result"); });
    ASSERT_FALSE(seen.empty());
    const auto& data = seen.back()["data"];
    const auto& machine = agent.machine();
    EXPECT_EQ(data["distributed_query_execution_id"], campaign);
    EXPECT_EQ(data["host"]["id"], id_of(agent));
    EXPECT_EQ(data["host"]["hostname"], machine.hostname);
    EXPECT_EQ(data["host"]["display_name"], machine.hostname);
    ASSERT_EQ(data["rows"].size(), 2U);
    EXPECT_EQ(
        data["rows"][0],
        json(
            {{"port", "22"},
             {"host_hostname", machine.hostname},
             {"host_display_name", machine.hostname}}
        )
    );
    EXPECT_EQ(data["stats"]["wall_time_ms"], 12);
    EXPECT_EQ(data["stats"]["memory"], 20480);
    EXPECT_FALSE(data.contains("error"));

    const auto finished = socket->until([](const json& m) {
        return is(m, "status") && m["data"]["status"] == "finished";
    });
    ASSERT_FALSE(finished.empty());
    EXPECT_EQ(finished.back()["data"]["actual_results"], 1);
    socket->close();
}

TEST_P(LiveStream, AFailureIsAResultWithItsText) {
    const auto campaign = admin.run_query("SELECT x FROM nope", {id_of(agent)});
    auto socket = attach(campaign, flavour());
    fail(agent, campaign, "no such table: nope");
    const auto seen = socket->until([](const json& m) { return is(m, "result"); });
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back()["data"]["error"], "no such table: nope");
    EXPECT_EQ(seen.back()["data"]["rows"], json::array());
    EXPECT_TRUE(seen.back()["data"]["stats"].is_null());
    socket->close();
}

TEST_P(LiveStream, AnEmptyAnswerIsAResultToo) {
    const auto campaign = admin.run_query("SELECT 1 WHERE 0", {id_of(agent)});
    auto socket = attach(campaign, flavour());
    respond(agent, campaign, json::array());
    const auto seen = socket->until([](const json& m) { return is(m, "result"); });
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back()["data"]["rows"], json::array());
    socket->close();
}

TEST_P(LiveStream, StaysOpenAfterTheLastResult) {
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach(campaign, flavour());
    respond(agent, campaign, {{{"1", "1"}}});
    ASSERT_FALSE(socket
                     ->until([](const json& m) {
                         return is(m, "status") && m["data"]["status"] == "finished";
                     })
                     .empty());
    EXPECT_TRUE(socket->next(seconds{2}).is_null());
    EXPECT_FALSE(socket->closed());
    socket->close();
}

TEST_P(LiveStream, ACampaignWithoutOnlineHostsIsFinishedAtOnce) {
    auto sql = stack.sql();
    auto away = stack.agent("away");
    away.enroll();
    const auto id = id_of(away);
    // Deleted between start and attach: nobody is left who could answer.
    const auto campaign = admin.run_query("SELECT 1", {id});
    admin.del("/hosts/" + std::to_string(id));
    auto socket = attach(campaign, flavour());
    const auto seen = socket->until([](const json& m) { return is(m, "status"); });
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back()["data"]["status"], "finished");
    EXPECT_EQ(seen.back()["data"]["expected_results"], 0);
    socket->close();
}

TEST_P(LiveStream, ManyRowsAndOddTextArriveWhole) {
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach(campaign, flavour());
    json rows = json::array();
    for (int i = 0; i < 3000; ++i) {
        rows.push_back(
            {{"n", std::to_string(i)}, {"text", "\xC3\xA4 \"quoted\" \\ \n \x01 </script>"}}
        );
    }
    respond(agent, campaign, rows);
    const auto seen = socket->until([](const json& m) { return is(m, "result"); });
    ASSERT_FALSE(seen.empty());
    ASSERT_EQ(seen.back()["data"]["rows"].size(), rows.size());
    EXPECT_EQ(seen.back()["data"]["rows"][2999]["n"], "2999");
    EXPECT_EQ(seen.back()["data"]["rows"][7]["text"], rows[7]["text"]);
    socket->close();
}

TEST_P(LiveStream, EveryHostOfManyIsHeard) {
    std::vector<FakeAgent> agents;
    std::vector<std::uint64_t> ids;
    for (int i = 0; i < 8; ++i) {
        agents.push_back(stack.enrolled("many"));
        ids.push_back(id_of(agents.back()));
    }
    const auto campaign = admin.run_query("SELECT 1", ids);
    auto socket = attach(campaign, flavour());
    for (auto& one : agents)
        respond(one, campaign, {{{"1", "1"}}});

    std::vector<std::uint64_t> heard;
    socket->until([&](const json& m) {
        if (is(m, "result")) heard.push_back(m["data"]["host"]["id"]);
        return heard.size() == ids.size();
    });
    EXPECT_THAT(heard, testing::UnorderedElementsAreArray(ids));
    socket->close();
}

TEST_P(LiveStream, ClosingTheSocketEndsTheCampaign) {
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    const auto name = "fleet_distributed_query_" + std::to_string(campaign);
    auto socket = attach(campaign, flavour());
    ASSERT_FALSE(socket->next().is_null());
    ASSERT_FALSE(agent.await_query(name).empty());

    socket->close();

    EXPECT_TRUE(
        eventually([&] { return !agent.read().json()["queries"].contains(name); }, seconds{15})
    );
    auto sql = stack.sql();
    EXPECT_TRUE(eventually([&] {
        return sql.value(
                   "SELECT status FROM distributed_query_campaigns WHERE id = " +
                   std::to_string(campaign)
               ) == "2";
    }));
}

INSTANTIATE_TEST_SUITE_P(
    Flavours,
    LiveStream,
    testing::Values(ResultsSocket::Flavour::plain, ResultsSocket::Flavour::sockjs),
    [](const auto& test) {
        return test.param == ResultsSocket::Flavour::plain ? "plain" : "sockjs";
    }
);

using LiveUpgrade = LiveTest;

TEST_F(LiveUpgrade, EveryVersionOfThePathWorks) {
    for (const auto* version : {"v1", "2022-04", "latest"}) {
        for (const auto flavour : {Flavour::plain, Flavour::sockjs}) {
            ResultsSocket socket{admin.endpoint(), flavour, version};
            EXPECT_TRUE(socket.socket().connected()) << version << socket.socket().upgrade().text();
        }
    }
}

TEST_F(LiveUpgrade, SockJsTellsAboutItself) {
    HttpClient http{admin.endpoint()};
    const auto hello = http.get("/api/v1/fleet/results");
    EXPECT_EQ(hello.body, "Welcome to SockJS!\n");
    const auto info = http.get("/api/v1/fleet/results/info");
    EXPECT_EQ(info.status, 200);
    EXPECT_EQ(info.json()["websocket"], true);
    EXPECT_EQ(info.json()["origins"], json::array({"*:*"}));
    EXPECT_TRUE(info.json()["entropy"].is_number());
    EXPECT_EQ(
        http.send({.method = "POST", .target = "/api/v1/fleet/results/123/abc/xhr"}).status, 405
    );
}

TEST_F(LiveUpgrade, ForeignOriginsAreRefused) {
    ResultsSocket foreign{
        admin.endpoint(), Flavour::plain, "latest", {{"Origin", "https://evil.test"}}};
    EXPECT_EQ(foreign.socket().upgrade().status, 403);
    const auto own = "https://" + admin.endpoint().authority();
    ResultsSocket same{admin.endpoint(), Flavour::plain, "latest", {{"Origin", own}}};
    EXPECT_TRUE(same.socket().connected());
}

}  // namespace
}  // namespace fleet::test
