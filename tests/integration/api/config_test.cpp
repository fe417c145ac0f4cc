// The configuration: rest-api-a 10.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class Config : public ApiTest {
protected:
    Config() : original(admin.get("/config").json()) {}
    ~Config() override {
        for (const char* section : {"org_info", "smtp_settings", "integrations", "features"}) {
            auto before = original[section];
            for (const char* alias : {"org_logo_url_dark_mode", "org_logo_url_light_mode"})
                before.erase(alias);
            admin.patch("/config", {{section, before}});
        }
    }

    json get() { return admin.get("/config").json(); }
    Response patch(const json& changes, const std::string& query = "") {
        return admin.patch("/config" + query, changes);
    }
    [[nodiscard]] std::string activities(const std::string& type) const {
        return stack.sql().value(
            "SELECT COUNT(*) FROM activities WHERE activity_type = '" + type + "'"
        );
    }

    json original;
};

TEST_F(Config, HasEverySectionWithItsDefaults) {
    const auto config = get();
    for (const char* section :
         {"org_info",
          "server_settings",
          "smtp_settings",
          "sso_settings",
          "host_expiry_settings",
          "activity_expiry_settings",
          "features",
          "fleet_desktop",
          "agent_options",
          "vulnerability_settings",
          "webhook_settings",
          "integrations",
          "mdm",
          "scripts",
          "gitops",
          "update_interval",
          "vulnerabilities",
          "license",
          "logging"}) {
        EXPECT_TRUE(config.contains(section)) << section;
    }
    EXPECT_EQ(config["license"]["tier"], "premium");
    EXPECT_EQ(config["update_interval"]["osquery_detail"], 3'600'000'000'000);
    EXPECT_EQ(config["vulnerabilities"]["periodicity"], 3'600'000'000'000);
    EXPECT_EQ(config["vulnerabilities"]["current_instance_checks"], "auto");
    EXPECT_EQ(config["logging"]["audit"]["plugin"], "filesystem");
    EXPECT_TRUE(config["logging"]["result"]["config"].contains("result_log_file"));
    EXPECT_EQ(config["webhook_settings"]["interval"], "24h0m0s");
    EXPECT_EQ(config["smtp_settings"]["port"], 587);
    EXPECT_EQ(config["mdm"]["enable_disk_encryption"], false);
    EXPECT_FALSE(config["server_settings"].contains("debug_host_ids"));
    EXPECT_FALSE(config.contains("email"));
    EXPECT_FALSE(config.contains("sandbox_enabled"));
    EXPECT_FALSE(config.contains("smtp_test"));
}

TEST_F(Config, ShowsOldAndNewNames) {
    const auto config = get();
    EXPECT_EQ(config["server_settings"]["live_query_disabled"], false);
    EXPECT_EQ(config["server_settings"]["live_reporting_disabled"], false);
    EXPECT_TRUE(config["server_settings"].contains("report_cap"));
    EXPECT_TRUE(config["org_info"].contains("org_logo_url_dark_mode"));
    EXPECT_TRUE(config["mdm"]["macos_setup"].contains("script"));
    EXPECT_FALSE(config["mdm"]["macos_setup"].contains("macos_script"));
    EXPECT_TRUE(config["mdm"]["setup_experience"].contains("macos_script"));
    EXPECT_TRUE(config["mdm"]["apple_settings"].contains("configuration_profiles"));
}

TEST_F(Config, ChangesMergeAndAnswerWithoutLiveIntervals) {
    const auto response = patch({{"org_info", {{"contact_url", "https://help.test"}}}});
    ASSERT_EQ(response.status, 200) << response.text();
    const auto config = response.json();
    EXPECT_EQ(config["org_info"]["contact_url"], "https://help.test");
    EXPECT_EQ(config["org_info"]["org_name"], original["org_info"]["org_name"]);
    EXPECT_TRUE(config["update_interval"].is_null());
    EXPECT_TRUE(config["vulnerabilities"].is_null());
    EXPECT_TRUE(config.contains("license"));
    EXPECT_TRUE(config.contains("logging"));
    patch({{"org_info", {{"contact_url", ""}}}});
    EXPECT_EQ(get()["org_info"]["contact_url"], "https://fleetdm.com/company/contact");
}

TEST_F(Config, MasksSecretsAndKeepsThemWhenTheMaskComesBack) {
    ASSERT_EQ(
        patch({{"smtp_settings", {{"password", "hidden"}, {"user_name", "u"}}},
               {"integrations", {{"jira", {{{"project_key", "A"}, {"api_token", "secret-a"}}}}}}}
        ).status,
        200
    );
    auto config = get();
    EXPECT_EQ(config["smtp_settings"]["password"], "********");
    EXPECT_EQ(config["integrations"]["jira"][0]["api_token"], "********");

    const auto response =
        patch({{"smtp_settings", config["smtp_settings"]}, {"integrations", config["integrations"]}}
        );

    ASSERT_EQ(response.status, 200) << response.text();
    EXPECT_THAT(response.body, Not(HasSubstr("secret-a")));
    const auto stored = json::parse(stack.sql().value("SELECT config FROM app_config"));
    EXPECT_EQ(stored["smtp_settings"]["password"], "hidden");
    EXPECT_EQ(stored["integrations"]["jira"][0]["api_token"], "secret-a");
}

