// Jobs on demand, states, debug pages: rest-api-a 19.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class OperationsTest : public ApiTest {
protected:
    Response debug(const std::string& path, const std::string& token) {
        Headers headers;
        if (!token.empty()) headers.emplace_back("Authorization", "Bearer " + token);
        return HttpClient{stack.server().endpoint()}.get("/debug/" + path, headers);
    }
};

TEST_F(OperationsTest, ATriggeredJobRunsAtOnce) {
    const auto started = [&] {
        return stack.sql().value("SELECT last_started_at FROM jobs WHERE name = 'unused_software'");
    };
    const auto finished = [&] {
        return stack.sql().value(
            "SELECT last_finished_at >= last_started_at FROM jobs WHERE name = 'unused_software'"
        );
    };
    ASSERT_TRUE(eventually([&] { return finished() == "1"; }));
    const auto before = started();
    const auto response = admin.post("/trigger?name=unused_software");
    EXPECT_EQ(response.status, 200) << response.text();
    EXPECT_EQ(response.json(), json::object());
    EXPECT_TRUE(eventually([&] { return started() != before && finished() == "1"; }));
}

TEST_F(OperationsTest, UnknownAndRunningJobsAreTold) {
    expect_error(
        admin.post("/trigger?name=nonsense"),
        404,
        "Resource Not Found",
        "invalid name; supported trigger names are cleanups_then_aggregation, "
    );
    expect_error(admin.post("/trigger"), 400, "Bad request", "Param name is required");
    stack.sql().execute(
        "UPDATE jobs SET lease_until = UTC_TIMESTAMP() + INTERVAL 1 MINUTE, "
        "last_started_at = UTC_TIMESTAMP() WHERE name = 'forgotten_deletions'"
    );
    expect_error(
        admin.post("/trigger?name=forgotten_deletions"),
        409,
        "Conflict",
        "conflicts with current status of forgotten_deletions schedule: scheduled run"
    );
    stack.sql().execute("UPDATE jobs SET lease_until = '2000-01-01'");
    expect_error(
        admin.create_user("maintainer").post("/trigger?name=query_stats"), 403, "forbidden"
    );
}

TEST_F(OperationsTest, TheLiveQueryStatesAreFine) {
    EXPECT_EQ(admin.get("/status/result_store").json(), json::object());
    EXPECT_EQ(admin.get("/status/live_query").json(), json::object());
    admin.patch("/config", {{"server_settings", {{"live_query_disabled", true}}}});
    EXPECT_NE(admin.get("/status/live_query").status, 200);
    admin.patch("/config", {{"server_settings", {{"live_query_disabled", false}}}});
    EXPECT_EQ(admin.get("/status/live_query").status, 200);
}

TEST_F(OperationsTest, DebugPagesRefuseInPlainText) {
    EXPECT_EQ(debug("errors", "").status, 401);
    EXPECT_EQ(debug("errors", "").body, "Please authenticate\n");
    EXPECT_EQ(debug("errors", "wrong").status, 401);
    EXPECT_EQ(debug("errors", "wrong").body, "Invalid authentication\n");
    auto maintainer = admin.create_user("maintainer");
    for (const auto* page : {"errors", "db/locks", "db/process-list", "migrations"}) {
        EXPECT_EQ(debug(page, maintainer.token()).status, 403) << page;
        EXPECT_EQ(debug(page, maintainer.token()).body, "Unauthorized\n");
    }
}

TEST_F(OperationsTest, DebugPagesTellAdmins) {
    const auto migrations = debug("migrations", admin.token());
    ASSERT_EQ(migrations.status, 200) << migrations.text();
    EXPECT_EQ(migrations.json()["status"], "all migrations completed");
    EXPECT_THAT(
        migrations.json()["applied"].get<std::vector<std::string>>(),
        Contains(HasSubstr("0007_settings"))
    );
    EXPECT_TRUE(debug("errors", admin.token()).json().is_array());
    EXPECT_TRUE(debug("errors?flush=true", admin.token()).json().is_array());
    const auto processes = debug("db/process-list", admin.token());
    ASSERT_EQ(processes.status, 200) << processes.text();
    EXPECT_TRUE(processes.json()[0].contains("info"));
    EXPECT_EQ(debug("db/nonsense", admin.token()).status, 404);
    EXPECT_EQ(debug("pprof/heap", admin.token()).status, 404);
}

}  // namespace
}  // namespace fleet::test
