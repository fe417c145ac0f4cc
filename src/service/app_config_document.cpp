#include "app_config_document.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "account_settings.hpp"
#include "fleet/checkin/default_options.hpp"

namespace fleet::service {
namespace {

constexpr std::string_view kMask = "********";

// Written by the server, or told by it: ignored in changes (rest-api-a 10.2 rule 7).
constexpr std::array<std::string_view, 9> kServerOwned{
    "license",
    "logging",
    "email",
    "update_interval",
    "vulnerabilities",
    "sandbox_enabled",
    "smtp_settings.configured",
    "mdm.enabled_and_configured",
    "mdm.android_enabled_and_configured"};

// Objects whose keys are the client's own, and lists of such: taken as they are.
constexpr std::array<std::string_view, 6> kOpen{
    "agent_options",
    "features.additional_queries",
    "features.detail_query_overrides",
    "conditional_access",
    "certificate_authorities",
    "integrations.ndes_scep_proxy"};

template <class List>
bool holds(const List& list, std::string_view path) {
    return std::find(list.begin(), list.end(), path) != list.end();
}

std::string below(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
}

std::string_view kind_of(const json::Value& value) {
    if (value.is_number_integer()) return "integer";
    return value.type_name();
}

Error wrong_type(const std::string& path, const json::Value& expected, const json::Value& got) {
    return Error::bad_request(
        "invalid value type at '" + path + "': expected " + std::string{kind_of(expected)} +
        " but got " + got.type_name()
    );
}

bool same_kind(const json::Value& expected, const json::Value& got) {
    if (expected.is_number_integer()) return got.is_number_integer();
    if (expected.is_number()) return got.is_number();
    return expected.type() == got.type();
}

Result<> check_value(const std::string& path, const json::Value& expected, const json::Value& got);

Result<> check_object(
    const std::string& path, const json::Value& expected, const json::Value& got
) {
    for (const auto& [key, value] : got.items()) {
        const std::string at = below(path, key);
        if (holds(kServerOwned, at)) continue;
        const auto known = expected.find(key);
        if (known == expected.end()) {
            Error error = Error::bad_request("unsupported key provided: \"" + key + "\"");
            error.message = "Bad Request";
            return fail(std::move(error));
        }
        FLEET_CHECK(check_value(at, *known, value));
    }
    return {};
}

Result<> check_value(const std::string& path, const json::Value& expected, const json::Value& got) {
    if (got.is_null() || expected.is_null()) return {};
    if (holds(kOpen, path)) {
        return got.is_object() ? Result<>{} : fail(wrong_type(path, expected, got));
    }
    if (!same_kind(expected, got)) return fail(wrong_type(path, expected, got));
    return expected.is_object() ? check_object(path, expected, got) : Result<>{};
}

void merge_at(const std::string& path, json::Value& target, const json::Value& changes) {
    for (const auto& [key, value] : changes.items()) {
        const std::string at = below(path, key);
        if (holds(kServerOwned, at)) continue;
        if (value.is_string() && value.get_ref<const std::string&>() == kMask) continue;
        json::Value& slot = target[key];
        if (at == "agent_options" && value.is_null()) {
            slot = checkin::default_agent_options();
            continue;
        }
        const bool replaces = holds(kOpen, at) || !value.is_object() || !slot.is_object();
        if (value.is_null() && (slot.is_boolean() || slot.is_number() || slot.is_object())) {
            if (!holds(kOpen, at)) continue;  // "not sent" (rest-api-a 10.2 rule 5)
        }
        if (replaces) {
            slot = value;
        } else {
            merge_at(at, slot, value);
        }
    }
}

Error invalid(const char* field, const char* reason) {
    return Error::invalid(field, reason);
}

}  // namespace

const json::Value& default_config() {
    static const json::Value document = [] {
        json::Value out = json::Value::parse(R"json({
        "org_info": {
            "org_name": "", "org_logo_url": "", "org_logo_url_light_background": "",
            "contact_url": "https://fleetdm.com/company/contact"
        },
        "server_settings": {
            "server_url": "", "enable_analytics": true, "live_query_disabled": false,
            "query_reports_disabled": false, "query_report_cap": 0, "scripts_disabled": false,
            "ai_features_disabled": false, "deferred_save_host": false, "debug_host_ids": []
        },
        "smtp_settings": {
            "enable_smtp": false, "configured": false, "sender_address": "", "server": "",
            "port": 587, "authentication_type": "authtype_username_password", "user_name": "",
            "password": "", "enable_ssl_tls": true, "authentication_method": "authmethod_plain",
            "domain": "", "verify_ssl_certs": true, "enable_start_tls": true
        },
        "sso_settings": {
            "enable_sso": false, "entity_id": "", "issuer_uri": "", "idp_name": "",
            "idp_image_url": "", "metadata": "", "metadata_url": "",
            "enable_sso_idp_login": false, "enable_jit_provisioning": false,
            "enable_jit_role_sync": false, "sso_server_url": ""
        },
        "host_expiry_settings": {"host_expiry_enabled": false, "host_expiry_window": 0},
        "activity_expiry_settings": {
            "activity_expiry_enabled": false, "activity_expiry_window": 0
        },
        "features": {
            "enable_host_users": true, "enable_software_inventory": true,
            "additional_queries": null, "detail_query_overrides": null,
            "historical_data": {"uptime": true, "vulnerabilities": true}
        },
        "fleet_desktop": {
            "transparency_url": "https://fleetdm.com/transparency", "alternative_browser_host": ""
        },
        "vulnerability_settings": {"databases_path": ""},
        "webhook_settings": {
            "interval": "24h0m0s",
            "host_status_webhook": {
                "enable_host_status_webhook": false, "destination_url": "",
                "host_percentage": 0.0, "days_count": 0
            },
            "failing_policies_webhook": {
                "enable_failing_policies_webhook": false, "destination_url": "",
                "policy_ids": null, "host_batch_size": 0
            },
            "vulnerabilities_webhook": {
                "enable_vulnerabilities_webhook": false, "destination_url": "",
                "host_batch_size": 0
            },
            "activities_webhook": {"enable_activities_webhook": false, "destination_url": ""}
        },
        "integrations": {
            "jira": [], "zendesk": [], "google_calendar": [], "ndes_scep_proxy": null,
            "conditional_access_enabled": null
        },
        "mdm": {
            "apple_server_url": "", "enabled_and_configured": false,
            "apple_bm_enabled_and_configured": false, "apple_bm_terms_expired": false,
            "windows_enabled_and_configured": false, "android_enabled_and_configured": false,
            "enable_disk_encryption": false,
            "macos_updates": {"minimum_version": null, "deadline": null},
            "ios_updates": {"minimum_version": null, "deadline": null},
            "ipados_updates": {"minimum_version": null, "deadline": null},
            "windows_updates": {"deadline_days": null, "grace_period_days": null},
            "macos_settings": {"custom_settings": null},
            "windows_settings": {"custom_settings": null},
            "macos_setup": {
                "bootstrap_package": null, "enable_end_user_authentication": false,
                "macos_setup_assistant": null, "enable_release_device_manually": false
            },
            "macos_migration": {"enable": false, "mode": "", "webhook_url": ""},
            "end_user_authentication": {
                "entity_id": "", "issuer_uri": "", "metadata": "", "metadata_url": "",
                "idp_name": ""
            }
        },
        "scripts": null,
        "yara_rules": null,
        "gitops": {"gitops_mode_enabled": false, "repository_url": ""},
        "conditional_access": null
        })json");
        out["agent_options"] = checkin::default_agent_options();
        return out;
    }();
    return document;
}

