#include "fleet/service/app_config_service.hpp"

#include "agent_options_rules.hpp"
#include "app_config_document.hpp"
#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

/// Sections that only global admins see (rest-api-a 10.1).
constexpr const char* kAdminSections[] = {"smtp_settings", "sso_settings", "agent_options"};

json::Value log_json(const LogFacts& facts) {
    json::Value out{{"plugin", facts.plugin}, {"config", json::Value::object()}};
    if (facts.plugin == "filesystem") {
        out["config"] = {
            {"status_log_file", facts.status_file},
            {"result_log_file", facts.result_file},
            {"audit_log_file", facts.audit_file},
            {"enable_log_rotation", facts.rotation},
            {"enable_log_compression", facts.compression}};
    } else if (facts.plugin == "stdout") {
        out["config"] = nullptr;
    }
    return out;
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
}

void add_intervals(json::Value& config, const ServerFacts& facts) {
    config["update_interval"] = {
        {"osquery_detail", facts.osquery_detail.count()},
        {"osquery_policy", facts.osquery_policy.count()}};
    config["vulnerabilities"] = {
        {"databases_path", ""},
        {"periodicity", 3'600'000'000'000},
        {"cpe_database_url", ""},
        {"cpe_translations_url", ""},
        {"cve_feed_prefix_url", ""},
        {"current_instance_checks", "auto"},
        {"disable_data_sync", false},
        {"disable_schedule", false},
        {"recent_vulnerability_max_age", 2'592'000'000'000'000},
        {"disable_win_os_vulnerabilities", false}};
}

}  // namespace

Result<json::Value> AppConfigService::get(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::read_config, Object::global()));
    json::Value config = full_config(deps_.configs.load().json);
    mask_secrets(config);
    if (viewer.global_role != Role::admin) {
        for (const char* section : kAdminSections)
            config.erase(section);
    }
    add_intervals(config, deps_.facts);
    add_licence_and_logging(config, deps_.facts);
    return config;
}

Result<json::Value> AppConfigService::modify(
    const Viewer& viewer, const json::Value& changes, DryRun dry_run, CheckAgentOptions check
) {
    FLEET_CHECK(authorize(viewer, Action::write_config, Object::global()));
    FLEET_CHECK(check_changes(changes));
    const auto agent_options = changes.find("agent_options");
    if (check == CheckAgentOptions::yes && agent_options != changes.end()) {
        FLEET_CHECK(check_agent_options(*agent_options));
    }
    json::Value tested;
    if (dry_run == DryRun::no && changes.contains("smtp_settings")) {
        const json::Value before = full_config(deps_.configs.load().json);
        json::Value after = before;
        merge_config(after, changes);
        FLEET_CHECK(check_config(after));
        FLEET_CHECK(test_mail(viewer, before, after));
        tested = after["smtp_settings"];
    }
    FLEET_TRY(
        json::Value config,
        store::with_write(
            deps_.db,
            [&](store::Session& session) -> Result<json::Value> {
                json::Value before = full_config(deps_.configs.lock(session).json);
                json::Value after = before;
                merge_config(after, changes);
                FLEET_CHECK(check_config(after));
                if (dry_run == DryRun::yes) return before;
                if (!tested.is_null() && after["smtp_settings"] != tested) {
                    return fail(Error::unavailable("the mail settings changed meanwhile"));
                }
                json::Value& smtp = after["smtp_settings"];
                if (!tested.is_null()) smtp["configured"] = smtp["enable_smtp"];
                deps_.configs.save(session, json::dump(after));
                if (before["agent_options"] != after["agent_options"]) {
                    deps_.activities.record(
                        session,
                        viewer,
                        "edited_agent_options",
                        R"({"global":true,"team_id":null,"team_name":null})"
                    );
                }
                return after;
            }
        )
    );
    if (dry_run == DryRun::no) deps_.events.schedule_changed();
    mask_secrets(config);
    config["update_interval"] = nullptr;
    config["vulnerabilities"] = nullptr;
    add_licence_and_logging(config, deps_.facts);
    return config;
}

/// Mail settings that do not work are not stored (rest-api-a 10.2).
Result<> AppConfigService::test_mail(
    const Viewer& viewer, const json::Value& before, const json::Value& after
) {
    if (!deps_.test_mail || after["smtp_settings"]["enable_smtp"] != true) return {};
    const bool works = after["smtp_settings"]["configured"] == true &&
                       after["smtp_settings"] == before["smtp_settings"];
    if (works) return {};
    return deps_.test_mail(after, viewer.email);
}

Result<std::string> AppConfigService::certificate(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::read_config, Object::global()));
    return deps_.certificate();
}

}  // namespace fleet::service
