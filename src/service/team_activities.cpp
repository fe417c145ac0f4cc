#include "team_activities.hpp"

#include <algorithm>
#include <array>

namespace fleet::service::team_activity {
namespace {

json::Value details_of(const std::optional<Team>& team) {
    json::Value out = json::Value::object();
    out["team_id"] = team ? json::Value(raw(team->id)) : json::Value(nullptr);
    out["team_name"] = team ? json::Value(team->name) : json::Value(nullptr);
    return out;
}

}  // namespace

std::string of_team(const Team& team) {
    return json::dump(details_of(team));
}

std::string of_no_team() {
    return json::dump(details_of(std::nullopt));
}

std::string agent_options(const Team& team) {
    json::Value out{{"global", false}};
    out.update(details_of(team));
    return json::dump(out);
}

std::string applied(std::span<const Team> teams) {
    json::Value list = json::Value::array();
    for (const Team& team : teams)
        list.push_back({{"id", raw(team.id)}, {"name", team.name}});
    return json::dump({{"teams", std::move(list)}});
}

std::string transferred(const std::optional<Team>& team, std::span<const store::MovedHost> hosts) {
    json::Value out = details_of(team);
    out["host_ids"] = json::Value::array();
    out["host_display_names"] = json::Value::array();
    for (const store::MovedHost& host : hosts) {
        out["host_ids"].push_back(raw(host.id));
        out["host_display_names"].push_back(host.display_name);
    }
    return json::dump(out);
}

}  // namespace fleet::service::team_activity

namespace fleet::service {
namespace {

using Pointer = json::Value::json_pointer;

const json::Value& at(const json::Value& config, const char* path) {
    static const json::Value kNull;
    const Pointer pointer{path};
    return config.contains(pointer) ? config.at(pointer) : kNull;
}

bool is_on(const json::Value& value) {
    return value.is_boolean() && value.get<bool>();
}

/// A setting whose change has a type of its own, and the members that tell the new values.
struct Edited {
    ActivityName type;
    const char* path;
    std::array<const char*, 2> members;
};
constexpr std::array kEdited{
    Edited{"edited_macos_min_version", "/mdm/macos_updates", {"minimum_version", "deadline"}},
    Edited{"edited_ios_min_version", "/mdm/ios_updates", {"minimum_version", "deadline"}},
    Edited{"edited_ipados_min_version", "/mdm/ipados_updates", {"minimum_version", "deadline"}},
    Edited{
        "edited_windows_updates", "/mdm/windows_updates", {"deadline_days", "grace_period_days"}},
};

/// A switch, and what its two ways are called.
struct Switch {
    const char* path;
    ActivityName enabled;
    ActivityName disabled;
    const char* dataset;  // of historical data; nullptr: none
};
constexpr std::array kSwitches{
    Switch{
        "/mdm/enable_disk_encryption",
        "enabled_macos_disk_encryption",
        "disabled_macos_disk_encryption",
        nullptr},
    Switch{
        "/mdm/enable_recovery_lock_password",
        "enabled_recovery_lock_password",
        "disabled_recovery_lock_password",
        nullptr},
    Switch{
        "/mdm/macos_updates/update_new_hosts",
        "enabled_macos_update_new_hosts",
        "disabled_macos_update_new_hosts",
        nullptr},
    Switch{
        "/mdm/macos_setup/enable_end_user_authentication",
        "enabled_macos_setup_end_user_auth",
        "disabled_macos_setup_end_user_auth",
        nullptr},
    Switch{
        "/mdm/macos_setup/enable_managed_local_account",
        "enabled_managed_local_account",
        "disabled_managed_local_account",
        nullptr},
    Switch{
        "/integrations/conditional_access_enabled",
        "enabled_conditional_access_automations",
        "disabled_conditional_access_automations",
        nullptr},
    Switch{
        "/features/historical_data/uptime",
        "enabled_historical_dataset",
        "disabled_historical_dataset",
        "uptime"},
    Switch{
        "/features/historical_data/vulnerabilities",
        "enabled_historical_dataset",
        "disabled_historical_dataset",
        "vulnerabilities"},
};

}  // namespace

void record_setting_changes(
    Activities& activities,
    store::Session& session,
    const Viewer& viewer,
    const Team& team,
    const json::Value& before,
    const json::Value& after
) {
    const json::Value of_team{{"team_id", raw(team.id)}, {"team_name", team.name}};
    if (at(before, "/agent_options") != at(after, "/agent_options")) {
        activities.record(
            session, viewer, "edited_agent_options", team_activity::agent_options(team)
        );
    }
    for (const Edited& edited : kEdited) {
        const json::Value& now = at(after, edited.path);
        const json::Value& then = at(before, edited.path);
        const bool same =
            std::all_of(edited.members.begin(), edited.members.end(), [&](const char* member) {
                return now.value(member, json::Value{}) == then.value(member, json::Value{});
            });
        if (same) continue;
        json::Value details = of_team;
        for (const char* member : edited.members)
            details[member] = now.value(member, json::Value{});
        activities.record(session, viewer, edited.type, json::dump(details));
    }
    for (const Switch& one : kSwitches) {
        const bool on = is_on(at(after, one.path));
        if (on == is_on(at(before, one.path))) continue;
        json::Value details = json::Value::object();
        if (one.dataset != nullptr) details["dataset"] = one.dataset;
        details.update(of_team);
        activities.record(session, viewer, on ? one.enabled : one.disabled, json::dump(details));
    }
}

}  // namespace fleet::service
