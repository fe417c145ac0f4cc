// Installed software, from an agent's answer to what is stored: agent-api B.8.4.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

constexpr auto kLinux = "software_linux";

json package(const std::string& name, const std::string& version = "1.0") {
    return {
        {"name", name},
        {"version", version},
        {"source", "deb_packages"},
        {"arch", "amd64"},
        {"installed_path", ""},
        {"extension_id", ""}};
}

/// `count` packages that no other test has.
json packages(const std::string& stem, int count) {
    json rows = json::array();
    for (int i = 0; i < count; ++i)
        rows.push_back(package(stem + std::to_string(i)));
    return rows;
}

class AgentSoftware : public ApiTest {
protected:
    FakeAgent host(const std::string& platform = "ubuntu") {
        return stack.enrolled(unique_name("soft"), platform);
    }

    static json answers(const std::string& name, const json& rows, int status = 0) {
        const auto key = "fleet_detail_query_" + name;
        return {{"queries", {{key, rows}}}, {"statuses", {{key, status}}}};
    }
    static void deliver(FakeAgent& agent, const std::string& name, const json& rows) {
        expect_agent_ok(agent.write(answers(name, rows)));
    }
    static void deliver_both(
        FakeAgent& agent, const std::string& other, const json& rows, const json& others
    ) {
        json body = answers(kLinux, rows);
        body["queries"]["fleet_detail_query_" + other] = others;
        body["statuses"]["fleet_detail_query_" + other] = 0;
        expect_agent_ok(agent.write(body));
    }

    json software(const FakeAgent& agent) {
        return admin.host(agent.machine().uuid).at("software");
    }
    /// "name version", sorted.
    std::vector<std::string> listed(const FakeAgent& agent) {
        std::vector<std::string> out;
        const json list = software(agent);
        for (const auto& one : list)
            out.push_back(one["name"].get<std::string>() + " " + one["version"].get<std::string>());
        std::sort(out.begin(), out.end());
        return out;
    }
    std::string id_of(const FakeAgent& agent) {
        return std::to_string(admin.host_id(agent.machine().uuid));
    }
    std::string set_of(const FakeAgent& agent) {
        return sql.value("SELECT set_id FROM host_software WHERE host_id = " + id_of(agent));
    }
    std::uint64_t rows_in(const std::string& table) {
        return std::stoull(sql.value("SELECT COUNT(*) FROM " + table));
    }

    SqlClient sql = stack.sql();
};

TEST_F(AgentSoftware, IsAskedForWithTheOtherDetails) {
    auto agent = stack.agent("soft-asked");
    agent.enroll();
    agent.check_in();  // the platform comes with the enrolment
    admin.post("/hosts/" + id_of(agent) + "/refetch", json::object());
    const auto asked = agent.read().json();
    EXPECT_TRUE(asked["queries"].contains("fleet_detail_query_software_linux"));
    EXPECT_TRUE(asked["queries"].contains("fleet_detail_query_software_python_packages"));
    EXPECT_FALSE(asked["queries"].contains("fleet_detail_query_software_macos"));
    EXPECT_THAT(
        asked["discovery"]["fleet_detail_query_software_vscode_extensions"].get<std::string>(),
        HasSubstr("name = 'vscode_extensions'")
    );
}

TEST_F(AgentSoftware, TheWholeListReplacesTheOld) {
    auto agent = host();
    const auto stem = unique_name("whole-");
    deliver(agent, kLinux, json::array({package(stem + "a"), package(stem + "b")}));
    EXPECT_THAT(listed(agent), testing::ElementsAre(stem + "a 1.0", stem + "b 1.0"));
    deliver(agent, kLinux, json::array({package(stem + "b", "2.0"), package(stem + "c")}));
    EXPECT_THAT(listed(agent), testing::ElementsAre(stem + "b 2.0", stem + "c 1.0"));
    deliver(agent, kLinux, json::array());
    EXPECT_THAT(listed(agent), testing::IsEmpty());
}

TEST_F(AgentSoftware, AnEmptyNameIsSkipped) {
    auto agent = host();
    const auto name = unique_name("named");
    deliver(agent, kLinux, json::array({package(""), package(name), json{{"version", "1"}}}));
    EXPECT_THAT(listed(agent), testing::ElementsAre(name + " 1.0"));
}