json::Value full_config(const std::string& stored) {
    json::Value out = default_config();
    const json::Value parsed = json::Value::parse(stored, nullptr, /*allow_exceptions=*/false);
    if (!parsed.is_object()) return out;
    merge_at("", out, parsed);
    // The server's own word, which changes do not reach.
    const json::Value::json_pointer configured{"/smtp_settings/configured"};
    if (parsed.contains(configured)) out[configured] = parsed[configured] == true;
    return out;
}

Result<> check_changes(const json::Value& changes) {
    if (!changes.is_object()) return fail(Error::bad_request("failed to decode app config"));
    return check_object("", default_config(), changes);
}

void merge_config(json::Value& config, const json::Value& changes) {
    merge_at("", config, changes);
}

Result<> check_config(const json::Value& config) {
    const auto text = [&](const char* section, const char* key) {
        return config.at(section).at(key).get<std::string>();
    };
    if (text("org_info", "org_name").empty()) {
        return fail(invalid("org_name", "organization name must be present"));
    }
    const std::string url = text("server_settings", "server_url");
    if (!url.starts_with("https://") && !url.starts_with("http://")) {
        return fail(invalid("server_url", "must start with https:// or http://"));
    }
    const auto window = [&](const char* section, const char* enabled, const char* days) {
        const json::Value& s = config.at(section);
        return !s.at(enabled).get<bool>() || s.at(days).get<std::int64_t>() > 0;
    };
    if (!window("host_expiry_settings", "host_expiry_enabled", "host_expiry_window")) {
        return fail(invalid(
            "host_expiry_settings.host_expiry_window", "must be greater than 0 when enabled"
        ));
    }
    if (!window("activity_expiry_settings", "activity_expiry_enabled", "activity_expiry_window")) {
        return fail(invalid(
            "activity_expiry_settings.activity_expiry_window", "must be greater than 0 when enabled"
        ));
    }
    if (config.at("server_settings").at("query_report_cap").get<std::int64_t>() < 0) {
        return fail(invalid("query_report_cap", "must not be negative"));
    }
    return check_account_settings(config);
}

void mask_secrets(json::Value& config) {
    json::Value& password = config["smtp_settings"]["password"];
    if (password.is_string() && !password.get_ref<const std::string&>().empty()) {
        password = std::string{kMask};
    }
    for (const char* kind : {"jira", "zendesk"}) {
        for (json::Value& entry : config["integrations"][kind]) {
            if (entry.is_object()) entry["api_token"] = std::string{kMask};
        }
    }
    json::Value& proxy = config["integrations"]["ndes_scep_proxy"];
    if (proxy.is_object()) proxy["password"] = std::string{kMask};
}

}  // namespace fleet::service
