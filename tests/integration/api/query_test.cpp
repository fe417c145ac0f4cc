// Saved queries: rest-api-b 2.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class Query : public ApiTest {
protected:
    Response create(const json& changes) {
        json body = {{"name", unique_name("query")}, {"query", "SELECT 1"}};
        if (changes.is_object()) body.update(changes);
        return admin.post("/queries", body);
    }
    json get(const std::string& id) { return admin.get("/queries/" + id).json().at("query"); }
};

TEST_F(Query, KeepsEveryField) {
    const json fields = {
        {"name", unique_name("full")},
        {"description", "who listens"},
        {"query", "SELECT port FROM listening_ports;"},
        {"interval", 900},
        {"platform", "darwin,linux"},
        {"min_osquery_version", "5.1.0"},
        {"automations_enabled", true},
        {"logging", "differential"},
        {"observer_can_run", true},
        {"discard_data", true}};
    const auto response = create(fields);
    ASSERT_EQ(response.status, 200) << response.text();
    const auto created = response.json()["query"];
    EXPECT_EQ(created["created_at"], "0001-01-01T00:00:00Z");

    const auto stored = get(created["id"].dump());

    for (const auto& [key, value] : fields.items())
        EXPECT_EQ(stored[key], value) << key;
    EXPECT_EQ(stored["saved"], true);
    EXPECT_EQ(stored["author_email"], kAdminEmail);
    EXPECT_EQ(stored["author_name"], "Ada");
    EXPECT_TRUE(stored["team_id"].is_null());
    EXPECT_EQ(stored["packs"], json::array());
    EXPECT_TRUE(stored["stats"].is_object());
    EXPECT_NE(stored["created_at"], "0001-01-01T00:00:00Z");
}

TEST_F(Query, HasTheDocumentedDefaults) {
    const auto stored = get(create({}).json()["query"]["id"].dump());
    EXPECT_EQ(stored["interval"], 0);
    EXPECT_EQ(stored["logging"], "snapshot");
    EXPECT_EQ(stored["platform"], "");
    EXPECT_EQ(stored["automations_enabled"], false);
    EXPECT_EQ(stored["discard_data"], false);
    EXPECT_EQ(stored["observer_can_run"], false);
    EXPECT_EQ(stored["labels_include_any"], json::array());
}

struct BadQuery {
    const char* name;
    json changes;
};

class BadQueries : public Query, public testing::WithParamInterface<BadQuery> {};

TEST_P(BadQueries, AreRefusedOnCreateAndEdit) {
    expect_error(create(GetParam().changes), 400, "", "query payload verification: ");
    const auto id = create({}).json()["query"]["id"].dump();
    expect_error(
        admin.patch("/queries/" + id, GetParam().changes), 400, "", "query payload verification: "
    );
}

