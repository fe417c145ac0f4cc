#include "integration/api/api_test.hpp"

#include <set>
#include <sstream>

#include "fleet/core/activity_types.hpp"

namespace fleet::test {
namespace {

/// The members that details of a type may have: rest-api-a 8.6, abbreviations written out.
std::set<std::string> documented(const ActivityType& type) {
    std::set<std::string> out;
    std::istringstream words{std::string{type.details}};
    for (std::string word; words >> word;) {
        if (word == "F") {
            out.insert({"team_id", "team_name"});
        } else if (word == "H") {
            out.insert({"host_id", "host_display_name"});
        } else if (word == "L") {
            out.insert({"labels_include_any", "labels_include_all", "labels_exclude_any"});
        } else {
            out.insert(word);
        }
    }
    return out;
}

}  // namespace

void ApiTest::TearDownTestSuite() {
    static std::string seen = "0";
    const auto rows = shared_stack().sql().query(
        "SELECT id, activity_type, COALESCE(details, '{}') FROM activities WHERE id > " + seen +
        " ORDER BY id"
    );
    for (const auto& row : rows) {
        seen = row[0];
        SCOPED_TRACE(row[1] + " " + row[2]);
        const auto* type = find_activity_type(row[1]);
        if (type == nullptr) {
            ADD_FAILURE() << "not a documented activity";
            continue;
        }
        const auto known = documented(*type);
        const auto details = json::parse(row[2], nullptr, false);
        EXPECT_TRUE(details.is_object());
        for (const auto& [key, value] : details.items())
            EXPECT_TRUE(known.contains(key)) << "not a documented detail: " << key;
    }
}

void expect_error(
    const Response& response,
    int status,
    const std::string& message,
    const std::string& reason,
    const std::string& name
) {
    SCOPED_TRACE(response.text());
    EXPECT_EQ(response.status, status);
    const auto body = json::parse(response.body, nullptr, false);
    ASSERT_TRUE(body.is_object());
    if (!message.empty()) {
        EXPECT_EQ(body.value("message", ""), message);
    }
    if (reason.empty() && name.empty()) return;
    ASSERT_TRUE(body.contains("errors") && body["errors"].is_array() && !body["errors"].empty());
    const auto& first = body["errors"][0];
    EXPECT_THAT(first.value("reason", ""), HasSubstr(reason));
    if (!name.empty()) {
        EXPECT_EQ(first.value("name", ""), name);
    }
}

void expect_agent_error(const Response& response) {
    SCOPED_TRACE(response.text().substr(0, 400));
    EXPECT_GE(response.status, 400);
    const auto body = json::parse(response.body, nullptr, false);
    ASSERT_TRUE(body.is_object());
    EXPECT_TRUE(body.contains("error")) << "osqueryd would take this for success";
    EXPECT_FALSE(body.value("node_invalid", false)) << "osqueryd would drop its node key";
}

void expect_node_invalid(const Response& response, const std::string& error) {
    SCOPED_TRACE(response.text());
    EXPECT_EQ(response.status, 401);
    const auto body = json::parse(response.body, nullptr, false);
    ASSERT_TRUE(body.is_object());
    EXPECT_EQ(body.value("node_invalid", json{}), json(true));
    EXPECT_THAT(body.value("error", ""), StartsWith(error));
}

void expect_agent_ok(const Response& response) {
    SCOPED_TRACE(response.text().substr(0, 400));
    EXPECT_EQ(response.status, 200);
    const auto body = json::parse(response.body, nullptr, false);
    ASSERT_TRUE(body.is_object()) << "an empty body means an empty configuration";
    EXPECT_FALSE(body.contains("error"));
    EXPECT_FALSE(body.value("node_invalid", false));
}

std::vector<std::string> keys_of(const json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items())
        keys.push_back(key);
    return keys;
}

}  // namespace fleet::test
