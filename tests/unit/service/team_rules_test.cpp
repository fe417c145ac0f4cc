#include "service/team_rules.hpp"

#include <gtest/gtest.h>

#include "service/team_document.hpp"

namespace fleet::service {
namespace {

struct NameCase {
    const char* name;
    const char* text;
};

class BadTeamNames : public testing::TestWithParam<NameCase> {};

TEST_P(BadTeamNames, AreRefusedOnTheirField) {
    const auto name = check_team_name(GetParam().text);
    ASSERT_FALSE(name);
    EXPECT_EQ(name.error().kind, ErrorKind::invalid);
    EXPECT_EQ(name.error().fields.at(0).name, "name");
}

INSTANTIATE_TEST_SUITE_P(
    Names,
    BadTeamNames,
    testing::Values(
        NameCase{"empty", ""},
        NameCase{"blank", " \t\n"},
        NameCase{"invisible", "\xE2\x80\x8B"},
        NameCase{"no_team", "No team"},
        NameCase{"in_capitals", " NO TEAM "},
        NameCase{"wide_blanks", "no\xC2\xA0 team"},
        NameCase{"wide_letters", "\xEF\xBC\xAE\xEF\xBD\x8F team"},
        NameCase{"zero_width", "No\xE2\x80\x8B team"},
        NameCase{"all_teams", "All Teams"},
        NameCase{"unassigned", "unassigned"},
        NameCase{"all_fleets", "All fleets"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(TeamName, LosesBlanksAroundItAndKeepsTheRest) {
    EXPECT_EQ(
        check_team_name("  L\xC3\xA4ptops \xF0\x9F\x9A\x80 "), "L\xC3\xA4ptops \xF0\x9F\x9A\x80"
    );
    EXPECT_EQ(check_team_name("No teams"), "No teams");
    EXPECT_TRUE(check_team_name(std::string(255, 'x')));
    EXPECT_FALSE(check_team_name(std::string(256, 'x')));
    std::string umlauts;
    for (int i = 0; i < 255; ++i)
        umlauts += "\xC3\xA4";
    EXPECT_TRUE(check_team_name(umlauts)) << "characters, not bytes";
}

struct ConfigCase {
    const char* name;
    const char* changes;
    const char* field;  // "" when it is fine
};

class TeamConfigs : public testing::TestWithParam<ConfigCase> {};

TEST_P(TeamConfigs, AreJudgedByField) {
    const auto organisation = json::Value::parse(
        R"({"integrations":{"jira":[{"url":"https://j.test","project_key":"ABC","username":"x"}],
            "zendesk":[{"url":"https://z.test","group_id":7}]}})"
    );
    json::Value config = default_team_config();
    merge_team_config(config, json::Value::parse(GetParam().changes), Merge::patch);

    const auto checked = check_team_config(config, organisation);

    const std::string field = GetParam().field;
    ASSERT_EQ(checked.has_value(), field.empty());
    if (!checked) {
        EXPECT_EQ(checked.error().kind, ErrorKind::invalid);
        EXPECT_EQ(checked.error().fields.at(0).name, field);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Changes,
    TeamConfigs,
    testing::Values(
        ConfigCase{"nothing", "{}", ""},
        ConfigCase{
            "expiry",
            R"({"host_expiry_settings":{"host_expiry_enabled":true,"host_expiry_window":1}})",
            ""},
        ConfigCase{
            "expiry_without_days",
            R"({"host_expiry_settings":{"host_expiry_enabled":true}})",
            "host_expiry_settings.host_expiry_window"},
        ConfigCase{
            "updates",
            R"({"mdm":{"macos_updates":{"minimum_version":"14.5.1","deadline":"2027-02-28"}}})",
            ""},
        ConfigCase{
            "version_alone",
            R"({"mdm":{"macos_updates":{"minimum_version":"14"}}})",
            "macos_updates"},
        ConfigCase{
            "deadline_alone",
            R"({"mdm":{"ios_updates":{"deadline":"2027-01-01"}}})",
            "ios_updates"},
        ConfigCase{
            "bad_version",
            R"({"mdm":{"ipados_updates":{"minimum_version":"14.x","deadline":"2027-01-01"}}})",
            "ipados_updates"},
        ConfigCase{
            "no_such_day",
            R"({"mdm":{"macos_updates":{"minimum_version":"14","deadline":"2027-02-30"}}})",
            "macos_updates"},
        ConfigCase{
            "windows",
            R"({"mdm":{"windows_updates":{"deadline_days":30,"grace_period_days":7}}})",
            ""},
        ConfigCase{
            "windows_half",
            R"({"mdm":{"windows_updates":{"deadline_days":3}}})",
            "windows_updates"},
        ConfigCase{
            "windows_too_long",
            R"({"mdm":{"windows_updates":{"deadline_days":31,"grace_period_days":0}}})",
            "windows_updates"},
        ConfigCase{
            "webhook_without_address",
            R"({"webhook_settings":{"failing_policies_webhook":
                {"enable_failing_policies_webhook":true}}})",
            "failing_policies_webhook.destination_url"},
        ConfigCase{
            "known_ticket_system",
            R"({"integrations":{"jira":[{"url":"https://j.test","project_key":"ABC",
                "enable_failing_policies":true}]}})",
            ""},
        ConfigCase{
            "unknown_ticket_system",
            R"({"integrations":{"zendesk":[{"url":"https://z.test","group_id":8}]}})",
            "zendesk"},
        ConfigCase{
            "two_automations",
            R"({"integrations":{"jira":[{"url":"https://j.test","project_key":"ABC",
                "enable_failing_policies":true}]},
                "webhook_settings":{"failing_policies_webhook":{
                "enable_failing_policies_webhook":true,"destination_url":"https://w.test"}}})",
            "failing_policies_webhook"}
    ),
    [](const auto& test) { return test.param.name; }
);

}  // namespace
}  // namespace fleet::service
