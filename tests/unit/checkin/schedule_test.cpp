#include "fleet/checkin/schedule.hpp"

#include <gtest/gtest.h>

#include "fleet/core/json.hpp"

namespace fleet::checkin {
namespace {

store::ScheduledQuery query(std::uint64_t id, std::string name, std::optional<TeamId> team = {}) {
    store::ScheduledQuery out;
    out.id = QueryId{id};
    out.name = std::move(name);
    out.sql = "SELECT 1";
    out.interval = 60;
    out.logging = "snapshot";
    out.team = team;
    return out;
}

json::Value config_of(
    const Schedule& schedule,
    std::optional<TeamId> team = {},
    const std::string& platform = "ubuntu",
    const std::vector<LabelId>& labels = {}
) {
    return json::Value::parse(*schedule.config_for(team, platform, labels)->body);
}

struct NameCase {
    const char* wire;
    const char* team;  // "" Global, "-" none
    const char* query;
};

class AgentName : public testing::TestWithParam<NameCase> {};

TEST_P(AgentName, DelimiterIsFoundFromTheText) {
    const auto parsed = parse_agent_query_name(GetParam().wire);

    if (std::string_view{GetParam().team} == "-") {
        EXPECT_FALSE(parsed);
        return;
    }
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->team ? to_text(*parsed->team) : "", GetParam().team);
    EXPECT_EQ(parsed->query, GetParam().query);
}

INSTANTIATE_TEST_SUITE_P(
    Names,
    AgentName,
    testing::Values(
        NameCase{"pack/Global/usb devices", "", "usb devices"},
        NameCase{"pack_team-3_a_b", "3", "a_b"},
        NameCase{"pack--Global--Global--x", "", "Global--x"},
        NameCase{"pack/X/Y", "-", ""},
        NameCase{"packGlobalx", "-", ""},
        NameCase{"pack/Global/", "-", ""},
        NameCase{"pack/team-x/y", "-", ""},
        NameCase{"uptime", "-", ""},
        NameCase{"", "-", ""}
    )
);

TEST(Schedule, FreshInstallationServesTheDefaultOptions) {
    const Schedule schedule{{}};
    const json::Value config = config_of(schedule);

    EXPECT_EQ(config["options"]["distributed_interval"], 10);
    EXPECT_FALSE(config.contains("packs")) << "no empty packs member";
    EXPECT_EQ(schedule.config_for({}, "ubuntu", {})->distributed_interval, 10);
}

TEST(Schedule, SameInputsGiveTheSameBytes) {
    store::ScheduleData data;
    data.queries = {query(1, "a"), query(2, "b")};
    const Schedule one{data};
    const Schedule two{data};

    EXPECT_EQ(*one.config_for({}, "ubuntu", {})->body, *two.config_for({}, "ubuntu", {})->body);
    EXPECT_EQ(one.config_for({}, "x", {})->etag.size(), 64U);
}

TEST(Schedule, LoggingBecomesTheAgentsFlags) {
    store::ScheduleData data;
    data.queries = {query(1, "s"), query(2, "d"), query(3, "i")};
    data.queries[1].logging = "differential";
    data.queries[1].automations = true;
    data.queries[2].logging = "differential_ignore_removals";
    data.queries[2].automations = true;
    const json::Value queries = config_of(Schedule{data})["packs"]["Global"]["queries"];

    EXPECT_EQ(queries["s"]["snapshot"], true);
    EXPECT_EQ(queries["d"]["removed"], true);
    EXPECT_FALSE(queries["d"].contains("snapshot"));
    EXPECT_EQ(queries["i"]["removed"], false);
    EXPECT_EQ(queries["s"]["platform"], "");
}

TEST(Schedule, OnlyWhatSomebodyWantsIsScheduled) {
    store::ScheduleData data;
    data.queries = {query(1, "no_interval"), query(2, "discarded"), query(3, "differential")};
    data.queries[0].interval = 0;
    data.queries[1].discard_data = true;
    data.queries[2].logging = "differential";
    const json::Value config = config_of(Schedule{data});

    EXPECT_FALSE(config.contains("packs"));
}

TEST(Schedule, ReportsSwitchedOffLeaveOnlyAutomations) {
    store::ScheduleData data;
    data.app_config = R"({"server_settings":{"query_reports_disabled":true}})";
    data.queries = {query(1, "report"), query(2, "logged")};
    data.queries[1].automations = true;
    const json::Value queries = config_of(Schedule{data})["packs"]["Global"]["queries"];

    EXPECT_EQ(queries.size(), 1U);
    EXPECT_TRUE(queries.contains("logged"));
}

TEST(Schedule, TeamOptionsReplaceAndTeamQueriesJoin) {
    store::ScheduleData data;
    data.app_config = R"({"agent_options":{"config":{"options":{"a":1}}}})";
    data.team_configs = {{TeamId{7}, R"({"agent_options":{"config":{"options":{"b":2}}}})"}};
    data.queries = {query(1, "g"), query(2, "t", TeamId{7}), query(3, "other", TeamId{8})};
    const Schedule schedule{data};
    const json::Value team = config_of(schedule, TeamId{7});
    const json::Value none = config_of(schedule);

    EXPECT_EQ(team["options"], (json::Value{{"b", 2}}));
    EXPECT_TRUE(team["packs"].contains("Global"));
    EXPECT_TRUE(team["packs"].contains("team-7"));
    EXPECT_FALSE(team["packs"].contains("team-8"));
    EXPECT_EQ(none["options"], (json::Value{{"a", 1}}));
    EXPECT_FALSE(none["packs"].contains("team-7"));
}

TEST(Schedule, TheHoldIsTheTeamsOrTheGlobalOne) {
    using std::chrono::seconds;
    store::ScheduleData data;
    EXPECT_FALSE(Schedule{data}.hold_for(std::nullopt));

    data.app_config = R"({"agent_options":{"config":{},"distributed_hold":5}})";
    data.team_configs = {
        {TeamId{7}, R"({"agent_options":{"config":{},"distributed_hold":0}})"},
        {TeamId{8}, R"({"agent_options":{"config":{}}})"}};
    const Schedule schedule{data};
    EXPECT_EQ(schedule.hold_for(std::nullopt), seconds{5});
    EXPECT_EQ(schedule.hold_for(TeamId{7}), seconds{0});
    EXPECT_EQ(schedule.hold_for(TeamId{8}), seconds{5});
    EXPECT_EQ(schedule.hold_for(TeamId{9}), seconds{5});
}

TEST(Schedule, EmptyTeamOptionsLeaveTheGlobalOnes) {
    store::ScheduleData data;
    data.app_config = R"({"agent_options":{"config":{"options":{"a":1}}}})";
    data.team_configs = {
        {TeamId{7}, R"({"agent_options":{}})"},
        {TeamId{8}, R"({"agent_options":null})"},
        {TeamId{9}, R"({"agent_options":{"config":{}}})"}};
    const Schedule schedule{data};

    EXPECT_EQ(config_of(schedule, TeamId{7})["options"]["a"], 1);
    EXPECT_EQ(config_of(schedule, TeamId{8})["options"]["a"], 1);
    EXPECT_EQ(config_of(schedule, TeamId{9}), json::Value::object()) << "nothing is merged";
}

TEST(Schedule, ATeamsOverrideForAPlatformReplacesItsConfig) {
    store::ScheduleData data;
    data.app_config = R"({"agent_options":{"config":{"options":{"a":1}},
        "overrides":{"platforms":{"ubuntu":{"options":{"a":2}}}}}})";
    data.team_configs = {
        {TeamId{7},
         R"({"agent_options":{"config":{"options":{"b":1}},
             "overrides":{"platforms":{"debian":{"options":{"b":2}}}}}})"}};
    const Schedule schedule{data};

    EXPECT_EQ(config_of(schedule, TeamId{7}, "debian")["options"], (json::Value{{"b", 2}}));
    EXPECT_EQ(config_of(schedule, TeamId{7}, "ubuntu")["options"], (json::Value{{"b", 1}}))
        << "global overrides do not reach into a team";
    EXPECT_EQ(config_of(schedule, {}, "ubuntu")["options"], (json::Value{{"a", 2}}));
}

