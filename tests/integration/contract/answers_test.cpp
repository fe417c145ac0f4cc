// Real answers of every endpoint against the OpenAPI document, and the document itself.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>

#include "integration/contract/document.hpp"
#include "integration/contract/fixtures.hpp"
#include "integration/contract/role_rows.hpp"

namespace fleet::test {
namespace {

TEST(OpenApi, IsOpenAndComplete) {
    const json& document = openapi();
    EXPECT_EQ(document["openapi"], "3.1.0");
    EXPECT_FALSE(document["info"]["version"].get<std::string>().empty());
    EXPECT_EQ(document["servers"][0]["url"], "/api/{version}/fleet");
    EXPECT_GT(document["paths"].size(), 50U);
    EXPECT_TRUE(document["paths"].contains("/reports/{id}"));
    EXPECT_FALSE(document["paths"].contains("/queries/{id}")) << "each path once";
    EXPECT_THAT(
        document["paths"]["/reports/{id}"]["get"]["description"].get<std::string>(),
        HasSubstr("/queries/{id}")
    );
}

// The web application's types are made from the copy in docs.
TEST(OpenApi, TheOneInTheDocsIsThatOfThisServer) {
    const std::string file = FLEET_TEST_SOURCE_DIR "/docs/openapi.json";
    HttpClient http{contract_stack().server().endpoint()};
    const auto served = nlohmann::ordered_json::parse(http.get("/api/openapi.json").body);
    const std::string document = served.dump(1) + "\n";
    if (std::getenv("FLEET_WRITE_OPENAPI") != nullptr) {
        std::ofstream{file} << document;
        return;
    }
    std::ifstream in{file};
    const std::string committed{std::istreambuf_iterator<char>{in}, {}};
    EXPECT_TRUE(document == committed)
        << "docs/openapi.json is stale; write it and what is made from it anew with\n  "
           "cmake --build --preset dev --target api_types";
}

TEST(OpenApi, IdsAreUniqueAndReferencesLead) {
    std::set<std::string> ids;
    for (const Operation& operation : operations())
        EXPECT_TRUE(ids.insert(operation.id).second) << operation.id << " appears twice";
    const std::function<void(const json&)> follow = [&](const json& node) {
        if (node.is_object() && node.contains("$ref") && node["$ref"].is_string()) {
            const json::json_pointer place{node["$ref"].get<std::string>().substr(1)};
            EXPECT_TRUE(openapi().contains(place)) << node;
        }
        for (const json& inner : node) {
            if (inner.is_structured()) follow(inner);
        }
    };
    follow(openapi());
}

TEST(OpenApi, EveryPathParameterIsDescribed) {
    for (const Operation& operation : operations()) {
        EXPECT_THAT(operation.target_of_nothing(), Not(HasSubstr("{"))) << operation.id;
    }
}

// Endpoints that somebody added without saying what they answer: src/api/rest/describe.
TEST(OpenApi, EveryAnswerIsDescribed) {
    std::string missing;
    for (const Operation& operation : operations()) {
        for (const auto& [status, answer] : operation.spec["responses"].items()) {
            if (answer.dump().find("x-undescribed") == std::string::npos) continue;
            missing += "\n  " + operation.endpoint + "  " + operation.method + " " + operation.path;
        }
    }
    EXPECT_EQ(missing, "") << "describe these in src/api/rest/describe";
}

TEST(OpenApi, AnUnchangedDocumentIsNotSentAgain) {
    HttpClient http{contract_stack().server().endpoint()};
    const auto first = http.get("/api/openapi.json");
    const auto again = http.get(
        "/api/openapi.json", {{"If-None-Match", first.header("ETag")}, {"Connection", "close"}}
    );
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
}

TEST(ApiDocs, ThePageLoadsNothingFromElsewhere) {
    HttpClient http{contract_stack().server().endpoint()};
    const auto page = http.get("/api/docs");
    ASSERT_EQ(page.status, 200);
    EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
    for (const auto* path : {"/api/docs/page.css", "/api/docs/page.js"}) {
        EXPECT_THAT(page.body, HasSubstr(std::string{"\""} + path + "\""));
        const auto part = http.get(path);
        EXPECT_EQ(part.status, 200) << path;
        EXPECT_THAT(part.body, Not(HasSubstr("https://"))) << path;
        EXPECT_THAT(part.body, Not(HasSubstr("page-text"))) << path;
    }
    EXPECT_THAT(page.body, Not(HasSubstr("://")));
    EXPECT_THAT(page.body, Not(HasSubstr("{{")));
}

// Real hosts that have told everything, so that lists are not empty.
TEST(Answers, LookAsDescribed) {
    Stack& stack = contract_stack();
    Fixtures fixtures{stack, Fixtures::Hosts::enrolled};
    AdminClient admin = stack.admin();
    std::size_t asked = 0;
    for (const RoleRow& row : role_rows()) {
        const Operation* operation = find_operation(row.endpoint);
        if (row.global[0] != 'Y' || operation == nullptr) continue;
        const auto response = admin.send(
            {.method = row.method,
             .target = operation->prefix() + fixtures.fill(row.path, Fixtures::Where::global),
             .body = fixtures.fill(row.body, Fixtures::Where::global)}
        );
        SCOPED_TRACE(std::string{row.endpoint} + "\n" + response.text().substr(0, 2'000));
        if (std::string{row.endpoint} == "change_password") continue;  // refused on purpose
        ++asked;
        const json schema = operation->answer_schema(response.status);
        EXPECT_TRUE(operation->spec["responses"].contains(std::to_string(response.status)));
        if (schema.is_null() || response.header("Content-Type").starts_with("text/")) continue;
        const json body = json::parse(response.body, nullptr, false);
        EXPECT_FALSE(body.is_discarded());
        EXPECT_EQ(check_schema(body, schema), std::vector<std::string>{});
    }
    EXPECT_GT(asked, 60U);
}

// With an optional switch each list shows more.
TEST(Answers, WithEverythingSwitchedOnLookAsDescribed) {
    Stack& stack = contract_stack();
    AdminClient admin = stack.admin();
    const auto agent = stack.enrolled("contract");
    const struct {
        const char* endpoint;
        const char* target;
    } rows[] = {
        {"list_hosts",
         "/hosts?populate_users=1&populate_labels=1&populate_software=1&populate_policies=1"},
        {"get_host_by_identifier", "/hosts/identifier/{uuid}"},
        {"host_summary", "/host_summary?low_disk_space=32&team_id=0"},
        {"me", "/me?include_ui_settings=1"},
        {"list_queries", "/queries?page=0&per_page=1&merge_inherited=1"},
        {"list_activities", "/activities?per_page=5"},
        {"list_labels", "/labels?include_host_counts=0"},
    };
    for (const auto& [endpoint, target] : rows) {
        std::string path = target;
        if (const auto at = path.find("{uuid}"); at != std::string::npos) {
            path.replace(at, 6, agent.machine().uuid);
        }
        const auto response = admin.get(path);
        SCOPED_TRACE(path + "\n" + response.text().substr(0, 2'000));
        ASSERT_EQ(response.status, 200);
        const Operation* operation = find_operation(endpoint);
        ASSERT_NE(operation, nullptr);
        EXPECT_EQ(
            check_schema(response.json(), operation->answer_schema(200)), std::vector<std::string>{}
        );
    }
}

}  // namespace
}  // namespace fleet::test
