// Lists of hosts: rest-api-a 13.2 to 13.4.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

/// Five hosts that share a stem nobody else has.
class HostList : public ApiTest {
protected:
    void SetUp() override {
        stem = unique_name("list") + "x";
        static int rounds = 0;  // addresses must not repeat from case to case
        const int round = ++rounds;
        const std::vector<std::string> platforms = {
            "ubuntu", "darwin", "windows", "debian", "ubuntu"};
        for (std::size_t i = 0; i < platforms.size(); ++i) {
            auto machine =
                make_machine(stem + std::string(1, static_cast<char>('e' - i)), platforms[i]);
            machine.ip = "10.9." + std::to_string(round) + "." + std::to_string(i + 1);
            agents.emplace_back(stack.server().endpoint(), machine, kEnrollSecret);
            agents.back().enroll();
            agents.back().check_in();
        }
    }

    json list(const std::string& more) { return admin.get("/hosts?query=" + stem + more).json(); }

    std::vector<std::string> names(const std::string& more) {
        std::vector<std::string> found;
        const auto answer = list(more);
        for (const auto& host : answer.at("hosts")) {
            found.push_back(host.at("hostname").get<std::string>().substr(stem.size()));
        }
        return found;
    }

    using Names = std::vector<std::string>;
    std::string stem;
    std::vector<FakeAgent> agents;
};

TEST_F(HostList, HasNeitherCountNorMeta) {
    const auto answer = list("");
    EXPECT_EQ(answer.at("hosts").size(), 5U);
    EXPECT_FALSE(answer.contains("count"));
    EXPECT_FALSE(answer.contains("meta"));
    EXPECT_FALSE(answer.contains("error"));
}

TEST_F(HostList, ShowsTheDocumentedFields) {
    const auto host = list("&order_key=hostname").at("hosts").at(4);
    for (const auto* key :
         {"created_at",
          "updated_at",
          "id",
          "detail_updated_at",
          "label_updated_at",
          "policy_updated_at",
          "last_enrolled_at",
          "seen_time",
          "refetch_requested",
          "hostname",
          "uuid",
          "platform",
          "osquery_version",
          "orbit_version",
          "os_version",
          "build",
          "platform_like",
          "code_name",
          "uptime",
          "memory",
          "cpu_type",
          "cpu_subtype",
          "cpu_brand",
          "cpu_physical_cores",
          "cpu_logical_cores",
          "hardware_vendor",
          "hardware_model",
          "hardware_version",
          "hardware_serial",
          "computer_name",
          "public_ip",
          "primary_ip",
          "primary_mac",
          "distributed_interval",
          "config_tls_refresh",
          "logger_tls_period",
          "team_id",
          "team_name",
          "gigs_disk_space_available",
          "percent_disk_space_available",
          "gigs_total_disk_space",
          "issues",
          "status",
          "display_text",
          "display_name",
          "last_restarted_at"}) {
        EXPECT_TRUE(host.contains(key)) << key;
    }
    EXPECT_EQ(host["status"], "online");
    EXPECT_EQ(host["display_text"], host["hostname"]);
    EXPECT_FALSE(host.contains("users"));
    EXPECT_FALSE(host.contains("labels"));
}

TEST_F(HostList, SearchesEveryName) {
    const auto& machine = agents[2].machine();
    for (const auto& text :
         {machine.hostname,
          machine.uuid,
          machine.serial,
          machine.ip,
          machine.hostname.substr(1, machine.hostname.size() - 1)}) {
        const auto found = admin.get("/hosts?query=" + text).json().at("hosts");
        ASSERT_EQ(found.size(), 1U) << text;
        EXPECT_EQ(found[0]["uuid"], machine.uuid);
    }
    EXPECT_TRUE(admin.get("/hosts?query=no-such-host-anywhere").json().at("hosts").empty());
}

TEST_F(HostList, SearchTextIsNeverAPattern) {
    for (const auto* text : {"%25", "_", "%25%27%20OR%201%3D1%20--%20", "%5C", "%22", "%00"}) {
        const auto response = admin.get(std::string{"/hosts?query="} + text + stem);
        EXPECT_EQ(response.status, 200) << text;
        EXPECT_TRUE(response.json().at("hosts").empty()) << text;
    }
}

TEST_F(HostList, SortsAndPages) {
    EXPECT_EQ(names("&order_key=hostname"), (Names{"a", "b", "c", "d", "e"}));
    EXPECT_EQ(names("&order_key=hostname&order_direction=desc"), (Names{"e", "d", "c", "b", "a"}));
    EXPECT_EQ(names("&order_key=hostname&per_page=2"), (Names{"a", "b"}));
    EXPECT_EQ(names("&order_key=hostname&page=1&per_page=2"), (Names{"c", "d"}));
    EXPECT_EQ(names("&order_key=hostname&page=2&per_page=2"), Names{"e"});
    EXPECT_EQ(names("&order_key=hostname&page=9&per_page=2"), Names{});
    EXPECT_EQ(names("&order_key=display_name&order_direction=desc&per_page=1"), Names{"e"});
    EXPECT_EQ(names("&order_key=id"), (Names{"e", "d", "c", "b", "a"}));
}

