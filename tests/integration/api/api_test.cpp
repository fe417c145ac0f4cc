#include "integration/api/api_test.hpp"

namespace fleet::test {

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
