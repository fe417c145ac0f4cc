// The queries of packs: rest-api-a 17.3 and 17.4.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class PackSchedule : public ApiTest {
protected:
    json add(const json& changes = json::object()) {
        json body = {{"pack_id", pack}, {"query_id", query}, {"interval", 120}, {"snapshot", true}};
        body.update(changes);
        const auto response = admin.post("/packs/schedule", body);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json()["scheduled"];
    }
    Response v1(const std::string& method, const std::string& path, const json& body = {}) {
        return admin.send(
            {.method = method,
             .target = "/api/v1/fleet" + path,
             .body = body.is_null() ? "" : body.dump()}
        );
    }

    std::string name = unique_name("entry");
    std::uint64_t query = admin.create_query(name, {{"query", "SELECT * FROM arp_cache"}});
    std::uint64_t pack = admin.post("/packs", {{"name", unique_name("pack")}}).json()["pack"]["id"];
};

TEST_F(PackSchedule, AnEntryHasTheDocumentedShape) {
    const auto entry = add({{"removed", false}, {"shard", 10}});
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
    EXPECT_EQ(entry["name"], name);
    EXPECT_EQ(entry["query_name"], name);
    EXPECT_EQ(entry["query"], "SELECT * FROM arp_cache");
    EXPECT_EQ(entry["interval"], 120);
    EXPECT_EQ(entry["removed"], false);
    EXPECT_EQ(entry["shard"], 10);
    EXPECT_TRUE(entry["platform"].is_null());
    EXPECT_TRUE(entry["stats"].contains("total_executions"));
    const auto list = admin.get("/packs/" + std::to_string(pack) + "/scheduled").json();
    EXPECT_EQ(list["scheduled"], json::array({entry}));
    EXPECT_EQ(admin.get("/schedule/" + entry["id"].dump()).json()["scheduled"], entry);
    EXPECT_EQ(admin.get("/packs/" + std::to_string(pack)).json()["pack"]["query_count"], 1);
}

TEST_F(PackSchedule, TheSameQueryTwiceGetsANameOfItsOwn) {
    add();
    EXPECT_EQ(add()["name"], name + "-1");
    EXPECT_EQ(add({{"name", "mine"}})["name"], "mine");
    expect_error(
        admin.post(
            "/packs/schedule",
            {{"pack_id", pack},
             {"query_id", query},
             {"interval", 60},
             {"snapshot", true},
             {"name", "mine"}}
        ),
        409,
        "Resource Already Exists"
    );
}

TEST_F(PackSchedule, UnderV1ThePathIsSchedule) {
    const auto made =
        v1("POST",
           "/schedule",
           {{"pack_id", pack}, {"query_id", query}, {"interval", 60}, {"snapshot", false}});
    ASSERT_EQ(made.status, 200) << made.text();
    const auto path = "/schedule/" + made.json()["scheduled"]["id"].dump();
    EXPECT_EQ(made.json()["scheduled"]["pack_id"], pack);
    const auto changed = v1("PATCH", path, {{"interval", 90}, {"removed", nullptr}});
    EXPECT_EQ(changed.json()["scheduled"]["interval"], 90) << changed.text();
    EXPECT_EQ(v1("DELETE", path).json(), json::object());
    EXPECT_EQ(v1("GET", path).status, 404);
    EXPECT_EQ(v1("POST", "/packs/schedule", {{"pack_id", pack}}).status, 405)
        << "there, it is only the name of a pack to delete";
}

TEST_F(PackSchedule, PatchTellsNullFromAbsent) {
    const auto entry = add({{"shard", 10}, {"platform", "linux"}});
    const auto path = "/packs/schedule/" + entry["id"].dump();
    auto changed = admin.patch(path, {{"shard", nullptr}}).json()["scheduled"];
    EXPECT_TRUE(changed["shard"].is_null());
    EXPECT_EQ(changed["platform"], "linux");
    EXPECT_EQ(changed["interval"], 120);
    EXPECT_EQ(admin.del(path).status, 200);
    EXPECT_EQ(admin.patch(path, {{"interval", 60}}).status, 404);
    EXPECT_EQ(admin.del(path).status, 404);
}

struct Bad {
    const char* name;
    json changes;
    int status;
    const char* field;
};

class BadEntry : public PackSchedule, public testing::WithParamInterface<Bad> {};

TEST_P(BadEntry, IsRefused) {
    json body = {{"pack_id", pack}, {"query_id", query}, {"interval", 120}, {"snapshot", true}};
    for (const auto& [key, value] : GetParam().changes.items()) {
        if (value == "absent") {
            body.erase(key);
        } else {
            body[key] = value;
        }
    }
    expect_error(admin.post("/packs/schedule", body), GetParam().status, "", "", GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies,
    BadEntry,
    testing::Values(
        Bad{"NoPack", {{"pack_id", "absent"}}, 422, "pack_id"},
        Bad{"UnknownPack", {{"pack_id", 999'999'999}}, 404, "base"},
        Bad{"NoQuery", {{"query_id", "absent"}}, 422, "query_id"},
        Bad{"UnknownQuery", {{"query_id", 999'999'999}}, 404, "base"},
        Bad{"NoInterval", {{"interval", "absent"}}, 422, "interval"},
        Bad{"ZeroInterval", {{"interval", 0}}, 422, "interval"},
        Bad{"LongInterval", {{"interval", 604'801}}, 422, "interval"},
        Bad{"NoSnapshot", {{"snapshot", "absent"}}, 422, "snapshot"},
        Bad{"Shard", {{"shard", 101}}, 422, "shard"}
    ),
    [](const auto& test) { return test.param.name; }
);

}  // namespace
}  // namespace fleet::test