TEST(Schedule, HostsAreAskedByTheFeaturesOfTheirTeam) {
    store::ScheduleData data;
    data.app_config = R"({"features":{"enable_software_inventory":true}})";
    data.team_configs = {
        {TeamId{7},
         R"({"features":{"enable_software_inventory":false,"enable_host_users":false,
             "additional_queries":{"mine":"SELECT 7"}}})"},
        {TeamId{8}, "{}"}};
    const Schedule schedule{data};
    const auto asked = [&](std::optional<TeamId> team) {
        return schedule.details_for(team, Platform::linux)->queries;
    };

    EXPECT_FALSE(schedule.collects_software(TeamId{7}));
    EXPECT_TRUE(schedule.collects_software(TeamId{8}));
    EXPECT_TRUE(schedule.collects_software(std::nullopt));
    EXPECT_NE(asked(TeamId{7}).find("fleet_additional_query_mine"), std::string::npos);
    EXPECT_EQ(asked(TeamId{7}).find("fleet_detail_query_users\""), std::string::npos);
    EXPECT_EQ(asked(TeamId{8}), asked(std::nullopt));
    EXPECT_NE(asked(TeamId{8}).find("fleet_detail_query_users\""), std::string::npos);
}

TEST(Schedule, AnOverrideForTheRawPlatformReplacesConfigWhole) {
    store::ScheduleData data;
    data.app_config = R"({"agent_options":{"config":{"options":{"a":1},"decorators":{}},
        "overrides":{"platforms":{"ubuntu":{"options":{"c":3}},"linux":{"options":{"d":4}}}}}})";
    const Schedule schedule{data};

    EXPECT_EQ(config_of(schedule, {}, "ubuntu"), (json::Value{{"options", {{"c", 3}}}}));
    EXPECT_EQ(config_of(schedule, {}, "debian")["options"]["a"], 1);
}

