// Packs of the old kind and their specs: rest-api-a 17.1 and 17.2.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class Pack : public ApiTest {
protected:
    json create(const json& changes = json::object()) {
        json body = {{"name", unique_name("pack")}};
        body.update(changes);
        const auto response = admin.post("/packs", body);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json()["pack"];
    }
    std::string label_id(const std::string& name) {
        return stack.sql().value("SELECT id FROM labels WHERE name = '" + name + "'");
    }
    [[nodiscard]] std::string last_activity() {
        const auto feed = admin.get("/activities?per_page=1").json();
        return feed["activities"][0]["type"].get<std::string>();
    }
};

TEST_F(Pack, HasTheDocumentedShape) {
    auto agent = stack.enrolled("pack-count");
    const auto host = admin.host_id(agent.machine().uuid);
    const auto pack = create(
        {{"description", "d"}, {"platform", "linux"}, {"disabled", true}, {"host_ids", {host}}}
    );
    EXPECT_EQ(
        keys_of(pack),
        (std::vector<std::string>{
            "created_at",
            "description",
            "disabled",
            "fleet_ids",
            "fleets",
            "host_ids",
            "hosts",
            "id",
            "label_ids",
            "labels",
            "name",
            "platform",
            "query_count",
            "team_ids",
            "teams",
            "total_hosts_count",
            "type",
            "updated_at"})
    );
    EXPECT_EQ(pack["host_ids"], json{host});
    EXPECT_EQ(pack["label_ids"], json::array());
    EXPECT_TRUE(pack["labels"].is_null());
    EXPECT_TRUE(pack["type"].is_null());
    EXPECT_EQ(pack["total_hosts_count"], 1);
    EXPECT_EQ(pack["query_count"], 0);
    EXPECT_EQ(last_activity(), "created_pack");
    EXPECT_EQ(admin.get("/packs/" + pack["id"].dump()).json()["pack"], pack);
    bool listed = false;
    const auto all = admin.get("/packs?order_key=id").json();
    for (const auto& one : all["packs"])
        listed = listed || one == pack;
    EXPECT_TRUE(listed);
    EXPECT_EQ(
        admin.get("/packs?query=" + pack["name"].get<std::string>()).json()["packs"].size(), 1U
    );
}

TEST_F(Pack, CountsEachHostOnceOverItsTargets) {
    auto agent = stack.enrolled("pack-union");
    const auto host = admin.host_id(agent.machine().uuid);
    const auto ubuntu = std::stoull(label_id("Ubuntu Linux"));
    ASSERT_TRUE(eventually([&] {
        return stack.sql().value(
                   "SELECT COUNT(*) FROM label_membership WHERE host_id = " + std::to_string(host) +
                   " AND label_id = " + std::to_string(ubuntu)
               ) == "1";
    }));
    const auto by_label = create({{"label_ids", {ubuntu}}})["total_hosts_count"];
    EXPECT_EQ(
        create({{"label_ids", {ubuntu}}, {"host_ids", {host}}})["total_hosts_count"], by_label
    );
    const auto all = std::stoull(label_id("All Hosts"));
    EXPECT_EQ(
        create({{"label_ids", {all, ubuntu}}})["total_hosts_count"],
        admin.get("/hosts/count").json()["count"]
    );
}

TEST_F(Pack, PatchChangesWhatIsSent) {
    const auto pack = create({{"description", "before"}, {"platform", "linux"}});
    const auto id = pack["id"].dump();
    const auto changed = admin.patch("/packs/" + id, {{"description", "after"}}).json()["pack"];
    EXPECT_EQ(changed["description"], "after");
    EXPECT_EQ(changed["platform"], "linux");
    EXPECT_EQ(last_activity(), "edited_pack");
    EXPECT_EQ(admin.patch("/packs/" + id, {{"disabled", true}}).json()["pack"]["disabled"], true);
    EXPECT_EQ(admin.patch("/packs/999999999", {{"disabled", true}}).status, 404);
}

