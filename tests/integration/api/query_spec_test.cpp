// Queries as specs: rest-api-b 2, /spec/queries.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class QuerySpec : public ApiTest {
protected:
    Response apply(const json& specs) { return admin.post("/spec/queries", {{"specs", specs}}); }
    json get() { return admin.get("/spec/queries/" + name).json()["specs"]; }
    std::string name = unique_name("spec");
};

TEST_F(QuerySpec, AppliesCreateAndReplace) {
    ASSERT_EQ(
        apply({{{"name", name}, {"query", "SELECT 1"}, {"interval", 60}, {"description", "d"}}}
        ).status,
        200
    );
    EXPECT_EQ(get()["interval"], 60);
    EXPECT_EQ(get()["team"], "");
    EXPECT_EQ(get()["logging"], "snapshot");

    ASSERT_EQ(apply({{{"name", name}, {"query", "SELECT 2"}}}).status, 200);
    EXPECT_EQ(get()["query"], "SELECT 2");
    EXPECT_EQ(get()["interval"], 0) << "what is left out is reset";
    EXPECT_EQ(get()["description"], "");
    EXPECT_EQ(admin.get("/queries?query=" + name).json()["queries"].size(), 1U);
}

TEST_F(QuerySpec, AllOrNothing) {
    const auto response =
        apply({{{"name", name}, {"query", "SELECT 1"}}, {{"name", name + "-bad"}, {"query", ""}}});
    expect_error(response, 400, "", "query payload verification: ");
    EXPECT_EQ(admin.get("/spec/queries/" + name).status, 404);
}

TEST_F(QuerySpec, UnknownTeamsAreNotFound) {
    EXPECT_EQ(
        apply({{{"name", name}, {"query", "SELECT 1"}, {"team", "no such team"}}}).status, 404
    );
    EXPECT_EQ(
        apply({{{"name", name}, {"query", "SELECT 1"}, {"fleet", "no such fleet"}}}).status, 404
    );
}

TEST_F(QuerySpec, ListHoldsIt) {
    apply({{{"name", name}, {"query", "SELECT 1"}}});
    bool found = false;
    const auto answer = admin.get("/spec/queries").json();
    for (const auto& spec : answer.at("specs"))
        found = found || spec["name"] == name;
    EXPECT_TRUE(found);
}

TEST_F(QuerySpec, ChangedSqlEmptiesTheReport) {
    apply({{{"name", name}, {"query", "SELECT 1"}, {"interval", 60}}});
    const auto id = admin.get("/queries?query=" + name).json()["queries"][0]["id"].dump();
    auto agent = stack.enrolled("spec");
    const auto rows = [&] {
        return admin.get("/queries/" + id + "/report").json()["results"].size();
    };
    ASSERT_TRUE(eventually([&] {
        agent.log(
            "result", json::array({snapshot_line("pack/Global/" + name, {{{"a", "1"}}}, 1000)})
        );
        return rows() == 1;
    }));
    apply({{{"name", name}, {"query", "SELECT 1"}, {"interval", 120}}});
    EXPECT_EQ(rows(), 1U);
    apply({{{"name", name}, {"query", "SELECT 2"}, {"interval", 120}}});
    EXPECT_EQ(rows(), 0U);
}

}  // namespace
}  // namespace fleet::test