TEST_F(AgentSoftware, AFailedMainQueryLeavesTheOld) {
    auto agent = host();
    const auto name = unique_name("kept");
    deliver(agent, kLinux, json::array({package(name)}));
    const auto set = set_of(agent);

    auto failed = answers(kLinux, json::array(), 1);
    failed["queries"]["fleet_detail_query_software_vscode_extensions"] =
        json::array({{{"name", "extra"}, {"version", "1"}, {"source", "vscode_extensions"}}});
    failed["statuses"]["fleet_detail_query_software_vscode_extensions"] = 0;
    expect_agent_ok(agent.write(failed));

    EXPECT_EQ(set_of(agent), set);
    EXPECT_THAT(listed(agent), testing::ElementsAre(name + " 1.0"));
}

TEST_F(AgentSoftware, ExtrasJoinTheMainList) {
    auto agent = host();
    const auto name = unique_name("main");
    deliver_both(
        agent,
        "software_vscode_extensions",
        json::array({package(name)}),
        json::array(
            {{{"name", name + "-ext"},
              {"version", "3"},
              {"source", "vscode_extensions"},
              {"vendor", "v"},
              {"extension_for", "vscode"}}}
        )
    );
    EXPECT_THAT(listed(agent), testing::ElementsAre(name + " 1.0", name + "-ext 3"));
}

TEST_F(AgentSoftware, PythonModulesAreNamedAsTheDistributionDoes) {
    auto agent = host();
    const auto stem = unique_name("py");
    const auto module = [](const std::string& name) {
        return json{{"name", name}, {"version", "9"}, {"source", "python_packages"}};
    };
    deliver_both(
        agent,
        "software_python_packages",
        json::array({package("python3-" + stem + "packaged")}),
        json::array({module(stem + "PACKAGED"), module(stem + "Own")})
    );
    EXPECT_THAT(
        listed(agent),
        testing::ElementsAre("python3-" + stem + "own 9", "python3-" + stem + "packaged 1.0")
    );
}

TEST_F(AgentSoftware, OrderDoesNotMatterAndEqualListsAreOne) {
    auto one = host();
    auto two = host();
    json rows = packages(unique_name("order"), 300);
    deliver(one, kLinux, rows);
    const auto buckets = rows_in("software_buckets");
    std::reverse(rows.begin(), rows.end());
    rows.push_back(rows.front());
    deliver(two, kLinux, rows);
    EXPECT_EQ(set_of(one), set_of(two));
    EXPECT_EQ(rows_in("software_buckets"), buckets);
    EXPECT_EQ(software(two).size(), 300U);
}

TEST_F(AgentSoftware, ListsThatAreNearlyEqualShareMostBuckets) {
    auto one = host();
    auto two = host();
    json rows = packages(unique_name("near"), 1'688);
    deliver(one, kLinux, rows);
    const auto software_rows = rows_in("software");
    const auto buckets = rows_in("software_buckets");
    rows[0]["version"] = "2.0";
    deliver(two, kLinux, rows);
    EXPECT_NE(set_of(one), set_of(two));
    EXPECT_EQ(rows_in("software"), software_rows + 1);
    EXPECT_EQ(rows_in("software_buckets"), buckets + 1) << "one of 32 changed";
    EXPECT_EQ(software(two).size(), 1'688U);
}

TEST_F(AgentSoftware, AnUnchangedListWritesNothing) {
    auto agent = host();
    const json rows = packages(unique_name("same"), 100);
    deliver(agent, kLinux, rows);
    const auto id = id_of(agent);
    const auto row = [&] {
        return sql.value(
            "SELECT CONCAT(set_id, ' ', updated_at) FROM host_software WHERE host_id = " + id
        );
    };
    const auto before = row();
    json reversed = rows;
    std::reverse(reversed.begin(), reversed.end());
    deliver(agent, kLinux, rows);
    deliver(agent, kLinux, reversed);
    EXPECT_EQ(row(), before);
}

TEST_F(AgentSoftware, WhatMovesByItselfLeavesTheSetAlone) {
    auto agent = host("darwin");
    const auto id = id_of(agent);
    const auto name = unique_name("app");
    const auto app = [&](std::int64_t opened, const std::string& path) {
        return json::array(
            {{{"name", name},
              {"version", "1"},
              {"source", "apps"},
              {"bundle_identifier", "test." + name},
              {"last_opened_at", std::to_string(opened) + ".25"},
              {"installed_path", path}}}
        );
    };
    constexpr std::int64_t kOpened = 1'772'000'000;
    deliver(agent, "software_macos", app(kOpened, "/Applications/A.app"));
    const auto set = set_of(agent);
    EXPECT_EQ(software(agent)[0]["last_opened_at"], "2026-02-25T06:13:20Z");
    EXPECT_EQ(software(agent)[0]["installed_paths"], json::array({"/Applications/A.app"}));
    const auto stored = [&] {
        return sql.value("SELECT HEX(opened) FROM host_software_opened WHERE host_id = " + id);
    };

    const auto before = stored();
    deliver(agent, "software_macos", app(kOpened + 100, "/Applications/A.app"));
    EXPECT_EQ(stored(), before) << "two minutes or less are not worth a row";
    deliver(agent, "software_macos", app(kOpened + 150, "/Users/ada/A.app"));
    EXPECT_EQ(software(agent)[0]["last_opened_at"], "2026-02-25T06:15:50Z");
    EXPECT_EQ(software(agent)[0]["installed_paths"], json::array({"/Users/ada/A.app"}));
    EXPECT_EQ(set_of(agent), set);
}

TEST_F(AgentSoftware, ProgramsOfAGuestSystemAreLeftOut) {
    auto agent = host("darwin");
    const auto name = unique_name("guest");
    deliver(
        agent,
        "software_macos",
        json::array(
            {{{"name", name}, {"source", "apps"}, {"bundle_identifier", "com.parallels.winapp.x"}},
             {{"name", name + "-own"}, {"source", "apps"}, {"bundle_identifier", "test.own"}}}
        )
    );
    EXPECT_THAT(listed(agent), testing::ElementsAre(name + "-own "));
}

TEST_F(AgentSoftware, TextThatIsTooLongOrStrangeIsStoredAsFarAsItGoes) {
    auto agent = host();
    const auto name = unique_name("long");
    deliver(
        agent,
        kLinux,
        json::array(
            {package(name + std::string(400, 'x'), "1"),
             package(name + "\xF0\x9F\x90\xA7", std::string{"2\0z", 3})}
        )
    );
    const auto list = listed(agent);
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].size(), 255U + 2U);
    EXPECT_THAT(list[1], StartsWith(name + "\xF0\x9F\x90\xA7 2"));
}

