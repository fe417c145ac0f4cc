// The endpoints that wait for their results: rest-api-b 3.2.
#include "integration/api/live_fixture.hpp"

namespace fleet::test {
namespace {

class LiveSync : public LiveTest {
protected:
    // One server with a short wait, so that silent hosts do not cost 25 s.
    static void SetUpTestSuite() {
        server = &shared_stack().add_server({}, {{"FLEET_LIVE_QUERY_REST_PERIOD", "2s"}});
    }
    static void TearDownTestSuite() { server->terminate(); }

    FakeAgent host_here() {
        FakeAgent agent{server->endpoint(), make_machine(unique_name("sync")), kEnrollSecret};
        agent.enroll();
        agent.check_in();
        return agent;
    }

    AdminClient here{server->endpoint(), admin.token()};
    static inline ServerProcess* server = nullptr;
};

TEST_F(LiveSync, OneHostByIdOrIdentifier) {
    const PollingAgent agent{host_here()};
    const auto id = here.host_id(agent.machine().uuid);
    for (const auto& path :
         {"/hosts/" + std::to_string(id) + "/query",
          "/hosts/identifier/" + agent.machine().hostname + "/query",
          "/hosts/identifier/" + agent.machine().serial + "/query"}) {
        const auto response = here.post(path, {{"query", " SELECT 1; "}});
        ASSERT_EQ(response.status, 200) << path << response.text();
        const auto answer = response.json();
        EXPECT_EQ(answer["host_id"], id);
        EXPECT_EQ(answer["status"], "online");
        EXPECT_EQ(answer["query"], "SELECT 1;");
        ASSERT_EQ(answer["rows"].size(), 1U) << answer;
        EXPECT_EQ(answer["rows"][0]["n"], "1");
        EXPECT_TRUE(answer.value("error", json{}).is_null());
    }
}

TEST_F(LiveSync, ASilentHostTimesOut) {
    auto agent = host_here();
    const auto id = here.host_id(agent.machine().uuid);
    const auto response =
        here.post("/hosts/" + std::to_string(id) + "/query", {{"query", "SELECT 1"}});
    ASSERT_EQ(response.status, 200) << response.text();
    EXPECT_EQ(response.json()["status"], "online");
    EXPECT_TRUE(response.json()["rows"].is_null());
    EXPECT_EQ(response.json()["error"], "timeout waiting for results");
}

TEST_F(LiveSync, BadRequests) {
    auto agent = host_here();
    const auto path = "/hosts/" + std::to_string(here.host_id(agent.machine().uuid)) + "/query";
    expect_error(here.post(path, {{"query", "  "}}), 400, "", "query is required");
    EXPECT_EQ(here.post("/hosts/999999/query", {{"query", "SELECT 1"}}).status, 400);
    EXPECT_EQ(here.create_user("observer").post(path, {{"query", "SELECT 1"}}).status, 403);
}

TEST_F(LiveSync, ASavedQueryOnSeveralHosts) {
    const PollingAgent one{host_here()};
    auto silent = host_here();
    const auto query = here.create_query(unique_name("sync"), {});
    const auto ids =
        std::vector{here.host_id(one.machine().uuid), here.host_id(silent.machine().uuid)};
    for (const std::string root : {"/queries/", "/reports/"}) {
        const auto response = here.post(root + std::to_string(query) + "/run", {{"host_ids", ids}});
        ASSERT_EQ(response.status, 200) << response.text();
        const auto answer = response.json();
        EXPECT_EQ(answer["query_id"], query);
        EXPECT_EQ(answer["report_id"], query);
        EXPECT_EQ(answer["targeted_host_count"], 2);
        EXPECT_EQ(answer["responded_host_count"], 1);
        ASSERT_EQ(answer["results"].size(), 1U);
        EXPECT_EQ(answer["results"][0]["host_id"], ids[0]);
        EXPECT_EQ(answer["results"][0]["rows"][0]["n"], "1");
        EXPECT_TRUE(answer["results"][0]["error"].is_null());
    }
}

TEST_F(LiveSync, RunRefusesEmptyAndUnknown) {
    const auto query = here.create_query(unique_name("sync"), {});
    const auto path = "/queries/" + std::to_string(query) + "/run";
    expect_error(
        here.post(path, {{"host_ids", json::array()}}),
        400,
        "",
        "query_ids and host_ids are required"
    );
    expect_error(here.post("/queries/999999/run", {{"host_ids", {1}}}), 404, "Resource Not Found");
    expect_error(here.post(path, {{"host_ids", {999999}}}), 400, "", "no hosts targeted");
}

TEST_F(LiveSync, TheDeprecatedGetWithABodyRunsSeveral) {
    const PollingAgent agent{host_here()};
    const auto first = here.create_query(unique_name("sync"), {});
    const auto second = here.create_query(unique_name("sync"), {});
    const json body = {
        {"query_ids", {first, second, 999999}}, {"host_ids", {here.host_id(agent.machine().uuid)}}};
    const auto response =
        here.send({.method = "GET", .target = "/api/v1/fleet/queries/run", .body = body.dump()});
    ASSERT_EQ(response.status, 200) << response.text();
    const auto answer = response.json();
    EXPECT_EQ(answer["summary"]["targeted_host_count"], 1);
    EXPECT_EQ(answer["summary"]["responded_host_count"], 1);
    ASSERT_EQ(answer["live_query_results"].size(), 3U);
    for (const auto& entry : answer["live_query_results"]) {
        EXPECT_EQ(entry.contains("error"), entry["query_id"] == 999999) << entry;
    }
    const json empty = {{"query_ids", json::array()}, {"host_ids", {1}}};
    EXPECT_EQ(
        here.send({.method = "GET", .target = "/api/v1/fleet/queries/run", .body = empty.dump()})
            .status,
        400
    );
}

TEST_F(LiveSync, AnOfflineHostIsNotAsked) {
    auto agent = host_here();
    const auto id = here.host_id(agent.machine().uuid);
    // An hour without a word, as the store will tell once this server starts anew.
    server->terminate();
    stack.sql().execute(
        "UPDATE host_seen SET seen_at = seen_at - INTERVAL 1 HOUR WHERE host_id = " +
        std::to_string(id)
    );
    server->start();
    const auto response =
        here.post("/hosts/" + std::to_string(id) + "/query", {{"query", "SELECT 1"}});
    EXPECT_EQ(response.json()["status"], "offline") << response.text();
    EXPECT_TRUE(response.json()["rows"].is_null());
    EXPECT_FALSE(response.json().contains("error") && !response.json()["error"].is_null());
}

}  // namespace
}  // namespace fleet::test