TEST_F(HostList, CursorsGoOnAfterAValue) {
    EXPECT_EQ(names("&order_key=hostname&after=" + stem + "b&per_page=2"), (Names{"c", "d"}));
    const auto id = std::to_string(admin.host_id(agents[3].machine().uuid));
    EXPECT_EQ(names("&order_key=id&after=" + id), Names{"a"});
}

TEST_F(HostList, OrderKeysAreNeverSql) {
    for (const auto* key :
         {"nonsense",
          "id%3BDROP%20TABLE%20hosts",
          "(SELECT%201)",
          "hostname%20DESC",
          "h.id",
          "1"}) {
        const auto response = admin.get("/hosts?query=" + stem + "&order_key=" + key);
        EXPECT_TRUE(response.status == 200 || response.status == 400) << key << response.text();
    }
    EXPECT_EQ(list("").at("hosts").size(), 5U);
}

TEST_F(HostList, FiltersByStatus) {
    EXPECT_EQ(names("&status=online").size(), 5U);
    EXPECT_EQ(names("&status=new").size(), 5U);
    for (const auto* none : {"offline", "mia", "missing"}) {
        EXPECT_TRUE(names(std::string{"&status="} + none).empty()) << none;
    }
    expect_error(admin.get("/hosts?status=sleepy"), 400, "", "Invalid status: sleepy");
}

TEST_F(HostList, FiltersByTeamZero) {
    EXPECT_EQ(names("&team_id=0").size(), 5U);
    EXPECT_EQ(names("&fleet_id=0").size(), 5U);
    EXPECT_EQ(admin.get("/hosts?team_id=x").status, 400);
}

TEST_F(HostList, PopulatesOnRequest) {
    const auto host =
        list("&populate_users=true&populate_labels=true&per_page=1&order_key=hostname")
            .at("hosts")[0];
    EXPECT_EQ(host.at("users").size(), 1U);
    EXPECT_FALSE(host.at("labels").empty());
    expect_error(admin.get("/hosts?populate_users=maybe"), 400, "");
}

TEST_F(HostList, CountTakesTheSameFilters) {
    const auto count = [&](const std::string& query) {
        return admin.get("/hosts/count?" + query).json().value("count", -1);
    };
    EXPECT_EQ(count("query=" + stem), 5);
    EXPECT_EQ(count("query=" + stem + "&status=online"), 5);
    EXPECT_EQ(count("query=" + stem + "&status=offline"), 0);
    EXPECT_EQ(count("query=" + stem + "&page=3&per_page=1"), 5) << "paging is ignored";
    const auto label = stack.sql().value("SELECT id FROM labels WHERE name = 'macOS'");
    EXPECT_EQ(count("query=" + stem + "&label_id=" + label), 1);
    EXPECT_EQ(admin.get("/hosts/count?status=x").status, 400);
}

TEST_F(HostList, SummaryAddsUp) {
    const auto summary = admin.get("/host_summary").json();
    const auto total = summary.at("totals_hosts_count").get<int>();
    EXPECT_EQ(total, admin.get("/hosts/count").json().at("count"));
    EXPECT_EQ(summary["online_count"].get<int>() + summary["offline_count"].get<int>(), total);
    EXPECT_EQ(summary["mia_count"], summary["missing_30_days_count"]);
    EXPECT_GE(summary["new_count"].get<int>(), 5);
    EXPECT_GE(summary["all_linux_count"].get<int>(), 3);
    EXPECT_FALSE(summary.contains("team_id"));
    int by_platform = 0;
    for (const auto& entry : summary["platforms"])
        by_platform += entry["hosts_count"].get<int>();
    EXPECT_EQ(by_platform, total);
    std::vector<std::string> labels;
    for (const auto& label : summary["builtin_labels"]) {
        labels.push_back(label["name"]);
        EXPECT_EQ(label["label_type"], "builtin");
    }
    EXPECT_THAT(labels, testing::IsSupersetOf({"All Hosts", "macOS", "MS Windows", "All Linux"}));
    const auto macs = admin.get("/host_summary?platform=darwin").json();
    EXPECT_LT(macs["totals_hosts_count"].get<int>(), total);
    EXPECT_EQ(
        admin.get("/host_summary?platform=linux").json()["totals_hosts_count"],
        summary["all_linux_count"]
    );
}

}  // namespace
}  // namespace fleet::test
