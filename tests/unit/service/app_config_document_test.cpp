#include "service/app_config_document.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

json::Value parse(const char* text) {
    return json::Value::parse(text);
}

std::string refusal(const char* text) {
    json::Value changes = parse(text);
    const auto result = check_changes(changes);
    return result ? "accepted" : result.error().fields.front().reason;
}

/// Every default has the type that the schema says, and no key that it lacks.
void expect_typed(const json::Value& type, const json::Value& value, const std::string& path) {
    SCOPED_TRACE(path);
    if (!type.is_object() || !value.is_object()) return;
    for (const auto& [key, member] : value.items()) {
        ASSERT_TRUE(type.contains(key)) << key;
        expect_typed(type[key], member, path + "." + key);
    }
}

TEST(AppConfigDocument, DefaultsFitTheSchema) {
    expect_typed(config_schema(), default_config(), "");
    json::Value all = default_config();
    EXPECT_TRUE(check_changes(all));
}

TEST(AppConfigDocument, StoredValuesGoOverTheDefaults) {
    const auto config = full_config(R"({"org_info":{"org_name":"Corp"}})");
    EXPECT_EQ(config["org_info"]["org_name"], "Corp");
    EXPECT_EQ(config["server_settings"]["enable_analytics"], true);
    EXPECT_EQ(config["agent_options"]["config"]["options"]["distributed_interval"], 10);
}

TEST(AppConfigDocument, BrokenStoredTextIsLikeNone) {
    EXPECT_EQ(full_config("{nonsense"), default_config());
}

TEST(AppConfigDocument, UnknownKeysAndTypesAreRefused) {
    EXPECT_EQ(refusal(R"({"nonsense":1})"), "unsupported key provided: \"nonsense\"");
    EXPECT_EQ(refusal(R"({"org_info":{"org_nam":"x"}})"), "unsupported key provided: \"org_nam\"");
    EXPECT_EQ(
        refusal(R"({"org_info":{"org_name":7}})"),
        "invalid value type at 'org_info.org_name': expected string but got number"
    );
    EXPECT_EQ(
        refusal(R"({"agent_options":"x"})"),
        "invalid value type at 'agent_options': expected object but got string"
    );
    EXPECT_EQ(
        refusal(R"({"integrations":{"jira":[{"urll":"x"}]}})"), "unsupported key provided: \"urll\""
    );
    EXPECT_EQ(
        refusal(R"({"integrations":{"jira":[{"url":7}]}})"),
        "invalid value type at 'integrations.jira[0].url': expected string but got number"
    );
    EXPECT_EQ(
        refusal(R"({"webhook_settings":{"interval":"soon"}})"),
        "invalid value type at 'webhook_settings.interval': expected duration but got string"
    );
    EXPECT_EQ(
        refusal(R"({"scripts":[null]})"),
        "invalid value type at 'scripts[0]': expected string but got null"
    );
    EXPECT_EQ(refusal(R"({"integrations":{"?":true}})"), "unsupported key provided: \"?\"");
    EXPECT_EQ(refusal(R"({"agent_options":{"anything":{"goes":1}}})"), "accepted");
    EXPECT_EQ(refusal(R"({"license":{"tier":"free"}})"), "accepted") << "ignored";
    EXPECT_EQ(refusal(R"({"mdm":{"apple_bm_terms_expired":true}})"), "accepted") << "ignored";
    EXPECT_EQ(refusal(R"([1])"), "failed to decode app config");
}

TEST(AppConfigDocument, AnUnknownKeyIsNamedByItsPath) {
    json::Value changes = parse(R"({"mdm":{"macos_setup":{"nope":1}}})");
    const auto result = check_changes(changes);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fields.front().name, "mdm.macos_setup.nope");
    EXPECT_EQ(result.error().message, "Bad Request");
}