TEST_F(Pack, BadOnesAreRefused) {
    const auto name = create()["name"];
    expect_error(
        admin.post("/packs", {{"name", " "}}), 400, "Bad request", "pack payload verification: "
    );
    expect_error(admin.post("/packs", {{"name", "Global"}}), 400, "Bad request", "is kept for");
    expect_error(admin.post("/packs", {{"name", "team-7"}}), 400, "Bad request", "is kept for");
    expect_error(
        admin.post("/packs", {{"name", name}}), 409, "Resource Already Exists", "", "name"
    );
    expect_error(
        admin.post("/packs", {{"name", unique_name("p")}, {"label_ids", {999'999'999}}}),
        400,
        "Bad request",
        "a target or query does not exist"
    );
    expect_error(
        admin.post("/packs", {{"name", 7}}), 400, "Bad request", "json decoder error", "base"
    );
}

TEST_F(Pack, DeletesByNameAndById) {
    const auto one = create();
    EXPECT_EQ(admin.del("/packs/" + one["name"].get<std::string>()).json(), json::object());
    EXPECT_EQ(last_activity(), "deleted_pack");
    EXPECT_EQ(admin.del("/packs/" + one["name"].get<std::string>()).status, 404);
    const auto two = create();
    EXPECT_EQ(admin.del("/packs/id/" + two["id"].dump()).status, 200);
    EXPECT_EQ(admin.get("/packs/" + two["id"].dump()).status, 404);
    EXPECT_EQ(admin.del("/packs/id/" + two["id"].dump()).status, 404);
}

TEST_F(Pack, ThoseOfTheServerAreHiddenAndProtected) {
    const auto pack = create({{"platform", "linux"}});
    const auto id = pack["id"].dump();
    stack.sql().execute("UPDATE packs SET pack_type = 'global' WHERE id = " + id);
    const auto name = pack["name"].get<std::string>();
    EXPECT_TRUE(admin.get("/packs?query=" + name).json()["packs"].empty());
    const auto changed =
        admin.patch("/packs/" + id, {{"name", "other"}, {"platform", "darwin"}}).json()["pack"];
    EXPECT_EQ(changed["name"], name);
    EXPECT_EQ(changed["platform"], "darwin");
    EXPECT_EQ(changed["type"], "global");
    EXPECT_EQ(
        admin.post("/spec/packs", {{"specs", {{{"name", name}, {"platform", "windows"}}}}}).status,
        200
    );
    EXPECT_EQ(admin.get("/packs/" + id).json()["pack"]["platform"], "darwin");
    expect_error(admin.del("/packs/id/" + id), 500, "", "cannot delete pack_type global");
}

class PackSpec : public Pack {
protected:
    Response apply(const json& specs, const std::string& options = "") {
        return admin.post("/spec/packs" + options, {{"specs", specs}});
    }
    json spec() const {
        return {
            {"name", name},
            {"description", "d"},
            {"platform", "linux"},
            {"targets", {{"labels", {"All Hosts"}}, {"teams", nullptr}}},
            {"queries", {{{"query", query}, {"interval", 60}, {"snapshot", true}, {"shard", 10}}}}};
    }
    json get() { return admin.get("/spec/packs/" + name).json()["specs"]; }

    std::string name = unique_name("pack-spec");
    std::string query = unique_name("pack-query");
    std::uint64_t query_id = admin.create_query(query, {});
};

TEST_F(PackSpec, ComesBackAsApplied) {
    ASSERT_EQ(apply(json::array({spec()})).json(), json::object());
    const auto stored = get();
    EXPECT_EQ(
        stored,
        (json{
            {"id", stored["id"]},
            {"name", name},
            {"description", "d"},
            {"platform", "linux"},
            {"disabled", false},
            {"targets", {{"labels", {"All Hosts"}}, {"teams", nullptr}, {"fleets", nullptr}}},
            {"queries", stored["queries"]},
            {"reports", stored["queries"]}})
    );
    ASSERT_EQ(stored["queries"].size(), 1U);
    EXPECT_EQ(
        stored["queries"][0],
        (json{
            {"query", query},
            {"name", query},
            {"description", ""},
            {"interval", 60},
            {"snapshot", true},
            {"removed", nullptr},
            {"shard", 10},
            {"platform", nullptr},
            {"version", nullptr},
            {"denylist", nullptr}})
    );
    EXPECT_EQ(last_activity(), "applied_spec_pack");
    const auto packs = admin.get("/queries/" + std::to_string(query_id)).json()["query"]["packs"];
    ASSERT_EQ(packs.size(), 1U);
    EXPECT_EQ(packs[0]["name"], name);
}

