// Software for people: rest-api-b 6, rest-api-a 13.23.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

/// Hosts are counted by a job.
constexpr auto kCounted = seconds{40};

class SoftwareApi : public ApiTest {
protected:
    static json package(const std::string& name, const std::string& version = "1.0") {
        return {
            {"name", name},
            {"version", version},
            {"source", "deb_packages"},
            {"vendor", "V"},
            {"arch", "amd64"}};
    }
    FakeAgent host_with(const json& rows) {
        auto agent = stack.enrolled(unique_name("sw"));
        const auto key = "fleet_detail_query_software_linux";
        expect_agent_ok(agent.write({{"queries", {{key, rows}}}, {"statuses", {{key, 0}}}}));
        return agent;
    }
    std::string id_of(const FakeAgent& agent) {
        return std::to_string(admin.host_id(agent.machine().uuid));
    }
    json get(const std::string& path) {
        const auto response = admin.get(path);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json();
    }
    /// Waits until as many are counted, on as many hosts in all; the list with them.
    json counted(const std::string& path, std::size_t count, std::uint64_t hosts) {
        json found;
        const auto is_counted = [&] {
            found = get(path);
            std::uint64_t sum = 0;
            for (const char* list : {"software", "software_titles"}) {
                if (!found.contains(list)) continue;
                for (const auto& one : found[list])
                    sum += one["hosts_count"].get<std::uint64_t>();
            }
            return found["count"] == count && sum == hosts;
        };
        EXPECT_TRUE(eventually(is_counted, kCounted)) << found.dump();
        return found;
    }
};

TEST_F(SoftwareApi, VersionsComeWithTheirHosts) {
    const auto name = unique_name("libver");
    host_with(json::array({package(name, "1.0"), package(name, "2.0")}));
    host_with(json::array({package(name, "2.0")}));

    counted("/software/versions?query=" + name, 2, 3);
    const json list = get("/software/versions?per_page=1&page=0&query=" + name);
    ASSERT_EQ(list["software"].size(), 1U);
    const json& first = list["software"][0];
    EXPECT_EQ(first["name"], name);
    EXPECT_EQ(first["version"], "2.0") << "the most common first";
    EXPECT_EQ(first["hosts_count"], 2);
    EXPECT_EQ(first["vendor"], "V");
    EXPECT_EQ(first["browser"], "");
    EXPECT_EQ(first["extension_for"], "");
    EXPECT_TRUE(first["vulnerabilities"].is_null());
    EXPECT_FALSE(first.contains("bundle_identifier"));
    EXPECT_TRUE(list["counts_updated_at"].is_string());
    EXPECT_EQ(list["meta"]["has_next_results"], true);
    EXPECT_EQ(list["meta"]["has_previous_results"], false);

    const json second = get("/software/versions?per_page=1&page=1&query=" + name);
    EXPECT_EQ(second["software"][0]["version"], "1.0");
    EXPECT_EQ(second["meta"]["has_next_results"], false);

    const auto id = first["id"].dump();
    EXPECT_EQ(get("/software/versions/" + id)["software"]["version"], "2.0");
    EXPECT_EQ(get("/software/" + id)["software"]["hosts_count"], 2);
    EXPECT_EQ(get("/software/count?query=" + name)["count"], 2);
    EXPECT_FALSE(get("/software?query=" + name).contains("meta"));
    expect_error(admin.get("/software/versions/99999999"), 404);
}

TEST_F(SoftwareApi, TitlesGroupVersions) {
    const auto name = unique_name("title");
    host_with(json::array({package(name, "1.0"), package(name, "2.0")}));
    host_with(json::array({package(name, "2.0")}));

    const json list = counted("/software/titles?query=" + name, 1, 2);
    const json& title = list["software_titles"][0];
    EXPECT_EQ(title["name"], name);
    EXPECT_EQ(title["hosts_count"], 2) << "a host with two versions is one host";
    EXPECT_EQ(title["versions_count"], 2);
    EXPECT_EQ(title["versions"][0]["version"], "2.0");
    EXPECT_TRUE(title["versions"][0]["vulnerabilities"].is_null());
    EXPECT_TRUE(title["software_package"].is_null());

    const json one = get("/software/titles/" + title["id"].dump())["software_title"];
    EXPECT_EQ(one["versions"][0]["hosts_count"], 2);
    EXPECT_EQ(one["versions"][1]["hosts_count"], 1);
    EXPECT_TRUE(one["counts_updated_at"].is_string());
    expect_error(admin.get("/software/titles/99999999"), 404);
}

TEST_F(SoftwareApi, WhatNoHostHasAnyMoreLeavesTheLists) {
    const auto name = unique_name("leaves");
    auto agent = host_with(json::array({package(name)}));
    counted("/software/versions?query=" + name, 1, 1);
    admin.del("/hosts/" + id_of(agent));
    counted("/software/versions?query=" + name, 0, 0);
    counted("/software/titles?query=" + name, 0, 0);
}

