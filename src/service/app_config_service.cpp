#include "fleet/service/app_config_service.hpp"

#include "agent_options_rules.hpp"
#include "app_config_activities.hpp"
#include "app_config_document.hpp"
#include "app_config_rules.hpp"
#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

/// Sections that only global admins see (rest-api-a 10.1).
constexpr const char* kAdminSections[] = {"smtp_settings", "sso_settings", "agent_options"};

json::Value log_json(const LogFacts& facts) {
    return {{"plugin", facts.plugin}, {"config", facts.settings}};
}

void add_licence_and_logging(json::Value& config, const ServerFacts& facts) {
    config["license"] = {
        {"tier", "premium"},
        {"organization", config["org_info"]["org_name"]},
        {"device_count", 0},
        {"expiration", "9999-12-31T23:59:59Z"},
        {"note", ""}};
    config["logging"] = {
        {"debug", facts.debug},
        {"json", facts.json},
        {"result", log_json(facts.result)},
        {"status", log_json(facts.status)},
        {"audit", log_json(facts.audit)}};
    if (!facts.email.is_null()) config["email"] = facts.email;
    if (facts.sandbox) config["sandbox_enabled"] = true;
}

/// What rest-api-a 10.1 never shows empty.
void fill_links(json::Value& config) {
    const auto fill = [&](const char* section, const char* key) {
        json::Value& value = config[section][key];
        if (value == "") value = default_config()[section][key];
    };
    fill("org_info", "contact_url");
    fill("fleet_desktop", "transparency_url");
}

}  // namespace

Result<json::Value> AppConfigService::get(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::read_config, Object::global()));
    json::Value config = full_config(deps_.configs.load().json);
    mask_secrets(config);
    fill_links(config);
    if (viewer.global_role != Role::admin) {
        for (const char* section : kAdminSections)
            config.erase(section);
    }
    config["update_interval"] = {
        {"osquery_detail", deps_.facts.osquery_detail.count()},
        {"osquery_policy", deps_.facts.osquery_policy.count()}};
    config["vulnerabilities"] = deps_.facts.vulnerabilities;
    add_licence_and_logging(config, deps_.facts);
    return config;
}

Result<json::Value> AppConfigService::modify(
    const Viewer& viewer, json::Value changes, const ConfigChangeOptions& options
) {
    FLEET_CHECK(authorize(viewer, Action::write_config, Object::global()));
    FLEET_CHECK(check_changes(changes, options.force ? UnknownKeys::drop : UnknownKeys::refuse));
    const auto agent_options = changes.find("agent_options");
    if (!options.force && agent_options != changes.end()) {
        FLEET_CHECK(check_agent_options(*agent_options));
    }
    json::Value tested;
    const auto order = changes.find("smtp_test");
    const bool wants_mail = order != changes.end() && *order == true;
    if (options.dry_run == DryRun::no && (wants_mail || changes.contains("smtp_settings"))) {
        const json::Value before = full_config(deps_.configs.load().json);
        FLEET_TRY(const json::Value after, changed(before, changes, options));
        FLEET_CHECK(test_mail(viewer, before, after, wants_mail));
        tested = after.at("smtp_settings");
    }
    FLEET_TRY(
        json::Value config,
        store::with_write(
            deps_.db,
            [&](store::Session& session) -> Result<json::Value> {
                return apply(session, viewer, changes, options, tested);
            }
        )
    );
    if (options.dry_run == DryRun::no) deps_.events.schedule_changed();
    mask_secrets(config);
    fill_links(config);
    config["update_interval"] = nullptr;
    config["vulnerabilities"] = nullptr;
    add_licence_and_logging(config, deps_.facts);
    return config;
}

/// Mail settings that do not work are not stored (rest-api-a 10.2). `asked`: also those that work.
Result<> AppConfigService::test_mail(
    const Viewer& viewer, const json::Value& before, const json::Value& after, bool asked
) {
    const json::Value& smtp = after.at("smtp_settings");
    if (asked && smtp.at("enable_smtp") != true) {
        return fail(Error::invalid("smtp_test", "switch mail on first (smtp_settings.enable_smtp)")
        );
    }
    if (!deps_.test_mail || smtp.at("enable_smtp") != true) return {};
    const bool works = smtp.at("configured") == true && smtp == before.at("smtp_settings");
    if (works && !asked) return {};
    return deps_.test_mail(after, viewer.email);
}

Result<json::Value> AppConfigService::changed(
    const json::Value& before, const json::Value& changes, const ConfigChangeOptions& options
) const {
    json::Value after = before;
    if (options.overwrite) {
        overwrite_config(after, changes);
    } else {
        merge_config(after, changes);
    }
    FLEET_CHECK(check_no_masks(after));
    FLEET_CHECK(check_config(after, before, {deps_.facts.windows_mdm, deps_.facts.private_key}));
    return after;
}

/// `tested`: the mail settings that a test mail has been sent by, or null.
Result<json::Value> AppConfigService::apply(
    store::Session& session,
    const Viewer& viewer,
    const json::Value& changes,
    const ConfigChangeOptions& options,
    const json::Value& tested
) {
    json::Value before = full_config(deps_.configs.lock(session).json);
    FLEET_TRY(json::Value after, changed(before, changes, options));
    if (options.dry_run == DryRun::yes) return before;
    json::Value& smtp = after["smtp_settings"];
    if (!tested.is_null()) {
        if (smtp != tested) {
            return fail(Error::unavailable("the mail settings changed meanwhile"));
        }
        smtp["configured"] = smtp["enable_smtp"];
    }
    deps_.configs.save(session, json::dump(after));
    for (const ConfigActivity& activity : config_activities(before, after))
        deps_.activities.record(session, viewer, activity.type, json::dump(activity.details));
    return after;
}

Result<std::string> AppConfigService::certificate(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::read_config, Object::global()));
    return deps_.certificate();
}

}  // namespace fleet::service
