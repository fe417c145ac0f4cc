#pragma once

#include <optional>
#include <string>

#include "fleet/api/rest/paging.hpp"
#include "fleet/service/host_service.hpp"

namespace fleet::api::rest {

/// The query string of every endpoint that selects hosts (rest-api-a 13.2), as it came.
struct HostParams : PageParams {
    std::optional<std::string> status{}, team_id{}, label_id{}, platform{};
    // Beyond the contract: labels combined with and, or, not; moments between which hosts were
    // made or last seen.
    std::optional<std::string> labels{}, created_after{}, created_before{};
    std::optional<std::string> seen_after{}, seen_before{};
    std::optional<std::string> os_name{}, os_version{}, low_disk_space{};
    std::optional<std::string> populate_users{}, populate_labels{}, populate_policies{};
    std::optional<std::string> populate_software{}, disable_issues{}, disable_failing_policies{};
    std::optional<std::string> device_mapping{}, include_device_status{};
    std::optional<std::string> additional_info_filters{};
    std::optional<std::string> software_id{}, software_version_id{}, software_title_id{};
    std::optional<std::string> policy_id{}, policy_response{};
    // Facts that hosts do not have yet: checked, then nothing matches.
    std::optional<std::string> software_status{}, os_version_id{}, os_id{};
    std::optional<std::string> vulnerability{}, mdm_id{}, mdm_name{}, mdm_enrollment_status{};
    std::optional<std::string> connected_to_fleet{}, munki_issue_id{}, macos_settings{};
    std::optional<std::string> apple_settings{}, macos_settings_disk_encryption{}, os_settings{};
    std::optional<std::string> os_settings_disk_encryption{}, bootstrap_package{}, profile_uuid{};
    std::optional<std::string> profile_status{}, script_batch_execution_id{};
    std::optional<std::string> script_batch_execution_status{};
    // CSV only.
    std::optional<std::string> format{}, columns{};
    LabelId id{};  // of /labels/{id}/hosts

    static void fields(auto&& field) {
        page_fields<HostParams>(field);
        field("status", &HostParams::status, json::in_query);
        field("team_id", &HostParams::team_id, json::in_query);
        field("label_id", &HostParams::label_id, json::in_query);
        field("platform", &HostParams::platform, json::in_query);
        field("labels", &HostParams::labels, json::in_query);
        field("created_after", &HostParams::created_after, json::in_query);
        field("created_before", &HostParams::created_before, json::in_query);
        field("seen_after", &HostParams::seen_after, json::in_query);
        field("seen_before", &HostParams::seen_before, json::in_query);
        field("os_name", &HostParams::os_name, json::in_query);
        field("os_version", &HostParams::os_version, json::in_query);
        field("low_disk_space", &HostParams::low_disk_space, json::in_query);
        field("populate_users", &HostParams::populate_users, json::in_query);
        field("populate_labels", &HostParams::populate_labels, json::in_query);
        field("populate_policies", &HostParams::populate_policies, json::in_query);
        field("populate_software", &HostParams::populate_software, json::in_query);
        field("disable_issues", &HostParams::disable_issues, json::in_query);
        field("disable_failing_policies", &HostParams::disable_failing_policies, json::in_query);
        field("device_mapping", &HostParams::device_mapping, json::in_query);
        field("include_device_status", &HostParams::include_device_status, json::in_query);
        field("additional_info_filters", &HostParams::additional_info_filters, json::in_query);
        field("policy_id", &HostParams::policy_id, json::in_query);
        field("policy_response", &HostParams::policy_response, json::in_query);
        field("software_id", &HostParams::software_id, json::in_query);
        field("software_version_id", &HostParams::software_version_id, json::in_query);
        field("software_title_id", &HostParams::software_title_id, json::in_query);
        field("software_status", &HostParams::software_status, json::in_query);
        field("os_version_id", &HostParams::os_version_id, json::in_query);
        field("os_id", &HostParams::os_id, json::in_query);
        field("vulnerability", &HostParams::vulnerability, json::in_query);
        field("mdm_id", &HostParams::mdm_id, json::in_query);
        field("mdm_name", &HostParams::mdm_name, json::in_query);
        field("mdm_enrollment_status", &HostParams::mdm_enrollment_status, json::in_query);
        field("connected_to_fleet", &HostParams::connected_to_fleet, json::in_query);
        field("munki_issue_id", &HostParams::munki_issue_id, json::in_query);
        field("macos_settings", &HostParams::macos_settings, json::in_query);
        field("apple_settings", &HostParams::apple_settings, json::in_query);
        field(
            "macos_settings_disk_encryption",
            &HostParams::macos_settings_disk_encryption,
            json::in_query
        );
        field("os_settings", &HostParams::os_settings, json::in_query);
        field(
            "os_settings_disk_encryption", &HostParams::os_settings_disk_encryption, json::in_query
        );
        field("bootstrap_package", &HostParams::bootstrap_package, json::in_query);
        field("profile_uuid", &HostParams::profile_uuid, json::in_query);
        field("profile_status", &HostParams::profile_status, json::in_query);
        field("script_batch_execution_id", &HostParams::script_batch_execution_id, json::in_query);
        field(
            "script_batch_execution_status",
            &HostParams::script_batch_execution_status,
            json::in_query
        );
        field("format", &HostParams::format, json::in_query);
        field("columns", &HostParams::columns, json::in_query);
        field("id", &HostParams::id, json::in_path);
    }
};

/// The parameters, checked.
struct HostListRequest {
    service::HostSelection selection{};
    service::HostExtras extras{};
    Paging paging{};
};

/// 400 with the reasons of rest-api-a 1.5 and 13.2.
Result<HostListRequest> to_host_list(const HostParams& params);

/// Go's spellings of a boolean; 400 otherwise.
Result<bool> go_bool(const char* name, const std::optional<std::string>& text);
/// A number from `least` to `most`; 400 "Invalid <name>: <value>" otherwise.
Result<std::optional<std::uint64_t>> uint_param(
    const char* name,
    const std::optional<std::string>& text,
    std::uint64_t least = 0,
    std::uint64_t most = UINT64_MAX
);

}  // namespace fleet::api::rest