TEST_F(Config, ADryRunChecksAndChangesNothing) {
    const auto response = patch({{"org_info", {{"org_name", "Other"}}}}, "?dry_run=true");
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(response.json()["org_info"]["org_name"], original["org_info"]["org_name"]);
    EXPECT_EQ(get()["org_info"]["org_name"], original["org_info"]["org_name"]);
    expect_error(
        patch({{"org_info", {{"org_name", ""}}}}, "?dry_run=true"), 422, "Validation Failed"
    );
}

TEST_F(Config, ForceDropsUnknownKeysAndTakesAgentOptionsAsTheyAre) {
    const auto before = get()["agent_options"];
    const json odd = {{"config", {{"options", {{"logger_tls_endpoint", "no-slash"}}}}}};
    EXPECT_EQ(patch({{"agent_options", odd}}).status, 422);
    ASSERT_EQ(patch({{"agent_options", odd}, {"nonsense", 1}}, "?force=true").status, 200);
    EXPECT_EQ(get()["agent_options"], odd);
    EXPECT_FALSE(get().contains("nonsense"));
    ASSERT_EQ(patch({{"agent_options", before}}, "?force=true").status, 200);
}

TEST_F(Config, OverwriteResetsWhatIsAbsent) {
    const auto options = get()["agent_options"];
    ASSERT_EQ(patch({{"features", {{"enable_host_users", false}}}}).status, 200);
    ASSERT_EQ(
        patch({{"org_info", {{"org_name", "Kept"}}}, {"agent_options", options}}, "?overwrite=true")
            .status,
        200
    );
    EXPECT_EQ(get()["features"]["enable_host_users"], true);
    EXPECT_EQ(get()["org_info"]["org_name"], "Kept");
    EXPECT_EQ(get()["server_settings"]["server_url"], original["server_settings"]["server_url"]);
}

TEST_F(Config, RecordsWhatMatters) {
    const auto before = activities("enabled_gitops_mode");
    ASSERT_EQ(patch({{"gitops", {{"gitops_mode_enabled", true}}}}).status, 200);
    EXPECT_NE(activities("enabled_gitops_mode"), before);
    ASSERT_EQ(patch({{"gitops", {{"gitops_mode_enabled", false}}}}).status, 200);
}

TEST_F(Config, GitopsWritesAndGetsTheAdminSectionsBack) {
    auto gitops = admin.create_user("gitops");
    EXPECT_FALSE(gitops.get("/config").json().contains("smtp_settings"));
    EXPECT_FALSE(gitops.get("/config").json().contains("agent_options"));
    const auto response = gitops.patch("/config", {{"features", {{"enable_host_users", true}}}});
    ASSERT_EQ(response.status, 200);
    EXPECT_TRUE(response.json().contains("smtp_settings"));
    EXPECT_TRUE(response.json().contains("agent_options"));
    expect_error(
        admin.create_user("maintainer").patch("/config", {{"org_info", {{"org_name", "x"}}}}),
        403,
        "forbidden"
    );
}

struct Bad {
    const char* name;
    const char* body;
    int status;
    const char* message;
    const char* reason;
    const char* field;
};

class BadConfig : public Config, public testing::WithParamInterface<Bad> {};

TEST_P(BadConfig, IsRefusedAndChangesNothing) {
    const auto& bad = GetParam();
    const auto response =
        admin.send({.method = "PATCH", .target = "/api/latest/fleet/config", .body = bad.body});
    expect_error(response, bad.status, bad.message, bad.reason, bad.field);
    EXPECT_EQ(get(), original);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies,
    BadConfig,
    testing::Values(
        Bad{"NotAnObject", "[1]", 400, "Bad request", "failed to decode app config", "base"},
        Bad{"Broken", "{", 400, "Bad request", "json decoder error", "base"},
        Bad{"Empty", "", 400, "Bad request", "Expected JSON Body", "base"},
        Bad{"UnknownKey",
            R"({"org_info":{"org_nam":"x"}})",
            400,
            "Bad Request",
            "unsupported key provided: \"org_nam\"",
            "org_info.org_nam"},
        Bad{"WrongType",
            R"({"smtp_settings":{"port":"x"}})",
            400,
            "Bad Request",
            "invalid value type at 'smtp_settings.port': expected integer but got string",
            "smtp_settings.port"},
        Bad{"TwoNames",
            R"({"server_settings":{"live_query_disabled":true,"live_reporting_disabled":true}})",
            400,
            "Bad request",
            "Conflicting field names",
            "base"},
        Bad{"Name", R"({"org_info":{"org_name":""}})", 422, "Validation Failed", "", "org_name"},
        Bad{"Url",
            R"({"server_settings":{"server_url":"x"}})",
            422,
            "Validation Failed",
            "must start with https:// or http://",
            "server_url"},
        Bad{"Mask",
            R"({"integrations":{"jira":[{"project_key":"NEW","api_token":"********"}]}})",
            422,
            "Validation Failed",
            "api_token is masked",
            "integrations.jira"},
        Bad{"WindowsMdm",
            R"({"mdm":{"windows_enabled_and_configured":true}})",
            422,
            "Validation Failed",
            "windows_wstep_identity_cert",
            "mdm.windows_enabled_and_configured"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Config, VersionAndCertificate) {
    const auto version = admin.get("/version").json();
    for (const char* key :
         {"version", "branch", "revision", "go_version", "build_date", "build_user"}) {
        EXPECT_TRUE(version[key].is_string()) << key;
    }
    EXPECT_FALSE(admin.get("/config/certificate").json()["certificate_chain"].empty());
}

}  // namespace
}  // namespace fleet::test
