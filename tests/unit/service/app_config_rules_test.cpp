#include "service/app_config_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/app_config_activities.hpp"
#include "service/app_config_document.hpp"

namespace fleet::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

json::Value valid() {
    return full_config(
        R"({"org_info":{"org_name":"A"},"server_settings":{"server_url":"https://f.test"}})"
    );
}

json::Value changed(const char* changes) {
    auto config = valid();
    merge_config(config, json::Value::parse(changes));
    return config;
}

struct Rule {
    const char* name;
    const char* changes;
    const char* field;  // "" accepted
};

class ConfigRule : public testing::TestWithParam<Rule> {};

TEST_P(ConfigRule, IsCheckedAndNamesItsField) {
    const auto result = check_config(changed(GetParam().changes), valid(), {});
    if (*GetParam().field == '\0') {
        EXPECT_TRUE(result) << result.error().fields.front().reason;
        return;
    }
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::invalid);
    EXPECT_EQ(result.error().fields.front().name, GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    All,
    ConfigRule,
    testing::Values(
        Rule{"Nothing", "{}", ""},
        Rule{"NoName", R"({"org_info":{"org_name":" "}})", "org_name"},
        Rule{"NoUrl", R"({"server_settings":{"server_url":""}})", "server_url"},
        Rule{"Ftp", R"({"server_settings":{"server_url":"ftp://x"}})", "server_url"},
        Rule{"NoHost", R"({"server_settings":{"server_url":"https://"}})", "server_url"},
        Rule{"Cap", R"({"server_settings":{"query_report_cap":-1}})", "query_report_cap"},
        Rule{
            "HostExpiry",
            R"({"host_expiry_settings":{"host_expiry_enabled":true}})",
            "host_expiry_settings.host_expiry_window"},
        Rule{
            "HostExpirySet",
            R"({"host_expiry_settings":{"host_expiry_enabled":true,"host_expiry_window":30}})",
            ""},
        Rule{
            "HostExpiryOfAges",
            R"({"host_expiry_settings":{"host_expiry_window":99999999}})",
            "host_expiry_settings.host_expiry_window"},
        Rule{
            "ActivityExpiry",
            R"({"activity_expiry_settings":{"activity_expiry_enabled":true}})",
            "activity_expiry_settings.activity_expiry_window"},
        Rule{
            "SsoEntity",
            R"({"sso_settings":{"enable_sso":true,"entity_id":"abc","metadata_url":"https://idp.test/m"}})",
            "entity_id"},
        Rule{
            "SsoMetadata",
            R"({"sso_settings":{"enable_sso":true,"entity_id":"fleet"}})",
            "metadata"},
        Rule{
            "SsoUrl",
            R"({"sso_settings":{"enable_sso":true,"entity_id":"fleet","metadata_url":"x"}})",
            "metadata_url"},
        Rule{
            "TwoVulnerabilityAutomations",
            R"({"webhook_settings":{"vulnerabilities_webhook":{
                "enable_vulnerabilities_webhook":true,"destination_url":"https://x.test"}},
                "integrations":{"jira":[{"enable_software_vulnerabilities":true}]}})",
            "webhook_settings.vulnerabilities_webhook"},
        Rule{
            "JiraAndZendesk",
            R"({"integrations":{"jira":[{"enable_failing_policies":true}],
                "zendesk":[{"enable_failing_policies":true}]}})",
            "integrations.jira"},
        Rule{
            "WebhookUrl",
            R"({"webhook_settings":{"activities_webhook":{"enable_activities_webhook":true}}})",
            "webhook_settings.activities_webhook.destination_url"},
        Rule{
            "WebhookInterval",
            R"({"webhook_settings":{"interval":"0s"}})",
            "webhook_settings.interval"},
        Rule{
            "AppleDeadline",
            R"({"mdm":{"ios_updates":{"minimum_version":"17.1"}}})",
            "ios_updates"},
        Rule{
            "AppleVersion",
            R"({"mdm":{"macos_updates":{"minimum_version":"14.1 b","deadline":"2026-01-01"}}})",
            "macos_updates"},
        Rule{
            "AppleDate",
            R"({"mdm":{"macos_updates":{"minimum_version":"14.1","deadline":"soon"}}})",
            "macos_updates"},
        Rule{
            "Apple",
            R"({"mdm":{"macos_updates":{"minimum_version":"14.1.2","deadline":"2026-01-01"}}})",
            ""},
        Rule{
            "WindowsHalf", R"({"mdm":{"windows_updates":{"deadline_days":5}}})", "windows_updates"},
        Rule{
            "WindowsRange",
            R"({"mdm":{"windows_updates":{"deadline_days":31,"grace_period_days":0}}})",
            "windows_updates"},
        Rule{
            "MigrationMode",
            R"({"mdm":{"macos_migration":{"enable":true,"mode":"maybe"}}})",
            "macos_migration.mode"},
        Rule{
            "MigrationUrl",
            R"({"mdm":{"macos_migration":{"enable":true,"mode":"forced"}}})",
            "macos_migration.webhook_url"},
        Rule{
            "WindowsMdm",
            R"({"mdm":{"windows_enabled_and_configured":true}})",
            "mdm.windows_enabled_and_configured"},
        Rule{
            "DiskEncryption",
            R"({"mdm":{"enable_disk_encryption":true}})",
            "mdm.enable_disk_encryption"},
        Rule{"Transparency", R"({"fleet_desktop":{"transparency_url":"x"}})", "transparency_url"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(ConfigRules, AServerWithTheMeansMaySwitchThingsOn) {
    const auto after =
        changed(R"({"mdm":{"windows_enabled_and_configured":true,"enable_disk_encryption":true}})");
    EXPECT_TRUE(check_config(after, valid(), {.windows_mdm = true, .private_key = true}));
    EXPECT_TRUE(check_config(after, after, {})) << "what is on may stay on";
}

std::vector<std::string> told(const char* changes) {
    std::vector<std::string> out;
    for (const auto& activity : config_activities(valid(), changed(changes)))
        out.push_back(std::string{activity.type.text()} + " " + json::dump(activity.details));
    return out;
}

TEST(ConfigActivities, TellWhatChanged) {
    EXPECT_THAT(told(R"({"org_info":{"org_name":"B"}})"), IsEmpty());
    EXPECT_THAT(
        told(R"({"agent_options":{"config":{}}})"),
        ElementsAre(R"(edited_agent_options {"global":true,"team_id":null,"team_name":null})")
    );
    EXPECT_THAT(
        told(R"({"mdm":{"enable_disk_encryption":true}})"),
        ElementsAre(R"(enabled_macos_disk_encryption {"team_id":null,"team_name":null})")
    );
    EXPECT_THAT(
        told(R"({"mdm":{"windows_updates":{"deadline_days":3,"grace_period_days":1}}})"),
        ElementsAre(
            R"(edited_windows_updates {"team_id":null,"team_name":null,"deadline_days":3,"grace_period_days":1})"
        )
    );
    EXPECT_THAT(
        told(R"({"gitops":{"gitops_mode_enabled":true,"exceptions":{"labels":true}}})"),
        ElementsAre("enabled_gitops_mode {}", R"(enabled_gitops_exception {"exception":"labels"})")
    );
    EXPECT_THAT(
        told(R"({"features":{"historical_data":{"uptime":false}}})"),
        ElementsAre(
            R"(disabled_historical_dataset {"dataset":"uptime","team_id":null,"team_name":null})"
        )
    );
    EXPECT_THAT(
        told(R"({"webhook_settings":{"activities_webhook":{
            "enable_activities_webhook":true,"destination_url":"https://x.test"}}})"),
        ElementsAre(R"(enabled_activity_automations {"webhook_url":"https://x.test"})")
    );
    EXPECT_THAT(
        told(R"({"integrations":{"ndes_scep_proxy":{"url":"u"}}})"),
        ElementsAre("added_ndes_scep_proxy {}")
    );
}

}  // namespace
}  // namespace fleet::service