TEST(Schedule, NullConfigIsAnEmptyObject) {
    store::ScheduleData data;
    data.app_config = R"({"agent_options":{"config":null}})";
    const Schedule schedule{data};

    EXPECT_EQ(*schedule.config_for({}, "x", {})->body, "{}");
    const auto tagged = json::Value::parse(*schedule.config_for({}, "x", {})->body_with_etag);
    EXPECT_EQ(tagged["etag"], schedule.config_for({}, "x", {})->etag);
}

TEST(Schedule, LabelScopedQueriesFollowMembershipAndChangeTheEtag) {
    store::ScheduleData data;
    data.queries = {query(1, "any"), query(2, "all")};
    data.queries[0].labels_any = {LabelId{5}, LabelId{6}};
    data.queries[1].labels_all = {LabelId{5}, LabelId{6}};
    const Schedule schedule{data};
    const auto names = [&](const std::vector<LabelId>& labels) {
        const json::Value config = config_of(schedule, {}, "ubuntu", labels);
        return config.contains("packs") ? config["packs"]["Global"]["queries"].size() : 0;
    };

    EXPECT_EQ(names({}), 0U);
    EXPECT_EQ(names({LabelId{5}}), 1U);
    EXPECT_EQ(names({LabelId{5}, LabelId{6}}), 2U);
    EXPECT_NE(
        schedule.config_for({}, "x", {})->etag, schedule.config_for({}, "x", {LabelId{5}})->etag
    );
}

TEST(Schedule, ANameOfAnotherTeamIsNotFoundAndSaysWhy) {
    store::ScheduleData data;
    data.queries = {query(1, "q", TeamId{3})};
    const Schedule schedule{data};
    bool of_other_team = false;

    EXPECT_NE(schedule.find("pack/team-3/q", TeamId{3}), nullptr);
    EXPECT_EQ(schedule.find("pack/team-3/q", TeamId{4}, &of_other_team), nullptr);
    EXPECT_TRUE(of_other_team);
    EXPECT_EQ(schedule.find("pack/Global/q", TeamId{3}), nullptr);
}

TEST(Schedule, LabelsAreAskedByPlatformAndTeam) {
    store::ScheduleData data;
    data.labels = {
        {LabelId{1}, "SELECT 1", "", {}},
        {LabelId{2}, "SELECT 1", "darwin", {}},
        {LabelId{3}, "SELECT 1", "", TeamId{9}},
        {LabelId{4}, "SELECT 1", "centos", {}}};
    const Schedule schedule{data};

    EXPECT_EQ(
        schedule.labels_for({}, "ubuntu", Platform::linux, "")->ids, (std::vector{LabelId{1}})
    );
    EXPECT_EQ(
        schedule.labels_for(TeamId{9}, "darwin", Platform::darwin, "")->ids,
        (std::vector{LabelId{1}, LabelId{2}, LabelId{3}})
    );
    EXPECT_EQ(
        schedule.labels_for({}, "rhel", Platform::linux, "CentOS Linux 7.9")->ids,
        (std::vector{LabelId{1}, LabelId{4}})
    );
}

TEST(Schedule, AnExcludedLabelTakesTheQueryAway) {
    store::ScheduleData data;
    data.queries = {query(1, "not for kiosks")};
    data.queries[0].labels_exclude = {LabelId{5}, LabelId{6}};
    const Schedule schedule{data};
    const auto has_it = [&](const std::vector<LabelId>& labels) {
        return config_of(schedule, {}, "ubuntu", labels).contains("packs");
    };

    EXPECT_TRUE(has_it({}));
    EXPECT_TRUE(has_it({LabelId{4}}));
    EXPECT_FALSE(has_it({LabelId{6}}));
    EXPECT_FALSE(has_it({LabelId{4}, LabelId{5}, LabelId{6}}));
}

TEST(Schedule, AnExcludedLabelThatTheHostWasNotAskedHoldsTheQueryBack) {
    store::ScheduleData data;
    data.queries = {query(1, "q")};
    data.queries[0].labels_exclude = {LabelId{5}};
    data.labels = {{LabelId{5}, "SELECT 1", "", {}, from_unix_seconds(100)}};
    const Schedule schedule{data};
    const auto has_it = [&](std::int64_t asked) {
        const auto document = schedule.config_for({}, "ubuntu", {}, from_unix_seconds(asked));
        return document->body->find("packs") != std::string::npos;
    };

    EXPECT_FALSE(has_it(99));
    EXPECT_TRUE(has_it(100));
    EXPECT_TRUE(config_of(schedule).contains("packs")) << "nothing left to ask";
}

