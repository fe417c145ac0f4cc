#include "app_config_activities.hpp"

#include <optional>

namespace fleet::service {
namespace {

/// Details that most of these have: nobody's team.
enum class With { nothing, no_team };

json::Value no_team() {
    return {{"team_id", nullptr}, {"team_name", nullptr}};
}

struct Switch {
    const char* path;
    ActivityName on;
    ActivityName off;
    With with = With::no_team;
};

const Switch kSwitches[] = {
    {"/mdm/enable_disk_encryption",
     "enabled_macos_disk_encryption",
     "disabled_macos_disk_encryption"},
    {"/mdm/windows_enabled_and_configured",
     "enabled_windows_mdm",
     "disabled_windows_mdm",
     With::nothing},
    {"/mdm/windows_migration_enabled",
     "enabled_windows_mdm_migration",
     "disabled_windows_mdm_migration",
     With::nothing},
    {"/mdm/enable_recovery_lock_password",
     "enabled_recovery_lock_password",
     "disabled_recovery_lock_password"},
    {"/mdm/macos_updates/update_new_hosts",
     "enabled_macos_update_new_hosts",
     "disabled_macos_update_new_hosts"},
    {"/mdm/macos_setup/enable_end_user_authentication",
     "enabled_macos_setup_end_user_auth",
     "disabled_macos_setup_end_user_auth"},
    {"/mdm/macos_setup/enable_managed_local_account",
     "enabled_managed_local_account",
     "disabled_managed_local_account"},
    {"/gitops/gitops_mode_enabled", "enabled_gitops_mode", "disabled_gitops_mode", With::nothing},
    {"/integrations/conditional_access_enabled",
     "enabled_conditional_access_automations",
     "disabled_conditional_access_automations"}};

/// Members of one object that are switched on and off by name.
struct NamedSwitches {
    const char* path;
    const char* detail;
    ActivityName on;
    ActivityName off;
    With with;
};

const NamedSwitches kNamedSwitches[] = {
    {"/gitops/exceptions",
     "exception",
     "enabled_gitops_exception",
     "disabled_gitops_exception",
     With::nothing},
    {"/features/historical_data",
     "dataset",
     "enabled_historical_dataset",
     "disabled_historical_dataset",
     With::no_team}};

struct Updates {
    const char* path;
    ActivityName type;
    const char* members[2];
};

const Updates kUpdates[] = {
    {"/mdm/macos_updates", "edited_macos_min_version", {"minimum_version", "deadline"}},
    {"/mdm/ios_updates", "edited_ios_min_version", {"minimum_version", "deadline"}},
    {"/mdm/ipados_updates", "edited_ipados_min_version", {"minimum_version", "deadline"}},
    {"/mdm/windows_updates", "edited_windows_updates", {"deadline_days", "grace_period_days"}}};

json::Value at(const json::Value& config, const std::string& path) {
    const json::Value::json_pointer pointer{path};
    return config.contains(pointer) ? config[pointer] : json::Value{};
}

bool is_on(const json::Value& config, const std::string& path) {
    const json::Value value = at(config, path);
    return value.is_boolean() && value.get<bool>();
}

/// Which way it was switched, or nothing.
std::optional<bool> switched(
    const json::Value& before, const json::Value& after, const std::string& path
) {
    const bool now = is_on(after, path);
    return now == is_on(before, path) ? std::nullopt : std::optional{now};
}

void add_activity_webhook(
    const json::Value& before, const json::Value& after, std::vector<ConfigActivity>& out
) {
    const std::string on = "/webhook_settings/activities_webhook/enable_activities_webhook";
    const std::string url = "/webhook_settings/activities_webhook/destination_url";
    const auto way = switched(before, after, on);
    if (way && !*way) return out.push_back({"disabled_activity_automations"});
    const json::Value details{{"webhook_url", at(after, url)}};
    if (way) return out.push_back({"enabled_activity_automations", details});
    if (is_on(after, on) && at(before, url) != at(after, url)) {
        out.push_back({"edited_activity_automations", details});
    }
}

void add_scep_proxy(
    const json::Value& before, const json::Value& after, std::vector<ConfigActivity>& out
) {
    const json::Value then = at(before, "/integrations/ndes_scep_proxy");
    const json::Value now = at(after, "/integrations/ndes_scep_proxy");
    if (then == now) return;
    if (then.is_null()) return out.push_back({"added_ndes_scep_proxy"});
    if (now.is_null()) return out.push_back({"deleted_ndes_scep_proxy"});
    out.push_back({"edited_ndes_scep_proxy"});
}

}  // namespace

std::vector<ConfigActivity> config_activities(const json::Value& before, const json::Value& after) {
    std::vector<ConfigActivity> out;
    const auto details = [](With with) {
        return with == With::no_team ? no_team() : json::Value::object();
    };
    if (before["agent_options"] != after["agent_options"]) {
        json::Value edited{{"global", true}};
        edited.update(no_team());
        out.push_back({"edited_agent_options", std::move(edited)});
    }
    for (const Switch& one : kSwitches) {
        if (const auto way = switched(before, after, one.path)) {
            out.push_back({*way ? one.on : one.off, details(one.with)});
        }
    }
    for (const NamedSwitches& group : kNamedSwitches) {
        const json::Value members = at(after, group.path);
        for (const auto& [name, value] : members.items()) {
            const auto way = switched(before, after, std::string{group.path} + "/" + name);
            if (!way) continue;
            json::Value named{{group.detail, name}};
            named.update(details(group.with));
            out.push_back({*way ? group.on : group.off, std::move(named)});
        }
    }
    for (const Updates& updates : kUpdates) {
        const json::Value then = at(before, updates.path);
        const json::Value now = at(after, updates.path);
        bool changed = false;
        json::Value edited = no_team();
        for (const char* member : updates.members) {
            edited[member] = now.value(member, json::Value{});
            changed = changed || edited[member] != then.value(member, json::Value{});
        }
        if (changed) out.push_back({updates.type, std::move(edited)});
    }
    add_activity_webhook(before, after, out);
    add_scep_proxy(before, after, out);
    return out;
}

}  // namespace fleet::service
