#include "fleet/api/rest/openapi.hpp"

#include <gtest/gtest.h>

namespace fleet::api::rest {
namespace {

using json::Value;

EndpointInfo info(http::Method method, const char* path, const char* name) {
    return {.method = method, .path = path, .name = name, .who = Who::user};
}

struct Request {
    std::uint64_t id = 0;
    std::string team_id{};
    std::optional<std::string> name{};
    static void fields(auto&& field) {
        field("id", &Request::id, json::in_path);
        field("team_id", &Request::team_id, json::in_query);
        field("name", &Request::name);
    }
};

TEST(OpenApiDocument, TakesParametersAndBodyFromTheRequestStruct) {
    EndpointInfo endpoint = info(http::Method::patch, "/hosts/{id:uint}", "no_such_description");
    endpoint.describe = &detail::describe<Request, Empty>;

    const Value document = openapi_document(std::vector{endpoint}, "");

    const Value& operation = document["paths"]["/hosts/{id}"]["patch"];
    EXPECT_EQ(operation["summary"], "No such description");
    EXPECT_EQ(operation["parameters"][0]["name"], "id");
    EXPECT_EQ(operation["parameters"][0]["schema"]["type"], "integer");
    EXPECT_EQ(operation["parameters"][1]["name"], "team_id");
    EXPECT_EQ(operation["parameters"][1]["description"], "Also accepted as `fleet_id`.");
    const Value& body = operation["requestBody"]["content"]["application/json"]["schema"];
    EXPECT_EQ(body["properties"]["name"]["type"], Value::array({"string", "null"}));
    EXPECT_EQ(body["properties"].size(), 1U);
    EXPECT_EQ(operation["tags"][0], "Hosts");
}

TEST(OpenApiDocument, MarksAnswersThatNobodyDescribed) {
    const Value document = openapi_document(std::vector{info(http::Method::get, "/x", "x")}, "");

    const Value& answer = document["paths"]["/x"]["get"]["responses"]["200"];
    EXPECT_EQ(answer["content"]["application/json"]["schema"]["x-undescribed"], true);
}

TEST(OpenApiDocument, SaysUnderWhichVersionsAPathIs) {
    EndpointInfo old = info(http::Method::post, "/schedule", "pack_schedule");
    old.options.versions = Versions::v1_only;
    EndpointInfo recent = info(http::Method::post, "/schedule", "global_schedule");
    recent.options.versions = Versions::from_2022;

    const Value document = openapi_document(std::vector{recent, old}, "/x");

    const Value& newer = document["paths"]["/schedule"]["post"];
    EXPECT_EQ(newer["x-endpoint"], "global_schedule");
    EXPECT_EQ(newer["servers"][0]["url"], "/x/api/{version}/fleet");
    EXPECT_EQ(
        newer["servers"][0]["variables"]["version"]["enum"], Value::array({"2022-04", "latest"})
    );
    const Value& older = document["paths"]["/api/v1/fleet/schedule"]["post"];
    EXPECT_EQ(older["x-endpoint"], "pack_schedule");
    EXPECT_EQ(older["servers"][0]["url"], "/x");
}

TEST(OpenApiDocument, PathsOfOneSkeletonShareAnEntry) {
    const Value document = openapi_document(
        std::vector{
            info(http::Method::get, "/reports/{id:uint}", "get_query"),
            info(http::Method::del, "/reports/{name}", "delete_query")},
        ""
    );

    ASSERT_EQ(document["paths"].size(), 1U);
    const Value& item = document["paths"]["/reports/{id}"];
    EXPECT_EQ(item["get"]["parameters"][0]["schema"]["type"], "integer");
    EXPECT_EQ(item["delete"]["parameters"][0]["name"], "id");
    EXPECT_EQ(item["delete"]["parameters"][0]["schema"]["type"], "string");
    EXPECT_EQ(item["delete"]["description"], "Also at `/queries/{name}`.");
}

}  // namespace
}  // namespace fleet::api::rest
