#include "http/refusal.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "http/response_head.hpp"

namespace fleet::http {
namespace {

using nlohmann::json;

TEST(Refusal, RestBodyHasMessageErrorsAndId) {
    const auto body = json::parse(refusal_body(Audience::rest, 413, "too \"big\"\n", "id-1"));

    EXPECT_EQ(body, json::parse(R"({"message": "Request Entity Too Large", "uuid": "id-1",
                        "errors": [{"name": "base", "reason": "too \"big\"\n"}]})"));
}

TEST(Refusal, OsqueryBodyAlwaysHasANonEmptyErrorAndNeverNodeInvalid) {
    for (const int status : {400, 404, 408, 413, 500, 503}) {
        const auto body = json::parse(refusal_body(Audience::osquery, status, ""));
        EXPECT_FALSE(body.at("error").get<std::string>().empty());
        EXPECT_FALSE(body.contains("node_invalid"));
    }
}

TEST(Refusal, WithoutARouteBothKindsOfClientUnderstandIt) {
    const auto body = json::parse(refusal_body(Audience::unrouted, 404, "nothing here"));

    EXPECT_EQ(body.at("error"), "nothing here");
    EXPECT_EQ(body.at("message"), "Resource Not Found");
    EXPECT_EQ(body.at("errors").at(0).at("reason"), "nothing here");
}

TEST(JsonString, EscapesControlsAndReplacesWhatIsNotText) {
    EXPECT_EQ(json_string("a\x01\t\"\\"), R"("a\u0001\t\"\\")");
    EXPECT_EQ(json_string("\xFF"), "\"\xEF\xBF\xBD\"");
    EXPECT_EQ(json_string("\xC3\xA9"), "\"\xC3\xA9\"");
}

TEST(ResponseHead, AgentsGetTheLeast) {
    std::string head;
    append_head(head, Response{}, {.agent = true, .length = 2, .request_id = "r"});

    EXPECT_EQ(
        head,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
        "Content-Length: 2\r\n\r\n"
    );
}

TEST(ResponseHead, PeopleAlsoGetDateAndRequestId) {
    std::string head;
    append_head(head, Response{}, {.keep_alive = false, .length = 0, .request_id = "r"});

    EXPECT_NE(head.find("\r\nDate: "), std::string::npos);
    EXPECT_NE(head.find("\r\nX-Request-Id: r\r\n"), std::string::npos);
    EXPECT_NE(head.find("\r\nConnection: close\r\n"), std::string::npos);
}

TEST(ResponseHead, ALineBreakInAValueStartsNoOtherHeader) {
    std::string head;
    append_head(head, Response{.headers = {{"X", "a\r\nSet-Cookie: b"}}}, {.agent = true});

    EXPECT_NE(head.find("X: aSet-Cookie: b\r\n"), std::string::npos);
}

}  // namespace
}  // namespace fleet::http
