#include "app_config_rules.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "account_settings.hpp"

namespace fleet::service {
namespace {

std::string text(const json::Value& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

bool is_on(const json::Value& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

bool is_web_url(std::string_view url) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (url.starts_with(scheme)) {
            const std::string_view host = url.substr(scheme.size());
            return !host.empty() && host.front() != '/' &&
                   url.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
        }
    }
    return false;
}

Result<> check_organisation(const json::Value& config) {
    const json::Value& org = config.at("org_info");
    if (text(org, "org_name").find_first_not_of(" \t\r\n") == std::string::npos) {
        return fail(Error::invalid("org_name", "organization name must be present"));
    }
    const std::string url = text(config.at("server_settings"), "server_url");
    if (url.empty()) return fail(Error::invalid("server_url", "Fleet server URL must be present"));
    if (!is_web_url(url)) {
        return fail(Error::invalid("server_url", "must start with https:// or http://"));
    }
    if (config.at("server_settings").at("query_report_cap").get<std::int64_t>() < 0) {
        return fail(Error::invalid("query_report_cap", "must not be negative"));
    }
    return {};
}

Result<> check_expiry(const json::Value& config) {
    const auto check = [&](const char* section, const char* enabled, const char* days) -> Result<> {
        constexpr std::int64_t kLongest = 36'500;  // a century: what a date can still be counted by
        const json::Value& settings = config.at(section);
        const auto window = settings.at(days).get<std::int64_t>();
        const std::string field = std::string{section} + "." + days;
        if (is_on(settings, enabled) && window < 1) {
            return fail(Error::invalid(field, "must be greater than 0 when enabled"));
        }
        if (window < 0 || window > kLongest) {
            return fail(Error::invalid(field, "must be a number of days between 0 and 36500"));
        }
        return {};
    };
    FLEET_CHECK(check("host_expiry_settings", "host_expiry_enabled", "host_expiry_window"));
    return check("activity_expiry_settings", "activity_expiry_enabled", "activity_expiry_window");
}

bool any_entry(const json::Value& list, const char* wish) {
    return list.is_array() && std::any_of(list.begin(), list.end(), [&](const json::Value& entry) {
               return is_on(entry, wish);
           });
}

/// Only one of a webhook and the ticket systems may tell about the same thing.
Result<> check_one_automation(
    const json::Value& config, const char* webhook, const char* webhook_on, const char* ticket_on
) {
    const json::Value& integrations = config.at("integrations");
    const bool by_webhook = is_on(config.at("webhook_settings").at(webhook), webhook_on);
    const bool by_jira = any_entry(integrations.at("jira"), ticket_on);
    const bool by_zendesk = any_entry(integrations.at("zendesk"), ticket_on);
    if (by_webhook + by_jira + by_zendesk < 2) return {};
    const std::string field =
        by_webhook ? std::string{"webhook_settings."} + webhook : std::string{"integrations.jira"};
    return fail(Error::invalid(
        field, "only one of the webhook, Jira and Zendesk may be enabled for this automation"
    ));
}

Result<> check_webhooks(const json::Value& config) {
    constexpr std::pair<const char*, const char*> kWebhooks[] = {
        {"host_status_webhook", "enable_host_status_webhook"},
        {"failing_policies_webhook", "enable_failing_policies_webhook"},
        {"vulnerabilities_webhook", "enable_vulnerabilities_webhook"},
        {"activities_webhook", "enable_activities_webhook"}};
    const json::Value& settings = config.at("webhook_settings");
    const auto interval = parse_go_duration(text(settings, "interval"));
    if (!interval || interval->count() <= 0) {
        return fail(Error::invalid("webhook_settings.interval", "must be a positive duration"));
    }
    for (const auto& [name, on] : kWebhooks) {
        const json::Value& webhook = settings.at(name);
        const std::string url = text(webhook, "destination_url");
        if (is_on(webhook, on) && !is_web_url(url)) {
            return fail(Error::invalid(
                std::string{"webhook_settings."} + name + ".destination_url",
                "must be an http or https URL when the webhook is enabled"
            ));
        }
    }
    FLEET_CHECK(check_one_automation(
        config,
        "vulnerabilities_webhook",
        "enable_vulnerabilities_webhook",
        "enable_software_vulnerabilities"
    ));
    FLEET_CHECK(check_one_automation(
        config,
        "failing_policies_webhook",
        "enable_failing_policies_webhook",
        "enable_failing_policies"
    ));
    if (config.at("integrations").at("google_calendar").size() > 1) {
        return fail(Error::invalid("integrations.google_calendar", "only one entry is allowed"));
    }
    return {};
}

/// "x", "x.y" or "x.y.z" of digits.
bool is_version(std::string_view version) {
    int parts = 0;
    while (true) {
        const std::string_view part = version.substr(0, version.find('.'));
        const bool digits =
            !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
        if (!digits || ++parts > 3) return false;
        if (part.size() == version.size()) return true;
        version.remove_prefix(part.size() + 1);
    }
}

bool is_date(const std::string& date) {
    return date.size() == 10 && parse_rfc3339(date + "T00:00:00Z").has_value();
}

Result<> check_apple_updates(const json::Value& mdm, const char* name) {
    const json::Value& updates = mdm.at(name);
    const std::string version = text(updates, "minimum_version");
    const std::string deadline = text(updates, "deadline");
    if (version.empty() && deadline.empty()) return {};
    if (version.empty()) {
        return fail(Error::invalid(name, "minimum_version is required when deadline is provided"));
    }
    if (deadline.empty()) {
        return fail(Error::invalid(name, "deadline is required when minimum_version is provided"));
    }
    if (!is_version(version)) {
        return fail(Error::invalid(name, "minimum_version accepts version numbers only, like 14.1")
        );
    }
    if (!is_date(deadline)) {
        return fail(Error::invalid(name, "deadline accepts YYYY-MM-DD format only"));
    }
    return {};
}

Result<> check_windows_updates(const json::Value& mdm) {
    const json::Value& updates = mdm.at("windows_updates");
    const json::Value& deadline = updates.at("deadline_days");
    const json::Value& grace = updates.at("grace_period_days");
    if (deadline.is_null() && grace.is_null()) return {};
    if (deadline.is_null() || grace.is_null()) {
        return fail(Error::invalid(
            "windows_updates", "deadline_days and grace_period_days must be set together"
        ));
    }
    const auto within = [](const json::Value& value, std::int64_t most) {
        return value.get<std::int64_t>() >= 0 && value.get<std::int64_t>() <= most;
    };
    if (!within(deadline, 30)) {
        return fail(
            Error::invalid("windows_updates", "deadline_days must be an integer between 0 and 30")
        );
    }
    if (!within(grace, 7)) {
        return fail(Error::invalid(
            "windows_updates", "grace_period_days must be an integer between 0 and 7"
        ));
    }
    return {};
}

Result<> check_migration(const json::Value& migration) {
    if (!is_on(migration, "enable")) return {};
    const std::string mode = text(migration, "mode");
    if (mode != "voluntary" && mode != "forced") {
        return fail(Error::invalid("macos_migration.mode", "mode must be voluntary or forced"));
    }
    if (!is_web_url(text(migration, "webhook_url"))) {
        return fail(Error::invalid(
            "macos_migration.webhook_url", "webhook_url must be an http or https URL"
        ));
    }
    return {};
}

Result<> check_mdm(
    const json::Value& mdm, const json::Value& before, const ConfigAbilities& abilities
) {
    for (const char* name : {"macos_updates", "ios_updates", "ipados_updates"})
        FLEET_CHECK(check_apple_updates(mdm, name));
    FLEET_CHECK(check_windows_updates(mdm));
    FLEET_CHECK(check_migration(mdm.at("macos_migration")));
    const auto turned_on = [&](const char* name) {
        return is_on(mdm, name) && !is_on(before, name);
    };
    if (turned_on("windows_enabled_and_configured") && !abilities.windows_mdm) {
        return fail(Error::invalid(
            "mdm.windows_enabled_and_configured",
            "the server needs mdm.windows_wstep_identity_cert and mdm.windows_wstep_identity_key"
        ));
    }
    if (turned_on("windows_migration_enabled") && !is_on(mdm, "windows_enabled_and_configured")) {
        return fail(
            Error::invalid("mdm.windows_migration_enabled", "Windows MDM must be turned on first")
        );
    }
    if (turned_on("enable_disk_encryption") && !abilities.private_key) {
        return fail(Error::invalid(
            "mdm.enable_disk_encryption", "the server needs a private key (server.private_key)"
        ));
    }
    if (turned_on("windows_require_bitlocker_pin") && !is_on(mdm, "enable_disk_encryption")) {
        return fail(Error::invalid(
            "mdm.windows_require_bitlocker_pin", "disk encryption must be turned on first"
        ));
    }
    return {};
}

}  // namespace

Result<> check_config(
    const json::Value& config, const json::Value& before, const ConfigAbilities& abilities
) {
    FLEET_CHECK(check_organisation(config));
    FLEET_CHECK(check_expiry(config));
    FLEET_CHECK(check_account_settings(config));
    FLEET_CHECK(check_webhooks(config));
    FLEET_CHECK(check_mdm(config.at("mdm"), before.at("mdm"), abilities));
    const std::string help = text(config.at("fleet_desktop"), "transparency_url");
    if (!help.empty() && !is_web_url(help)) {
        return fail(Error::invalid("transparency_url", "must be an http or https URL"));
    }
    return {};
}

}  // namespace fleet::service
