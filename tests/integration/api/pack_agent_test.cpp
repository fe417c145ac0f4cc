// Packs of the old kind in agents' configurations: agent-api B.4.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class PackAgent : public ApiTest {
protected:
    /// The pack in the agent's configuration; null when it is not there.
    json pack_of(FakeAgent& of) const {
        const auto config = of.config().json();
        const auto at = json::json_pointer{"/packs"} / name;
        return config.contains(at) ? config[at] : json{};
    }
    bool gets(FakeAgent& of) {
        return eventually([&] { return !pack_of(of).is_null(); });
    }
    bool loses(FakeAgent& of) {
        return eventually([&] { return pack_of(of).is_null(); });
    }
    std::string create(const json& targets) {
        json body = {{"name", name}, {"platform", "linux"}};
        body.update(targets);
        const auto id = admin.post("/packs", body).json()["pack"]["id"];
        admin.post(
            "/packs/schedule",
            {{"pack_id", id},
             {"query_id", query},
             {"interval", 120},
             {"snapshot", false},
             {"removed", true},
             {"platform", "linux"}}
        );
        return "/packs/" + id.dump();
    }

    std::string name = unique_name("agents-pack");
    std::string query_name = unique_name("agents-query");
    std::uint64_t query = admin.create_query(query_name, {{"query", "SELECT 7 AS seven"}});
    FakeAgent agent = stack.enrolled("pack");
    FakeAgent other = stack.enrolled("pack");
};

TEST_F(PackAgent, ReachesItsHostAndNoOther) {
    const auto path = create({{"host_ids", {admin.host_id(agent.machine().uuid)}}});
    ASSERT_TRUE(gets(agent));
    EXPECT_EQ(
        pack_of(agent),
        (json{
            {"platform", "linux"},
            {"queries",
             {{query_name,
               {{"query", "SELECT 7 AS seven"},
                {"interval", 120},
                {"platform", "linux"},
                {"removed", true},
                {"snapshot", false}}}}}})
    );
    EXPECT_TRUE(pack_of(other).is_null());
    admin.patch(path, {{"disabled", true}});
    EXPECT_TRUE(loses(agent));
    admin.patch(path, {{"disabled", false}});
    EXPECT_TRUE(gets(agent));
    admin.del("/queries/id/" + std::to_string(query));
    EXPECT_TRUE(loses(agent)) << "a pack without queries is none";
}

TEST_F(PackAgent, ReachesTheHostsOfALabel) {
    const auto label =
        std::stoull(stack.sql().value("SELECT id FROM labels WHERE name = 'Ubuntu Linux'"));
    auto mac = stack.enrolled("pack-mac", "darwin");
    const auto path = create({{"label_ids", {label}}});
    EXPECT_TRUE(gets(agent));
    EXPECT_TRUE(gets(other));
    EXPECT_TRUE(pack_of(mac).is_null());
    admin.del("/packs/" + name);
    EXPECT_TRUE(loses(agent));
}

TEST_F(PackAgent, ReachesTheHostsOfATeam) {
    stack.sql().execute("INSERT INTO teams (name) VALUES ('" + name + "')");
    const auto team = stack.sql().value("SELECT id FROM teams WHERE name = '" + name + "'");
    stack.sql().execute(
        "UPDATE hosts SET team_id = " + team +
        ", identity_changed_at = UTC_TIMESTAMP(6) "
        "WHERE uuid = '" +
        agent.machine().uuid + "'"
    );
    create({{"team_ids", {std::stoull(team)}}});
    EXPECT_TRUE(eventually([&] { return !pack_of(agent).is_null(); }, seconds{40}));
    EXPECT_TRUE(pack_of(other).is_null());
}

}  // namespace
}  // namespace fleet::test