TEST_F(PackSpec, ReplacesQueriesAndTargetsButNotHosts) {
    auto agent = stack.enrolled("pack-spec");
    const auto host = admin.host_id(agent.machine().uuid);
    apply(json::array({spec()}));
    const auto id = get()["id"].dump();
    admin.patch("/packs/" + id, {{"host_ids", {host}}});
    ASSERT_EQ(apply({{{"name", name}}}).status, 200);
    EXPECT_TRUE(get()["queries"].empty());
    EXPECT_TRUE(get()["targets"]["labels"].is_null());
    EXPECT_EQ(get()["description"], "");
    EXPECT_EQ(admin.get("/packs/" + id).json()["pack"]["host_ids"], json{host});
}

TEST_F(PackSpec, AllOrNothing) {
    auto bad = spec();
    bad["name"] = name + "-bad";
    bad["queries"][0]["query"] = "no such query";
    expect_error(
        apply(json::array({spec(), bad})), 400, "Bad request", "query \"no such query\" not found"
    );
    EXPECT_EQ(admin.get("/spec/packs/" + name).status, 404);
    bad = spec();
    bad["targets"]["labels"] = {"no such label"};
    expect_error(
        apply(json::array({bad})), 400, "Bad request", "label \"no such label\" not found"
    );
    bad = spec();
    bad["queries"][0]["interval"] = 0;
    expect_error(
        apply(json::array({bad})), 400, "Bad request", "interval must be between 1 and 604800"
    );
    bad = spec();
    bad["queries"].push_back(bad["queries"][0]);
    expect_error(apply(json::array({bad})), 400, "Bad request", "duplicate query name");
    expect_error(apply(json::array({spec(), spec()})), 400, "Bad request", "duplicate pack name");
    EXPECT_EQ(admin.get("/spec/packs/" + name).status, 404);
}

TEST_F(PackSpec, ADryRunTellsThePlanOnly) {
    apply(json::array({spec()}));
    auto changed = spec();
    changed["platform"] = "darwin";
    auto added = spec();
    added["name"] = name + "-new";
    EXPECT_EQ(
        apply(json::array({spec(), added}), "?dry_run=true").json()["plan"],
        (json{
            {"added", {name + "-new"}},
            {"changed", json::array()},
            {"deleted", json::array()},
            {"kept", {name}}})
    );
    EXPECT_EQ(apply(json::array({changed}), "?dry_run=true").json()["plan"]["changed"], json{name});
    EXPECT_EQ(get()["platform"], "linux");
    EXPECT_EQ(admin.get("/spec/packs/" + name + "-new").status, 404);
}

TEST_F(PackSpec, QuerySpecsHaveAPlanToo) {
    const auto apply_queries = [&](const json& specs) {
        return admin.post("/spec/queries?dry_run=true", {{"specs", specs}}).json()["plan"];
    };
    const auto current = admin.get("/spec/queries/" + query).json()["specs"];
    auto same = current;
    for (const char* alias : {"fleet", "labels_include_any", "labels_include_all"})
        same.erase(alias);
    auto changed = same;
    changed["interval"] = 77;
    EXPECT_EQ(apply_queries(json::array({same}))["kept"], json{query});
    EXPECT_EQ(apply_queries(json::array({changed}))["changed"], json{query});
    EXPECT_EQ(
        apply_queries({{{"name", query + "-new"}, {"query", "SELECT 1"}}})["added"],
        json{query + "-new"}
    );
    EXPECT_EQ(admin.get("/spec/queries/" + query).json()["specs"], current);
}

}  // namespace
}  // namespace fleet::test
