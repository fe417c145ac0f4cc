#pragma once

#include <string_view>

namespace fleet {

/// One kind of activity: its name on the wire and the members of its details, separated by blanks.
/// F stands for team_id and team_name, H for host_id and host_display_name, L for the label scopes.
struct ActivityType {
    std::string_view name;
    std::string_view details{};
};

/// Everything that may stand in the feed (rest-api-a 8.6).
inline constexpr ActivityType kActivityTypes[] = {
    {"created_pack", "pack_id pack_name"},
    {"edited_pack", "pack_id pack_name"},
    {"deleted_pack", "pack_name"},
    {"applied_spec_pack"},
    {"created_policy", "policy_id policy_name F"},
    {"edited_policy", "policy_id policy_name F"},
    {"deleted_policy", "policy_id policy_name F"},
    {"applied_spec_policy", "policies"},
    {"created_saved_query", "query_id query_name F"},
    {"edited_saved_query", "query_id query_name F"},
    {"deleted_saved_query", "query_name F"},
    {"deleted_multiple_saved_query", "query_ids F"},
    {"applied_spec_saved_query", "specs"},
    {"created_team", "F"},
    {"deleted_team", "F"},
    {"applied_spec_team", "teams"},
    {"transferred_hosts", "F host_ids host_display_names"},
    {"edited_agent_options", "global F"},
    {"live_query", "targets_count query_sql query_name stats"},
    {"user_added_by_sso"},
    {"user_logged_in", "public_ip"},
    {"user_failed_login", "email public_ip"},
    {"created_user", "user_id user_name user_email"},
    {"deleted_user", "user_id user_name user_email"},
    {"changed_user_global_role", "user_id user_name user_email role"},
    {"deleted_user_global_role", "user_id user_name user_email role"},
    {"changed_user_team_role", "user_id user_name user_email role F"},
    {"deleted_user_team_role", "user_id user_name user_email role F"},
    {"deleted_host", "H host_serial triggered_by host_expiry_window"},
    {"fleet_enrolled", "H host_serial"},
    {"mdm_enrolled",
     "host_serial host_display_name installed_from_dep mdm_platform enrollment_id platform"},
    {"mdm_unenrolled", "host_serial enrollment_id host_display_name installed_from_dep platform"},
    {"edited_macos_min_version", "F minimum_version deadline"},
    {"edited_ios_min_version", "F minimum_version deadline"},
    {"edited_ipados_min_version", "F minimum_version deadline"},
    {"edited_windows_updates", "F deadline_days grace_period_days"},
    {"enabled_macos_update_new_hosts", "F"},
    {"disabled_macos_update_new_hosts", "F"},
    {"read_host_disk_encryption_key", "H"},
    {"retrieved_host_my_device_url", "H"},
    {"created_macos_profile", "profile_name profile_identifier F"},
    {"deleted_macos_profile", "profile_name profile_identifier F"},
    {"edited_macos_profile", "F"},
    {"changed_macos_setup_assistant", "name F"},
    {"deleted_macos_setup_assistant", "name F"},
    {"enabled_macos_disk_encryption", "F"},
    {"disabled_macos_disk_encryption", "F"},
    {"enabled_gitops_mode"},
    {"disabled_gitops_mode"},
    {"enabled_gitops_exception", "exception"},
    {"disabled_gitops_exception", "exception"},
    {"enabled_historical_dataset", "dataset F"},
    {"disabled_historical_dataset", "dataset F"},
    {"added_bootstrap_package", "package_name F"},
    {"deleted_bootstrap_package", "package_name F"},
    {"enabled_macos_setup_end_user_auth", "F"},
    {"disabled_macos_setup_end_user_auth", "F"},
    {"enabled_windows_mdm"},
    {"disabled_windows_mdm"},
    {"enabled_android_mdm"},
    {"disabled_android_mdm"},
    {"enabled_windows_mdm_migration"},
    {"disabled_windows_mdm_migration"},
    {"ran_script",
     "H script_execution_id batch_execution_id script_name async policy_id policy_name "
     "from_setup_experience"},
    {"added_script", "script_name F"},
    {"deleted_script", "script_name F"},
    {"updated_script", "script_name F"},
    {"edited_script", "F"},
    {"created_windows_profile", "profile_name F"},
    {"deleted_windows_profile", "profile_name F"},
    {"edited_windows_profile", "F"},
    {"locked_host", "H view_pin"},
    {"unlocked_host", "H host_platform"},
    {"wiped_host", "H"},
    {"failed_wipe", "H"},
    {"created_declaration_profile", "profile_name identifier F"},
    {"deleted_declaration_profile", "profile_name identifier F"},
    {"edited_declaration_profile", "F"},
    {"created_android_profile", "profile_name F"},
    {"deleted_android_profile", "profile_name F"},
    {"edited_android_profile", "F"},
    {"edited_android_certificate", "F"},
    {"resent_configuration_profile", "H profile_name"},
    {"resent_configuration_profile_batch", "profile_name host_count"},
    {"edited_configuration_profile", "profile_name profile_identifier F platform"},
    {"installed_software",
     "H install_uuid self_service software_title software_package status source policy_id "
     "policy_name command_uuid from_setup_experience failure_reason"},
    {"uninstalled_software", "H software_title script_execution_id self_service status source"},
    {"added_software", "software_title software_package F self_service software_title_id L"},
    {"edited_software",
     "software_title software_package F self_service software_title_id software_icon_url "
     "software_display_name L"},
    {"deleted_software", "software_title software_package F self_service software_icon_url L"},
    {"enabled_vpp", "location"},
    {"disabled_vpp", "location"},
    {"added_app_store_app",
     "software_title software_title_id app_store_id platform self_service F L configuration"},
    {"edited_app_store_app",
     "software_title software_title_id app_store_id platform self_service F L configuration "
     "software_icon_url software_display_name auto_update_enabled auto_update_window_start "
     "auto_update_window_end"},
    {"deleted_app_store_app", "software_title app_store_id platform F software_icon_url L"},
    {"installed_app_store_app",
     "H self_service software_title app_store_id status command_uuid policy_id policy_name "
     "from_setup_experience failure_reason"},
    {"installed_certificate", "H certificate_template_id certificate_name status detail"},
    {"resent_certificate", "H certificate_template_id certificate_name"},
    {"added_ndes_scep_proxy"},
    {"edited_ndes_scep_proxy"},
    {"deleted_ndes_scep_proxy"},
    {"added_custom_scep_proxy", "name"},
    {"edited_custom_scep_proxy", "name"},
    {"deleted_custom_scep_proxy", "name"},
    {"added_digicert", "name"},
    {"edited_digicert", "name"},
    {"deleted_digicert", "name"},
    {"added_hydrant", "name"},
    {"edited_hydrant", "name"},
    {"deleted_hydrant", "name"},
    {"added_custom_est_proxy", "name"},
    {"edited_custom_est_proxy", "name"},
    {"deleted_custom_est_proxy", "name"},
    {"added_smallstep", "name"},
    {"edited_smallstep", "name"},
    {"deleted_smallstep", "name"},
    {"enabled_activity_automations", "webhook_url"},
    {"edited_activity_automations", "webhook_url"},
    {"disabled_activity_automations"},
    {"canceled_run_script", "H script_name"},
    {"canceled_install_software", "H software_title software_title_id"},
    {"canceled_uninstall_software", "H software_title software_title_id"},
    {"canceled_install_app_store_app", "H software_title software_title_id"},
    {"canceled_setup_experience", "H software_title software_title_id"},
    {"ran_script_batch", "script_name batch_execution_id host_count"},
    {"scheduled_script_batch", "batch_execution_id script_name host_count not_before"},
    {"canceled_script_batch", "batch_execution_id script_name host_count canceled_count"},
    {"added_conditional_access_integration_microsoft"},
    {"deleted_conditional_access_integration_microsoft"},
    {"added_conditional_access_okta"},
    {"deleted_conditional_access_okta"},
    {"enabled_conditional_access_automations", "F"},
    {"disabled_conditional_access_automations", "F"},
    {"escrowed_disk_encryption_key", "H"},
    {"created_custom_variable", "custom_variable_id custom_variable_name"},
    {"deleted_custom_variable", "custom_variable_id custom_variable_name"},
    {"edited_setup_experience_software", "platform F"},
    {"edited_host_idp_data", "H host_idp_username"},
    {"edited_enroll_secrets", "F"},
    {"read_host_recovery_lock_password", "H"},
    {"escrowed_recovery_lock_password", "H"},
    {"rotated_recovery_lock_password", "H"},
    {"enabled_recovery_lock_password", "F"},
    {"disabled_recovery_lock_password", "F"},
    {"created_managed_local_account", "H"},
    {"read_managed_local_account", "H"},
    {"rotated_managed_local_account_password", "F H"},
    {"enabled_managed_local_account", "F"},
    {"disabled_managed_local_account", "F"},
    {"failed_enrollment_profile_renewal", "H command_uuid"},
    {"created_label", "label_id label_name F"},
    {"edited_label", "label_id label_name F"},
    {"deleted_label", "label_id label_name F"},
    {"cleared_passcode", "H"},
    {"edited_host_name_template", "F name_template"},
    {"changed_org_logo", "mode"},
    {"deleted_org_logo", "mode"},
    // Beyond Fleet.
    {"created_api_token", "user_id user_name user_email token_id token_name"},
    {"deleted_api_token", "user_id user_name user_email token_id token_name"},
};

constexpr const ActivityType* find_activity_type(std::string_view name) {
    for (const ActivityType& type : kActivityTypes) {
        if (type.name == name) return &type;
    }
    return nullptr;
}

/// Without pointers: g++ 12 with -fsanitize=undefined does not take their comparison for a
/// constant.
constexpr bool is_activity_type(std::string_view name) {
    for (const ActivityType& type : kActivityTypes) {
        if (type.name == name) return true;
    }
    return false;
}

/// The name of an activity that is in the table: any other text does not compile.
class ActivityName {
public:
    consteval ActivityName(const char* name) : name_{name} {  // NOLINT(google-explicit-constructor)
        if (!is_activity_type(name)) throw "not in kActivityTypes";
    }
    constexpr std::string_view text() const { return name_; }

private:
    std::string_view name_;
};

}  // namespace fleet