TEST_F(SoftwareApi, AHostsListIsByTitleAndPaged) {
    const auto stem = unique_name("host-");
    const auto agent = host_with(json::array(
        {package(stem + "b", "1"), package(stem + "b", "2"), package(stem + "a"), package("other")}
    ));
    const auto path = "/hosts/" + id_of(agent) + "/software";
    const json list = get(path + "?query=" + stem + "&per_page=1&page=1");
    EXPECT_EQ(list["count"], 2);
    ASSERT_EQ(list["software"].size(), 1U);
    EXPECT_EQ(list["software"][0]["name"], stem + "b");
    EXPECT_EQ(list["software"][0]["installed_versions"].size(), 2U);
    EXPECT_EQ(list["meta"]["has_next_results"], false);
    EXPECT_EQ(list["meta"]["has_previous_results"], true);
    EXPECT_EQ(get(path)["count"], 3);
    EXPECT_EQ(
        get(path + "?order_key=name&order_direction=desc&query=" + stem)["software"][0]["name"],
        stem + "b"
    );
    EXPECT_EQ(get(path + "?vulnerable=true")["count"], 0);
    expect_error(admin.get("/hosts/99999999/software"), 404);
}

TEST_F(SoftwareApi, HostsBringTheirSoftwareWhenAsked) {
    const auto name = unique_name("populate");
    const auto agent = host_with(json::array({package(name)}));
    const auto list = [&](const std::string& wish) {
        return get("/hosts?query=" + agent.machine().uuid + wish)["hosts"][0];
    };
    EXPECT_FALSE(list("").contains("software"));
    EXPECT_EQ(list("&populate_software=true")["software"][0]["name"], name);
    EXPECT_EQ(
        list("&populate_software=without_vulnerability_details")["software"][0]["name"], name
    );
    expect_error(
        admin.get("/hosts?populate_software=maybe"),
        400,
        "Bad request",
        "Invalid value for populate_software. Should be one of \"true\", \"false\", or "
        "\"without_vulnerability_details\"."
    );
    const json bare = get("/hosts/" + id_of(agent) + "?exclude_software=true");
    EXPECT_FALSE(bare["host"].contains("software"));
}

TEST_F(SoftwareApi, HostsAreFoundByTheirSoftware) {
    const auto name = unique_name("filter");
    const auto one = host_with(json::array({package(name, "1.0")}));
    const auto two = host_with(json::array({package(name, "2.0")}));
    host_with(json::array({package("something-else")}));
    const json title = counted("/software/titles?query=" + name, 1, 2)["software_titles"][0];
    const auto version = [&](const std::string& text) {
        for (const auto& v : title["versions"]) {
            if (v["version"] == text) return v["id"].dump();
        }
        return std::string{};
    };
    const auto hosts = [&](const std::string& filter) {
        std::vector<std::string> uuids;
        const json found = get("/hosts?" + filter);
        for (const auto& host : found["hosts"])
            uuids.push_back(host["uuid"]);
        EXPECT_EQ(get("/hosts/count?" + filter)["count"], uuids.size());
        return uuids;
    };
    using testing::ElementsAre;
    EXPECT_THAT(hosts("software_version_id=" + version("1.0")), ElementsAre(one.machine().uuid));
    EXPECT_THAT(hosts("software_id=" + version("2.0")), ElementsAre(two.machine().uuid));
    EXPECT_THAT(
        hosts("software_title_id=" + title["id"].dump()),
        ElementsAre(one.machine().uuid, two.machine().uuid)
    );
    EXPECT_THAT(hosts("software_title_id=99999999"), testing::IsEmpty());

    const auto by_version = admin.get("/hosts?software_version_id=" + version("1.0"));
    EXPECT_EQ(by_version.json()["software"]["version"], "1.0");
    EXPECT_LT(by_version.body.find("\"software\""), by_version.body.find("\"hosts\""));
    const json by_title = get("/hosts?software_title_id=" + title["id"].dump());
    EXPECT_EQ(by_title["software_title"]["name"], name);
}

TEST_F(SoftwareApi, BadParametersAreRefused) {
    expect_error(admin.get("/software/versions?order_key=nonsense"), 400);
    expect_error(admin.get("/software/versions?vulnerable=perhaps"), 400);
    expect_error(admin.get("/software/versions?exploit=true"), 422, "", "", "vulnerable");
    expect_error(admin.get("/software/versions?min_cvss_score=5"), 422, "", "", "vulnerable");
    expect_error(admin.get("/software/titles?team_id=x"), 400);
    EXPECT_EQ(get("/software/versions?vulnerable=true&min_cvss_score=5")["count"], 0);
}

}  // namespace
}  // namespace fleet::test
