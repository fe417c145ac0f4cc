#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "compact_json.hpp"
#include "fleet/service/host_service.hpp"

/// Hosts on the wire (rest-api-a 13.1).
namespace fleet::api::rest {

struct IssuesDto {
    static constexpr const char* kShapeName = "HostIssues";
    std::uint64_t failing_policies_count = 0;
    std::uint64_t critical_vulnerabilities_count = 0;
    std::uint64_t total_issues_count = 0;
    static void fields(auto&& field) {
        field("failing_policies_count", &IssuesDto::failing_policies_count);
        field("critical_vulnerabilities_count", &IssuesDto::critical_vulnerabilities_count);
        field("total_issues_count", &IssuesDto::total_issues_count);
    }
};

/// Device management is not part of the server yet: what a host without it shows.
struct HostMdmDto {
    static constexpr const char* kShapeName = "HostMdm";
    std::optional<std::string> enrollment_status{};
    std::optional<std::string> server_url{};
    bool dep_profile_error = false;
    std::string name{};
    bool encryption_key_available = false;
    std::optional<bool> connected_to_fleet{};
    static void fields(auto&& field) {
        field("enrollment_status", &HostMdmDto::enrollment_status);
        field("dep_profile_error", &HostMdmDto::dep_profile_error);
        field("server_url", &HostMdmDto::server_url);
        field("name", &HostMdmDto::name);
        field("encryption_key_available", &HostMdmDto::encryption_key_available);
        field("connected_to_fleet", &HostMdmDto::connected_to_fleet);
    }
};

inline constexpr std::array<std::string_view, 2> kHostStatusWords{"online", "offline"};

/// The list shape: the row, and what is derived from it.
struct HostDto : store::HostRecord {
    Time software_updated_at{};
    // Facts of parts that hosts do not have yet.
    std::optional<Time> last_mdm_enrolled_at{}, last_mdm_checked_in_at{};
    std::optional<Time> refetch_critical_queries_until{};
    std::optional<std::string> orbit_version{}, fleet_desktop_version{}, timezone{};
    std::optional<bool> scripts_enabled{};
    std::optional<std::string> pack_stats{};
    std::string hardware_marketing_name{};
    IssuesDto issues{};
    HostMdmDto mdm{};
    std::string status{}, display_text{};

    static void fields(auto&& field) {
        field("created_at", &HostDto::created_at);
        field("updated_at", &HostDto::updated_at);
        field("software_updated_at", &HostDto::software_updated_at);
        field("id", &HostDto::id);
        field("detail_updated_at", &HostDto::detail_updated_at);
        field("label_updated_at", &HostDto::label_updated_at);
        field("policy_updated_at", &HostDto::policy_updated_at);
        field("last_enrolled_at", &HostDto::last_enrolled_at);
        field("last_mdm_enrolled_at", &HostDto::last_mdm_enrolled_at);
        field("last_mdm_checked_in_at", &HostDto::last_mdm_checked_in_at);
        field("seen_time", &HostDto::seen_time);
        field("refetch_requested", &HostDto::refetch_requested);
        field("hostname", &HostDto::hostname);
        field("uuid", &HostDto::uuid);
        field("platform", &HostDto::platform);
        field("osquery_version", &HostDto::osquery_version);
        field("orbit_version", &HostDto::orbit_version);
        field("fleet_desktop_version", &HostDto::fleet_desktop_version);
        field("scripts_enabled", &HostDto::scripts_enabled);
        field("os_version", &HostDto::os_version);
        field("build", &HostDto::build);
        field("platform_like", &HostDto::platform_like);
        field("code_name", &HostDto::code_name);
        field("uptime", &HostDto::uptime);
        field("memory", &HostDto::memory);
        field("cpu_type", &HostDto::cpu_type);
        field("cpu_subtype", &HostDto::cpu_subtype);
        field("cpu_brand", &HostDto::cpu_brand);
        field("cpu_physical_cores", &HostDto::cpu_physical_cores);
        field("cpu_logical_cores", &HostDto::cpu_logical_cores);
        field("hardware_vendor", &HostDto::hardware_vendor);
        field("hardware_model", &HostDto::hardware_model);
        field("hardware_marketing_name", &HostDto::hardware_marketing_name);
        field("hardware_version", &HostDto::hardware_version);
        field("hardware_serial", &HostDto::hardware_serial);
        field("computer_name", &HostDto::computer_name);
        field("timezone", &HostDto::timezone);
        field("public_ip", &HostDto::public_ip);
        field("primary_ip", &HostDto::primary_ip);
        field("primary_mac", &HostDto::primary_mac);
        field("distributed_interval", &HostDto::distributed_interval);
        field("config_tls_refresh", &HostDto::config_tls_refresh);
        field("logger_tls_period", &HostDto::logger_tls_period);
        field("team_id", &HostDto::team_id);
        field("team_name", &HostDto::team_name);
        field("pack_stats", &HostDto::pack_stats);
        field("gigs_disk_space_available", &HostDto::gigs_disk_space_available);
        field("percent_disk_space_available", &HostDto::percent_disk_space_available);
        field("gigs_total_disk_space", &HostDto::gigs_total_disk_space);
        field("gigs_all_disk_space", &HostDto::gigs_all_disk_space);
        field("issues", &HostDto::issues);
        field("mdm", &HostDto::mdm);
        field("refetch_critical_queries_until", &HostDto::refetch_critical_queries_until);
        field("last_restarted_at", &HostDto::last_restarted_at);
        field("status", &HostDto::status, json::among(kHostStatusWords));
        field("display_text", &HostDto::display_text);
        field("display_name", &HostDto::display_name);
        field("duplicate_identity", &HostDto::duplicate_identity);
        // The newer words beside the older ones (rest-api-a 1.9).
        field("fleet_id", &HostDto::team_id);
        field("fleet_name", &HostDto::team_name);
    }
};

HostDto to_dto(const service::HostView& view);

/// One host of a list as compact text.
std::string host_text(const service::HostView& view, const service::HostExtras& extras);

/// The detail shape. `exclude_software` switches the software off.
json::Value host_detail_json(const service::HostDetail& detail, service::WithSoftware software);

/// [{email, source}], with the words of 13.14.
json::Value device_mapping_json(const std::vector<store::HostEmail>& emails);

/// "online" or "offline": missing hosts count as offline here.
std::string status_text(HostStatus status);

}  // namespace fleet::api::rest
