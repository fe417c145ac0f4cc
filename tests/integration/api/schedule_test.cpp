// The schedules of everybody and of teams as clients of old know them: rest-api-a 17.5 and 17.6.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class ScheduleTest : public ApiTest {
protected:
    Response v1(const std::string& method, const std::string& path, const json& body = {}) {
        return admin.send(
            {.method = method,
             .target = "/api/v1/fleet" + path,
             .body = body.is_null() ? "" : body.dump()}
        );
    }
    json body() const {
        return {{"query_id", query}, {"interval", 300}, {"snapshot", false}, {"removed", false}};
    }
    bool listed(const json& list, const json& id) {
        for (const auto& entry : list) {
            if (entry["id"] == id) return true;
        }
        return false;
    }

    std::string name = unique_name("original");
    std::uint64_t query = admin.create_query(name, {{"query", "SELECT 5"}});
};

TEST_F(ScheduleTest, AddingMakesAScheduledCopy) {
    const auto response = admin.post("/schedule", body());
    ASSERT_EQ(response.status, 200) << response.text();
    const auto entry = response.json()["scheduled"];
    EXPECT_EQ(
        keys_of(entry),
        (std::vector<std::string>{
            "created_at",
            "denylist",
            "id",
            "interval",
            "name",
            "pack_id",
            "platform",
            "query",
            "query_id",
            "query_name",
            "removed",
            "report_id",
            "shard",
            "snapshot",
            "stats",
            "updated_at",
            "version"})
    );
    EXPECT_THAT(entry["query_name"].get<std::string>(), StartsWith("Copy of " + name));
    EXPECT_EQ(entry["snapshot"], false);
    EXPECT_EQ(entry["removed"], false);
    EXPECT_EQ(entry["interval"], 300);
    const auto copy = admin.get("/queries/" + entry["id"].dump()).json()["query"];
    EXPECT_EQ(copy["logging"], "differential_ignore_removals");
    EXPECT_EQ(copy["automations_enabled"], true);
    EXPECT_EQ(copy["query"], "SELECT 5");
    EXPECT_TRUE(listed(admin.get("/schedule").json()["global_schedule"], entry["id"]));
    EXPECT_TRUE(listed(v1("GET", "/global/schedule").json()["global_schedule"], entry["id"]));
    EXPECT_FALSE(listed(admin.get("/schedule").json()["global_schedule"], query));
}

TEST_F(ScheduleTest, ChangesAndDeletes) {
    const auto id = admin.post("/schedule", body()).json()["scheduled"]["id"].dump();
    const auto changed =
        admin.patch("/schedule/" + id, {{"interval", 900}, {"snapshot", true}}).json()["scheduled"];
    EXPECT_EQ(changed["interval"], 900);
    EXPECT_EQ(changed["snapshot"], true);
    EXPECT_TRUE(changed["removed"].is_null());
    EXPECT_EQ(v1("PATCH", "/global/schedule/" + id, {{"interval", 60}}).status, 200);
    EXPECT_EQ(admin.del("/schedule/" + id).json(), json::object());
    EXPECT_EQ(admin.get("/queries/" + id).status, 404);
    EXPECT_EQ(admin.del("/schedule/" + id).status, 404);
    EXPECT_EQ(admin.patch("/schedule/" + std::to_string(query), {{"interval", 60}}).status, 404)
        << "that one is on no schedule";
}

TEST_F(ScheduleTest, VersionsHaveTheirOwnPaths) {
    EXPECT_EQ(admin.get("/global/schedule").status, 404);
    EXPECT_EQ(v1("GET", "/schedule").status, 405) << "that path adds to packs there";
}

TEST_F(ScheduleTest, BadOnesAreRefused) {
    expect_error(admin.post("/schedule", {{"interval", 60}}), 422, "", "", "query_id");
    expect_error(admin.post("/schedule", {{"query_id", query}}), 422, "", "", "interval");
    EXPECT_EQ(admin.post("/schedule", {{"query_id", 999'999'999}, {"interval", 60}}).status, 404);
}

TEST_F(ScheduleTest, OfATeamUnderAllItsNames) {
    const auto team_name = unique_name("schedule-team");
    stack.sql().execute("INSERT INTO teams (name) VALUES ('" + team_name + "')");
    const auto team = stack.sql().value("SELECT id FROM teams WHERE name = '" + team_name + "'");
    const auto response = admin.post("/fleets/" + team + "/schedule", body());
    ASSERT_EQ(response.status, 200) << response.text();
    const auto id = response.json()["scheduled"]["id"];
    for (const char* word : {"/fleets/", "/teams/", "/team/"}) {
        const auto list = admin.get(word + team + "/schedule").json()["scheduled"];
        EXPECT_TRUE(listed(list, id)) << word;
        EXPECT_EQ(
            admin.patch(word + team + "/schedule/" + id.dump(), {{"interval", 60}}).status, 200
        ) << word;
    }
    EXPECT_FALSE(listed(admin.get("/schedule").json()["global_schedule"], id));
    EXPECT_EQ(admin.del("/schedule/" + id.dump()).status, 404) << "not everybody's";
    EXPECT_EQ(admin.del("/fleets/" + team + "/schedule/" + id.dump()).status, 200);
}

}  // namespace
}  // namespace fleet::test