TEST(AppConfigDocument, ForcedChangesLoseTheirUnknownKeys) {
    json::Value changes = parse(R"({"nonsense":1,"org_info":{"org_name":"A","nope":2}})");
    ASSERT_TRUE(check_changes(changes, UnknownKeys::drop));
    EXPECT_EQ(changes, parse(R"({"org_info":{"org_name":"A"}})"));
}

TEST(AppConfigDocument, MergesObjectsAndReplacesTheRest) {
    auto config = full_config("{}");
    merge_config(
        config, parse(R"({"org_info":{"org_name":"A"},"integrations":{"jira":[{"url":"u"}]},
                  "agent_options":{"config":{}},"smtp_settings":{"configured":true},
                  "mdm":{"enable_disk_encryption":null}})")
    );
    EXPECT_EQ(config["org_info"]["org_name"], "A");
    EXPECT_EQ(config["org_info"]["contact_url"], "https://fleetdm.com/company/contact");
    EXPECT_EQ(config["integrations"]["jira"].size(), 1U);
    EXPECT_EQ(config["agent_options"], parse(R"({"config":{}})"));
    EXPECT_EQ(config["smtp_settings"]["configured"], false) << "belongs to the server";
    EXPECT_EQ(config["mdm"]["enable_disk_encryption"], false) << "null: not sent";
}

TEST(AppConfigDocument, NullClearsWhatMayBeEmpty) {
    auto config = full_config(R"({"features":{"additional_queries":{"a":"SELECT 1"}},
        "integrations":{"ndes_scep_proxy":{"url":"u","password":"p"}},"org_info":{"org_name":"A"},
        "scripts":["a.sh"],"mdm":{"macos_updates":{"minimum_version":"14.1"}}})");
    EXPECT_EQ(config["features"]["additional_queries"]["a"], "SELECT 1");
    EXPECT_EQ(config["integrations"]["ndes_scep_proxy"]["url"], "u");
    merge_config(
        config, parse(R"({"features":{"additional_queries":null},"org_info":{"org_name":null},
            "integrations":{"ndes_scep_proxy":null},"scripts":null,
            "mdm":{"macos_updates":{"minimum_version":null}}})")
    );
    EXPECT_TRUE(config["features"]["additional_queries"].is_null());
    EXPECT_TRUE(config["integrations"]["ndes_scep_proxy"].is_null());
    EXPECT_TRUE(config["scripts"].is_null());
    EXPECT_TRUE(config["mdm"]["macos_updates"]["minimum_version"].is_null());
    EXPECT_EQ(config["org_info"]["org_name"], "A") << "null: not sent";
}

TEST(AppConfigDocument, DurationsAreStoredAsGoPrintsThem) {
    auto config = full_config("{}");
    merge_config(config, parse(R"({"webhook_settings":{"interval":"90m"}})"));
    EXPECT_EQ(config["webhook_settings"]["interval"], "1h30m0s");
    merge_config(config, parse(R"({"webhook_settings":{"interval":3600000000000}})"));
    EXPECT_EQ(config["webhook_settings"]["interval"], "1h0m0s");
}

TEST(AppConfigDocument, HostSettingsAreFeaturesAndWin) {
    json::Value changes = parse(
        R"({"host_settings":{"enable_host_users":false},"features":{"enable_host_users":true}})"
    );
    ASSERT_TRUE(check_changes(changes));
    EXPECT_EQ(changes, parse(R"({"features":{"enable_host_users":false}})"));
}

TEST(AppConfigDocument, NullAgentOptionsAreTheDefaults) {
    auto config = full_config(R"({"agent_options":{"config":{}}})");
    merge_config(config, parse(R"({"agent_options":null})"));
    EXPECT_EQ(config["agent_options"], default_config()["agent_options"]);
}