TEST(Schedule, TellsWhatIsNewAboutLabels) {
    store::ScheduleData data;
    data.labels = {{LabelId{1}, "SELECT 1", "", {}, from_unix_seconds(10)}};
    data.label_versions = {{LabelId{1}, 0}, {LabelId{2}, 3}, {LabelId{3}, 1}};
    const Schedule before{data};
    EXPECT_FALSE(before.label_news_since(before).to_ask);
    EXPECT_TRUE(before.label_news_since(before).changed.empty());

    data.labels[0].asked_since = from_unix_seconds(20);
    data.label_versions = {{LabelId{1}, 1}, {LabelId{2}, 3}, {LabelId{4}, 0}, {LabelId{5}, 1}};
    const auto news = Schedule{data}.label_news_since(before);

    EXPECT_TRUE(news.to_ask);
    EXPECT_EQ(news.changed, (std::vector{LabelId{1}, LabelId{5}})) << "a new empty one is no news";
    EXPECT_EQ(news.gone, (std::vector{LabelId{3}}));
}

TEST(Schedule, KnowsWhenTheNewestLabelOfAHostWasMade) {
    store::ScheduleData data;
    data.labels = {
        {LabelId{1}, "SELECT 1", "", {}, from_unix_seconds(10)},
        {LabelId{2}, "SELECT 1", "darwin", {}, from_unix_seconds(20)}};
    const Schedule schedule{data};

    EXPECT_EQ(
        schedule.labels_for({}, "ubuntu", Platform::linux, "")->changed, from_unix_seconds(10)
    );
    EXPECT_EQ(
        schedule.labels_for({}, "darwin", Platform::darwin, "")->changed, from_unix_seconds(20)
    );
    EXPECT_TRUE(schedule.is_dynamic_label(LabelId{2}));
    EXPECT_FALSE(schedule.is_dynamic_label(LabelId{3}));
}

store::ScheduledPack pack(std::string name) {
    store::ScheduledPack out;
    out.name = std::move(name);
    out.queries.push_back({.name = "arp", .sql = "SELECT * FROM arp_cache", .interval = 120});
    return out;
}

TEST(ScheduledPacks, ReachTheHostsOfAnyTarget) {
    store::ScheduleData data;
    data.packs = {pack("labels"), pack("host"), pack("team"), pack("nobody")};
    data.packs[0].labels = {LabelId{5}, LabelId{6}};
    data.packs[1].hosts = {HostId{7}};
    data.packs[2].teams = {TeamId{2}};
    const Schedule schedule{std::move(data)};
    const auto packs = [&](std::optional<TeamId> team, std::vector<LabelId> labels, HostId host) {
        const auto document = schedule.config_for(team, "ubuntu", labels, Time::max(), host);
        const auto config = json::Value::parse(*document->body);
        std::string out;
        if (!config.contains("packs")) return out;
        for (const auto& [name, value] : config["packs"].items())
            out += name + " ";
        return out;
    };
    EXPECT_EQ(packs({}, {}, HostId{1}), "");
    EXPECT_EQ(packs({}, {LabelId{6}}, HostId{1}), "labels ");
    EXPECT_EQ(packs({}, {}, HostId{7}), "host ");
    EXPECT_EQ(packs(TeamId{2}, {LabelId{5}}, HostId{7}), "labels host team ");
    EXPECT_EQ(packs(TeamId{3}, {LabelId{1}}, HostId{8}), "");
}

TEST(ScheduledPacks, LeaveOutWhatNobodySaid) {
    store::ScheduleData data;
    data.packs = {pack("p")};
    data.packs[0].platform = "linux";
    data.packs[0].hosts = {HostId{1}};
    data.packs[0].queries.push_back(
        {.name = "all",
         .sql = "SELECT 1",
         .interval = 60,
         .snapshot = true,
         .removed = false,
         .denylist = false,
         .shard = 10,
         .platform = "darwin",
         .version = "5.0.0"}
    );
    const Schedule schedule{std::move(data)};
    const auto document = schedule.config_for({}, "ubuntu", {}, Time::max(), HostId{1});
    EXPECT_EQ(
        json::Value::parse(*document->body)["packs"],
        json::Value::parse(R"({"p":{"platform":"linux","queries":{
            "arp":{"query":"SELECT * FROM arp_cache","interval":120},
            "all":{"query":"SELECT 1","interval":60,"platform":"darwin","version":"5.0.0",
                "removed":false,"snapshot":true,"shard":10,"denylist":false}}}})")
    );
}

}  // namespace
}  // namespace fleet::checkin