TEST_F(AgentSoftware, AHostThatGoesTakesItsListAlong) {
    auto agent = host();
    deliver(agent, kLinux, packages(unique_name("gone"), 3));
    const auto id = id_of(agent);
    admin.del("/hosts/" + id);
    EXPECT_EQ(sql.value("SELECT COUNT(*) FROM host_software WHERE host_id = " + id), "0");
}

TEST_F(AgentSoftware, ManyNewHostsAtOnceAreAllStored) {
    constexpr int kHosts = 24;
    const json shared = packages(unique_name("crowd"), 400);
    std::vector<FakeAgent> agents;
    for (int i = 0; i < kHosts; ++i)
        agents.push_back(host());
    std::vector<std::thread> threads;
    for (int i = 0; i < kHosts; ++i) {
        threads.emplace_back([&agent = agents[static_cast<std::size_t>(i)], shared, i] {
            json rows = shared;
            for (auto& own : packages("crowd-own" + std::to_string(i) + "-", 40))
                rows.push_back(own);
            deliver(agent, kLinux, rows);
        });
    }
    for (auto& thread : threads)
        thread.join();
    for (const auto& agent : agents)
        EXPECT_EQ(software(agent).size(), 440U);
}

TEST(AgentSoftwareOff, NothingIsAskedOrStored) {
    Stack stack;
    auto admin = stack.admin();
    auto agent = stack.enrolled("soft-off");
    const auto id = std::to_string(admin.host_id(agent.machine().uuid));
    const auto deliver = [&](const std::string& name) {
        const json rows = json::array({package(name)});
        expect_agent_ok(agent.write(
            {{"queries", {{"fleet_detail_query_software_linux", rows}}},
             {"statuses", {{"fleet_detail_query_software_linux", 0}}}}
        ));
    };
    const auto names = [&] {
        const json host = admin.host(agent.machine().uuid);
        std::vector<std::string> out;
        for (const auto& one : host.at("software"))
            out.push_back(one["name"]);
        return out;
    };
    deliver("before");
    const auto switched =
        admin.patch("/config", {{"features", {{"enable_software_inventory", false}}}});
    ASSERT_EQ(switched.status, 200);

    admin.post("/hosts/" + id + "/refetch", json::object());
    for (const auto& name : keys_of(agent.read().json()["queries"]))
        EXPECT_THAT(name, Not(HasSubstr("software_")));
    deliver("after");
    EXPECT_THAT(names(), testing::ElementsAre("before")) << "an answer that was on its way";
}

}  // namespace
}  // namespace fleet::test