TEST(AppConfigDocument, AMaskedSecretKeepsTheStoredOne) {
    auto config = full_config(R"({"smtp_settings":{"password":"hidden"},
        "integrations":{"ndes_scep_proxy":{"password":"deep"}}})");
    auto shown = config;
    mask_secrets(shown);
    EXPECT_EQ(shown["smtp_settings"]["password"], "********");
    EXPECT_EQ(shown["integrations"]["ndes_scep_proxy"]["password"], "********");
    merge_config(config, shown);
    EXPECT_EQ(config["smtp_settings"]["password"], "hidden");
    EXPECT_EQ(config["integrations"]["ndes_scep_proxy"]["password"], "deep");
    merge_config(config, parse(R"({"smtp_settings":{"password":""}})"));
    EXPECT_EQ(config["smtp_settings"]["password"], "");
    mask_secrets(config);
    EXPECT_EQ(config["smtp_settings"]["password"], "") << "empty stays empty";
}

TEST(AppConfigDocument, EntriesOfListsKeepTheSecretOfTheirKey) {
    auto config = full_config("{}");
    merge_config(config, parse(R"({"integrations":{
            "jira":[{"project_key":"A","api_token":"a"},{"project_key":"B","api_token":"b"}],
            "zendesk":[{"group_id":7,"api_token":"z"}],
            "google_calendar":[{"domain":"d","api_key_json":{"private_key":"g"}}]}})"));
    auto shown = config;
    mask_secrets(shown);
    EXPECT_EQ(shown["integrations"]["jira"][1]["api_token"], "********");
    EXPECT_EQ(shown["integrations"]["google_calendar"][0]["api_key_json"], "********");

    merge_config(
        config,
        parse(R"({"integrations":{"jira":[{"project_key":"B","api_token":"********","url":"u"}],
            "zendesk":[{"group_id":7,"api_token":""}],
            "google_calendar":[{"domain":"d","api_key_json":"********"}]}})")
    );
    ASSERT_EQ(config["integrations"]["jira"].size(), 1U) << "what is not sent is deleted";
    EXPECT_EQ(
        config["integrations"]["jira"][0],
        parse(R"({"url":"u","username":"","api_token":"b","project_key":"B",
            "enable_failing_policies":false,"enable_software_vulnerabilities":false})")
    );
    EXPECT_EQ(config["integrations"]["zendesk"][0]["api_token"], "z");
    EXPECT_EQ(config["integrations"]["google_calendar"][0]["api_key_json"]["private_key"], "g");
    EXPECT_TRUE(check_no_masks(config));
}

TEST(AppConfigDocument, AMaskWithoutAStoredSecretIsRefused) {
    auto config = full_config("{}");
    merge_config(
        config, parse(R"({"integrations":{"jira":[{"project_key":"NEW","api_token":"********"}]}})")
    );
    const auto result = check_no_masks(config);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fields.front().name, "integrations.jira");
}

TEST(AppConfigDocument, OverwritingResetsWhatIsAbsentButNotWhatHasNoDefault) {
    auto config = full_config(R"({"org_info":{"org_name":"A","contact_url":"https://help.test"},
        "server_settings":{"server_url":"https://f.test","debug_host_ids":[1]},
        "smtp_settings":{"password":"hidden"},"scripts":["a.sh"],
        "features":{"enable_host_users":false},"agent_options":{"config":{}}})");
    overwrite_config(config, parse(R"({"smtp_settings":{"password":"********","port":25}})"));
    EXPECT_EQ(config["org_info"]["org_name"], "A");
    EXPECT_EQ(config["server_settings"]["server_url"], "https://f.test");
    EXPECT_EQ(config["org_info"]["contact_url"], "https://fleetdm.com/company/contact");
    EXPECT_FALSE(config["server_settings"].contains("debug_host_ids"));
    EXPECT_EQ(config["smtp_settings"]["password"], "hidden");
    EXPECT_EQ(config["smtp_settings"]["port"], 25);
    EXPECT_EQ(config["features"]["enable_host_users"], true);
    EXPECT_TRUE(config["scripts"].is_null());
    EXPECT_EQ(config["agent_options"], default_config()["agent_options"]);
}

}  // namespace
}  // namespace fleet::service
