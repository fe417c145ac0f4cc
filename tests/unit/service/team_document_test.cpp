#include "service/team_document.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

json::Value parsed(const char* text) {
    return json::Value::parse(text);
}

json::Value merged(const char* changes, Merge merge = Merge::patch) {
    json::Value config = default_team_config();
    merge_team_config(config, parsed(changes), merge);
    return config;
}

TEST(TeamDocument, WhatIsNotSentStays) {
    json::Value config = merged(R"({"features":{"enable_host_users":false},
        "webhook_settings":{"host_status_webhook":{"destination_url":"https://w.test"}}})");
    merge_team_config(
        config, parsed(R"({"features":{"enable_software_inventory":false}})"), Merge::patch
    );

    EXPECT_EQ(config["features"]["enable_host_users"], false);
    EXPECT_EQ(config["features"]["enable_software_inventory"], false);
    const json::Value& webhook = config["webhook_settings"]["host_status_webhook"];
    EXPECT_EQ(webhook["destination_url"], "https://w.test");
    EXPECT_EQ(webhook["enable_host_status_webhook"], false) << "plain members are all there";
    EXPECT_EQ(webhook["days_count"], 0);
}

TEST(TeamDocument, UpdatesAreOneDecision) {
    json::Value config =
        merged(R"({"mdm":{"macos_updates":{"minimum_version":"14","deadline":"2027-01-01"}}})");
    merge_team_config(
        config, parsed(R"({"mdm":{"macos_updates":{"deadline":"2028-01-01"}}})"), Merge::patch
    );

    EXPECT_TRUE(config["mdm"]["macos_updates"]["minimum_version"].is_null());
    EXPECT_EQ(config["mdm"]["macos_updates"]["deadline"], "2028-01-01");
}

TEST(TeamDocument, OnlyMacsUpdateNewHosts) {
    const json::Value config = merged(
        R"({"mdm":{"ios_updates":{"update_new_hosts":true},
            "macos_updates":{"update_new_hosts":true}}})"
    );
    EXPECT_FALSE(config["mdm"]["ios_updates"].contains("update_new_hosts"));
    EXPECT_EQ(config["mdm"]["macos_updates"]["update_new_hosts"], true);
}

TEST(TeamDocument, NullEmptiesOnlyWhatCanBeEmpty) {
    json::Value config = merged(
        R"({"agent_options":{"config":{}},"integrations":{"conditional_access_enabled":true}})"
    );
    merge_team_config(
        config,
        parsed(
            R"({"agent_options":null,"integrations":{"conditional_access_enabled":null,"jira":null},
                   "mdm":{"enable_disk_encryption":null}})"
        ),
        Merge::patch
    );
    EXPECT_TRUE(config["agent_options"].is_null());
    EXPECT_TRUE(config["integrations"]["conditional_access_enabled"].is_null());
    EXPECT_EQ(config["integrations"]["jira"], json::Value::array());
    EXPECT_EQ(config["mdm"]["enable_disk_encryption"], false);
}

TEST(TeamDocument, ASpecReplacesFeaturesAndExpiryAsAWhole) {
    json::Value config = merged(R"({"features":{"enable_host_users":false},
        "host_expiry_settings":{"host_expiry_window":9}})");
    merge_team_config(
        config,
        parsed(R"({"features":{"enable_software_inventory":false},
                   "host_expiry_settings":{"host_expiry_enabled":false}})"),
        Merge::spec
    );
    EXPECT_EQ(config["features"]["enable_host_users"], true);
    EXPECT_EQ(config["features"]["enable_software_inventory"], false);
    EXPECT_EQ(config["host_expiry_settings"]["host_expiry_window"], 0);
}

TEST(TeamDocument, UnknownKeysAreLeftOutAtAnyDepth) {
    const json::Value config = merged(R"({"surprise":1,"mdm":{"surprise":1},
        "integrations":{"jira":[{"url":"u","project_key":"p","surprise":1}]}})");
    EXPECT_FALSE(config.contains("surprise"));
    EXPECT_FALSE(config["mdm"].contains("surprise"));
    EXPECT_FALSE(config["integrations"]["jira"][0].contains("surprise"));
}

TEST(TeamDocument, TheOldPlaceOfDiskEncryptionIsUnderstood) {
    const json::Value config =
        merged(R"({"mdm":{"macos_settings":{"enable_disk_encryption":true}}})", Merge::spec);
    EXPECT_EQ(config["mdm"]["enable_disk_encryption"], true);
    EXPECT_FALSE(config["mdm"]["macos_settings"].contains("enable_disk_encryption"));
}

TEST(TeamDocument, StoredTextComesBackAsItWas) {
    const json::Value config = merged(
        R"({"agent_options":{"config":{"options":{"a":1}}},"scripts":["a.sh"],"gitops_filename":"x.yml",
            "features":{"additional_queries":{"t":"SELECT 1"}}})"
    );
    EXPECT_EQ(full_team_config(json::dump(config)), config);
    EXPECT_EQ(full_team_config("not json"), default_team_config());
}

struct BadKey {
    const char* name;
    const char* changes;
    const char* path;
    const char* reason;
};

class BadTeamKeys : public testing::TestWithParam<BadKey> {};

TEST_P(BadTeamKeys, AreNamedWithTheirPath) {
    const auto& bad = GetParam();
    const auto checked = check_team_keys("specs[0]", parsed(bad.changes), UnknownKeys::refuse);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().kind, ErrorKind::bad_request);
    EXPECT_EQ(checked.error().fields.at(0).name, bad.path);
    EXPECT_EQ(checked.error().fields.at(0).reason, bad.reason);
}

INSTANTIATE_TEST_SUITE_P(
    Keys,
    BadTeamKeys,
    testing::Values(
        BadKey{"top", R"({"x":1})", "specs[0].x", "unsupported key provided: \"x\""},
        BadKey{
            "deep",
            R"({"mdm":{"macos_updates":{"x":1}}})",
            "specs[0].mdm.macos_updates.x",
            "unsupported key provided: \"x\""},
        BadKey{
            "in_a_list",
            R"({"integrations":{"jira":[{"x":1}]}})",
            "specs[0].integrations.jira[0].x",
            "unsupported key provided: \"x\""},
        BadKey{
            "type",
            R"({"features":{"enable_host_users":"yes"}})",
            "specs[0].features.enable_host_users",
            "invalid value type at 'specs[0].features.enable_host_users': expected boolean but got "
            "string"},
        BadKey{
            "section",
            R"({"features":5})",
            "specs[0].features",
            "invalid value type at 'specs[0].features': expected object but got number"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(TeamKeys, UnknownOnesMayBeIgnoredWrongTypesNot) {
    EXPECT_TRUE(check_team_keys("", parsed(R"({"x":1,"mdm":{"x":1}})"), UnknownKeys::drop));
    EXPECT_FALSE(check_team_keys("", parsed(R"({"mdm":5})"), UnknownKeys::drop));
}

}  // namespace
}  // namespace fleet::service
