// Text that would be SQL, format strings or worse somewhere else: it is only text here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/stack.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;

const std::vector<std::string> kTexts = {
    "'; DROP TABLE hosts; --",
    "\" OR \"\"=\"",
    "' OR 1=1 -- ",
    "\\'; DELETE FROM users; --",
    "%s%s%n%p {} {0}",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "${jndi:ldap://x}",
    "a\nb\r\nc\td",
    "\xF0\x9F\x90\xA7\xC3\xA9\xE2\x80\xAE",
    "`id`",
    "%00%27",
    "\x7F\x01",
};

std::string escaped(const std::string& text) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0) {
            result += c;
        } else {
            result += '%';
            result += kHex[byte >> 4];
            result += kHex[byte & 15];
        }
    }
    return result;
}

class BadText : public testing::TestWithParam<std::size_t> {
protected:
    [[nodiscard]] const std::string& text() const { return kTexts[GetParam()]; }

    void TearDown() override {
        ASSERT_TRUE(stack.server().running());
        auto sql = stack.sql();
        EXPECT_NE(sql.value("SELECT COUNT(*) FROM users"), "0");
        EXPECT_NE(sql.value("SELECT COUNT(*) FROM hosts"), "0");
    }

    Stack& stack = shared_stack();
    AdminClient admin = stack.admin();
};

TEST_P(BadText, InEveryStringOfAnAgent) {
    auto agent = stack.agent("text");
    auto& machine = agent.machine();
    machine.hostname = text() + unique_name("h");
    machine.os_name = text();
    machine.os_version = text();
    machine.osquery_version = text();
    machine.ip = text();
    machine.mac = text();
    auto body = agent.enroll_body();
    for (auto& [table, row] : body["host_details"].items()) {
        for (auto& [column, value] : row.items()) {
            if (column != "uuid" && column != "hostname" && column != "platform") value = text();
        }
    }
    machine.osquery_version = "5.23.1";
    ASSERT_EQ(agent.enroll(body).status, 200);

    auto asked = agent.read().json();
    asked["queries"]["fleet_distributed_query_" + text()] = "";
    asked["queries"][text()] = "";
    auto answer = agent.answer(asked);
    for (auto& [name, rows] : answer["queries"].items()) {
        if (name.ends_with("system_info") || name.ends_with("os_version")) continue;
        for (auto& row : rows) {
            for (auto& [column, value] : row.items())
                value = text();
        }
        answer["messages"][name] = text();
    }
    EXPECT_LT(agent.write(answer).status, 500);
    for (const auto& name :
         {text(), "pack/Global/" + text(), "pack" + text() + "Global" + text() + "x"}) {
        const auto line = snapshot_line(name, {{{text(), text()}}}, 1795381515);
        EXPECT_EQ(
            agent.log("result", json::array({line, event_line(name, {{text(), text()}})})).status,
            200
        );
    }
    EXPECT_EQ(agent.log("status", json::array({status_line(text())})).status, 200);
    EXPECT_EQ(
        agent
            .carve_begin(
                {{"block_count", 1},
                 {"block_size", 9},
                 {"carve_size", 9},
                 {"carve_id", text()},
                 {"request_id", text().substr(0, 40)}}
            )
            .status,
        200
    );

    const auto host = admin.host(machine.uuid);
    ASSERT_FALSE(host.is_null());
    EXPECT_EQ(host["hostname"], machine.hostname);
    EXPECT_EQ(host["hardware_vendor"].get<std::string>(), "QEMU") << "the last write wins";
    EXPECT_EQ(admin.get("/hosts?query=" + escaped(machine.hostname)).json()["hosts"].size(), 1U);
}

