// The audit log: each activity once, whatever happens to the server: operations.md D.1.
#include <fstream>

#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class AuditLog : public testing::Test {
protected:
    [[nodiscard]] std::vector<std::string> lines() const {
        std::vector<std::string> out;
        std::ifstream in{file};
        for (std::string line; std::getline(in, line);)
            out.push_back(line);
        return out;
    }
    [[nodiscard]] std::vector<std::string> ids_in_log() const {
        std::vector<std::string> out;
        for (const auto& line : lines())
            out.push_back(json::parse(line).at("id").dump());
        return out;
    }
    [[nodiscard]] std::vector<std::string> ids_in_feed() const {
        std::vector<std::string> out;
        for (const auto& row : stack.sql().query("SELECT id FROM activities ORDER BY id"))
            out.push_back(row[0]);
        return out;
    }
    /// Runs the job until nothing waits for it.
    bool stream() {
        return eventually(
            [&] {
                const auto waiting =
                    stack.sql().value("SELECT COUNT(*) FROM activities WHERE streamed <> 1");
                if (waiting == "0") return true;
                AdminClient{stack.server().endpoint(), token}.post(
                    "/trigger?name=activities_streaming"
                );
                return false;
            },
            seconds{60}
        );
    }
    /// kill -9; what the dead server had leased runs out at once rather than after minutes.
    void crash() {
        stack.server().kill9();
        stack.sql().execute("UPDATE jobs SET lease_until = '2000-01-01'");
    }
    void act(int count) {
        auto admin = stack.admin();
        for (int i = 0; i < count; ++i)
            admin.create_query(unique_name("audit"), {});
    }

    TempDir dir;
    std::string file = dir.file("audit.log");
    Stack stack{
        {.flags = {"--activity_enable_audit_log=true", "--filesystem_audit_log_file=" + file}}};
    std::string token = stack.admin().token();
};

TEST_F(AuditLog, HasEachActivityOnceAndInOrder) {
    act(3);
    ASSERT_TRUE(stream());
    EXPECT_EQ(ids_in_log(), ids_in_feed());
    const auto last = json::parse(lines().back());
    EXPECT_EQ(last["type"], "created_saved_query");
    EXPECT_EQ(last["actor_email"], kAdminEmail);
    EXPECT_EQ(last["fleet_initiated"], false);
    EXPECT_TRUE(last["details"].contains("fleet_id"));
    EXPECT_EQ(stack.admin().get("/config").json()["logging"]["audit"]["plugin"], "filesystem");
}

TEST_F(AuditLog, AServerKilledBetweenWritingAndSayingSoRepeatsNothingAndLosesNothing) {
    act(3);
    ASSERT_TRUE(stream());
    crash();
    // As the crash leaves it: the last two are written and not said to be, one is taken only.
    stack.sql().execute("UPDATE activities SET streamed = 2 ORDER BY id DESC LIMIT 2");
    stack.sql().execute(
        "INSERT INTO activities (activity_type, streamed) VALUES ('enabled_gitops_mode', 2)"
    );
    stack.server().start();
    act(1);
    ASSERT_TRUE(stream());
    EXPECT_EQ(ids_in_log(), ids_in_feed());
}

TEST_F(AuditLog, HalfALineIsWrittenAgainOnALineOfItsOwn) {
    act(2);
    ASSERT_TRUE(stream());
    crash();
    const auto before = lines();
    std::ofstream{file, std::ios::app} << R"({"id":)";
    stack.sql().execute(
        "INSERT INTO activities (activity_type, streamed) VALUES ('enabled_gitops_mode', 2)"
    );
    stack.server().start();
    ASSERT_TRUE(stream());
    const auto after = lines();
    ASSERT_GE(after.size(), before.size() + 2);
    EXPECT_EQ(after[before.size()], R"({"id":)");
    EXPECT_EQ(json::parse(after[before.size() + 1])["type"], "enabled_gitops_mode");
}

TEST_F(AuditLog, KilledAtAnyMomentItHasEachActivityOnce) {
    for (int round = 0; round < 3; ++round) {
        act(20);
        AdminClient{stack.server().endpoint(), token}.post("/trigger?name=activities_streaming");
        act(round);  // a little later each time
        crash();
        stack.server().start();
    }
    ASSERT_TRUE(stream());
    EXPECT_EQ(ids_in_log(), ids_in_feed());
}

}  // namespace
}  // namespace fleet::test
