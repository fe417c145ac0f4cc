#include "fleet/checkin/default_options.hpp"
#include "fleet/service/settings_schema.hpp"

namespace fleet::service {

const json::Value& config_schema() {
    static const json::Value schema = [] {
        json::Value out = json::Value::parse(R"json({
        "org_info": {
            "org_name": "string", "org_logo_url": "string",
            "org_logo_url_light_background": "string", "contact_url": "string"
        },
        "server_settings": {
            "server_url": "string", "enable_analytics": "bool", "live_query_disabled": "bool",
            "query_reports_disabled": "bool", "query_report_cap": "int",
            "scripts_disabled": "bool", "ai_features_disabled": "bool",
            "deferred_save_host": "bool", "debug_host_ids": ["int"]
        },
        "smtp_settings": {
            "enable_smtp": "bool", "configured": "bool", "sender_address": "string",
            "server": "string", "port": "int", "authentication_type": "string",
            "user_name": "string", "password": "string", "enable_ssl_tls": "bool",
            "authentication_method": "string", "domain": "string", "verify_ssl_certs": "bool",
            "enable_start_tls": "bool"
        },
        "sso_settings": {
            "enable_sso": "bool", "entity_id": "string", "issuer_uri": "string",
            "idp_name": "string", "idp_image_url": "string", "metadata": "string",
            "metadata_url": "string", "enable_sso_idp_login": "bool",
            "enable_jit_provisioning": "bool", "enable_jit_role_sync": "bool",
            "sso_server_url": "string"
        },
        "host_expiry_settings": {"host_expiry_enabled": "bool", "host_expiry_window": "int"},
        "activity_expiry_settings": {
            "activity_expiry_enabled": "bool", "activity_expiry_window": "int"
        },
        "features": {
            "enable_host_users": "bool", "enable_software_inventory": "bool",
            "additional_queries": "object?", "detail_query_overrides": "object?",
            "historical_data": {"uptime": "bool", "vulnerabilities": "bool"}
        },
        "fleet_desktop": {"transparency_url": "string", "alternative_browser_host": "string"},
        "agent_options": "object?",
        "vulnerability_settings": {"databases_path": "string"},
        "webhook_settings": {
            "interval": "duration",
            "host_status_webhook": {
                "enable_host_status_webhook": "bool", "destination_url": "string",
                "host_percentage": "number", "days_count": "int"
            },
            "failing_policies_webhook": {
                "enable_failing_policies_webhook": "bool", "destination_url": "string",
                "policy_ids": ["int"], "host_batch_size": "int"
            },
            "vulnerabilities_webhook": {
                "enable_vulnerabilities_webhook": "bool", "destination_url": "string",
                "host_batch_size": "int"
            },
            "activities_webhook": {
                "enable_activities_webhook": "bool", "destination_url": "string"
            },
            "host_activities_webhook": {
                "enable_host_activities_webhook": "bool", "destination_url": "string"
            }
        },
        "integrations": {
            "jira": [{
                "url": "string", "username": "string", "api_token": "string",
                "project_key": "string", "enable_failing_policies": "bool",
                "enable_software_vulnerabilities": "bool"
            }],
            "zendesk": [{
                "url": "string", "email": "string", "api_token": "string", "group_id": "int",
                "enable_failing_policies": "bool", "enable_software_vulnerabilities": "bool"
            }],
            "google_calendar": [{"domain": "string", "api_key_json": "any"}],
            "ndes_scep_proxy": {
                "?": true, "url": "string", "admin_url": "string", "username": "string",
                "password": "string"
            },
            "conditional_access_enabled": "bool?"
        },
        "mdm": {
            "apple_server_url": "string", "enabled_and_configured": "bool",
            "apple_bm_enabled_and_configured": "bool", "apple_bm_terms_expired": "bool",
            "apple_bm_default_team": "string",
            "apple_business_manager": [{
                "organization_name": "string", "macos_team": "string", "ios_team": "string",
                "ipados_team": "string"
            }],
            "volume_purchasing_program": [{"location": "string", "teams": ["string"]}],
            "windows_enabled_and_configured": "bool", "windows_migration_enabled": "bool",
            "enable_turn_on_windows_mdm_manually": "bool",
            "windows_entra_tenant_ids": ["string"], "windows_entra_client_ids": ["string"],
            "windows_require_bitlocker_pin": "bool", "android_enabled_and_configured": "bool",
            "enable_disk_encryption": "bool", "enable_recovery_lock_password": "bool",
            "apple_require_hardware_attestation": "bool",
            "apple_account_provisioning": "object?",
            "macos_updates": {
                "minimum_version": "string?", "deadline": "string?", "update_new_hosts": "bool?"
            },
            "ios_updates": {
                "minimum_version": "string?", "deadline": "string?", "update_new_hosts": "bool?"
            },
            "ipados_updates": {
                "minimum_version": "string?", "deadline": "string?", "update_new_hosts": "bool?"
            },
            "windows_updates": {"deadline_days": "int?", "grace_period_days": "int?"},
            "macos_settings": {},
            "windows_settings": {"managed_local_account_settings": "object?"},
            "android_settings": {"certificates": ["object"]},
            "macos_setup": {
                "bootstrap_package": "string?", "enable_end_user_authentication": "bool",
                "macos_setup_assistant": "string?", "enable_release_device_manually": "bool",
                "script": "string?", "software": ["object"], "manual_agent_install": "bool?",
                "require_all_software_macos": "bool", "lock_end_user_info": "bool",
                "enable_managed_local_account": "bool"
            },
            "macos_migration": {"enable": "bool", "mode": "string", "webhook_url": "string"},
            "end_user_authentication": {
                "entity_id": "string", "issuer_uri": "string", "metadata": "string",
                "metadata_url": "string", "idp_name": "string"
            }
        },
        "scripts": ["string"],
        "yara_rules": [{"name": "string", "contents": "string", "path": "string"}],
        "gitops": {
            "gitops_mode_enabled": "bool", "repository_url": "string",
            "exceptions": {"labels": "bool", "software": "bool", "secrets": "bool"}
        },
        "conditional_access": {
            "?": true, "okta_idp_id": "string?", "okta_assertion_consumer_service_url": "string?",
            "okta_audience_uri": "string?", "okta_certificate": "string?",
            "microsoft_entra_tenant_id": "string?",
            "microsoft_entra_connection_configured": "bool", "bypass_disabled": "bool?"
        },
        "certificate_authorities": "object?",
        "smtp_test": "bool"
        })json");
        const json::Value profiles = json::Value::parse(R"json([{
            "path": "string", "labels": ["string"], "labels_include_all": ["string"],
            "labels_include_any": ["string"], "labels_exclude_any": ["string"]
        }])json");
        for (const char* settings : {"macos_settings", "windows_settings", "android_settings"})
            out["mdm"][settings]["custom_settings"] = profiles;
        return out;
    }();
    return schema;
}

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
            "ai_features_disabled": false, "deferred_save_host": false
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
            "additional_queries": null,
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
            "apple_business_manager": null, "volume_purchasing_program": null,
            "windows_enabled_and_configured": false, "windows_migration_enabled": false,
            "enable_turn_on_windows_mdm_manually": false,
            "windows_entra_tenant_ids": null, "windows_entra_client_ids": null,
            "windows_require_bitlocker_pin": false, "android_enabled_and_configured": false,
            "enable_disk_encryption": false, "enable_recovery_lock_password": false,
            "apple_require_hardware_attestation": false, "apple_account_provisioning": null,
            "macos_updates": {
                "minimum_version": null, "deadline": null, "update_new_hosts": null
            },
            "ios_updates": {"minimum_version": null, "deadline": null},
            "ipados_updates": {"minimum_version": null, "deadline": null},
            "windows_updates": {"deadline_days": null, "grace_period_days": null},
            "macos_settings": {"custom_settings": null},
            "windows_settings": {
                "custom_settings": null, "managed_local_account_settings": null
            },
            "android_settings": {"custom_settings": null, "certificates": null},
            "macos_setup": {
                "bootstrap_package": null, "enable_end_user_authentication": false,
                "macos_setup_assistant": null, "enable_release_device_manually": false,
                "script": null, "software": null, "manual_agent_install": null,
                "require_all_software_macos": false, "lock_end_user_info": false,
                "enable_managed_local_account": false
            },
            "macos_migration": {"enable": false, "mode": "", "webhook_url": ""},
            "end_user_authentication": {
                "entity_id": "", "issuer_uri": "", "metadata": "", "metadata_url": "",
                "idp_name": ""
            }
        },
        "scripts": null,
        "gitops": {
            "gitops_mode_enabled": false, "repository_url": "",
            "exceptions": {"labels": false, "software": false, "secrets": false}
        },
        "conditional_access": null
        })json");
        out["agent_options"] = checkin::default_agent_options();
        return out;
    }();
    return document;
}

}  // namespace fleet::service
