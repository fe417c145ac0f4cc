// What the configuration says is too old goes: rest-api-a 10.4.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class Expiry : public ApiTest {
protected:
    ~Expiry() override {
        admin.patch(
            "/config",
            {{"host_expiry_settings", {{"host_expiry_enabled", false}}},
             {"activity_expiry_settings", {{"activity_expiry_enabled", false}}}}
        );
    }
    /// Triggers the job until the condition holds.
    template <class Done>
    bool run(const std::string& job, Done done) {
        return eventually([&] {
            if (done()) return true;
            admin.post("/trigger?name=" + job);
            return done();
        });
    }
};

TEST_F(Expiry, SilentHostsAreDeletedAndToldAbout) {
    auto agent = stack.enrolled("silent");
    auto other = stack.enrolled("talks");
    const auto id = std::to_string(admin.host_id(agent.machine().uuid));
    // It has not spoken for two months: in the database, and in the memory of a new process.
    stack.sql().execute(
        "UPDATE hosts SET created_at = '2020-01-01' WHERE id IN (" + id + ", " +
        std::to_string(admin.host_id(other.machine().uuid)) + ")"
    );
    stack.server().restart();
    admin = stack.admin();
    other.check_in();
    stack.sql().execute("DELETE FROM host_seen WHERE host_id = " + id);
    stack.sql().execute(
        "INSERT INTO host_seen (host_id, seen_at) VALUES (" + id +
        ", '2020-01-01') "
        "ON DUPLICATE KEY UPDATE seen_at = '2020-01-01'"
    );
    stack.server().restart();
    admin = stack.admin();
    other.check_in();
    ASSERT_EQ(
        admin
            .patch(
                "/config",
                {{"host_expiry_settings",
                  {{"host_expiry_enabled", true}, {"host_expiry_window", 30}}}}
            )
            .status,
        200
    );

    ASSERT_TRUE(run("expired_hosts", [&] { return admin.get("/hosts/" + id).status == 404; }));

    EXPECT_FALSE(admin.host(other.machine().uuid).is_null());
    const auto activity =
        admin.get("/activities?activity_type=deleted_host").json()["activities"][0];
    EXPECT_EQ(activity["details"]["triggered_by"], "expiration");
    EXPECT_EQ(activity["details"]["host_expiry_window"], 30);
    EXPECT_EQ(activity["fleet_initiated"], true);
    EXPECT_TRUE(activity["actor_id"].is_null());
}

TEST_F(Expiry, OldActivitiesAreDeleted) {
    stack.sql().execute(
        "INSERT INTO activities (activity_type, created_at) VALUES "
        "('enabled_gitops_mode', '2020-01-01'), ('disabled_gitops_mode', UTC_TIMESTAMP())"
    );
    const auto count = [&](const std::string& type) {
        return stack.sql().value(
            "SELECT COUNT(*) FROM activities WHERE activity_type = '" + type +
            "' AND created_at < '2021-01-01'"
        );
    };
    ASSERT_EQ(count("enabled_gitops_mode"), "1");
    admin.patch(
        "/config",
        {{"activity_expiry_settings",
          {{"activity_expiry_enabled", true}, {"activity_expiry_window", 30}}}}
    );
    EXPECT_TRUE(run("cleanups_then_aggregation", [&] {
        return count("enabled_gitops_mode") == "0";
    }));
    EXPECT_NE(
        stack.sql().value(
            "SELECT COUNT(*) FROM activities WHERE activity_type = 'disabled_gitops_mode'"
        ),
        "0"
    );
}

TEST_F(Expiry, ExpiredCarvesShowOnlyWhenAskedForAndHaveNoBlocks) {
    auto agent = stack.enrolled("carve-expiry");
    const json begin = {
        {"block_count", 1},
        {"block_size", 100},
        {"carve_size", 3},
        {"carve_id", unique_name("c")},
        {"request_id", "r"}};
    const auto session = agent.carve_begin(begin).json()["session_id"].get<std::string>();
    agent.carve_block(0, session, "r", "abc");
    const auto find = [&](const std::string& query) {
        const auto answer = admin.get("/carves" + query).json();
        for (const auto& carve : answer["carves"]) {
            if (carve["session_id"] == session) return carve;
        }
        return json{};
    };
    const auto id = find("")["id"].dump();
    ASSERT_EQ(admin.get("/carves/" + id + "/block/0").status, 200);
    EXPECT_EQ(admin.get("/carves/" + id + "/block/7").status, 404);
    stack.sql().execute("UPDATE carves SET created_at = '2020-01-01' WHERE id = " + id);

    ASSERT_TRUE(run("expired_carves", [&] { return find("").is_null(); }));

    EXPECT_EQ(find("?expired=true")["expired"], true);
    EXPECT_EQ(admin.get("/carves/" + id).json()["carve"]["expired"], true);
    expect_error(
        admin.get("/carves/" + id + "/block/0"),
        400,
        "Bad request",
        "cannot get block for expired carve"
    );
    EXPECT_EQ(admin.get("/carves/999999999").status, 404);
}

}  // namespace
}  // namespace fleet::test
