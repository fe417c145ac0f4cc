// Old and new names: rest-api-a 1.9, rest-api-b 1.2. The path chosen decides the object keys, the
// scalars come in both spellings.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

using Rename = ApiTest;

TEST_F(Rename, BothPathsLeadToTheSameQuery) {
    const auto name = unique_name("renamed");
    const auto created = admin.post("/reports", {{"name", name}, {"query", "SELECT 1"}});
    ASSERT_EQ(created.status, 200) << created.text();
    const auto id = created.json().at("report").at("id").dump();

    EXPECT_EQ(admin.get("/queries/" + id).json().at("query").at("name"), name);
    EXPECT_EQ(admin.get("/reports/" + id).json().at("report").at("name"), name);
    EXPECT_EQ(
        admin.patch("/reports/" + id, {{"description", "d"}}).json().at("report").at("description"),
        "d"
    );
    EXPECT_EQ(
        admin.patch("/queries/" + id, {{"description", "e"}}).json().at("query").at("description"),
        "e"
    );
    EXPECT_EQ(admin.get("/queries?query=" + name).json().at("queries").size(), 1U);
    EXPECT_EQ(admin.get("/reports?query=" + name).json().at("reports").size(), 1U);
    EXPECT_EQ(admin.get("/spec/reports/" + name).json().at("specs").at("name"), name);
    EXPECT_EQ(admin.del("/reports/id/" + id).status, 200);
    EXPECT_EQ(admin.get("/queries/" + id).status, 404);
}

TEST_F(Rename, ScalarsComeInBothSpellings) {
    auto agent = stack.enrolled("renamed");
    const auto host = admin.host(agent.machine().uuid);
    for (const auto* key : {"team_id", "fleet_id", "team_name", "fleet_name"}) {
        ASSERT_TRUE(host.contains(key)) << key;
        EXPECT_TRUE(host[key].is_null()) << key;
    }
    const auto query =
        admin.post(
                 "/queries", {{"name", unique_name("scalars")}, {"query", "SELECT 1"}}
        ).json()["query"];
    EXPECT_TRUE(query.contains("team_id"));
    EXPECT_TRUE(query.contains("fleet_id"));
    const auto list = admin.get("/queries").json();
    EXPECT_TRUE(list.contains("inherited_query_count"));
    EXPECT_TRUE(list.contains("inherited_report_count"));
    const auto me = admin.get("/me").json();
    EXPECT_TRUE(me.contains("available_teams"));
    EXPECT_TRUE(me.contains("available_fleets"));
    EXPECT_TRUE(me["user"].contains("teams"));
    EXPECT_TRUE(me["user"].contains("fleets"));
}

TEST_F(Rename, RequestsMayUseEitherName) {
    auto agent = stack.enrolled("either");
    const auto host = admin.host_id(agent.machine().uuid);
    const auto query = admin.create_query(unique_name("either"), {});
    for (const auto* key : {"query_id", "report_id"}) {
        const auto response =
            admin.post("/queries/run", {{key, query}, {"selected", {{"hosts", {host}}}}});
        ASSERT_EQ(response.status, 200) << key << response.text();
        EXPECT_EQ(response.json()["campaign"]["report_id"], query);
    }
    for (const auto* key : {"teams", "fleets"}) {
        const auto response =
            admin.post("/targets/count", {{"selected", {{"hosts", {host}}, {key, json::array()}}}});
        EXPECT_EQ(response.json()["targets_count"], 1) << key;
    }
    EXPECT_EQ(admin.get("/hosts?team_id=0").status, 200);
    EXPECT_EQ(admin.get("/hosts?fleet_id=0").status, 200);
}

TEST_F(Rename, BothNamesInOneObjectConflict) {
    const auto response = admin.post(
        "/queries/run", {{"query_id", 1}, {"report_id", 1}, {"selected", {{"hosts", {1}}}}}
    );
    expect_error(response, 400, "", "Conflicting field names");
    EXPECT_EQ(
        admin
            .post(
                "/queries",
                {{"name", unique_name("c")}, {"query", "SELECT 1"}, {"team_id", 1}, {"fleet_id", 1}}
            )
            .status,
        400
    );
    EXPECT_EQ(
        admin
            .post(
                "/targets/count",
                {{"selected", {{"teams", json::array()}, {"fleets", json::array()}}}}
            )
            .status,
        400
    );
}

}  // namespace
}  // namespace fleet::test
