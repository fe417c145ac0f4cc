// Stored reports: agent-api B.6 and rest-api-b 2.
#include <set>

#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class AgentReport : public ApiTest {
protected:
    void SetUp() override {
        name = unique_name("report");
        id = admin.create_query(name, {{"query", "SELECT a FROM t"}, {"interval", 60}});
        // Until the name is known the lines are forwarded like those of any stranger.
        ASSERT_TRUE(eventually([&] {
            send(agent, {{{"a", "warm-up"}}}, 1000);
            return !report()["results"].empty();
        }));
    }

    Response send(FakeAgent& from, const json& rows, std::int64_t time) const {
        return from.log("result", json::array({snapshot_line("pack/Global/" + name, rows, time)}));
    }

    json report() { return admin.get("/queries/" + std::to_string(id) + "/report").json(); }

    json host_report(const FakeAgent& of) {
        const auto host = std::to_string(admin.host_id(of.machine().uuid));
        return admin.get("/hosts/" + host + "/queries/" + std::to_string(id)).json();
    }

    std::multiset<std::string> values() {
        std::multiset<std::string> found;
        const auto answer = report();
        for (const auto& result : answer.at("results"))
            found.insert(result["columns"]["a"]);
        return found;
    }

    using Values = std::multiset<std::string>;
    FakeAgent agent = stack.enrolled("report");
    std::string name;
    std::uint64_t id = 0;
};

TEST_F(AgentReport, ShowsTheRowsOfTheHostThatSentThem) {
    send(agent, {{{"a", "1"}}, {{"a", "2"}}}, 2000);

    const auto answer = report();

    EXPECT_EQ(values(), (Values{"1", "2"}));
    EXPECT_EQ(answer["query_id"], id);
    EXPECT_EQ(answer["report_id"], id);
    EXPECT_EQ(answer["report_clipped"], false);
    const auto& first = answer["results"][0];
    EXPECT_EQ(first["host_id"], admin.host_id(agent.machine().uuid));
    EXPECT_EQ(first["host_name"], agent.machine().hostname);
    EXPECT_FALSE(first["last_fetched"].get<std::string>().empty());
}

TEST_F(AgentReport, IsReplacedPerHost) {
    auto second = stack.enrolled("report-second");
    send(agent, {{{"a", "1"}}, {{"a", "2"}}}, 2000);
    send(second, {{{"a", "other"}}}, 2000);
    send(agent, {{{"a", "3"}}}, 2060);
    EXPECT_EQ(values(), (Values{"3", "other"}));
}

TEST_F(AgentReport, ADuplicatePostChangesNothing) {
    send(agent, {{{"a", "1"}}}, 2000);
    send(agent, {{{"a", "1"}}}, 2000);
    EXPECT_EQ(values(), Values{"1"});
}

TEST_F(AgentReport, AnEmptySnapshotClearsTheRowsButWasFetched) {
    send(agent, json::array(), 2000);
    EXPECT_EQ(values(), Values{});
    EXPECT_TRUE(host_report(agent)["last_fetched"].is_string());
    EXPECT_EQ(host_report(agent)["results"], json::array());
}

TEST_F(AgentReport, TheNewestOfSeveralInOneRequestWins) {
    const auto full = "pack/Global/" + name;
    agent.log(
        "result",
        json::array({
            snapshot_line(full, {{{"a", "newest"}}}, 3000),
            snapshot_line(full, {{{"a", "older"}}}, 2000),
        })
    );
    EXPECT_EQ(values(), Values{"newest"});
}

TEST_F(AgentReport, SnapshotEventsOfOneRunBelongTogether) {
    json lines = json::array();
    for (const auto* value : {"1", "2", "3"}) {
        auto line = event_line("pack/Global/" + name, {{"a", value}});
        line["action"] = "snapshot";
        line["unixTime"] = 2000;
        lines.push_back(line);
    }
    agent.log("result", lines);
    EXPECT_EQ(values(), (Values{"1", "2", "3"}));
}

