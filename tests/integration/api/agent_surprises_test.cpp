// What an implementer gets wrong, as far as no other file holds it already: agent-api F.
#include "integration/api/api_test.hpp"
#include "support/gzip.hpp"

namespace fleet::test {
namespace {

using Surprises = ApiTest;

TEST_F(Surprises, ThereIsNeverA304) {  // F.2
    auto agent = stack.enrolled("surprise");
    const auto body = json{{"node_key", agent.node_key()}}.dump();
    const Headers conditional = {
        {"If-None-Match", "*"}, {"If-Modified-Since", "Sun, 22 Nov 2026 21:00:00 GMT"}};
    for (const auto* operation : {"config", "distributed/read"}) {
        const auto response = agent.post(operation, body, conditional);
        EXPECT_EQ(response.status, 200);
        EXPECT_FALSE(response.body.empty());
    }
}

TEST_F(Surprises, AnswersAreCompressedOnlyForThoseWhoAsk) {  // F.44
    auto agent = stack.enrolled("surprise");
    const auto plain = agent.config();
    EXPECT_EQ(plain.header("Content-Encoding"), "");
    const auto packed = agent.post(
        "config", json{{"node_key", agent.node_key()}}.dump(), {{"Accept-Encoding", "gzip"}}
    );
    EXPECT_EQ(packed.status, 200);
    const auto text =
        packed.header("Content-Encoding") == "gzip" ? gunzip(packed.body) : packed.body;
    EXPECT_EQ(text, plain.body);
}

TEST_F(Surprises, HeadersFitIntoWhatAgentsRead) {  // F.7
    auto agent = stack.enrolled("surprise");
    const auto response = agent.config();
    std::size_t size = 0;
    for (const auto& [name, value] : response.headers)
        size += name.size() + value.size() + 4;
    EXPECT_LT(size, 2048U);
    EXPECT_LT(response.body.size(), std::size_t{1} << 20);
}

TEST_F(Surprises, NumbersMayBeNumbersOrStrings) {  // F.12
    for (const json& platform_type : {json("9"), json(9), json(nullptr)}) {
        auto agent = stack.agent("surprise");
        auto body = agent.enroll_body();
        body["platform_type"] = platform_type;
        expect_agent_ok(agent.enroll(body));
    }
}

TEST_F(Surprises, BlankSqlNeverReachesAnAgent) {  // F.15
    auto agent = stack.enrolled("surprise");
    const auto host = admin.host_id(agent.machine().uuid);
    for (const auto* sql : {"", " ", "\n\t"}) {
        const auto response =
            admin.post("/queries/run", {{"query", sql}, {"selected", {{"hosts", {host}}}}});
        EXPECT_GE(response.status, 400) << response.text();
        EXPECT_LT(response.status, 500) << response.text();
    }
    EXPECT_EQ(agent.read().json()["queries"], json::object());
}

TEST_F(Surprises, AResultThatIsAbsentIsNoFailure) {  // F.18
    auto agent = stack.agent("surprise");
    agent.enroll();
    auto answer = agent.answer(agent.read().json());
    // What its discovery filtered out never appears in the write.
    for (auto* part : {"queries", "statuses", "messages", "stats"}) {
        answer[part].erase("fleet_detail_query_users");
        answer[part].erase("fleet_detail_query_uptime");
    }
    expect_agent_ok(agent.write(answer));
    EXPECT_EQ(agent.read().json()["queries"], json::object())
        << "it is not asked for again at once";
}

TEST_F(Surprises, ALiveQueryIsForTheHostsOfItsStart) {  // F.46
    const auto label =
        std::stoull(stack.sql().value("SELECT id FROM labels WHERE name = 'All Hosts'"));
    auto early = stack.enrolled("surprise");
    const auto response =
        admin.post("/queries/run", {{"query", "SELECT 1"}, {"selected", {{"labels", {label}}}}});
    ASSERT_EQ(response.status, 200) << response.text();
    const auto name = "fleet_distributed_query_" + response.json()["campaign"]["id"].dump();
    EXPECT_FALSE(early.await_query(name).empty());
    auto late = stack.enrolled("surprise");
    EXPECT_FALSE(late.read().json()["queries"].contains(name));
}

TEST_F(Surprises, NeverIsAFixedOldDate) {  // F.50
    auto agent = stack.agent("surprise");
    agent.enroll();
    const auto host = admin.host(agent.machine().uuid);
    for (const auto* key : {"label_updated_at", "policy_updated_at"}) {
        EXPECT_THAT(host[key].get<std::string>(), StartsWith("1970-01-02T00:00:00")) << key;
    }
}

TEST_F(Surprises, QueryNamesMayHoldTheDelimiter) {  // F.24, B.5
    const auto name = "Global/" + unique_name("team-3/x");
    const auto id = admin.create_query(name, {{"interval", 60}});
    auto agent = stack.enrolled("surprise");
    const auto rows = [&] {
        return admin.get("/queries/" + std::to_string(id) + "/report").json()["results"].size();
    };
    EXPECT_TRUE(eventually([&] {
        agent.log(
            "result", json::array({snapshot_line("pack/Global/" + name, {{{"a", "1"}}}, 1000)})
        );
        return rows() == 1;
    }));
    admin.del("/queries/id/" + std::to_string(id));
}

TEST_F(Surprises, TheWholeFleetIsNotAskedInOneMinute) {  // B.7: jitter
    // After a full write nothing is due for about an hour, whatever bucket the host is in.
    for (int i = 0; i < 10; ++i) {
        auto agent = stack.enrolled("surprise");
        EXPECT_EQ(agent.read().json()["queries"], json::object());
    }
}

}  // namespace
}  // namespace fleet::test
