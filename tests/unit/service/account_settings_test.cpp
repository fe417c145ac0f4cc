#include "service/account_settings.hpp"

#include <gtest/gtest.h>

#include "service/app_config_document.hpp"

namespace fleet::service {
namespace {

json::Value config_with(const char* section, const json::Value& changes) {
    json::Value out = default_config();
    out["server_settings"]["server_url"] = "https://fleet.example.test:8080/";
    merge_config(out, {{section, changes}});
    return out;
}

struct Switches {
    const char* name;
    json::Value settings;
    mail::Protection protection;
};

class SmtpProtection : public testing::TestWithParam<Switches> {};

TEST_P(SmtpProtection, FollowsTheSwitchesAndThePort) {
    EXPECT_EQ(
        smtp_settings(config_with("smtp_settings", GetParam().settings)).protection,
        GetParam().protection
    );
}

INSTANTIATE_TEST_SUITE_P(
    Ways,
    SmtpProtection,
    testing::Values(
        Switches{"defaults", json::Value::object(), mail::Protection::start_tls},
        Switches{"port_465", {{"port", 465}}, mail::Protection::tls},
        Switches{"no_upgrade", {{"enable_start_tls", false}}, mail::Protection::tls},
        Switches{"if_offered", {{"enable_ssl_tls", false}}, mail::Protection::start_tls_if_offered},
        Switches{
            "none",
            {{"enable_ssl_tls", false}, {"enable_start_tls", false}},
            mail::Protection::none}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(SmtpSettings, TakesBothSpellingsOfNoLogin) {
    for (const char* type : {"authtype_none", "none"}) {
        const auto config = config_with("smtp_settings", {{"authentication_type", type}});
        EXPECT_EQ(smtp_settings(config).authentication, mail::Authentication::none);
    }
    const auto config =
        config_with("smtp_settings", {{"authentication_method", "authmethod_cram_md5"}});
    EXPECT_EQ(smtp_settings(config).authentication, mail::Authentication::cram_md5);
}

TEST(SsoSettings, FallBackToTheServersAddress) {
    auto settings = sso_settings(config_with("sso_settings", json::Value::object()));
    EXPECT_EQ(settings.entity_id, "fleet.example.test");
    EXPECT_EQ(settings.server_url, "https://fleet.example.test:8080");
    settings = sso_settings(config_with(
        "sso_settings", {{"sso_server_url", "https://sso.example.test/"}, {"entity_id", "fleet"}}
    ));
    EXPECT_EQ(settings.entity_id, "fleet");
    EXPECT_EQ(settings.server_url, "https://sso.example.test");
}

}  // namespace
}  // namespace fleet::service
