#include "service/app_config_document.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

json::Value parse(const char* text) {
    return json::Value::parse(text);
}

std::string refusal(const char* changes) {
    const auto result = check_changes(parse(changes));
    return result ? "accepted" : result.error().fields.front().reason;
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
    EXPECT_EQ(refusal(R"({"agent_options":{"anything":{"goes":1}}})"), "accepted");
    EXPECT_EQ(refusal(R"({"license":{"tier":"free"}})"), "accepted") << "ignored";
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

TEST(AppConfigDocument, NullAgentOptionsAreTheDefaults) {
    auto config = full_config(R"({"agent_options":{"config":{}}})");
    merge_config(config, parse(R"({"agent_options":null})"));
    EXPECT_EQ(config["agent_options"], default_config()["agent_options"]);
}

TEST(AppConfigDocument, AMaskedSecretKeepsTheStoredOne) {
    auto config = full_config(R"({"smtp_settings":{"password":"hidden"}})");
    auto shown = config;
    mask_secrets(shown);
    EXPECT_EQ(shown["smtp_settings"]["password"], "********");
    merge_config(config, parse(R"({"smtp_settings":{"password":"********"}})"));
    EXPECT_EQ(config["smtp_settings"]["password"], "hidden");
}

TEST(AppConfigDocument, ChecksWhatMustHold) {
    auto config = full_config(
        R"({"org_info":{"org_name":"A"},"server_settings":{"server_url":"https://f.test"}})"
    );
    EXPECT_TRUE(check_config(config));
    config["host_expiry_settings"]["host_expiry_enabled"] = true;
    EXPECT_FALSE(check_config(config));
    config["host_expiry_settings"]["host_expiry_window"] = 30;
    EXPECT_TRUE(check_config(config));
    config["server_settings"]["server_url"] = "ftp://x";
    EXPECT_EQ(check_config(config).error().fields.front().name, "server_url");
}

}  // namespace
}  // namespace fleet::service
