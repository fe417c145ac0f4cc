// Starting a campaign: rest-api-b 3.1.
#include "integration/api/live_fixture.hpp"

namespace fleet::test {
namespace {

class LiveStart : public LiveTest {
protected:
    static json selected(const json& hosts, const json& labels = json::array()) {
        return {{"hosts", hosts}, {"labels", labels}, {"teams", json::array()}};
    }

    std::uint64_t label_id(const std::string& name) const {
        return std::stoull(stack.sql().value("SELECT id FROM labels WHERE name = '" + name + "'"));
    }

    FakeAgent agent = stack.enrolled("start");
    std::uint64_t host = id_of(agent);
};

TEST_F(LiveStart, AnswersWithTheCampaignInFleetsShape) {
    const auto response =
        admin.post("/queries/run", {{"query", "SELECT 1"}, {"selected", selected({host})}});
    ASSERT_EQ(response.status, 200) << response.text();
    const auto campaign = response.json().at("campaign");
    EXPECT_EQ(campaign["created_at"], "0001-01-01T00:00:00Z");
    EXPECT_EQ(campaign["Metrics"]["TotalHosts"], 1);
    EXPECT_EQ(campaign["Metrics"]["OnlineHosts"], 1);
    EXPECT_EQ(campaign["Metrics"]["OfflineHosts"], 0);
    EXPECT_EQ(campaign["Metrics"]["MissingInActionHosts"], 0);
    EXPECT_EQ(campaign["Metrics"]["NewHosts"], 1);
    EXPECT_EQ(campaign["status"], 0);
    EXPECT_EQ(campaign["query_id"], campaign["report_id"]);
    EXPECT_EQ(campaign["user_id"], admin.get("/me").json()["user"]["id"]);
}

TEST_F(LiveStart, TheThrowAwayQueryNeverShowsInLists) {
    const auto response = admin.post(
        "/queries/run", {{"query", "SELECT 'throw away'"}, {"selected", selected({host})}}
    );
    ASSERT_EQ(response.status, 200);
    EXPECT_THAT(admin.get("/queries").body, Not(HasSubstr("throw away")));
}

TEST_F(LiveStart, TheSavedQueryWins) {
    const auto id = admin.create_query(unique_name("saved"), {{"query", "SELECT 'saved'"}});
    const auto response = admin.post(
        "/reports/run",
        {{"query", "SELECT 'ignored'"}, {"report_id", id}, {"selected", selected({host})}}
    );
    const auto campaign = response.json().at("campaign").at("id").get<std::uint64_t>();
    EXPECT_EQ(
        agent.await_query("fleet_distributed_query_" + std::to_string(campaign)), "SELECT 'saved'"
    );
}

TEST_F(LiveStart, RefusesWhatCannotRun) {
    expect_error(
        admin.post("/queries/run", {{"selected", selected({host})}}),
        422,
        "Validation Failed",
        "one of query or query_id must be specified",
        "query"
    );
    expect_error(
        admin.post("/queries/run", {{"query_id", 999999}, {"selected", selected({host})}}),
        404,
        "Resource Not Found"
    );
    expect_error(
        admin.post("/queries/run", {{"query", "SELECT 1"}, {"selected", selected(json::array())}}),
        400,
        "",
        "no hosts targeted"
    );
    expect_error(
        admin.post("/queries/run", {{"query", "SELECT 1"}, {"selected", selected({999999})}}),
        400,
        "",
        "no hosts targeted"
    );
    expect_error(
        admin.post("/queries/run", {{"query", "SELECT 1"}, {"selected", {{"hosts", "x"}}}}), 400
    );
}

TEST_F(LiveStart, UnknownTablesAreAWarningNeverARefusal) {
    const auto response = admin.post(
        "/queries/run", {{"query", "SELECT * FROM proceses"}, {"selected", selected({host})}}
    );
    EXPECT_EQ(response.status, 200) << response.text();
}

TEST_F(LiveStart, ByIdentifiersTakesNamesOfHostsAndLabels) {
    for (const auto* path :
         {"/queries/run_by_identifiers",
          "/reports/run_by_identifiers",
          "/queries/run_by_names",
          "/reports/run_by_names"}) {
        for (const auto& identifier :
             {agent.machine().hostname, agent.machine().uuid, agent.machine().serial}) {
            const auto response = admin.post(
                path,
                {{"query", "SELECT 1"},
                 {"selected", {{"hosts", {identifier, "no-such-host"}}, {"labels", json::array()}}}}
            );
            ASSERT_EQ(response.status, 200) << path << response.text();
            EXPECT_EQ(response.json()["campaign"]["Metrics"]["TotalHosts"], 1) << identifier;
        }
    }
}

TEST_F(LiveStart, ByIdentifiersRefusesUnknownLabelsAndEmptySets) {
    const auto run = [&](const json& hosts, const json& labels) {
        return admin.post(
            "/queries/run_by_identifiers",
            {{"query", "SELECT 1"}, {"selected", {{"hosts", hosts}, {"labels", labels}}}}
        );
    };
    expect_error(run({agent.machine().uuid}, {"Banana"}), 400, "", "Invalid label name(s): Banana");
    expect_error(run({"no-such-host"}, json::array()), 400, "", "no hosts targeted");
}

TEST_F(LiveStart, TargetsCombineAsFleetSays) {
    // rest-api-b 3.1: built-in labels OR, groups AND, explicit hosts always, All Hosts wins.
    auto mac = stack.enrolled("start-mac", "darwin");
    const auto count = [&](const json& hosts, const std::vector<std::string>& labels) {
        json ids = json::array();
        for (const auto& name : labels)
            ids.push_back(label_id(name));
        return admin
            .post("/targets/count", {{"query_id", nullptr}, {"selected", selected(hosts, ids)}})
            .json()
            .value("targets_count", -1);
    };
    const auto all = count(json::array(), {"All Hosts"});
    const auto macs = count(json::array(), {"macOS"});
    const auto linux_hosts = count(json::array(), {"All Linux"});
    EXPECT_GE(macs, 1);
    EXPECT_EQ(count(json::array(), {"macOS", "All Linux"}), macs + linux_hosts);
    EXPECT_EQ(count({host}, {"macOS"}), macs + 1);
    EXPECT_EQ(count({id_of(mac)}, {"macOS"}), macs);
    EXPECT_EQ(count(json::array(), {"All Hosts", "macOS"}), all);
    EXPECT_EQ(count({host, host, 999999}, {}), 1);
}

TEST_F(LiveStart, StoreStatusIsFine) {
    EXPECT_EQ(admin.get("/status/live_query").status, 200);
    EXPECT_EQ(admin.get("/status/result_store").status, 200);
}

TEST_F(LiveStart, RunsEndInStatsAndOneActivity) {
    const auto name = unique_name("stats");
    const auto id = admin.create_query(name, {{"query", "SELECT 'stats'"}});
    const auto response =
        admin.post("/queries/run", {{"query_id", id}, {"selected", selected({host})}});
    const auto campaign = response.json().at("campaign").at("id").get<std::uint64_t>();
    auto socket = attach(campaign);
    respond(agent, campaign, {{{"a", "1"}}});
    ASSERT_FALSE(socket->until([](const json& m) { return is(m, "result"); }).empty());
    socket->close();

    auto sql = stack.sql();
    EXPECT_TRUE(eventually(
        [&] {
            return sql.value(
                       "SELECT COUNT(*) FROM activities WHERE activity_type = 'live_query' AND "
                       "details LIKE '%" +
                       name + "%'"
                   ) == "1";
        },
        seconds{20}
    ));
    EXPECT_TRUE(eventually([&] {
        const auto stats = admin.get("/queries/" + std::to_string(id)).json()["query"]["stats"];
        return stats.value("total_executions", json{}) == json(1.0);
    }));
}

}  // namespace
}  // namespace fleet::test
