#include "host_json.hpp"

#include <algorithm>
#include <map>

#include "policy_json.hpp"
#include "software_json.hpp"

namespace fleet::api::rest {
namespace {

struct HostUserDto : HostUser {
    static void fields(auto&& field) {
        field("uid", &HostUserDto::uid);
        field("username", &HostUserDto::username);
        field("type", &HostUserDto::type);
        field("groupname", &HostUserDto::groupname);
        field("shell", &HostUserDto::shell);
    }
};

struct HostLabelDto {
    Time created_at{}, updated_at{};
    LabelId id{};
    std::string name{}, description{}, query{}, platform{}, label_type{}, label_membership_type{};
    static void fields(auto&& field) {
        field("created_at", &HostLabelDto::created_at);
        field("updated_at", &HostLabelDto::updated_at);
        field("id", &HostLabelDto::id);
        field("name", &HostLabelDto::name);
        field("description", &HostLabelDto::description);
        field("query", &HostLabelDto::query);
        field("platform", &HostLabelDto::platform);
        field("label_type", &HostLabelDto::label_type);
        field("label_membership_type", &HostLabelDto::label_membership_type);
    }
};

struct BatteryDto {
    std::int64_t cycle_count = 0;
    std::string health{};
    static void fields(auto&& field) {
        field("cycle_count", &BatteryDto::cycle_count);
        field("health", &BatteryDto::health);
    }
};

struct QueryStatsDto {
    std::string scheduled_query_name{};
    QueryId scheduled_query_id{};
    std::string query_name{}, description{}, pack_name{};
    std::uint64_t pack_id = 0;
    std::int64_t average_memory = 0;
    bool denylisted = false, discard_data = false, automations_enabled = false;
    std::int64_t executions = 0, interval = 0;
    std::optional<Time> last_executed{}, last_fetched{};
    std::int64_t output_size = 0, system_time = 0, user_time = 0, wall_time = 0;
    static void fields(auto&& field) {
        field("scheduled_query_name", &QueryStatsDto::scheduled_query_name);
        field("scheduled_query_id", &QueryStatsDto::scheduled_query_id);
        field("query_name", &QueryStatsDto::query_name);
        field("description", &QueryStatsDto::description);
        field("pack_name", &QueryStatsDto::pack_name);
        field("pack_id", &QueryStatsDto::pack_id);
        field("average_memory", &QueryStatsDto::average_memory);
        field("denylisted", &QueryStatsDto::denylisted);
        field("discard_data", &QueryStatsDto::discard_data);
        field("automations_enabled", &QueryStatsDto::automations_enabled);
        field("executions", &QueryStatsDto::executions);
        field("interval", &QueryStatsDto::interval);
        field("last_executed", &QueryStatsDto::last_executed);
        field("last_fetched", &QueryStatsDto::last_fetched);
        field("output_size", &QueryStatsDto::output_size);
        field("system_time", &QueryStatsDto::system_time);
        field("user_time", &QueryStatsDto::user_time);
        field("wall_time", &QueryStatsDto::wall_time);
    }
};

struct PackStatsDto {
    std::uint64_t pack_id = 0;
    std::string pack_name{}, type{};
    std::vector<QueryStatsDto> query_stats{};
    static void fields(auto&& field) {
        field("pack_id", &PackStatsDto::pack_id);
        field("pack_name", &PackStatsDto::pack_name);
        field("type", &PackStatsDto::type);
        field("query_stats", &PackStatsDto::query_stats);
    }
};

std::vector<HostUserDto> to_dtos(const std::vector<HostUser>& users) {
    std::vector<HostUserDto> out;
    for (const HostUser& user : users)
        out.push_back({user});
    return out;
}

std::vector<HostLabelDto> to_dtos(const std::vector<store::HostLabel>& labels) {
    constexpr const char* kMemberships[] = {"dynamic", "manual", "host_vitals"};
    std::vector<HostLabelDto> out;
    for (const store::HostLabel& label : labels) {
        out.push_back(
            {label.created_at,
             label.updated_at,
             label.id,
             label.name,
             label.description,
             label.query,
             label.platform,
             label.builtin ? "builtin" : "regular",
             kMemberships[std::clamp(label.membership, 0, 2)]}
        );
    }
    return out;
}

/// Scheduled queries live in one pack for everybody and one for the team (13.1.4).
std::vector<PackStatsDto> to_packs(const std::vector<store::HostQueryStats>& stats) {
    std::map<std::uint64_t, PackStatsDto> packs;
    for (const store::HostQueryStats& s : stats) {
        const std::uint64_t team = s.team ? raw(*s.team) : 0;
        PackStatsDto& pack = packs[team];
        if (pack.pack_name.empty()) {
            pack.pack_name = team == 0 ? "Global" : "team-" + std::to_string(team);
            pack.type = team == 0 ? "global" : "team-" + std::to_string(team);
        }
        QueryStatsDto dto;
        dto.scheduled_query_name = dto.query_name = s.query_name;
        dto.scheduled_query_id = s.query;
        dto.description = s.description;
        dto.pack_name = pack.pack_name;
        dto.average_memory = s.stats.average_memory;
        dto.denylisted = s.stats.denylisted;
        dto.discard_data = s.discard_data;
        dto.automations_enabled = s.automations;
        dto.executions = s.stats.executions;
        dto.interval = s.stats.interval;
        dto.last_executed = s.stats.last_executed;
        dto.last_fetched = s.last_fetched;
        dto.output_size = s.stats.output_size;
        dto.system_time = s.stats.system_time;
        dto.user_time = s.stats.user_time;
        dto.wall_time = s.stats.wall_time;
        pack.query_stats.push_back(std::move(dto));
    }
    std::vector<PackStatsDto> out;
    for (auto& [team, pack] : packs)
        out.push_back(std::move(pack));
    return out;
}

json::Value additional_json(const std::string& text) {
    json::Value out = json::Value::parse(text, nullptr, /*allow_exceptions=*/false);
    return out.is_discarded() ? json::Value::object() : out;
}

/// Only the members asked for; all when none is named.
json::Value chosen(json::Value additional, const std::vector<std::string>& keys) {
    if (keys.empty() || !additional.is_object()) return additional;
    json::Value out = json::Value::object();
    for (const std::string& key : keys) {
        if (const auto found = additional.find(key); found != additional.end()) out[key] = *found;
    }
    return out;
}

/// The person behind the host (13.1.1): nobody, or one entry.
json::Value end_users_json(const std::vector<store::HostEmail>& emails) {
    json::Value out = json::Value::array();
    if (emails.empty()) return out;
    json::Value user = json::Value::object();
    user["idp_username"] = "";
    json::Value others = json::Value::array();
    for (const store::HostEmail& email : emails) {
        if (email.source == "idp") {
            user["idp_username"] = email.email;
        } else {
            others.push_back({{"email", email.email}, {"source", email.source}});
        }
    }
    user["idp_full_name"] = "";
    user["idp_info_updated_at"] = nullptr;
    user["idp_groups"] = json::Value::array();
    user["idp_department"] = "";
    user["other_emails"] = std::move(others);
    out.push_back(std::move(user));
    return out;
}

/// The parts of `mdm` that only the detail shows, for a host without device management.
void add_mdm_detail(json::Value& mdm) {
    mdm["encryption_key_archived"] = false;
    mdm["profiles"] = json::Value::array();
    mdm["os_settings"] = {{"disk_encryption", {{"status", nullptr}, {"detail", ""}}}};
    mdm["macos_settings"] = {{"disk_encryption", nullptr}, {"action_required", nullptr}};
    mdm["device_status"] = "unlocked";
    mdm["pending_action"] = "";
}

}  // namespace

json::Value device_mapping_json(const std::vector<store::HostEmail>& emails) {
    json::Value out = json::Value::array();
    for (const store::HostEmail& email : emails)
        out.push_back({{"email", email.email}, {"source", email.source}});
    return out;
}

std::string status_text(HostStatus status) {
    return status == HostStatus::online ? "online" : "offline";
}

HostDto to_dto(const service::HostView& view) {
    HostDto out{view.host};
    out.software_updated_at = view.host.detail_updated_at;
    out.status = status_text(view.status);
    out.display_text = view.host.hostname;
    out.issues.failing_policies_count = view.failing_policies;
    out.issues.total_issues_count = view.failing_policies;
    return out;
}

std::string host_text(const service::HostView& view, const service::HostExtras& extras) {
    std::string out;
    out.reserve(2'300);
    append_json(out, to_dto(view));
    if (extras.users) append_member(out, "users", to_dtos(view.users));
    if (extras.labels) append_member(out, "labels", to_dtos(view.labels));
    if (extras.additional && view.additional) {
        append_member(
            out, "additional", chosen(additional_json(*view.additional), extras.additional_keys)
        );
    }
    if (extras.emails) append_member(out, "device_mapping", device_mapping_json(view.emails));
    if (extras.software) append_software(out, view.software);
    if (extras.policies) append_member(out, "policies", host_policies_json(view.policies));
    return out;
}

json::Value host_detail_json(const service::HostDetail& detail, service::WithSoftware software) {
    json::Value out = json::encode(to_dto(detail));
    add_mdm_detail(out["mdm"]);
    out["pack_stats"] = json::encode(to_packs(detail.query_stats));
    out["packs"] = json::Value::array();
    out["labels"] = json::encode(to_dtos(detail.labels));
    out["users"] = json::encode(to_dtos(detail.users));
    out["policies"] = host_policies_json(detail.policies);
    if (software == service::WithSoftware::yes) {
        out["software"] = json::Value::array();
        for (const store::InstalledSoftware& one : detail.software)
            out["software"].push_back(to_json(one));
    }
    std::vector<BatteryDto> batteries;
    for (const HostBattery& battery : detail.batteries)
        batteries.push_back({battery.cycle_count, battery.health});
    out["batteries"] = json::encode(batteries);
    out["end_users"] = end_users_json(detail.emails);
    out["maintenance_window"] = nullptr;
    if (detail.additional) out["additional"] = additional_json(*detail.additional);
    // Unknown is absent; so is "off" on Linux, where it may just not be told.
    const auto& encrypted = detail.host.disk_encrypted;
    const bool is_linux = generic_platform(detail.host.platform) == Platform::linux;
    if (encrypted && (*encrypted || !is_linux)) out["disk_encryption_enabled"] = *encrypted;
    json::Value warnings = json::Value::array();
    if (detail.host.duplicate_identity) {
        warnings.push_back(
            "Another machine enrolled under the same identity as this one. Give each machine its "
            "own: run osquery with --host_identifier=instance, or clear the copied osquery "
            "database on one of them."
        );
    }
    out["warnings"] = std::move(warnings);
    return out;
}

}  // namespace fleet::api::rest