TEST_P(BadText, InAForgedEnrolment) {
    auto agent = stack.agent("forged");
    agent.set_secret(text());
    EXPECT_EQ(agent.enroll().status, 401);
    auto other = stack.agent("forged");
    auto body = other.enroll_body();
    body["host_identifier"] = text() + unique_name("i");
    EXPECT_EQ(other.enroll(body).status, 200);
    other.set_node_key(text());
    other.use(FakeAgent::Auth::body);  // not every text may stand in a header
    // A key that no HTTP header can carry is refused before anybody looks it up.
    EXPECT_THAT(other.call("config", json::object()).status, testing::AnyOf(401, 400));
}

TEST_P(BadText, InEveryStringOfAPerson) {
    const auto name = text() + unique_name("q");
    const auto created =
        admin.post("/queries", {{"name", name}, {"query", text()}, {"description", text()}});
    ASSERT_EQ(created.status, 200) << created.text();
    const auto query = created.json()["query"];
    EXPECT_EQ(query["name"], name);
    EXPECT_EQ(query["query"], text());
    EXPECT_EQ(admin.get("/queries?query=" + escaped(name)).json()["queries"].size(), 1U);
    EXPECT_EQ(admin.get("/spec/queries/" + escaped(name)).json()["specs"]["name"], name);
    EXPECT_EQ(admin.del("/queries/" + escaped(name)).status, 200);

    const auto odd = escaped(text());
    for (const auto* path :
         {"/hosts?query=",
          "/hosts?order_key=",
          "/hosts?order_key=id&after=",
          "/hosts?status=",
          "/hosts?team_id=",
          "/hosts/count?query=",
          "/hosts/identifier/",
          "/hosts/report?format=csv&columns=",
          "/hosts/report?format=csv&query=",
          "/host_summary?platform=",
          "/users?query=",
          "/users?order_key=",
          "/queries?query=",
          "/queries?order_key=",
          "/queries?platform=",
          "/spec/queries/",
          "/carves?order_key="}) {
        EXPECT_LT(admin.get(path + odd).status, 500) << path;
    }
    for (const auto* path : {"/hosts/search", "/targets"}) {
        EXPECT_EQ(admin.post(path, {{"query", text()}}).status, 200) << path;
    }
    const auto run = admin.post(
        "/queries/run_by_identifiers",
        {{"query", text()}, {"selected", {{"hosts", {text()}}, {"labels", {text()}}}}}
    );
    EXPECT_EQ(run.status, 400) << run.text();
    AdminClient stranger{admin.endpoint()};
    EXPECT_EQ(stranger.login(text(), text()).status, 401);
    EXPECT_EQ(stranger.login(kAdminEmail, text()).status, 401);
    const auto user = admin.post(
        "/users/admin",
        {{"name", text()},
         {"email", unique_name("t") + "@example.test"},
         {"password", kPassword},
         {"global_role", "observer"},
         {"position", text()}}
    );
    EXPECT_EQ(user.status, 200) << user.text();
    EXPECT_EQ(user.json()["user"]["name"], text());
}

INSTANTIATE_TEST_SUITE_P(Texts, BadText, testing::Range(std::size_t{0}, kTexts.size()));

class NulText : public testing::Test {
protected:
    Stack& stack = shared_stack();
    AdminClient admin = stack.admin();
};

TEST_F(NulText, IsRefusedOrStoredHarmlesslyButNeverCutsMeaning) {
    const std::string nul{"admin\0@example.test", 19};
    EXPECT_EQ(AdminClient{admin.endpoint()}.login(nul, kPassword).status, 401);
    const auto name = std::string{"nul\0", 4} + unique_name("x");
    const auto created =
        admin.post("/queries", {{"name", name}, {"query", std::string{"SELECT '\0'", 10}}});
    EXPECT_LT(created.status, 500) << created.text();
    auto agent = stack.agent("nul");
    agent.set_secret(std::string{kEnrollSecret} + std::string{"\0x", 2});
    EXPECT_EQ(agent.enroll().status, 401) << "a secret must not end at its first NUL";
    EXPECT_LT(admin.get("/hosts/identifier/a%00b").status, 500);
}

}  // namespace
}  // namespace fleet::test
