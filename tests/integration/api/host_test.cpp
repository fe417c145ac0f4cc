// One host, and taking hosts away: rest-api-a 13.5 to 13.12.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class Host : public ApiTest {
protected:
    FakeAgent agent = stack.enrolled("host");
    std::string id = std::to_string(admin.host_id(agent.machine().uuid));

    /// How many of the hosts with that name are left.
    int left(const std::string& stem) {
        return admin.get("/hosts/count?query=" + stem).json().at("count");
    }

    std::vector<std::uint64_t> several(const std::string& stem, int count) {
        std::vector<std::uint64_t> ids;
        for (int i = 0; i < count; ++i) {
            auto one = stack.agent(stem);
            one.enroll();
            ids.push_back(admin.host_id(one.machine().uuid));
        }
        return ids;
    }
};

TEST_F(Host, DetailHasItsCollections) {
    const auto host = admin.get("/hosts/" + id).json().at("host");
    EXPECT_EQ(host["uuid"], agent.machine().uuid);
    EXPECT_EQ(host["users"].size(), 1U);
    EXPECT_FALSE(host["labels"].empty());
    for (const auto* key : {"packs", "policies", "pack_stats", "batteries", "labels", "users"}) {
        EXPECT_TRUE(host.contains(key)) << key;
    }
    EXPECT_EQ(host["status"], "online");
    EXPECT_TRUE(host["mdm"].is_object());
}

TEST_F(Host, IsFoundByEveryIdentifier) {
    const auto& machine = agent.machine();
    for (const auto& identifier :
         {machine.uuid, machine.hostname, machine.serial, agent.node_key()}) {
        std::string escaped;
        for (const char c : identifier) {
            if (c == '/')
                escaped += "%2F";
            else if (c == '+')
                escaped += "%2B";
            else if (c == '=')
                escaped += "%3D";
            else
                escaped += c;
        }
        const auto response = admin.get("/hosts/identifier/" + escaped);
        ASSERT_EQ(response.status, 200) << identifier << response.text();
        EXPECT_EQ(response.json()["host"]["id"].dump(), id);
    }
    expect_error(admin.get("/hosts/identifier/nobody"), 404, "Resource Not Found");
}

TEST_F(Host, UnknownOnesAreNotFound) {
    expect_error(admin.get("/hosts/987654"), 404, "Resource Not Found", "987654");
    EXPECT_EQ(admin.del("/hosts/987654").status, 404);
    EXPECT_EQ(admin.post("/hosts/987654/refetch").status, 404);
    EXPECT_EQ(admin.get("/hosts/99999999999999999999999").status, 404);
}

TEST_F(Host, DeletedOneIsGoneWithAllItHad) {
    ASSERT_EQ(admin.del("/hosts/" + id).status, 200);
    EXPECT_EQ(admin.get("/hosts/" + id).status, 404);
    auto sql = stack.sql();
    for (const auto* table : {"label_membership", "host_users", "host_seen", "host_digests"}) {
        EXPECT_EQ(
            sql.value(std::string{"SELECT COUNT(*) FROM "} + table + " WHERE host_id = " + id), "0"
        ) << table;
    }
}

TEST_F(Host, CountsOfBuiltInLabelsFollowDeletion) {
    auto sql = stack.sql();
    const auto count = [&] {
        return sql.value("SELECT host_count FROM labels WHERE name = 'All Hosts'");
    };
    const auto members = [&] {
        return sql.value(
            "SELECT COUNT(*) FROM label_membership m JOIN labels l ON l.id = m.label_id WHERE "
            "l.name = 'All Hosts'"
        );
    };
    EXPECT_EQ(count(), members());
    admin.del("/hosts/" + id);
    EXPECT_EQ(count(), members());
    EXPECT_EQ(count(), sql.value("SELECT COUNT(*) FROM hosts"));
}

TEST_F(Host, BulkDeleteById) {
    const auto stem = unique_name("bulk") + "x";
    const auto ids = several(stem, 3);
    EXPECT_EQ(admin.post("/hosts/delete", {{"ids", {ids[0], ids[1]}}}).status, 200);
    EXPECT_EQ(left(stem), 1);
}

TEST_F(Host, BulkDeleteByFilter) {
    const auto stem = unique_name("bulk") + "x";
    several(stem, 3);
    EXPECT_EQ(
        admin.post("/hosts/delete", {{"filters", {{"query", stem}, {"status", "offline"}}}}).status,
        200
    );
    EXPECT_EQ(left(stem), 3);
    EXPECT_EQ(admin.post("/hosts/delete", {{"filters", {{"query", stem}}}}).status, 200);
    EXPECT_EQ(left(stem), 0);
    EXPECT_EQ(admin.get("/hosts/" + id).status, 200) << "nobody else may go";
}

TEST_F(Host, BulkDeleteWantsExactlyOneSelection) {
    EXPECT_EQ(admin.post("/hosts/delete", json::object()).status, 400);
    EXPECT_EQ(admin.post("/hosts/delete", {{"ids", {1}}, {"filters", json::object()}}).status, 400);
    EXPECT_EQ(admin.post("/hosts/delete", {{"ids", "all"}}).status, 400);
    EXPECT_EQ(admin.post("/hosts/delete", {{"filters", {{"nonsense", 1}}}}).status, 400);
    EXPECT_EQ(admin.post("/hosts/delete", {{"filters", {{"label_id", "7"}}}}).status, 400);
    EXPECT_EQ(admin.get("/hosts/" + id).status, 200);
}

TEST_F(Host, BulkDeleteIsForWritersOnly) {
    const auto stem = unique_name("bulk") + "x";
    const auto ids = several(stem, 2);
    EXPECT_EQ(admin.create_user("observer").post("/hosts/delete", {{"ids", ids}}).status, 403);
    EXPECT_EQ(left(stem), 2);
}

TEST_F(Host, SearchFindsAtMostTen) {
    const auto stem = unique_name("search") + "x";
    const auto ids = several(stem, 12);
    const auto found = admin.post("/hosts/search", {{"query", stem}}).json();
    const auto& hosts = found.contains("hosts") ? found["hosts"] : found["targets"]["hosts"];
    EXPECT_EQ(hosts.size(), 10U);
    const auto rest =
        admin
            .post(
                "/hosts/search", {{"query", stem}, {"excluded_host_ids", {ids[0], ids[1], ids[2]}}}
            )
            .json();
    const auto& others = rest.contains("hosts") ? rest["hosts"] : rest["targets"]["hosts"];
    EXPECT_EQ(others.size(), 9U);
    for (const auto& host : others)
        EXPECT_EQ(host["display_text"], host["hostname"]);
}

}  // namespace
}  // namespace fleet::test
