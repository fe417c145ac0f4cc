// How the number of hosts went, and what they run: /host_summary/history,
// /host_summary/os_versions.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class HostHistory : public ApiTest {
protected:
    json hours(const std::string& more = "") {
        return admin.get("/host_summary/history" + more).json().at("history");
    }
    std::uint64_t hosts_of(const std::string& os_version) {
        const auto answer = admin.get("/host_summary/os_versions").json();
        for (const auto& one : answer.at("os_versions")) {
            if (one.at("os_version") == os_version) return one.at("hosts_count");
        }
        return 0;
    }
};

TEST_F(HostHistory, EndsWithThePresentMoment) {
    const auto agent = stack.enrolled("history");
    const auto now = hours().back();
    EXPECT_EQ(keys_of(now), (std::vector<std::string>{"at", "online", "total"}));
    const auto summary = admin.get("/host_summary").json();
    EXPECT_EQ(now.at("total"), summary.at("totals_hosts_count"));
    EXPECT_EQ(now.at("online"), summary.at("online_count"));
}

TEST_F(HostHistory, TheJobKeepsOneRowAnHourForEachTeam) {
    const std::string name = unique_name("history");
    const auto team = admin.post("/fleets", {{"name", name}}).json().at("team").at("id").dump();
    ASSERT_EQ(admin.post("/trigger?name=host_history", json::object()).status, 200);
    // The present hour is told as of now, so a recorded one never shows twice.
    EXPECT_EQ(hours("?days=1").size(), 1U);
    EXPECT_EQ(hours("?days=1&team_id=" + team).back().at("total"), 0);
    EXPECT_EQ(hours("?days=1&team_id=0").size(), 1U);
}

TEST_F(HostHistory, CountsHostsByVersionOfTheSystem) {
    auto machine = make_machine(unique_name("os"), "ubuntu");
    FakeAgent agent{stack.server().endpoint(), machine, kEnrollSecret};
    agent.enroll();
    agent.check_in();
    const auto host = admin.get("/hosts/identifier/" + machine.uuid).json().at("host");
    EXPECT_GE(hosts_of(host.at("os_version").get<std::string>()), 1U);
}

TEST_F(HostHistory, BadInputIsRefused) {
    expect_error(admin.get("/host_summary/history?days=0"), 400, "Bad request", "days must be");
    expect_error(admin.get("/host_summary/history?days=9999"), 400, "Bad request", "days must be");
    expect_error(admin.get("/host_summary/history?days=x"), 400, "Bad request", "Invalid days: x");
    expect_error(
        admin.get("/host_summary/os_versions?team_id=x"), 400, "Bad request", "Invalid team_id: x"
    );
}

}  // namespace
}  // namespace fleet::test
