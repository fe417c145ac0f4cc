// Bodies that are broken, enormous or bombs: a clear 4xx, the process alive, its memory flat.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/gzip.hpp"
#include "support/stack.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;
using std::chrono::seconds;

constexpr std::size_t kMiB = std::size_t{1} << 20;

const char* const kAgentOperations[] = {
    "enroll",
    "config",
    "log",
    "distributed/read",
    "distributed/write",
    "carve/begin",
    "carve/block"};

/// Routes of people that read a body.
const std::pair<const char*, const char*> kBodies[] = {
    {"POST", "/login"},
    {"POST", "/queries"},
    {"POST", "/spec/queries"},
    {"POST", "/queries/run"},
    {"POST", "/queries/run_by_identifiers"},
    {"POST", "/queries/delete"},
    {"POST", "/hosts/delete"},
    {"POST", "/hosts/search"},
    {"POST", "/targets"},
    {"POST", "/targets/count"},
    {"POST", "/users/admin"},
    {"POST", "/spec/enroll_secret"},
    {"POST", "/change_password"},
    {"PATCH", "/users/1"},
    {"GET", "/queries/run"},
};

class BadBody : public testing::Test {
protected:
    void SetUp() override { agent = std::make_unique<FakeAgent>(stack.enrolled("bad-body")); }

    void TearDown() override {
        ASSERT_TRUE(stack.server().running());
        EXPECT_EQ(agent->config().status, 200) << "honest agents go on";
    }

    Headers key() const { return {{"Authorization", "NodeKey " + agent->node_key()}}; }

    Headers gzipped() const {
        auto headers = key();
        headers.emplace_back("Content-Encoding", "gzip");
        return headers;
    }

    /// An error a person or agent can read, not a success and not a crash.
    static void expect_refused(
        const Response& response, const std::string& what, int highest = 499
    ) {
        SCOPED_TRACE(what + " -> " + response.text().substr(0, 300));
        EXPECT_GE(response.status, 400);
        EXPECT_LE(response.status, highest);
        const auto body = json::parse(response.body, nullptr, false);
        ASSERT_TRUE(body.is_object());
        EXPECT_TRUE(body.contains("error") || body.contains("message"));
    }

    std::size_t rss_mib() { return resident_kib(stack.server().process()) / 1024; }

    Stack& stack = shared_stack();
    AdminClient admin = stack.admin();
    std::unique_ptr<FakeAgent> agent;
};

