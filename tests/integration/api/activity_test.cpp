// The feed: rest-api-a 8.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class Activities : public ApiTest {
protected:
    json list(const std::string& query = "") {
        return admin.get("/activities" + query).json().at("activities");
    }
};

TEST_F(Activities, HaveTheDocumentedShapeAndNewestComesFirst) {
    const auto name = unique_name("feed");
    const auto id = admin.create_query(name, {});
    const auto answer = admin.get("/activities?page=0&per_page=1").json();
    EXPECT_EQ(keys_of(answer), (std::vector<std::string>{"activities", "meta"}));
    EXPECT_EQ(answer["meta"]["has_next_results"], true);
    EXPECT_EQ(answer["meta"]["has_previous_results"], false);
    const auto activity = answer["activities"][0];
    EXPECT_EQ(activity["type"], "created_saved_query");
    EXPECT_EQ(activity["actor_email"], kAdminEmail);
    EXPECT_EQ(activity["actor_full_name"], "Ada");
    EXPECT_EQ(activity["actor_gravatar"], "");
    EXPECT_EQ(activity["fleet_initiated"], false);
    EXPECT_EQ(activity["details"]["query_id"], id);
    EXPECT_EQ(activity["details"]["query_name"], name);
    EXPECT_TRUE(activity["details"]["team_id"].is_null());
    EXPECT_TRUE(activity["details"].contains("fleet_id"));
    EXPECT_FALSE(activity.contains("actor_ip")) << "kept, not shown";
}

TEST_F(Activities, KeepTheAddressOfTheClient) {
    admin.send(
        {.method = "POST",
         .target = "/api/v1/fleet/queries",
         .headers = {{"X-Forwarded-For", "192.0.2.77"}},
         .body = json{{"name", unique_name("ip")}, {"query", "SELECT 1"}}.dump()}
    );
    EXPECT_THAT(
        stack.sql().value("SELECT actor_ip FROM activities ORDER BY id DESC LIMIT 1"),
        testing::AnyOf("192.0.2.77", "127.0.0.1", "::1")
    );
}

TEST_F(Activities, AreFilteredByTypeTimeAndActor) {
    auto bo = admin.create_user("maintainer");
    bo.create_query(unique_name("filter"), {});
    for (const auto& activity : list("?activity_type=created_saved_query"))
        EXPECT_EQ(activity["type"], "created_saved_query");
    EXPECT_TRUE(list("?activity_type=no_such_type").empty());
    const auto of_bo = list("?query=" + bo.email().substr(0, bo.email().find('@')));
    ASSERT_FALSE(of_bo.empty());
    for (const auto& activity : of_bo)
        EXPECT_EQ(activity["actor_email"], bo.email());
    const auto at = of_bo[0]["created_at"].get<std::string>();
    EXPECT_FALSE(list("?start_created_at=" + at).empty());
    EXPECT_TRUE(list("?start_created_at=2999-01-01T00:00:00Z").empty());
    EXPECT_TRUE(list("?end_created_at=2000-01-01T00:00:00Z").empty());
    expect_error(
        admin.get("/activities?start_created_at=soon"),
        400,
        "Bad request",
        "start_created_at must be an RFC 3339 time"
    );
}

TEST_F(Activities, PagesFollowOneAnother) {
    for (int i = 0; i < 3; ++i)
        admin.create_query(unique_name("page"), {});
    const auto all = list("?order_key=id&order_direction=desc");
    const auto first = admin.get("/activities?page=0&per_page=2").json();
    const auto second = admin.get("/activities?page=1&per_page=2").json();
    EXPECT_EQ(first["activities"][0]["id"], all[0]["id"]);
    EXPECT_EQ(second["activities"][0]["id"], all[2]["id"]);
    EXPECT_EQ(second["meta"]["has_previous_results"], true);
    EXPECT_GT(list("?page=0").size(), 2U) << "page=0 alone means everything";
    EXPECT_EQ(admin.get("/activities?per_page=0").status, 400);
}

TEST_F(Activities, OfAHostAreThoseTiedToIt) {
    auto agent = stack.enrolled("host-feed");
    const auto id = admin.host_id(agent.machine().uuid);
    const auto path = "/hosts/" + std::to_string(id) + "/activities";
    EXPECT_EQ(
        admin.get(path).json(),
        (json{
            {"activities", json::array()},
            {"meta", {{"has_next_results", false}, {"has_previous_results", false}}}})
    );
    stack.sql().execute(
        "INSERT INTO activities (activity_type, details) VALUES ('locked_host', '{\"host_id\":" +
        std::to_string(id) + "}')"
    );
    stack.sql().execute(
        "INSERT INTO host_activities SELECT " + std::to_string(id) + ", MAX(id) FROM activities"
    );
    const auto feed = admin.get(path).json()["activities"];
    ASSERT_EQ(feed.size(), 1U);
    EXPECT_EQ(feed[0]["type"], "locked_host");
    EXPECT_TRUE(feed[0]["actor_id"].is_null());
    expect_error(admin.get("/hosts/999999999/activities"), 404, "Resource Not Found");
}

TEST_F(Activities, NothingIsUpcomingYet) {
    auto agent = stack.enrolled("host-queue");
    const auto path =
        "/hosts/" + std::to_string(admin.host_id(agent.machine().uuid)) + "/activities/upcoming";
    EXPECT_EQ(
        admin.get(path).json(),
        (json{
            {"count", 0},
            {"activities", json::array()},
            {"meta", {{"has_next_results", false}, {"has_previous_results", false}}}})
    );
    expect_error(admin.del(path + "/5f0c"), 404, "Resource Not Found", "5f0c");
    expect_error(admin.get("/hosts/999999999/activities/upcoming"), 404, "Resource Not Found");
    expect_error(admin.create_user("technician").del(path + "/5f0c"), 403, "forbidden");
}

}  // namespace
}  // namespace fleet::test