TEST_F(AgentReport, TheHostIdentifierOfALineIsNotTrusted) {
    auto second = stack.enrolled("report-forged");
    auto line = snapshot_line("pack/Global/" + name, {{{"a", "forged"}}}, 2000);
    line["hostIdentifier"] = agent.machine().uuid;
    second.log("result", json::array({line}));
    EXPECT_EQ(host_report(second)["results"][0]["columns"]["a"], "forged");
    EXPECT_EQ(host_report(agent)["results"][0]["columns"]["a"], "warm-up");
}

TEST_F(AgentReport, AnyDelimiterIsUnderstood) {
    // agent-api B.5
    for (const auto* delimiter : {"_", "--", "::"}) {
        const auto full = std::string{"pack"} + delimiter + "Global" + delimiter + name;
        agent.log("result", json::array({snapshot_line(full, {{{"a", delimiter}}}, 2000)}));
        EXPECT_EQ(values(), Values{delimiter});
    }
}

TEST_F(AgentReport, OfAnotherTeamIsNotMixedIn) {
    agent.log(
        "result", json::array({snapshot_line("pack/team-77/" + name, {{{"a", "team"}}}, 5000)})
    );
    EXPECT_EQ(values(), Values{"warm-up"});
}

TEST_F(AgentReport, DifferentialLinesAreNotStored) {
    agent.log("result", json::array({event_line("pack/Global/" + name, {{"a", "added"}})}));
    EXPECT_EQ(values(), Values{"warm-up"});
}

TEST_F(AgentReport, IsEmptiedWhenTheSqlChanges) {
    const auto path = "/queries/" + std::to_string(id);
    ASSERT_EQ(admin.patch(path, {{"description", "kept"}}).status, 200);
    EXPECT_EQ(values(), Values{"warm-up"});
    ASSERT_EQ(admin.patch(path, {{"query", "SELECT b FROM t"}}).status, 200);
    EXPECT_EQ(values(), Values{});
}

TEST_F(AgentReport, StopsWhenTheQueryIsNoLongerScheduled) {
    ASSERT_EQ(admin.patch("/queries/" + std::to_string(id), {{"interval", 0}}).status, 200);
    ASSERT_TRUE(eventually([&] {
        return !agent.config().json().contains(json::json_pointer{"/packs/Global/queries"} / name);
    }));
    expect_agent_ok(send(agent, {{{"a", "late"}}}, 9000));
    EXPECT_EQ(values(), Values{"warm-up"});
}

TEST_F(AgentReport, LinesOfADeletedQueryDoNoHarm) {
    ASSERT_EQ(admin.del("/queries/id/" + std::to_string(id)).status, 200);
    expect_agent_ok(send(agent, {{{"a", "late"}}}, 9000));
    EXPECT_EQ(admin.get("/queries/" + std::to_string(id) + "/report").status, 404);
}

TEST_F(AgentReport, DoesNotFreezeAtAThousandRows) {
    json rows = json::array();
    for (int i = 0; i < 700; ++i)
        rows.push_back({{"a", std::to_string(i)}});
    auto second = stack.enrolled("report-rows");
    auto third = stack.enrolled("report-rows");
    for (auto* from : {&agent, &second, &third})
        expect_agent_ok(send(*from, rows, 2000));
    EXPECT_EQ(values().size(), 2100U);
}

TEST_F(AgentReport, DeletingTheHostTakesItsRows) {
    auto second = stack.enrolled("report-gone");
    send(second, {{{"a", "gone"}}}, 2000);
    ASSERT_EQ(values().count("gone"), 1U);
    admin.del("/hosts/" + std::to_string(admin.host_id(second.machine().uuid)));
    EXPECT_EQ(values().count("gone"), 0U);
}

TEST_F(AgentReport, IsListedAtTheHost) {
    const auto host = std::to_string(admin.host_id(agent.machine().uuid));
    const auto answer = admin.get("/hosts/" + host + "/reports?query=" + name).json();
    ASSERT_EQ(answer["reports"].size(), 1U) << answer;
    const auto& entry = answer["reports"][0];
    EXPECT_EQ(entry["id"], id);
    EXPECT_EQ(entry["total_results_count"], 1);
    EXPECT_EQ(entry["first_result_columns"]["a"], "warm-up");
    EXPECT_EQ(answer["count"], 1);
    EXPECT_EQ(answer["meta"]["has_next_results"], false);
}

}  // namespace
}  // namespace fleet::test