INSTANTIATE_TEST_SUITE_P(
    Fields,
    BadQueries,
    testing::Values(
        BadQuery{"blank_name", {{"name", "  "}}},
        BadQuery{"empty_name", {{"name", ""}}},
        BadQuery{"blank_sql", {{"query", " \n"}}},
        BadQuery{"empty_sql", {{"query", ""}}},
        BadQuery{"logging", {{"logging", "sometimes"}}},
        BadQuery{"platform", {{"platform", "amiga"}}},
        BadQuery{"one_bad_platform", {{"platform", "darwin,amiga"}}}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Query, NamesAreUnique) {
    const auto name = unique_name("taken");
    ASSERT_EQ(create({{"name", name}}).status, 200);
    EXPECT_EQ(create({{"name", name}}).status, 409);
    const auto other = create({}).json()["query"]["id"].dump();
    EXPECT_EQ(admin.patch("/queries/" + other, {{"name", name}}).status, 409);
}

TEST_F(Query, EditsChangeOnlyWhatWasSent) {
    const auto id = create({{"description", "old"}, {"interval", 60}}).json()["query"]["id"].dump();
    const auto edited = admin.patch("/queries/" + id, {{"description", "new"}});
    ASSERT_EQ(edited.status, 200) << edited.text();
    EXPECT_EQ(edited.json()["query"]["description"], "new");
    EXPECT_EQ(get(id)["interval"], 60);
    expect_error(admin.patch("/queries/987654", {{"description", "x"}}), 404, "Resource Not Found");
}

TEST_F(Query, ListSearchesSortsAndPages) {
    const auto stem = unique_name("sort") + "x";
    for (const auto* suffix : {"c", "a", "b"})
        create({{"name", stem + suffix}, {"platform", suffix[0] == 'a' ? "darwin" : ""}});
    const auto names = [&](const std::string& more) {
        std::vector<std::string> found;
        const auto answer = admin.get("/queries?query=" + stem + more).json();
        for (const auto& query : answer.at("queries")) {
            found.push_back(query["name"].get<std::string>().substr(stem.size()));
        }
        return found;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(names("&order_key=name"), (Names{"a", "b", "c"}));
    EXPECT_EQ(names("&order_key=name&order_direction=desc&per_page=2"), (Names{"c", "b"}));
    EXPECT_EQ(names("&order_key=name&page=1&per_page=2"), Names{"c"});
    EXPECT_EQ(names("&order_key=name&after=" + stem + "a"), (Names{"b", "c"}));
    EXPECT_EQ(names("&order_key=name&platform=windows"), (Names{"b", "c"}));
    EXPECT_EQ(names("&order_key=name&platform=macos"), (Names{"a", "b", "c"}));
    const auto page = admin.get("/queries?query=" + stem + "&per_page=2&page=0").json();
    EXPECT_EQ(page["count"], 3);
    EXPECT_EQ(page["meta"], json({{"has_next_results", true}, {"has_previous_results", false}}));
    EXPECT_EQ(admin.get("/queries?query=nothing-like-it").json()["queries"], json::array());
    EXPECT_EQ(admin.get("/queries?platform=darwin,windows").status, 400);
    EXPECT_EQ(admin.get("/queries?platform=amiga").status, 400);
}

TEST_F(Query, IsDeletedByNameIdOrList) {
    const auto name = unique_name("go away & stay");
    create({{"name", name}});
    std::string escaped;
    for (const char c : name)
        escaped += c == ' ' ? "%20" : c == '&' ? "%26" : std::string(1, c);
    EXPECT_EQ(admin.del("/queries/" + escaped).status, 200);
    EXPECT_EQ(admin.del("/queries/" + escaped).status, 404);

    const auto one = create({}).json()["query"]["id"];
    EXPECT_EQ(admin.del("/queries/id/" + one.dump()).status, 200);
    EXPECT_EQ(admin.del("/queries/id/" + one.dump()).status, 404);

    const auto two = create({}).json()["query"]["id"];
    const auto three = create({}).json()["query"]["id"];
    EXPECT_EQ(admin.post("/queries/delete", {{"ids", {two, 987654}}}).status, 404);
    EXPECT_EQ(admin.get("/queries/" + two.dump()).status, 200) << "all or nothing";
    EXPECT_EQ(admin.post("/queries/delete", {{"ids", {two, three}}}).json()["deleted"], 2);
    EXPECT_EQ(admin.get("/queries/" + three.dump()).status, 404);
}

TEST_F(Query, WrongSqlIsAcceptedWithAWarning) {
    const auto response = create({{"query", "SELECT pathh FROM proceses"}});
    EXPECT_EQ(response.status, 200) << "extension tables are unknown to the server, too";
}

TEST_F(Query, NamesOsqueryWouldIgnoreAreRefusedOrMarked) {
    // agent-api F.10: names ending in "epoch" or "counter" are never scheduled by osquery.
    for (const auto* suffix : {"epoch", "counter"}) {
        const auto response = create({{"name", unique_name("x") + suffix}, {"interval", 60}});
        EXPECT_TRUE(response.status == 200 || response.status == 400) << response.text();
    }
}

TEST_F(Query, ReportOfANewOneIsEmpty) {
    const auto id = create({{"interval", 60}}).json()["query"]["id"];
    const auto report = admin.get("/queries/" + id.dump() + "/report").json();
    EXPECT_EQ(report["query_id"], id);
    EXPECT_EQ(report["results"], json::array());
    EXPECT_EQ(report["report_clipped"], false);
    expect_error(admin.get("/queries/987654/report"), 404, "Resource Not Found");
}

TEST_F(Query, ActivitiesAreRecorded) {
    const auto name = unique_name("recorded");
    const auto id = create({{"name", name}}).json()["query"]["id"].dump();
    admin.patch("/queries/" + id, {{"description", "x"}});
    admin.del("/queries/id/" + id);
    auto sql = stack.sql();
    for (const auto* type : {"created_saved_query", "edited_saved_query", "deleted_saved_query"}) {
        EXPECT_TRUE(eventually(
            [&] {
                return sql.value(
                           std::string{"SELECT COUNT(*) FROM activities WHERE activity_type = '"} +
                           type + "' AND details LIKE '%" + name + "%'"
                       ) == "1";
            },
            seconds{3}
        )) << type;
    }
}

}  // namespace
}  // namespace fleet::test