std::vector<std::string> broken_documents() {
    return {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "nul",
        "tru",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1,",
        "{\"a\":1}}",
        "{'a':1}",
        "{\"node_key\":\"",
        "\xEF\xBB\xBF{}x",
        "\xFF\xFE\x00",
        std::string{"{\"a\":\"\0\"}", 9},
        std::string(100'000, '['),
        std::string(100'000, '{'),
        "{\"a\":1e999999}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\xC3\x28\"}",
        "{\"a\":\"\x01\"}",
        "NaN",
        "-",
        "01",
        "<xml/>",
        "a=b&c=d"};
}

TEST_F(BadBody, BrokenJsonAtEveryAgentEndpoint) {
    for (const auto* operation : kAgentOperations) {
        for (const auto& document : broken_documents()) {
            const auto response = agent->post(operation, document, key());
            const auto body = json::parse(response.body, nullptr, false);
            SCOPED_TRACE(
                std::string{operation} + " <- " + document.substr(0, 40) + " -> " +
                response.text().substr(0, 200)
            );
            ASSERT_TRUE(body.is_object()) << "agents take an empty body for success";
            EXPECT_LT(response.status, 500);
            if (std::string{operation} != "enroll") {
                EXPECT_FALSE(body.value("node_invalid", false)) << "the key in the header is right";
            }
        }
    }
}

TEST_F(BadBody, BrokenJsonAtEveryEndpointOfPeople) {
    for (const auto& [method, path] : kBodies) {
        for (const auto& document : broken_documents()) {
            const auto response = admin.send(
                {.method = method,
                 .target = std::string{"/api/latest/fleet"} + path,
                 .body = document}
            );
            if (response.status == 200 && std::string{path}.find("search") != std::string::npos)
                continue;
            expect_refused(response, std::string{path} + " <- " + document.substr(0, 40));
        }
    }
}

TEST_F(BadBody, WrongTypesEverywhere) {
    const std::vector<json> odd = {
        nullptr, true, 7, -1, 1e300, "text", json::array(), json::array({1}), json::object()};
    const std::vector<std::pair<std::string, std::vector<std::string>>> members = {
        {"enroll", {"enroll_secret", "host_identifier", "platform_type", "host_details"}},
        {"config", {"etag"}},
        {"log", {"log_type", "data"}},
        {"distributed/write", {"queries", "statuses", "messages", "stats"}},
        {"carve/begin", {"block_count", "block_size", "carve_size", "carve_id", "request_id"}},
        {"carve/block", {"block_id", "session_id", "request_id", "data"}},
    };
    for (const auto& [operation, names] : members) {
        for (const auto& name : names) {
            for (const auto& value : odd) {
                const json body = {{name, value}};
                const auto response = agent->post(operation, body.dump(), key());
                SCOPED_TRACE(
                    operation + " " + body.dump() + " -> " + response.text().substr(0, 200)
                );
                EXPECT_TRUE(json::parse(response.body, nullptr, false).is_object());
                EXPECT_TRUE(response.status < 500 || json::parse(response.body).contains("error"));
            }
        }
    }
    for (const auto& [method, path] : kBodies) {
        for (const auto* name :
             {"name",
              "query",
              "email",
              "password",
              "ids",
              "filters",
              "selected",
              "spec",
              "specs",
              "host_ids",
              "query_id",
              "global_role",
              "interval",
              "settings"}) {
            for (const auto& value : odd) {
                // Not a wrong type: an empty filter means every host.
                const bool everything = std::string_view{path} == "/hosts/delete" &&
                                        std::string_view{name} == "filters" && value.empty() &&
                                        value.is_object();
                // A failing login takes a second on purpose.
                const bool slow = std::string_view{path} == "/login" &&
                                  std::string_view{name} != "email" &&
                                  std::string_view{name} != "password";
                if (everything || slow) continue;
                const auto response = admin.send({
                    .method = method,
                    .target = std::string{"/api/latest/fleet"} + path,
                    .body = json{{name, value}}.dump(),
                });
                EXPECT_LT(response.status, 500)
                    << path << " " << name << "=" << value << " " << response.text();
            }
        }
    }
}

TEST_F(BadBody, AHundredMegabytesAreNotHeld) {
    const std::string large(100 * kMiB, 'x');
    const auto before = rss_mib();
    for (const auto* operation : {"log", "distributed/write", "config", "enroll"}) {
        try {
            expect_refused(agent->post(operation, large, key()), operation);
        } catch (const NetworkError&) {
            // Closed before everything was sent, which is a refusal, too.
        }
    }
    try {
        expect_refused(
            admin.send({.method = "POST", .target = "/api/latest/fleet/queries", .body = large}),
            "queries"
        );
    } catch (const NetworkError&) {
        admin.http().disconnect();
    }
    EXPECT_LT(rss_mib(), before + 80);
}

TEST_F(BadBody, GzipBombsAreNotUnfolded) {
    const auto bomb = gzip_bomb(500 * kMiB);
    const auto before = rss_mib();
    for (const auto* operation :
         {"log", "distributed/write", "config", "distributed/read", "enroll", "carve/begin"}) {
        expect_refused(agent->post(operation, bomb, gzipped()), operation);
    }
    expect_refused(
        admin.send(
            {.method = "POST",
             .target = "/api/latest/fleet/queries",
             .headers = {{"Content-Encoding", "gzip"}},
             .body = bomb}
        ),
        "queries"
    );
    EXPECT_LT(rss_mib(), before + 80);
}

TEST_F(BadBody, BrokenGzipIsRefused) {
    const auto whole = gzip(json{{"log_type", "status"}, {"data", json::array()}}.dump());
    auto flipped = whole;
    flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 0x55);
    for (const auto& body :
         {whole.substr(0, whole.size() / 2),
          flipped,
          std::string{"no gzip"},
          std::string{"\x1f\x8b", 2}}) {
        expect_refused(agent->post("log", body, gzipped()), "gzip");
    }
    EXPECT_EQ(agent->post("log", whole, gzipped()).status, 200);
}

TEST_F(BadBody, MemoryStaysFlatOverThousandsOfRefusals) {
    const auto hammer = [&] {
        for (int i = 0; i < 400; ++i) {
            agent->post("distributed/write", std::string(50'000, '['), key());
            agent->post("log", std::string(100'000, 'x'), key());
        }
    };
    hammer();
    const auto before = rss_mib();
    hammer();
    hammer();
    EXPECT_LT(rss_mib(), before + 40);
}

}  // namespace
}  // namespace fleet::test
