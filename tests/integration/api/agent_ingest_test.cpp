// From rows to the host a person sees: agent-api B.8.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class AgentIngest : public ApiTest {
protected:
    void deliver(const std::string& name, const json& rows) {
        const auto key = "fleet_detail_query_" + name;
        expect_agent_ok(agent->write({{"queries", {{key, rows}}}, {"statuses", {{key, 0}}}}));
    }

    json host() { return admin.host(agent->machine().uuid); }

    void use(const std::string& platform) {
        agent = std::make_unique<FakeAgent>(stack.enrolled("ingest", platform));
    }

    std::unique_ptr<FakeAgent> agent;
};

TEST_F(AgentIngest, FillsEveryVital) {
    use("ubuntu");
    const auto found = host();
    EXPECT_EQ(found["primary_ip"], agent->machine().ip);
    EXPECT_EQ(found["primary_mac"], agent->machine().mac);
    EXPECT_EQ(found["public_ip"], "127.0.0.1");
    EXPECT_EQ(found["uptime"], 86400LL * 1'000'000'000);
    EXPECT_EQ(found["cpu_physical_cores"], 4);
    EXPECT_EQ(found["cpu_logical_cores"], 8);
    EXPECT_EQ(found["hardware_vendor"], "QEMU");
    EXPECT_EQ(found["computer_name"], agent->machine().hostname);
    EXPECT_EQ(found["display_name"], agent->machine().hostname);
    EXPECT_EQ(found["platform_like"], "debian");
    EXPECT_EQ(found["code_name"], "jammy");
    EXPECT_EQ(found["gigs_disk_space_available"], 210.5);
    EXPECT_EQ(found["percent_disk_space_available"], 42);
    EXPECT_EQ(found["gigs_total_disk_space"], 500);
    EXPECT_EQ(found["distributed_interval"], 10);
    EXPECT_EQ(found["config_tls_refresh"], 60);
    ASSERT_EQ(found["users"].size(), 1U);
    EXPECT_EQ(found["users"][0]["username"], "ada");
}

TEST_F(AgentIngest, NoSecondsOfRestartTimeWander) {
    // agent-api B.8.1: last_restarted_at moves only when it differs by more than 30 s.
    use("ubuntu");
    deliver("uptime", json::array({{{"total_seconds", "1000"}}}));
    const auto first = host()["last_restarted_at"];
    deliver("uptime", json::array({{{"total_seconds", "1010"}}}));
    EXPECT_EQ(host()["last_restarted_at"], first);
    deliver("uptime", json::array({{{"total_seconds", "10"}}}));
    EXPECT_NE(host()["last_restarted_at"], first);
}

struct OsText {
    const char* name;
    const char* platform;
    const char* query;
    json row;
    const char* expected;
};

class AgentIngestOs : public AgentIngest, public testing::WithParamInterface<OsText> {};

TEST_P(AgentIngestOs, ReadsLikePeopleSayIt) {
    use(GetParam().platform);
    deliver(GetParam().query, json::array({GetParam().row}));
    EXPECT_EQ(host()["os_version"], GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Systems,
    AgentIngestOs,
    testing::Values(
        OsText{
            "ubuntu",
            "ubuntu",
            "os_version",
            {{"name", "Ubuntu"},
             {"version", "24.04.1 LTS (Noble Numbat)"},
             {"major", "24"},
             {"minor", "4"},
             {"patch", "0"},
             {"platform", "ubuntu"}},
            "Ubuntu 24.04.1 LTS"},
        OsText{
            "debian",
            "debian",
            "os_version",
            {{"name", "Debian GNU/Linux"},
             {"version", "12 (bookworm)"},
             {"major", "12"},
             {"minor", "0"},
             {"patch", "0"},
             {"platform", "debian"}},
            "Debian GNU/Linux 12.0.0"},
        OsText{
            "macos",
            "darwin",
            "os_version",
            {{"name", "macOS"},
             {"version", "14.5"},
             {"major", "14"},
             {"minor", "5"},
             {"patch", "0"},
             {"build", "23F79"},
             {"platform", "darwin"},
             {"extra", "(a)"}},
            "macOS 14.5.0 (a)"},
        OsText{
            "rolling",
            "arch",
            "os_version",
            {{"name", "Arch Linux"},
             {"version", ""},
             {"major", "0"},
             {"minor", "0"},
             {"patch", "0"},
             {"build", "rolling"},
             {"platform", "arch"}},
            "Arch Linux rolling"},
        OsText{
            "windows",
            "windows",
            "os_version_windows",
            {{"name", "Microsoft Windows 11 Pro"},
             {"display_version", "23H2"},
             {"version", "10.0.22631"},
             {"kernel_version", "10.0.22631"},
             {"ubr", "3007"},
             {"installation_type", "Client"},
             {"platform", "windows"}},
            "Windows 11 Pro 23H2 10.0.22631.3007"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(AgentIngest, PlaceholderSerialsAreNotKept) {
    use("ubuntu");
    const auto serial_after = [&](const std::string& serial) {
        auto row = detail_rows(agent->machine(), "system_info")[0];
        row["hardware_serial"] = serial;
        deliver("system_info", json::array({row}));
        return host()["hardware_serial"].get<std::string>();
    };
    EXPECT_EQ(serial_after("ABC123"), "ABC123");
    EXPECT_EQ(serial_after("-1"), "ABC123") << "means: no answer";
    EXPECT_EQ(serial_after("Default string"), "");
}

TEST_F(AgentIngest, AnEmptyHostnameKeepsTheOld) {
    use("ubuntu");
    auto row = detail_rows(agent->machine(), "system_info")[0];
    row["hostname"] = "";
    deliver("system_info", json::array({row}));
    EXPECT_EQ(host()["hostname"], agent->machine().hostname);
}

TEST_F(AgentIngest, NumbersThatAreNoneAreHarmless) {
    use("ubuntu");
    auto row = detail_rows(agent->machine(), "system_info")[0];
    row["physical_memory"] = "";
    row["cpu_physical_cores"] = "many";
    row["cpu_logical_cores"] = "99999999999999999999";
    deliver("system_info", json::array({row}));
    // Unknown reads as zero or leaves what was known; it never becomes a wrong number.
    const auto found = host();
    EXPECT_THAT(found["memory"].get<std::int64_t>(), testing::AnyOf(0, 16777216000));
    EXPECT_THAT(found["cpu_physical_cores"].get<int>(), testing::AnyOf(0, 4));
    EXPECT_THAT(found["cpu_logical_cores"].get<int>(), testing::AnyOf(0, 8));
}

TEST_F(AgentIngest, TextLongerThanItsColumnIsCut) {
    use("ubuntu");
    auto row = detail_rows(agent->machine(), "system_info")[0];
    row["hardware_model"] = std::string(4000, 'm');
    row["computer_name"] = "\xF0\x9F\x90\xA7 penguin";
    deliver("system_info", json::array({row}));
    EXPECT_THAT(host()["hardware_model"].get<std::string>(), StartsWith("mmmm"));
    EXPECT_EQ(host()["computer_name"], "\xF0\x9F\x90\xA7 penguin");
}

TEST_F(AgentIngest, UsersFollowTheMachine) {
    use("ubuntu");
    const auto user = [](const char* uid, const char* name) {
        return json{
            {"uid", uid},
            {"username", name},
            {"type", ""},
            {"groupname", name},
            {"shell", "/bin/sh"}};
    };
    const auto names = [&] {
        std::vector<std::string> result;
        const auto found = host();
        for (const auto& entry : found.at("users"))
            result.push_back(entry["username"]);
        return result;
    };
    deliver("users", json::array({user("1", "ada"), user("2", "bo")}));
    EXPECT_THAT(names(), testing::UnorderedElementsAre("ada", "bo"));
    deliver("users", json::array({user("2", "bo"), user("3", "cy")}));
    EXPECT_THAT(names(), testing::UnorderedElementsAre("bo", "cy"));
}

TEST_F(AgentIngest, CertificatesArePagedWithoutGaps) {
    use("darwin");
    json rows = json::array();
    for (const char* name : {"a", "b", "c"})
        rows.push_back({{"sha1", std::string{"sha-"} + name}, {"common_name", name}});
    deliver("certificates_darwin", rows);
    const auto path = "/hosts/" + std::to_string(admin.host_id(agent->machine().uuid)) +
                      "/certificates?order_key=common_name&per_page=1&page=";
    for (int page = 0; page < 3; ++page) {
        const json found = admin.get(path + std::to_string(page)).json();
        ASSERT_EQ(found["certificates"].size(), 1U);
        EXPECT_EQ(found["certificates"][0]["common_name"], std::string(1, "abc"[page]));
        EXPECT_EQ(found["meta"]["has_next_results"], page < 2);
    }
}

TEST_F(AgentIngest, BatteriesShowTheirHealth) {
    use("darwin");
    const auto battery = [](const char* serial, const char* cycles, const char* most) {
        return json{
            {"serial_number", serial},
            {"cycle_count", cycles},
            {"designed_capacity", "5000"},
            {"max_capacity", most}};
    };
    deliver(
        "battery",
        json::array(
            {battery("a", "10", "4900"), battery("b", "10", "3000"), battery("c", "1200", "4900")}
        )
    );
    std::vector<std::string> health;
    const auto found = host();
    for (const auto& entry : found.at("batteries"))
        health.push_back(entry["health"]);
    EXPECT_THAT(
        health,
        testing::UnorderedElementsAre("Normal", "Service recommended", "Service recommended")
    );
}

}  // namespace
}  // namespace fleet::test
