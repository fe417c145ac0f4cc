// Generated from docs/openapi.json by tools/api_types.mjs; do not edit. A new document and new
// types: cmake --build --preset dev --target api_types. Only the types: npm run api-types.

export interface components {
    schemas: {
        User: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            email: string;
            force_password_reset: boolean;
            gravatar_url: string;
            position?: string;
            sso_enabled: boolean;
            mfa_enabled: boolean;
            /** @enum {string|null} */
            global_role: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops" | null;
            api_only: boolean;
            teams: components["schemas"]["UserTeam"][];
            api_endpoints?: components["schemas"]["ApiEndpoint"][];
            fleets: components["schemas"]["UserTeam"][];
        };
        UserTeam: {
            id: number;
            name: string;
            description: string;
            /** @enum {string} */
            role: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
        };
        ApiEndpoint: {
            method: string;
            path: string;
        };
        AvailableTeam: {
            id: number;
            name: string;
            description: string;
        };
        Me: {
            user: components["schemas"]["User"];
            available_teams: components["schemas"]["AvailableTeam"][];
            settings?: {
                hidden_host_columns?: string[];
            };
            available_fleets: components["schemas"]["AvailableTeam"][];
        };
        UserSession: {
            session_id: number;
            user_id: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            accessed_at: string;
        };
        Invite: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            invited_by: number;
            email: string;
            name: string;
            position: string;
            sso_enabled: boolean;
            mfa_enabled: boolean;
            /** @enum {string|null} */
            global_role: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops" | null;
            teams: components["schemas"]["UserTeam"][];
            fleets: components["schemas"]["UserTeam"][];
        };
        ApiCatalogEntry: {
            method: string;
            path: string;
            display_name: string;
            deprecated: boolean;
        };
        ApiToken: {
            id: number;
            user_id: number;
            name: string;
            /** @enum {string} */
            scope: "read_only" | "full";
            team_id: number | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            last_used_at: string | null;
            fleet_id: number | null;
        };
        SsoSettings: {
            idp_name: string;
            idp_image_url: string;
            sso_enabled: boolean;
        };
        EnrollSecret: {
            secret: string;
            created_at?: string;
            team_id?: number | null;
            name?: string | null;
            expires_at?: string | null;
            use_limit?: number | null;
            use_count?: number | null;
            last_used_at?: string | null;
            fleet_id?: number | null;
        };
        Team: {
            agent_options?: Record<string, unknown> | null;
            host_expiry_settings: {
                host_expiry_enabled: boolean;
                host_expiry_window: number;
            };
            webhook_settings: {
                host_status_webhook: {
                    enable_host_status_webhook?: boolean | null;
                    destination_url?: string | null;
                    host_percentage?: number | null;
                    days_count?: number | null;
                } | null;
                failing_policies_webhook: {
                    enable_failing_policies_webhook: boolean;
                    destination_url: string;
                    policy_ids: number[] | null;
                    host_batch_size: number;
                };
                host_activities_webhook?: {
                    enable_host_activities_webhook?: boolean | null;
                    destination_url?: string | null;
                } | null;
            };
            integrations: {
                jira: {
                    url?: string | null;
                    project_key?: string | null;
                    enable_failing_policies?: boolean | null;
                }[] | null;
                zendesk: {
                    url?: string | null;
                    group_id?: number | null;
                    enable_failing_policies?: boolean | null;
                }[] | null;
                google_calendar: {
                    enable_calendar_events: boolean;
                    webhook_url: string;
                };
                conditional_access_enabled: boolean | null;
            };
            features: {
                enable_host_users: boolean;
                enable_software_inventory: boolean;
                additional_queries?: Record<string, unknown> | null;
                detail_query_overrides?: Record<string, unknown> | null;
                historical_data: {
                    uptime: boolean;
                    vulnerabilities: boolean;
                };
            };
            mdm: {
                enable_disk_encryption: boolean;
                enable_recovery_lock_password: boolean;
                windows_require_bitlocker_pin: boolean;
                name_template?: string | null;
                macos_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ios_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ipados_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                windows_updates: {
                    deadline_days: number | null;
                    grace_period_days: number | null;
                };
                macos_settings: {
                    custom_settings: Record<string, unknown>[] | null;
                    enable_disk_encryption?: boolean | null;
                };
                windows_settings: {
                    custom_settings: Record<string, unknown>[] | null;
                    managed_local_account_settings?: Record<string, unknown> | null;
                };
                linux_settings?: Record<string, unknown> | null;
                android_settings: {
                    custom_settings: Record<string, unknown>[] | null;
                    certificates: Record<string, unknown>[] | null;
                };
                macos_setup: {
                    bootstrap_package: string | null;
                    enable_end_user_authentication: boolean;
                    macos_setup_assistant: string | null;
                    enable_release_device_manually: boolean;
                    script: string | null;
                    software: Record<string, unknown>[] | null;
                    manual_agent_install: boolean | null;
                    require_all_software_macos?: boolean | null;
                    lock_end_user_info?: boolean | null;
                    enable_managed_local_account: boolean;
                };
            };
            scripts: unknown[] | null;
            software: {
                packages?: Record<string, unknown>[] | null;
                app_store_apps?: Record<string, unknown>[] | null;
                fleet_maintained_apps?: Record<string, unknown>[] | null;
            } | null;
            id: number;
            /** Format: date-time */
            created_at: string;
            name: string;
            description: string;
            user_count: number;
            host_count: number;
            users?: components["schemas"]["TeamMemberInOlderWords"][];
            secrets?: components["schemas"]["EnrollSecretInOlderWords"][] | null;
        };
        TeamMemberInOlderWords: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            email: string;
            force_password_reset: boolean;
            gravatar_url: string;
            position?: string;
            sso_enabled: boolean;
            mfa_enabled: boolean;
            /** @enum {string|null} */
            global_role: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops" | null;
            api_only: boolean;
            teams: components["schemas"]["UserTeam"][];
            api_endpoints?: components["schemas"]["ApiEndpoint"][];
            /** @enum {string} */
            role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
        };
        EnrollSecretInOlderWords: {
            secret: string;
            created_at?: string;
            team_id?: number | null;
            name?: string | null;
            expires_at?: string | null;
            use_limit?: number | null;
            use_count?: number | null;
            last_used_at?: string | null;
        };
        TeamInNewerWords: {
            agent_options?: Record<string, unknown> | null;
            host_expiry_settings: {
                host_expiry_enabled: boolean;
                host_expiry_window: number;
            };
            webhook_settings: {
                host_status_webhook: {
                    enable_host_status_webhook?: boolean | null;
                    destination_url?: string | null;
                    host_percentage?: number | null;
                    days_count?: number | null;
                } | null;
                failing_policies_webhook: {
                    enable_failing_policies_webhook: boolean;
                    destination_url: string;
                    policy_ids: number[] | null;
                    host_batch_size: number;
                };
                host_activities_webhook?: {
                    enable_host_activities_webhook?: boolean | null;
                    destination_url?: string | null;
                } | null;
            };
            integrations: {
                jira: {
                    url?: string | null;
                    project_key?: string | null;
                    enable_failing_policies?: boolean | null;
                }[] | null;
                zendesk: {
                    url?: string | null;
                    group_id?: number | null;
                    enable_failing_policies?: boolean | null;
                }[] | null;
                google_calendar: {
                    enable_calendar_events: boolean;
                    webhook_url: string;
                };
                conditional_access_enabled: boolean | null;
            };
            features: {
                enable_host_users: boolean;
                enable_software_inventory: boolean;
                additional_queries?: Record<string, unknown> | null;
                detail_query_overrides?: Record<string, unknown> | null;
                historical_data: {
                    uptime: boolean;
                    vulnerabilities: boolean;
                };
            };
            mdm: {
                enable_disk_encryption: boolean;
                enable_recovery_lock_password: boolean;
                windows_require_bitlocker_pin: boolean;
                name_template?: string | null;
                macos_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ios_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ipados_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                windows_updates: {
                    deadline_days: number | null;
                    grace_period_days: number | null;
                };
                apple_settings: {
                    configuration_profiles: Record<string, unknown>[] | null;
                    enable_disk_encryption?: boolean | null;
                };
                windows_settings: {
                    configuration_profiles: Record<string, unknown>[] | null;
                    managed_local_account_settings?: Record<string, unknown> | null;
                };
                linux_settings?: Record<string, unknown> | null;
                android_settings: {
                    configuration_profiles: Record<string, unknown>[] | null;
                    certificates: Record<string, unknown>[] | null;
                };
                setup_experience: {
                    bootstrap_package: string | null;
                    enable_end_user_authentication: boolean;
                    apple_setup_assistant: string | null;
                    enable_release_device_manually: boolean;
                    macos_script: string | null;
                    software: Record<string, unknown>[] | null;
                    macos_manual_agent_install: boolean | null;
                    require_all_software_macos?: boolean | null;
                    lock_end_user_info?: boolean | null;
                    enable_create_local_admin_account: boolean;
                };
            };
            scripts: unknown[] | null;
            software: {
                packages?: Record<string, unknown>[] | null;
                app_store_apps?: Record<string, unknown>[] | null;
                fleet_maintained_apps?: Record<string, unknown>[] | null;
            } | null;
            id: number;
            /** Format: date-time */
            created_at: string;
            name: string;
            description: string;
            user_count: number;
            host_count: number;
            users?: components["schemas"]["TeamMemberInNewerWords"][];
            secrets?: components["schemas"]["EnrollSecretInNewerWords"][] | null;
        };
        TeamMemberInNewerWords: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            email: string;
            force_password_reset: boolean;
            gravatar_url: string;
            position?: string;
            sso_enabled: boolean;
            mfa_enabled: boolean;
            /** @enum {string|null} */
            global_role: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops" | null;
            api_only: boolean;
            fleets: components["schemas"]["UserTeam"][];
            api_endpoints?: components["schemas"]["ApiEndpoint"][];
            /** @enum {string} */
            role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
        };
        EnrollSecretInNewerWords: {
            secret: string;
            created_at?: string;
            fleet_id?: number | null;
            name?: string | null;
            expires_at?: string | null;
            use_limit?: number | null;
            use_count?: number | null;
            last_used_at?: string | null;
        };
        TeamOrNone: {
            agent_options?: Record<string, unknown> | null;
            host_expiry_settings?: {
                host_expiry_enabled: boolean;
                host_expiry_window: number;
            };
            webhook_settings: {
                host_status_webhook?: {
                    enable_host_status_webhook?: boolean | null;
                    destination_url?: string | null;
                    host_percentage?: number | null;
                    days_count?: number | null;
                } | null;
                failing_policies_webhook: {
                    enable_failing_policies_webhook: boolean;
                    destination_url: string;
                    policy_ids: number[] | null;
                    host_batch_size: number;
                };
                host_activities_webhook?: {
                    enable_host_activities_webhook?: boolean | null;
                    destination_url?: string | null;
                } | null;
            };
            integrations: {
                jira: {
                    url?: string | null;
                    project_key?: string | null;
                    enable_failing_policies?: boolean | null;
                }[] | null;
                zendesk: {
                    url?: string | null;
                    group_id?: number | null;
                    enable_failing_policies?: boolean | null;
                }[] | null;
                google_calendar?: {
                    enable_calendar_events: boolean;
                    webhook_url: string;
                };
                conditional_access_enabled?: boolean | null;
            };
            features?: {
                enable_host_users: boolean;
                enable_software_inventory: boolean;
                additional_queries?: Record<string, unknown> | null;
                detail_query_overrides?: Record<string, unknown> | null;
                historical_data: {
                    uptime: boolean;
                    vulnerabilities: boolean;
                };
            };
            mdm?: {
                enable_disk_encryption: boolean;
                enable_recovery_lock_password: boolean;
                windows_require_bitlocker_pin: boolean;
                name_template?: string | null;
                macos_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ios_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ipados_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                windows_updates: {
                    deadline_days: number | null;
                    grace_period_days: number | null;
                };
                macos_settings: {
                    custom_settings: Record<string, unknown>[] | null;
                    enable_disk_encryption?: boolean | null;
                };
                windows_settings: {
                    custom_settings: Record<string, unknown>[] | null;
                    managed_local_account_settings?: Record<string, unknown> | null;
                };
                linux_settings?: Record<string, unknown> | null;
                android_settings: {
                    custom_settings: Record<string, unknown>[] | null;
                    certificates: Record<string, unknown>[] | null;
                };
                macos_setup: {
                    bootstrap_package: string | null;
                    enable_end_user_authentication: boolean;
                    macos_setup_assistant: string | null;
                    enable_release_device_manually: boolean;
                    script: string | null;
                    software: Record<string, unknown>[] | null;
                    manual_agent_install: boolean | null;
                    require_all_software_macos?: boolean | null;
                    lock_end_user_info?: boolean | null;
                    enable_managed_local_account: boolean;
                };
            };
            scripts?: unknown[] | null;
            software?: {
                packages?: Record<string, unknown>[] | null;
                app_store_apps?: Record<string, unknown>[] | null;
                fleet_maintained_apps?: Record<string, unknown>[] | null;
            } | null;
            id: number;
            /** Format: date-time */
            created_at?: string;
            name: string;
            description?: string;
            user_count?: number;
            host_count?: number;
            users?: components["schemas"]["TeamMemberInOlderWords"][];
            secrets?: components["schemas"]["EnrollSecretInOlderWords"][] | null;
        };
        TeamOrNoneInNewerWords: {
            agent_options?: Record<string, unknown> | null;
            host_expiry_settings?: {
                host_expiry_enabled: boolean;
                host_expiry_window: number;
            };
            webhook_settings: {
                host_status_webhook?: {
                    enable_host_status_webhook?: boolean | null;
                    destination_url?: string | null;
                    host_percentage?: number | null;
                    days_count?: number | null;
                } | null;
                failing_policies_webhook: {
                    enable_failing_policies_webhook: boolean;
                    destination_url: string;
                    policy_ids: number[] | null;
                    host_batch_size: number;
                };
                host_activities_webhook?: {
                    enable_host_activities_webhook?: boolean | null;
                    destination_url?: string | null;
                } | null;
            };
            integrations: {
                jira: {
                    url?: string | null;
                    project_key?: string | null;
                    enable_failing_policies?: boolean | null;
                }[] | null;
                zendesk: {
                    url?: string | null;
                    group_id?: number | null;
                    enable_failing_policies?: boolean | null;
                }[] | null;
                google_calendar?: {
                    enable_calendar_events: boolean;
                    webhook_url: string;
                };
                conditional_access_enabled?: boolean | null;
            };
            features?: {
                enable_host_users: boolean;
                enable_software_inventory: boolean;
                additional_queries?: Record<string, unknown> | null;
                detail_query_overrides?: Record<string, unknown> | null;
                historical_data: {
                    uptime: boolean;
                    vulnerabilities: boolean;
                };
            };
            mdm?: {
                enable_disk_encryption: boolean;
                enable_recovery_lock_password: boolean;
                windows_require_bitlocker_pin: boolean;
                name_template?: string | null;
                macos_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ios_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ipados_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                windows_updates: {
                    deadline_days: number | null;
                    grace_period_days: number | null;
                };
                apple_settings: {
                    configuration_profiles: Record<string, unknown>[] | null;
                    enable_disk_encryption?: boolean | null;
                };
                windows_settings: {
                    configuration_profiles: Record<string, unknown>[] | null;
                    managed_local_account_settings?: Record<string, unknown> | null;
                };
                linux_settings?: Record<string, unknown> | null;
                android_settings: {
                    configuration_profiles: Record<string, unknown>[] | null;
                    certificates: Record<string, unknown>[] | null;
                };
                setup_experience: {
                    bootstrap_package: string | null;
                    enable_end_user_authentication: boolean;
                    apple_setup_assistant: string | null;
                    enable_release_device_manually: boolean;
                    macos_script: string | null;
                    software: Record<string, unknown>[] | null;
                    macos_manual_agent_install: boolean | null;
                    require_all_software_macos?: boolean | null;
                    lock_end_user_info?: boolean | null;
                    enable_create_local_admin_account: boolean;
                };
            };
            scripts?: unknown[] | null;
            software?: {
                packages?: Record<string, unknown>[] | null;
                app_store_apps?: Record<string, unknown>[] | null;
                fleet_maintained_apps?: Record<string, unknown>[] | null;
            } | null;
            id: number;
            /** Format: date-time */
            created_at?: string;
            name: string;
            description?: string;
            user_count?: number;
            host_count?: number;
            users?: components["schemas"]["TeamMemberInNewerWords"][];
            secrets?: components["schemas"]["EnrollSecretInNewerWords"][] | null;
        };
        TeamMember: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            email: string;
            force_password_reset: boolean;
            gravatar_url: string;
            position?: string;
            sso_enabled: boolean;
            mfa_enabled: boolean;
            /** @enum {string|null} */
            global_role: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops" | null;
            api_only: boolean;
            teams: components["schemas"]["UserTeam"][];
            api_endpoints?: components["schemas"]["ApiEndpoint"][];
            /** @enum {string} */
            role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
            fleets: components["schemas"]["UserTeam"][];
        };
        Config: {
            org_info: {
                org_name: string;
                org_logo_url: string;
                org_logo_url_light_background: string;
                contact_url: string;
                org_logo_url_dark_mode: string;
                org_logo_url_light_mode: string;
            };
            server_settings: {
                server_url: string;
                enable_analytics: boolean;
                live_query_disabled: boolean;
                query_reports_disabled: boolean;
                query_report_cap: number;
                scripts_disabled: boolean;
                ai_features_disabled: boolean;
                deferred_save_host: boolean;
                debug_host_ids?: number[] | null;
                live_reporting_disabled: boolean;
                discard_reports_data: boolean;
                report_cap: number;
            };
            smtp_settings?: {
                enable_smtp: boolean;
                configured: boolean;
                sender_address: string;
                server: string;
                port: number;
                authentication_type: string;
                user_name: string;
                password: string;
                enable_ssl_tls: boolean;
                authentication_method: string;
                domain: string;
                verify_ssl_certs: boolean;
                enable_start_tls: boolean;
            };
            sso_settings?: {
                enable_sso: boolean;
                entity_id: string;
                issuer_uri: string;
                idp_name: string;
                idp_image_url: string;
                metadata: string;
                metadata_url: string;
                enable_sso_idp_login: boolean;
                enable_jit_provisioning: boolean;
                enable_jit_role_sync: boolean;
                sso_server_url: string;
            };
            host_expiry_settings: {
                host_expiry_enabled: boolean;
                host_expiry_window: number;
            };
            activity_expiry_settings: {
                activity_expiry_enabled: boolean;
                activity_expiry_window: number;
            };
            features: {
                enable_host_users: boolean;
                enable_software_inventory: boolean;
                additional_queries: Record<string, unknown> | null;
                detail_query_overrides?: Record<string, unknown> | null;
                historical_data: {
                    uptime: boolean;
                    vulnerabilities: boolean;
                };
            };
            fleet_desktop: {
                transparency_url: string;
                alternative_browser_host: string;
            };
            agent_options?: Record<string, unknown> | null;
            vulnerability_settings: {
                databases_path: string;
            };
            webhook_settings: {
                interval: unknown;
                host_status_webhook: {
                    enable_host_status_webhook: boolean;
                    destination_url: string;
                    host_percentage: number;
                    days_count: number;
                };
                failing_policies_webhook: {
                    enable_failing_policies_webhook: boolean;
                    destination_url: string;
                    policy_ids: number[] | null;
                    host_batch_size: number;
                };
                vulnerabilities_webhook: {
                    enable_vulnerabilities_webhook: boolean;
                    destination_url: string;
                    host_batch_size: number;
                };
                activities_webhook: {
                    enable_activities_webhook: boolean;
                    destination_url: string;
                };
                host_activities_webhook?: {
                    enable_host_activities_webhook?: boolean | null;
                    destination_url?: string | null;
                } | null;
            };
            integrations: {
                jira: {
                    url?: string | null;
                    username?: string | null;
                    api_token?: string | null;
                    project_key?: string | null;
                    enable_failing_policies?: boolean | null;
                    enable_software_vulnerabilities?: boolean | null;
                }[] | null;
                zendesk: {
                    url?: string | null;
                    email?: string | null;
                    api_token?: string | null;
                    group_id?: number | null;
                    enable_failing_policies?: boolean | null;
                    enable_software_vulnerabilities?: boolean | null;
                }[] | null;
                google_calendar: {
                    domain?: string | null;
                    api_key_json?: unknown;
                }[] | null;
                ndes_scep_proxy: {
                    url?: string | null;
                    admin_url?: string | null;
                    username?: string | null;
                    password?: string | null;
                } | null;
                conditional_access_enabled: boolean | null;
            };
            mdm: {
                apple_server_url: string;
                enabled_and_configured: boolean;
                apple_bm_enabled_and_configured: boolean;
                apple_bm_terms_expired: boolean;
                apple_bm_default_team?: string | null;
                apple_business_manager: {
                    organization_name?: string | null;
                    macos_team?: string | null;
                    ios_team?: string | null;
                    ipados_team?: string | null;
                    macos_fleet?: string | null;
                    ios_fleet?: string | null;
                    ipados_fleet?: string | null;
                }[] | null;
                volume_purchasing_program: {
                    location?: string | null;
                    teams?: string[] | null;
                    fleets?: string[] | null;
                }[] | null;
                windows_enabled_and_configured: boolean;
                windows_migration_enabled: boolean;
                enable_turn_on_windows_mdm_manually: boolean;
                windows_entra_tenant_ids: string[] | null;
                windows_entra_client_ids: string[] | null;
                windows_require_bitlocker_pin: boolean;
                android_enabled_and_configured: boolean;
                enable_disk_encryption: boolean;
                enable_recovery_lock_password: boolean;
                apple_require_hardware_attestation: boolean;
                apple_account_provisioning: Record<string, unknown> | null;
                macos_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts: boolean | null;
                };
                ios_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ipados_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                windows_updates: {
                    deadline_days: number | null;
                    grace_period_days: number | null;
                };
                macos_settings: {
                    custom_settings: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                };
                windows_settings: {
                    managed_local_account_settings: Record<string, unknown> | null;
                    custom_settings: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                    configuration_profiles: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                };
                android_settings: {
                    certificates: Record<string, unknown>[] | null;
                    custom_settings: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                    configuration_profiles: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                };
                macos_setup: {
                    bootstrap_package: string | null;
                    enable_end_user_authentication: boolean;
                    macos_setup_assistant: string | null;
                    enable_release_device_manually: boolean;
                    script: string | null;
                    software: Record<string, unknown>[] | null;
                    manual_agent_install: boolean | null;
                    require_all_software_macos: boolean;
                    lock_end_user_info: boolean;
                    enable_managed_local_account: boolean;
                };
                macos_migration: {
                    enable: boolean;
                    mode: string;
                    webhook_url: string;
                };
                end_user_authentication: {
                    entity_id: string;
                    issuer_uri: string;
                    metadata: string;
                    metadata_url: string;
                    idp_name: string;
                };
                apple_settings: {
                    configuration_profiles: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                };
                setup_experience: {
                    bootstrap_package: string | null;
                    enable_end_user_authentication: boolean;
                    apple_setup_assistant: string | null;
                    enable_release_device_manually: boolean;
                    macos_script: string | null;
                    software: Record<string, unknown>[] | null;
                    macos_manual_agent_install: boolean | null;
                    require_all_software_macos: boolean;
                    lock_end_user_info: boolean;
                    enable_create_local_admin_account: boolean;
                };
            };
            scripts: string[] | null;
            yara_rules?: {
                name?: string | null;
                contents?: string | null;
                path?: string | null;
            }[] | null;
            gitops: {
                gitops_mode_enabled: boolean;
                repository_url: string;
                exceptions: {
                    labels: boolean;
                    software: boolean;
                    secrets: boolean;
                };
            };
            conditional_access: {
                okta_idp_id?: string | null;
                okta_assertion_consumer_service_url?: string | null;
                okta_audience_uri?: string | null;
                okta_certificate?: string | null;
                microsoft_entra_tenant_id?: string | null;
                microsoft_entra_connection_configured?: boolean | null;
                bypass_disabled?: boolean | null;
            } | null;
            certificate_authorities?: Record<string, unknown> | null;
            license: {
                tier: string;
                organization: string;
                device_count: number;
                /** Format: date-time */
                expiration: string;
                note: string;
            };
            logging: {
                debug: boolean;
                json: boolean;
                result: {
                    plugin: string;
                    config: unknown;
                };
                status: {
                    plugin: string;
                    config: unknown;
                };
                audit: {
                    plugin: string;
                    config: unknown;
                };
            };
            update_interval: {
                osquery_detail: number;
                osquery_policy: number;
            };
            vulnerabilities: Record<string, unknown>;
            email?: unknown;
            sandbox_enabled?: boolean;
        };
        ConfigChanges: {
            org_info?: {
                org_name?: string | null;
                /** @description Also accepted as `org_logo_url_dark_mode`. */
                org_logo_url?: string | null;
                /** @description Also accepted as `org_logo_url_light_mode`. */
                org_logo_url_light_background?: string | null;
                contact_url?: string | null;
            } | null;
            server_settings?: {
                server_url?: string | null;
                enable_analytics?: boolean | null;
                /** @description Also accepted as `live_reporting_disabled`. */
                live_query_disabled?: boolean | null;
                /** @description Also accepted as `discard_reports_data`. */
                query_reports_disabled?: boolean | null;
                /** @description Also accepted as `report_cap`. */
                query_report_cap?: number | null;
                scripts_disabled?: boolean | null;
                ai_features_disabled?: boolean | null;
                deferred_save_host?: boolean | null;
                debug_host_ids?: number[] | null;
            } | null;
            smtp_settings?: {
                enable_smtp?: boolean | null;
                sender_address?: string | null;
                server?: string | null;
                port?: number | null;
                authentication_type?: string | null;
                user_name?: string | null;
                password?: string | null;
                enable_ssl_tls?: boolean | null;
                authentication_method?: string | null;
                domain?: string | null;
                verify_ssl_certs?: boolean | null;
                enable_start_tls?: boolean | null;
            } | null;
            sso_settings?: {
                enable_sso?: boolean | null;
                entity_id?: string | null;
                issuer_uri?: string | null;
                idp_name?: string | null;
                idp_image_url?: string | null;
                metadata?: string | null;
                metadata_url?: string | null;
                enable_sso_idp_login?: boolean | null;
                enable_jit_provisioning?: boolean | null;
                enable_jit_role_sync?: boolean | null;
                sso_server_url?: string | null;
            } | null;
            host_expiry_settings?: {
                host_expiry_enabled?: boolean | null;
                host_expiry_window?: number | null;
            } | null;
            activity_expiry_settings?: {
                activity_expiry_enabled?: boolean | null;
                activity_expiry_window?: number | null;
            } | null;
            features?: {
                enable_host_users?: boolean | null;
                enable_software_inventory?: boolean | null;
                additional_queries?: Record<string, unknown> | null;
                detail_query_overrides?: Record<string, unknown> | null;
                historical_data?: {
                    uptime?: boolean | null;
                    vulnerabilities?: boolean | null;
                } | null;
            } | null;
            fleet_desktop?: {
                transparency_url?: string | null;
                alternative_browser_host?: string | null;
            } | null;
            agent_options?: Record<string, unknown> | null;
            vulnerability_settings?: {
                databases_path?: string | null;
            } | null;
            webhook_settings?: {
                interval?: unknown;
                host_status_webhook?: {
                    enable_host_status_webhook?: boolean | null;
                    destination_url?: string | null;
                    host_percentage?: number | null;
                    days_count?: number | null;
                } | null;
                failing_policies_webhook?: {
                    enable_failing_policies_webhook?: boolean | null;
                    destination_url?: string | null;
                    policy_ids?: number[] | null;
                    host_batch_size?: number | null;
                } | null;
                vulnerabilities_webhook?: {
                    enable_vulnerabilities_webhook?: boolean | null;
                    destination_url?: string | null;
                    host_batch_size?: number | null;
                } | null;
                activities_webhook?: {
                    enable_activities_webhook?: boolean | null;
                    destination_url?: string | null;
                } | null;
                host_activities_webhook?: {
                    enable_host_activities_webhook?: boolean | null;
                    destination_url?: string | null;
                } | null;
            } | null;
            integrations?: {
                jira?: {
                    url?: string | null;
                    username?: string | null;
                    api_token?: string | null;
                    project_key?: string | null;
                    enable_failing_policies?: boolean | null;
                    enable_software_vulnerabilities?: boolean | null;
                }[] | null;
                zendesk?: {
                    url?: string | null;
                    email?: string | null;
                    api_token?: string | null;
                    group_id?: number | null;
                    enable_failing_policies?: boolean | null;
                    enable_software_vulnerabilities?: boolean | null;
                }[] | null;
                google_calendar?: {
                    domain?: string | null;
                    api_key_json?: unknown;
                }[] | null;
                ndes_scep_proxy?: {
                    url?: string | null;
                    admin_url?: string | null;
                    username?: string | null;
                    password?: string | null;
                } | null;
                conditional_access_enabled?: boolean | null;
            } | null;
            mdm?: {
                apple_server_url?: string | null;
                apple_bm_default_team?: string | null;
                apple_business_manager?: {
                    organization_name?: string | null;
                    /** @description Also accepted as `macos_fleet`. */
                    macos_team?: string | null;
                    /** @description Also accepted as `ios_fleet`. */
                    ios_team?: string | null;
                    /** @description Also accepted as `ipados_fleet`. */
                    ipados_team?: string | null;
                }[] | null;
                volume_purchasing_program?: {
                    location?: string | null;
                    /** @description Also accepted as `fleets`. */
                    teams?: string[] | null;
                }[] | null;
                windows_enabled_and_configured?: boolean | null;
                windows_migration_enabled?: boolean | null;
                enable_turn_on_windows_mdm_manually?: boolean | null;
                windows_entra_tenant_ids?: string[] | null;
                windows_entra_client_ids?: string[] | null;
                windows_require_bitlocker_pin?: boolean | null;
                enable_disk_encryption?: boolean | null;
                enable_recovery_lock_password?: boolean | null;
                apple_require_hardware_attestation?: boolean | null;
                apple_account_provisioning?: Record<string, unknown> | null;
                macos_updates?: {
                    minimum_version?: string | null;
                    deadline?: string | null;
                    update_new_hosts?: boolean | null;
                } | null;
                ios_updates?: {
                    minimum_version?: string | null;
                    deadline?: string | null;
                    update_new_hosts?: boolean | null;
                } | null;
                ipados_updates?: {
                    minimum_version?: string | null;
                    deadline?: string | null;
                    update_new_hosts?: boolean | null;
                } | null;
                windows_updates?: {
                    deadline_days?: number | null;
                    grace_period_days?: number | null;
                } | null;
                /** @description Also accepted as `apple_settings`. */
                macos_settings?: {
                    /** @description Also accepted as `configuration_profiles`. */
                    custom_settings?: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                } | null;
                windows_settings?: {
                    managed_local_account_settings?: Record<string, unknown> | null;
                    /** @description Also accepted as `configuration_profiles`. */
                    custom_settings?: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                } | null;
                android_settings?: {
                    certificates?: Record<string, unknown>[] | null;
                    /** @description Also accepted as `configuration_profiles`. */
                    custom_settings?: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                } | null;
                /** @description Also accepted as `setup_experience`. */
                macos_setup?: {
                    bootstrap_package?: string | null;
                    enable_end_user_authentication?: boolean | null;
                    macos_setup_assistant?: string | null;
                    enable_release_device_manually?: boolean | null;
                    script?: string | null;
                    software?: Record<string, unknown>[] | null;
                    manual_agent_install?: boolean | null;
                    require_all_software_macos?: boolean | null;
                    lock_end_user_info?: boolean | null;
                    enable_managed_local_account?: boolean | null;
                } | null;
                macos_migration?: {
                    enable?: boolean | null;
                    mode?: string | null;
                    webhook_url?: string | null;
                } | null;
                end_user_authentication?: {
                    entity_id?: string | null;
                    issuer_uri?: string | null;
                    metadata?: string | null;
                    metadata_url?: string | null;
                    idp_name?: string | null;
                } | null;
            } | null;
            scripts?: string[] | null;
            yara_rules?: {
                name?: string | null;
                contents?: string | null;
                path?: string | null;
            }[] | null;
            gitops?: {
                gitops_mode_enabled?: boolean | null;
                repository_url?: string | null;
                exceptions?: {
                    labels?: boolean | null;
                    software?: boolean | null;
                    secrets?: boolean | null;
                } | null;
            } | null;
            conditional_access?: {
                okta_idp_id?: string | null;
                okta_assertion_consumer_service_url?: string | null;
                okta_audience_uri?: string | null;
                okta_certificate?: string | null;
                microsoft_entra_tenant_id?: string | null;
                microsoft_entra_connection_configured?: boolean | null;
                bypass_disabled?: boolean | null;
            } | null;
            certificate_authorities?: Record<string, unknown> | null;
        };
        ChangedConfig: {
            org_info: {
                org_name: string;
                org_logo_url: string;
                org_logo_url_light_background: string;
                contact_url: string;
                org_logo_url_dark_mode: string;
                org_logo_url_light_mode: string;
            };
            server_settings: {
                server_url: string;
                enable_analytics: boolean;
                live_query_disabled: boolean;
                query_reports_disabled: boolean;
                query_report_cap: number;
                scripts_disabled: boolean;
                ai_features_disabled: boolean;
                deferred_save_host: boolean;
                debug_host_ids?: number[] | null;
                live_reporting_disabled: boolean;
                discard_reports_data: boolean;
                report_cap: number;
            };
            smtp_settings?: {
                enable_smtp: boolean;
                configured: boolean;
                sender_address: string;
                server: string;
                port: number;
                authentication_type: string;
                user_name: string;
                password: string;
                enable_ssl_tls: boolean;
                authentication_method: string;
                domain: string;
                verify_ssl_certs: boolean;
                enable_start_tls: boolean;
            };
            sso_settings?: {
                enable_sso: boolean;
                entity_id: string;
                issuer_uri: string;
                idp_name: string;
                idp_image_url: string;
                metadata: string;
                metadata_url: string;
                enable_sso_idp_login: boolean;
                enable_jit_provisioning: boolean;
                enable_jit_role_sync: boolean;
                sso_server_url: string;
            };
            host_expiry_settings: {
                host_expiry_enabled: boolean;
                host_expiry_window: number;
            };
            activity_expiry_settings: {
                activity_expiry_enabled: boolean;
                activity_expiry_window: number;
            };
            features: {
                enable_host_users: boolean;
                enable_software_inventory: boolean;
                additional_queries: Record<string, unknown> | null;
                detail_query_overrides?: Record<string, unknown> | null;
                historical_data: {
                    uptime: boolean;
                    vulnerabilities: boolean;
                };
            };
            fleet_desktop: {
                transparency_url: string;
                alternative_browser_host: string;
            };
            agent_options?: Record<string, unknown> | null;
            vulnerability_settings: {
                databases_path: string;
            };
            webhook_settings: {
                interval: unknown;
                host_status_webhook: {
                    enable_host_status_webhook: boolean;
                    destination_url: string;
                    host_percentage: number;
                    days_count: number;
                };
                failing_policies_webhook: {
                    enable_failing_policies_webhook: boolean;
                    destination_url: string;
                    policy_ids: number[] | null;
                    host_batch_size: number;
                };
                vulnerabilities_webhook: {
                    enable_vulnerabilities_webhook: boolean;
                    destination_url: string;
                    host_batch_size: number;
                };
                activities_webhook: {
                    enable_activities_webhook: boolean;
                    destination_url: string;
                };
                host_activities_webhook?: {
                    enable_host_activities_webhook?: boolean | null;
                    destination_url?: string | null;
                } | null;
            };
            integrations: {
                jira: {
                    url?: string | null;
                    username?: string | null;
                    api_token?: string | null;
                    project_key?: string | null;
                    enable_failing_policies?: boolean | null;
                    enable_software_vulnerabilities?: boolean | null;
                }[] | null;
                zendesk: {
                    url?: string | null;
                    email?: string | null;
                    api_token?: string | null;
                    group_id?: number | null;
                    enable_failing_policies?: boolean | null;
                    enable_software_vulnerabilities?: boolean | null;
                }[] | null;
                google_calendar: {
                    domain?: string | null;
                    api_key_json?: unknown;
                }[] | null;
                ndes_scep_proxy: {
                    url?: string | null;
                    admin_url?: string | null;
                    username?: string | null;
                    password?: string | null;
                } | null;
                conditional_access_enabled: boolean | null;
            };
            mdm: {
                apple_server_url: string;
                enabled_and_configured: boolean;
                apple_bm_enabled_and_configured: boolean;
                apple_bm_terms_expired: boolean;
                apple_bm_default_team?: string | null;
                apple_business_manager: {
                    organization_name?: string | null;
                    macos_team?: string | null;
                    ios_team?: string | null;
                    ipados_team?: string | null;
                    macos_fleet?: string | null;
                    ios_fleet?: string | null;
                    ipados_fleet?: string | null;
                }[] | null;
                volume_purchasing_program: {
                    location?: string | null;
                    teams?: string[] | null;
                    fleets?: string[] | null;
                }[] | null;
                windows_enabled_and_configured: boolean;
                windows_migration_enabled: boolean;
                enable_turn_on_windows_mdm_manually: boolean;
                windows_entra_tenant_ids: string[] | null;
                windows_entra_client_ids: string[] | null;
                windows_require_bitlocker_pin: boolean;
                android_enabled_and_configured: boolean;
                enable_disk_encryption: boolean;
                enable_recovery_lock_password: boolean;
                apple_require_hardware_attestation: boolean;
                apple_account_provisioning: Record<string, unknown> | null;
                macos_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts: boolean | null;
                };
                ios_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                ipados_updates: {
                    minimum_version: string | null;
                    deadline: string | null;
                    update_new_hosts?: boolean | null;
                };
                windows_updates: {
                    deadline_days: number | null;
                    grace_period_days: number | null;
                };
                macos_settings: {
                    custom_settings: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                };
                windows_settings: {
                    managed_local_account_settings: Record<string, unknown> | null;
                    custom_settings: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                    configuration_profiles: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                };
                android_settings: {
                    certificates: Record<string, unknown>[] | null;
                    custom_settings: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                    configuration_profiles: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                };
                macos_setup: {
                    bootstrap_package: string | null;
                    enable_end_user_authentication: boolean;
                    macos_setup_assistant: string | null;
                    enable_release_device_manually: boolean;
                    script: string | null;
                    software: Record<string, unknown>[] | null;
                    manual_agent_install: boolean | null;
                    require_all_software_macos: boolean;
                    lock_end_user_info: boolean;
                    enable_managed_local_account: boolean;
                };
                macos_migration: {
                    enable: boolean;
                    mode: string;
                    webhook_url: string;
                };
                end_user_authentication: {
                    entity_id: string;
                    issuer_uri: string;
                    metadata: string;
                    metadata_url: string;
                    idp_name: string;
                };
                apple_settings: {
                    configuration_profiles: {
                        path?: string | null;
                        labels?: string[] | null;
                        labels_include_all?: string[] | null;
                        labels_include_any?: string[] | null;
                        labels_exclude_any?: string[] | null;
                    }[] | null;
                };
                setup_experience: {
                    bootstrap_package: string | null;
                    enable_end_user_authentication: boolean;
                    apple_setup_assistant: string | null;
                    enable_release_device_manually: boolean;
                    macos_script: string | null;
                    software: Record<string, unknown>[] | null;
                    macos_manual_agent_install: boolean | null;
                    require_all_software_macos: boolean;
                    lock_end_user_info: boolean;
                    enable_create_local_admin_account: boolean;
                };
            };
            scripts: string[] | null;
            yara_rules?: {
                name?: string | null;
                contents?: string | null;
                path?: string | null;
            }[] | null;
            gitops: {
                gitops_mode_enabled: boolean;
                repository_url: string;
                exceptions: {
                    labels: boolean;
                    software: boolean;
                    secrets: boolean;
                };
            };
            conditional_access: {
                okta_idp_id?: string | null;
                okta_assertion_consumer_service_url?: string | null;
                okta_audience_uri?: string | null;
                okta_certificate?: string | null;
                microsoft_entra_tenant_id?: string | null;
                microsoft_entra_connection_configured?: boolean | null;
                bypass_disabled?: boolean | null;
            } | null;
            certificate_authorities?: Record<string, unknown> | null;
            license: {
                tier: string;
                organization: string;
                device_count: number;
                /** Format: date-time */
                expiration: string;
                note: string;
            };
            logging: {
                debug: boolean;
                json: boolean;
                result: {
                    plugin: string;
                    config: unknown;
                };
                status: {
                    plugin: string;
                    config: unknown;
                };
                audit: {
                    plugin: string;
                    config: unknown;
                };
            };
            update_interval: {
                osquery_detail: number;
                osquery_policy: number;
            } | null;
            vulnerabilities: Record<string, unknown> | null;
            email?: unknown;
            sandbox_enabled?: boolean;
        };
        Activity: {
            /** Format: date-time */
            created_at: string;
            id: number;
            actor_full_name: string | null;
            actor_id: number | null;
            actor_gravatar: string | null;
            actor_email: string | null;
            type: string;
            fleet_initiated: boolean;
            details: {
                [key: string]: unknown;
            } | null;
        };
        PageMeta: {
            has_next_results: boolean;
            has_previous_results: boolean;
        };
        HostDetail: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            software_updated_at: string;
            id: number;
            /** Format: date-time */
            detail_updated_at: string;
            /** Format: date-time */
            label_updated_at: string;
            /** Format: date-time */
            policy_updated_at: string;
            /** Format: date-time */
            last_enrolled_at: string;
            /** Format: date-time */
            last_mdm_enrolled_at: string | null;
            /** Format: date-time */
            last_mdm_checked_in_at: string | null;
            /** Format: date-time */
            seen_time: string;
            refetch_requested: boolean;
            hostname: string;
            uuid: string;
            platform: string;
            osquery_version: string;
            orbit_version: string | null;
            fleet_desktop_version: string | null;
            scripts_enabled: boolean | null;
            os_version: string;
            build: string;
            platform_like: string;
            code_name: string;
            uptime: number;
            memory: number;
            cpu_type: string;
            cpu_subtype: string;
            cpu_brand: string;
            cpu_physical_cores: number;
            cpu_logical_cores: number;
            hardware_vendor: string;
            hardware_model: string;
            hardware_marketing_name: string;
            hardware_version: string;
            hardware_serial: string;
            computer_name: string;
            timezone: string | null;
            public_ip: string;
            primary_ip: string;
            primary_mac: string;
            distributed_interval: number;
            config_tls_refresh: number;
            logger_tls_period: number;
            team_id: number | null;
            team_name: string | null;
            gigs_disk_space_available: number;
            percent_disk_space_available: number;
            gigs_total_disk_space: number;
            gigs_all_disk_space: number | null;
            issues: components["schemas"]["HostIssues"];
            /** Format: date-time */
            refetch_critical_queries_until: string | null;
            /** Format: date-time */
            last_restarted_at: string | null;
            /** @enum {string} */
            status: "online" | "offline";
            display_text: string;
            display_name: string;
            duplicate_identity: boolean;
            fleet_id: number | null;
            fleet_name: string | null;
            mdm: {
                enrollment_status: string | null;
                dep_profile_error: boolean;
                server_url: string | null;
                name: string;
                encryption_key_available: boolean;
                connected_to_fleet: boolean | null;
                profiles: unknown;
                os_settings: unknown;
                macos_settings: unknown;
                encryption_key_archived: boolean;
                device_status: string;
                pending_action: string;
                apple_settings: unknown;
            };
            pack_stats: components["schemas"]["PackStats"][];
            packs: unknown[];
            labels: components["schemas"]["HostLabel"][];
            users: components["schemas"]["HostUser"][];
            policies: components["schemas"]["HostPolicyAnswer"][];
            software?: components["schemas"]["InstalledSoftware"][];
            batteries: {
                cycle_count: number;
                health: string;
            }[];
            end_users: components["schemas"]["EndUser"][];
            maintenance_window: unknown;
            additional?: unknown;
            disk_encryption_enabled?: boolean;
            warnings: string[];
        };
        HostIssues: {
            failing_policies_count: number;
            critical_vulnerabilities_count: number;
            total_issues_count: number;
        };
        PackStats: {
            pack_id: number;
            pack_name: string;
            type: string;
            query_stats: components["schemas"]["ScheduledQueryStats"][];
        };
        ScheduledQueryStats: {
            scheduled_query_name: string;
            scheduled_query_id: number;
            query_name: string;
            description: string;
            pack_name: string;
            pack_id: number;
            average_memory: number;
            denylisted: boolean;
            discard_data: boolean;
            automations_enabled: boolean;
            executions: number;
            interval: number;
            /** Format: date-time */
            last_executed: string | null;
            /** Format: date-time */
            last_fetched: string | null;
            output_size: number;
            system_time: number;
            user_time: number;
            wall_time: number;
        };
        HostLabel: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            description: string;
            query: string;
            platform: string;
            /** @enum {string} */
            label_type: "builtin" | "regular";
            /** @enum {string} */
            label_membership_type: "dynamic" | "manual" | "host_vitals";
        };
        HostUser: {
            uid: number;
            username: string;
            type: string;
            groupname: string;
            shell: string;
        };
        HostPolicyAnswer: {
            id: number;
            name: string;
            query: string;
            critical: boolean;
            description: string;
            author_id: number | null;
            author_name: string;
            author_email: string;
            team_id: number | null;
            resolution?: string;
            platform: string;
            labels_include_any?: components["schemas"]["LabelName"][];
            labels_include_all?: components["schemas"]["LabelName"][];
            labels_exclude_any?: components["schemas"]["LabelName"][];
            labels_exclude_all?: components["schemas"]["LabelName"][];
            calendar_events_enabled: boolean;
            conditional_access_enabled: boolean;
            /** @enum {string} */
            type: "dynamic" | "patch";
            continuous_automations_enabled: boolean;
            fleet_maintained: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @enum {string} */
            response: "pass" | "fail" | "";
            fleet_id: number | null;
        };
        LabelName: {
            id: number;
            name: string;
        };
        InstalledSoftware: {
            id: number;
            name: string;
            display_name: string;
            version: string;
            source: string;
            browser: string;
            extension_for: string;
            bundle_identifier?: string;
            extension_id?: string;
            release?: string;
            vendor?: string;
            arch?: string;
            upgrade_code?: string;
            /** Format: date-time */
            last_opened_at?: string;
            generated_cpe: string;
            vulnerabilities: components["schemas"]["Vulnerability"][] | null;
            installed_paths: string[];
        };
        Vulnerability: {
            cve: string;
            details_link?: string;
        };
        EndUser: {
            idp_username: string;
            idp_full_name: string;
            /** Format: date-time */
            idp_info_updated_at: string | null;
            idp_groups: string[];
            idp_department: string;
            other_emails: components["schemas"]["HostEmail"][];
        };
        HostEmail: {
            email: string;
            source: string;
        };
        Nothing: Record<string, unknown>;
        HostCertificate: {
            id: number;
            /** Format: date-time */
            not_valid_after: string | null;
            /** Format: date-time */
            not_valid_before: string | null;
            certificate_authority: boolean;
            common_name: string;
            key_algorithm: string;
            key_strength: number;
            key_usage: string;
            serial: string;
            signing_algorithm: string;
            subject: components["schemas"]["DistinguishedName"];
            issuer: components["schemas"]["DistinguishedName"];
            source: string;
            username: string;
        };
        DistinguishedName: {
            country: string;
            organization: string;
            organizational_unit: string;
            common_name: string;
        };
        ListedHost: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            software_updated_at: string;
            id: number;
            /** Format: date-time */
            detail_updated_at: string;
            /** Format: date-time */
            label_updated_at: string;
            /** Format: date-time */
            policy_updated_at: string;
            /** Format: date-time */
            last_enrolled_at: string;
            /** Format: date-time */
            last_mdm_enrolled_at: string | null;
            /** Format: date-time */
            last_mdm_checked_in_at: string | null;
            /** Format: date-time */
            seen_time: string;
            refetch_requested: boolean;
            hostname: string;
            uuid: string;
            platform: string;
            osquery_version: string;
            orbit_version: string | null;
            fleet_desktop_version: string | null;
            scripts_enabled: boolean | null;
            os_version: string;
            build: string;
            platform_like: string;
            code_name: string;
            uptime: number;
            memory: number;
            cpu_type: string;
            cpu_subtype: string;
            cpu_brand: string;
            cpu_physical_cores: number;
            cpu_logical_cores: number;
            hardware_vendor: string;
            hardware_model: string;
            hardware_marketing_name: string;
            hardware_version: string;
            hardware_serial: string;
            computer_name: string;
            timezone: string | null;
            public_ip: string;
            primary_ip: string;
            primary_mac: string;
            distributed_interval: number;
            config_tls_refresh: number;
            logger_tls_period: number;
            team_id: number | null;
            team_name: string | null;
            pack_stats: string | null;
            gigs_disk_space_available: number;
            percent_disk_space_available: number;
            gigs_total_disk_space: number;
            gigs_all_disk_space: number | null;
            issues: components["schemas"]["HostIssues"];
            mdm: components["schemas"]["HostMdm"];
            /** Format: date-time */
            refetch_critical_queries_until: string | null;
            /** Format: date-time */
            last_restarted_at: string | null;
            /** @enum {string} */
            status: "online" | "offline";
            display_text: string;
            display_name: string;
            duplicate_identity: boolean;
            fleet_id: number | null;
            fleet_name: string | null;
            users?: components["schemas"]["HostUser"][];
            labels?: components["schemas"]["HostLabel"][];
            policies?: components["schemas"]["HostPolicyAnswer"][];
            device_mapping?: components["schemas"]["HostEmail"][];
            software?: components["schemas"]["InstalledSoftware"][];
            additional?: unknown;
        };
        HostMdm: {
            enrollment_status: string | null;
            dep_profile_error: boolean;
            server_url: string | null;
            name: string;
            encryption_key_available: boolean;
            connected_to_fleet: boolean | null;
        };
        SoftwareVersion: {
            id: number;
            name: string;
            display_name: string;
            version: string;
            bundle_identifier?: string;
            source: string;
            extension_id?: string;
            browser: string;
            extension_for: string;
            release?: string;
            vendor?: string;
            arch?: string;
            upgrade_code?: string;
            generated_cpe: string;
            hosts_count: number;
            vulnerabilities: components["schemas"]["Vulnerability"][] | null;
        };
        SoftwareTitle: {
            id: number;
            name: string;
            display_name: string;
            icon_url: string | null;
            source: string;
            extension_for: string;
            browser: string;
            bundle_identifier?: string;
            hosts_count: number;
            versions_count: number;
            versions: {
                id: number;
                version: string;
                vulnerabilities: string[] | null;
            }[];
            packages: unknown;
            software_package: unknown;
            app_store_app: unknown;
        };
        SoftwareTitleDetail: {
            id: number;
            name: string;
            display_name: string;
            icon_url: string | null;
            source: string;
            extension_for: string;
            browser: string;
            bundle_identifier?: string;
            hosts_count: number;
            versions_count: number;
            versions: {
                id: number;
                version: string;
                vulnerabilities: string[] | null;
                hosts_count: number;
            }[];
            packages: unknown;
            software_package: unknown;
            app_store_app: unknown;
            /** Format: date-time */
            counts_updated_at: string | null;
        };
        HostSoftwareTitle: {
            id: number;
            name: string;
            display_name: string;
            icon_url: string | null;
            source: string;
            extension_for: string;
            browser: string;
            status: string | null;
            software_package: unknown;
            app_store_app: unknown;
            installed_versions: components["schemas"]["InstalledVersion"][];
        };
        InstalledVersion: {
            version: string;
            bundle_identifier: string;
            /** Format: date-time */
            last_opened_at: string | null;
            vulnerabilities: string[] | null;
            installed_paths: string[];
        };
        Label: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            description: string;
            query: string;
            platform: string;
            /** @enum {string} */
            label_type: "builtin" | "regular";
            /** @enum {string} */
            label_membership_type: "dynamic" | "manual" | "host_vitals";
            criteria?: components["schemas"]["LabelCriteria"];
            author_id: number | null;
            team_id: number | null;
            host_count?: number;
            display_text: string;
            count: number;
            fleet_id: number | null;
        };
        LabelCriteria: {
            vital?: string;
            operator?: string | null;
            value?: unknown;
            custom_host_vital_id?: unknown;
            and?: components["schemas"]["LabelCriteria"][];
            or?: components["schemas"]["LabelCriteria"][];
        };
        LabelSummary: {
            id: number;
            name: string;
            description: string;
            /** @enum {string} */
            label_type: "builtin" | "regular";
            team_id: number | null;
            fleet_id: number | null;
        };
        LabelDetail: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            description: string;
            query: string;
            platform: string;
            /** @enum {string} */
            label_type: "builtin" | "regular";
            /** @enum {string} */
            label_membership_type: "dynamic" | "manual" | "host_vitals";
            criteria?: components["schemas"]["LabelCriteria"];
            author_id: number | null;
            team_id: number | null;
            host_count?: number;
            display_text: string;
            count: number;
            team_name: string | null;
            host_ids?: number[];
            fleet_id: number | null;
            fleet_name: string | null;
        };
        LabelSpec: {
            id: number;
            name: string;
            description: string;
            query: string;
            platform?: string;
            /** @enum {string} */
            label_type: "builtin" | "regular";
            /** @enum {string} */
            label_membership_type: "dynamic" | "manual" | "host_vitals";
            hosts?: string[];
            criteria?: components["schemas"]["LabelCriteria"];
            team_id: number | null;
            fleet_id: number | null;
        };
        HostView: {
            id: number;
            name: string;
            filters: {
                [key: string]: unknown;
            };
            shared: boolean;
            owner_id: number;
            owner_name: string;
            own: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Query: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            team_id: number | null;
            fleet_id: number | null;
            interval: number;
            platform: string;
            min_osquery_version: string;
            automations_enabled: boolean;
            /** @enum {string} */
            logging: "snapshot" | "differential" | "differential_ignore_removals";
            name: string;
            description: string;
            query: string;
            saved: boolean;
            observer_can_run: boolean;
            author_id: number | null;
            author_name: string;
            author_email: string;
            packs: {
                id: number;
                name: string;
                description: string;
                platform: string;
                disabled: boolean;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                updated_at: string;
            }[];
            stats: components["schemas"]["QueryStats"];
            discard_data: boolean;
            labels_include_any: components["schemas"]["LabelName"][];
            labels_include_all: components["schemas"]["LabelName"][];
            labels_exclude_any: components["schemas"]["LabelName"][];
        };
        QueryStats: {
            system_time_p50: number | null;
            system_time_p95: number | null;
            user_time_p50: number | null;
            user_time_p95: number | null;
            total_executions: number | null;
        };
        QueryInNewerWords: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            fleet_id: number | null;
            interval: number;
            platform: string;
            min_osquery_version: string;
            automations_enabled: boolean;
            /** @enum {string} */
            logging: "snapshot" | "differential" | "differential_ignore_removals";
            name: string;
            description: string;
            query: string;
            saved: boolean;
            observer_can_run: boolean;
            author_id: number | null;
            author_name: string;
            author_email: string;
            packs: {
                id: number;
                name: string;
                description: string;
                platform: string;
                disabled: boolean;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                updated_at: string;
            }[];
            stats: components["schemas"]["QueryStats"];
            discard_data: boolean;
            labels_include_any: components["schemas"]["LabelName"][];
            labels_include_all: components["schemas"]["LabelName"][];
            labels_exclude_any: components["schemas"]["LabelName"][];
        };
        QueryDetail: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            team_id: number | null;
            fleet_id: number | null;
            interval: number;
            platform: string;
            min_osquery_version: string;
            automations_enabled: boolean;
            /** @enum {string} */
            logging: "snapshot" | "differential" | "differential_ignore_removals";
            name: string;
            description: string;
            query: string;
            saved: boolean;
            observer_can_run: boolean;
            author_id: number | null;
            author_name: string;
            author_email: string;
            packs: {
                id: number;
                name: string;
                description: string;
                platform: string;
                disabled: boolean;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                updated_at: string;
            }[];
            stats: components["schemas"]["QueryStats"];
            discard_data: boolean;
            labels_include_any: components["schemas"]["LabelName"][];
            labels_include_all: components["schemas"]["LabelName"][];
            labels_exclude_any: components["schemas"]["LabelName"][];
            warnings: string[];
        };
        QuerySpec: {
            name: string;
            description: string;
            query: string;
            team: string;
            interval: number;
            observer_can_run: boolean;
            platform: string;
            min_osquery_version: string;
            automations_enabled: boolean;
            /** @enum {string} */
            logging: "snapshot" | "differential" | "differential_ignore_removals";
            discard_data: boolean;
            labels_include_any?: string[];
            labels_include_all?: string[];
            labels_exclude_any?: string[];
            fleet: string;
        };
        LeftOutHost: {
            host_id: number;
            host_name: string;
            reason: string;
        };
        ReportRow: {
            host_id: number;
            host_name: string;
            /** Format: date-time */
            last_fetched: string;
            columns: {
                [key: string]: string;
            };
        };
        HostReport: {
            id: number;
            name: string;
            description: string;
            query: string;
            /** @enum {string} */
            logging: "snapshot" | "differential" | "differential_ignore_removals";
            discard_data: boolean;
            total_results_count: number;
            /** Format: date-time */
            last_fetched: string | null;
            first_result_columns: {
                [key: string]: string;
            } | null;
        };
        Carve: {
            id: number;
            /** Format: date-time */
            created_at: string;
            host_id: number;
            name: string;
            block_count: number;
            block_size: number;
            carve_size: number;
            carve_id: string;
            request_id: string;
            session_id: string;
            expired: boolean;
            max_block: number;
            error?: string;
        };
        Policy: {
            id: number;
            name: string;
            query: string;
            critical: boolean;
            description: string;
            author_id: number | null;
            author_name: string;
            author_email: string;
            team_id: number | null;
            resolution?: string;
            platform: string;
            labels_include_any?: components["schemas"]["LabelName"][];
            labels_include_all?: components["schemas"]["LabelName"][];
            labels_exclude_any?: components["schemas"]["LabelName"][];
            labels_exclude_all?: components["schemas"]["LabelName"][];
            calendar_events_enabled: boolean;
            conditional_access_enabled: boolean;
            /** @enum {string} */
            type: "dynamic" | "patch";
            continuous_automations_enabled: boolean;
            fleet_maintained: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            passing_host_count: number;
            failing_host_count: number;
            /** Format: date-time */
            host_count_updated_at: string | null;
            fleet_id: number | null;
        };
        PolicyWithWarnings: {
            id: number;
            name: string;
            query: string;
            critical: boolean;
            description: string;
            author_id: number | null;
            author_name: string;
            author_email: string;
            team_id: number | null;
            resolution?: string;
            platform: string;
            labels_include_any?: components["schemas"]["LabelName"][];
            labels_include_all?: components["schemas"]["LabelName"][];
            labels_exclude_any?: components["schemas"]["LabelName"][];
            labels_exclude_all?: components["schemas"]["LabelName"][];
            calendar_events_enabled: boolean;
            conditional_access_enabled: boolean;
            /** @enum {string} */
            type: "dynamic" | "patch";
            continuous_automations_enabled: boolean;
            fleet_maintained: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            passing_host_count: number;
            failing_host_count: number;
            /** Format: date-time */
            host_count_updated_at: string | null;
            warnings: string[];
            fleet_id: number | null;
        };
        Campaign: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            Metrics: {
                TotalHosts: number;
                OnlineHosts: number;
                OfflineHosts: number;
                MissingInActionHosts: number;
                NewHosts: number;
            };
            id: number;
            query_id: number;
            status: number;
            user_id: number;
            report_id: number;
        };
        Host: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            software_updated_at: string;
            id: number;
            /** Format: date-time */
            detail_updated_at: string;
            /** Format: date-time */
            label_updated_at: string;
            /** Format: date-time */
            policy_updated_at: string;
            /** Format: date-time */
            last_enrolled_at: string;
            /** Format: date-time */
            last_mdm_enrolled_at: string | null;
            /** Format: date-time */
            last_mdm_checked_in_at: string | null;
            /** Format: date-time */
            seen_time: string;
            refetch_requested: boolean;
            hostname: string;
            uuid: string;
            platform: string;
            osquery_version: string;
            orbit_version: string | null;
            fleet_desktop_version: string | null;
            scripts_enabled: boolean | null;
            os_version: string;
            build: string;
            platform_like: string;
            code_name: string;
            uptime: number;
            memory: number;
            cpu_type: string;
            cpu_subtype: string;
            cpu_brand: string;
            cpu_physical_cores: number;
            cpu_logical_cores: number;
            hardware_vendor: string;
            hardware_model: string;
            hardware_marketing_name: string;
            hardware_version: string;
            hardware_serial: string;
            computer_name: string;
            timezone: string | null;
            public_ip: string;
            primary_ip: string;
            primary_mac: string;
            distributed_interval: number;
            config_tls_refresh: number;
            logger_tls_period: number;
            team_id: number | null;
            team_name: string | null;
            pack_stats: string | null;
            gigs_disk_space_available: number;
            percent_disk_space_available: number;
            gigs_total_disk_space: number;
            gigs_all_disk_space: number | null;
            issues: components["schemas"]["HostIssues"];
            mdm: components["schemas"]["HostMdm"];
            /** Format: date-time */
            refetch_critical_queries_until: string | null;
            /** Format: date-time */
            last_restarted_at: string | null;
            /** @enum {string} */
            status: "online" | "offline";
            display_text: string;
            display_name: string;
            duplicate_identity: boolean;
            fleet_id: number | null;
            fleet_name: string | null;
        };
        TargetLabel: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            description: string;
            query: string;
            platform: string;
            /** @enum {string} */
            label_type: "builtin" | "regular";
            /** @enum {string} */
            label_membership_type: "dynamic" | "manual" | "host_vitals";
            display_text: string;
            count: number;
            host_count?: number;
        };
        TargetTeam: {
            /** Format: date-time */
            created_at: string;
            id: number;
            name: string;
            description: string;
            display_text: string;
            count: number;
            host_count: number;
        };
        Pack: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            name: string;
            description: string;
            platform: string;
            disabled: boolean;
            type: string | null;
            labels: unknown;
            label_ids: number[];
            hosts: unknown;
            host_ids: number[];
            teams: unknown;
            team_ids: number[];
            query_count: number;
            total_hosts_count: number;
            fleets: unknown;
            fleet_ids: number[];
        };
        PackSpec: {
            id?: number;
            name: string;
            description: string;
            platform: string;
            disabled: boolean;
            targets: {
                labels: string[] | null;
                teams: string[] | null;
                fleets: string[] | null;
            };
            queries: components["schemas"]["PackSpecQuery"][];
            reports: components["schemas"]["PackSpecQuery"][];
        };
        PackSpecQuery: {
            query: string;
            name: string;
            description: string;
            interval: number;
            snapshot: boolean | null;
            removed: boolean | null;
            platform: string | null;
            version: string | null;
            shard: number | null;
            denylist: boolean | null;
        };
        ScheduledQuery: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            id: number;
            pack_id: number;
            name: string;
            query_id: number;
            query_name: string;
            query: string;
            stats: {
                system_time_p50: number | null;
                system_time_p95: number | null;
                user_time_p50: number | null;
                user_time_p95: number | null;
                total_executions: number | null;
            };
            interval: number;
            snapshot: boolean | null;
            removed: boolean | null;
            platform: string | null;
            version: string | null;
            shard: number | null;
            denylist: boolean | null;
            report_id: number;
        };
        LiveResult: {
            host_id: number;
            rows: {
                [key: string]: string;
            }[] | null;
            error: string | null;
        };
        HostQueryResult: {
            host_id: number;
            rows: {
                [key: string]: string;
            }[] | null;
            query: string;
            /** @enum {string} */
            status: "online" | "offline";
            error?: string;
        };
        Error: {
            message: string;
            errors?: {
                name: string;
                reason: string;
            }[];
            /** @description Of role problems, instead of errors. */
            code?: number;
            /** @description Also in the server's log. */
            uuid?: string;
        };
        Answers: {
            setup: {
                admin: components["schemas"]["User"];
                org_info: {
                    org_name: string;
                    org_logo_url: string;
                    contact_url: string;
                    org_logo_url_dark_mode: string;
                };
                server_url: string;
                osquery_enroll_secret: string | null;
                token?: string;
            };
            setup_2: {
                admin: components["schemas"]["User"];
                org_info: {
                    org_name: string;
                    org_logo_url: string;
                    contact_url: string;
                    org_logo_url_dark_mode: string;
                };
                server_url: string;
                osquery_enroll_secret: string | null;
                token?: string;
            };
            login: {
                user?: components["schemas"]["User"];
                available_teams?: components["schemas"]["AvailableTeam"][];
                token?: string;
                message?: string;
                available_fleets?: components["schemas"]["AvailableTeam"][];
            };
            finish_login: {
                user: components["schemas"]["User"];
                available_teams: components["schemas"]["AvailableTeam"][];
                token: string;
                available_fleets: components["schemas"]["AvailableTeam"][];
            };
            logout: Record<string, unknown>;
            me: components["schemas"]["Me"];
            change_password: Record<string, unknown>;
            perform_required_password_reset: {
                user: components["schemas"]["User"];
            };
            get_session: components["schemas"]["UserSession"];
            delete_session: Record<string, unknown>;
            user_sessions: {
                sessions: components["schemas"]["UserSession"][] | null;
            };
            delete_user_sessions: Record<string, unknown>;
            list_users: {
                users: components["schemas"]["User"][];
            };
            create_user_from_invite: {
                user: components["schemas"]["User"];
            };
            create_user: {
                user: components["schemas"]["User"];
                token?: string;
            };
            get_user: components["schemas"]["Me"];
            modify_user: {
                user: components["schemas"]["User"];
            };
            delete_user: Record<string, unknown>;
            require_password_reset: {
                user: components["schemas"]["User"];
            };
            forgot_password: Record<string, unknown>;
            reset_password: Record<string, unknown>;
            create_invite: {
                invite: components["schemas"]["Invite"];
            };
            list_invites: {
                invites: components["schemas"]["Invite"][];
            };
            update_invite: {
                invite: components["schemas"]["Invite"];
            };
            delete_invite: Record<string, unknown>;
            verify_invite: {
                invite: components["schemas"]["Invite"];
            };
            create_api_only_user: {
                user: components["schemas"]["User"];
                token?: string;
            };
            modify_api_only_user: {
                user: components["schemas"]["User"];
            };
            list_api_endpoints: {
                api_endpoints: components["schemas"]["ApiCatalogEntry"][];
            };
            change_email: {
                new_email: string;
            };
            apply_user_role_specs: Record<string, unknown>;
            list_my_tokens: {
                api_tokens: components["schemas"]["ApiToken"][];
            };
            create_my_token: {
                api_token: components["schemas"]["ApiToken"];
                token: string;
            };
            delete_my_token: Record<string, unknown>;
            list_user_tokens: {
                api_tokens: components["schemas"]["ApiToken"][];
            };
            create_user_token: {
                api_token: components["schemas"]["ApiToken"];
                token: string;
            };
            delete_user_token: Record<string, unknown>;
            sso_settings: {
                settings: components["schemas"]["SsoSettings"];
            };
            initiate_sso: {
                url: string;
            };
            get_enroll_secret_spec: {
                spec: {
                    secrets: components["schemas"]["EnrollSecret"][] | null;
                } | null;
            };
            apply_enroll_secret_spec: Record<string, unknown>;
            team_enroll_secrets: {
                secrets: components["schemas"]["EnrollSecret"][] | null;
            };
            modify_team_enroll_secrets: {
                secrets: components["schemas"]["EnrollSecret"][] | null;
            };
            list_teams: {
                teams: components["schemas"]["Team"][];
                fleets: components["schemas"]["TeamInNewerWords"][];
            };
            create_team: {
                team: components["schemas"]["Team"];
                fleet: components["schemas"]["TeamInNewerWords"];
            };
            get_team: {
                team: components["schemas"]["TeamOrNone"];
                fleet: components["schemas"]["TeamOrNoneInNewerWords"];
            };
            modify_team: {
                team: components["schemas"]["TeamOrNone"];
                fleet: components["schemas"]["TeamOrNoneInNewerWords"];
            };
            delete_team: Record<string, unknown>;
            modify_team_agent_options: {
                team: components["schemas"]["Team"];
                fleet: components["schemas"]["TeamInNewerWords"];
            };
            list_team_users: {
                users: components["schemas"]["TeamMember"][];
            };
            add_team_users: {
                team: components["schemas"]["Team"];
                fleet: components["schemas"]["TeamInNewerWords"];
            };
            delete_team_users: {
                team: components["schemas"]["Team"];
                fleet: components["schemas"]["TeamInNewerWords"];
            };
            apply_team_specs: {
                team_ids_by_name: {
                    [key: string]: number;
                };
                fleet_ids_by_name: {
                    [key: string]: number;
                };
            };
            get_config: components["schemas"]["Config"];
            modify_config: components["schemas"]["ChangedConfig"];
            get_certificate: {
                certificate_chain: string;
            };
            get_version: {
                version: string;
                branch: string;
                revision: string;
                go_version: string;
                build_date: string;
                build_user: string;
            };
            list_activities: {
                activities: components["schemas"]["Activity"][];
                meta: components["schemas"]["PageMeta"];
            };
            upload_logo: Record<string, unknown>;
            delete_logo: Record<string, unknown>;
            trigger_job: Record<string, unknown>;
            debug_errors: unknown;
            debug_database: unknown;
            debug_migrations: unknown;
            debug_profile: unknown;
            transfer_hosts: Record<string, unknown>;
            transfer_hosts_by_filter: Record<string, unknown>;
            get_host: {
                host: components["schemas"]["HostDetail"];
            };
            delete_host: Record<string, unknown>;
            get_host_by_identifier: {
                host: components["schemas"]["HostDetail"];
            };
            delete_hosts: components["schemas"]["Nothing"];
            refetch_host: Record<string, unknown>;
            host_health: {
                host_id: number;
                health: {
                    /** Format: date-time */
                    updated_at: string;
                    os_version: string;
                    disk_encryption_enabled?: boolean;
                    failing_policies_count: number;
                    failing_critical_policies_count: number;
                    failing_policies: {
                        id: number;
                        name: string;
                        critical: boolean;
                        resolution: string;
                    }[];
                    vulnerable_software: unknown[];
                };
            };
            list_host_certificates: {
                certificates: components["schemas"]["HostCertificate"][];
                count: number;
                meta: components["schemas"]["PageMeta"];
            };
            list_hosts: {
                software?: unknown;
                software_title?: unknown;
                hosts: components["schemas"]["ListedHost"][];
                error?: string;
            };
            count_hosts: {
                count: number;
            };
            host_summary: {
                team_id?: number;
                totals_hosts_count: number;
                online_count: number;
                offline_count: number;
                mia_count: number;
                missing_30_days_count: number;
                new_count: number;
                all_linux_count: number;
                low_disk_space_count?: number;
                builtin_labels: {
                    id: number;
                    name: string;
                    description: string;
                    /** @enum {string} */
                    label_type: "builtin" | "regular";
                }[];
                platforms: {
                    platform: string;
                    hosts_count: number;
                }[];
                fleet_id?: number;
            };
            list_hosts_in_label: {
                software?: unknown;
                software_title?: unknown;
                hosts: components["schemas"]["ListedHost"][];
                error?: string;
            };
            list_software_versions: {
                /** Format: date-time */
                counts_updated_at: string | null;
                count: number;
                software: components["schemas"]["SoftwareVersion"][];
                meta: components["schemas"]["PageMeta"];
            };
            get_software_version: {
                software: components["schemas"]["SoftwareVersion"];
            };
            list_software: {
                /** Format: date-time */
                counts_updated_at: string | null;
                software: components["schemas"]["SoftwareVersion"][];
            };
            get_software: {
                software: components["schemas"]["SoftwareVersion"];
            };
            count_software: {
                count: number;
            };
            list_software_titles: {
                /** Format: date-time */
                counts_updated_at: string | null;
                count: number;
                software_titles: components["schemas"]["SoftwareTitle"][];
                meta: components["schemas"]["PageMeta"];
            };
            get_software_title: {
                software_title: components["schemas"]["SoftwareTitleDetail"];
            };
            list_host_software: {
                count: number;
                software: components["schemas"]["HostSoftwareTitle"][];
                meta: components["schemas"]["PageMeta"];
            };
            list_labels: {
                labels: components["schemas"]["Label"][] | null;
            };
            create_label: {
                label: components["schemas"]["LabelDetail"];
            };
            labels_summary: {
                labels: components["schemas"]["LabelSummary"][];
            };
            get_label: {
                label: components["schemas"]["LabelDetail"];
            };
            modify_label: {
                label: components["schemas"]["LabelDetail"];
            };
            delete_label: Record<string, unknown>;
            delete_label_by_id: Record<string, unknown>;
            add_host_labels: Record<string, unknown>;
            remove_host_labels: Record<string, unknown>;
            list_label_specs: {
                specs: components["schemas"]["LabelSpec"][] | null;
            };
            apply_label_specs: Record<string, unknown>;
            get_label_spec: {
                specs: components["schemas"]["LabelSpec"];
            };
            list_host_device_mapping: {
                host_id: number;
                device_mapping: components["schemas"]["HostEmail"][] | null;
            };
            set_host_device_mapping: {
                host_id: number;
                device_mapping: components["schemas"]["HostEmail"][] | null;
            };
            host_mdm: unknown;
            hosts_mdm_summary: {
                /** Format: date-time */
                counts_updated_at: string;
                mobile_device_management_enrollment_status: {
                    enrolled_manual_hosts_count: number;
                    enrolled_automated_hosts_count: number;
                    enrolled_personal_hosts_count: number;
                    pending_hosts_count: number;
                    unenrolled_hosts_count: number;
                    hosts_count: number;
                };
                mobile_device_management_solution: unknown[];
            };
            host_macadmins: {
                macadmins: unknown;
            };
            macadmins: {
                macadmins: {
                    /** Format: date-time */
                    counts_updated_at: string;
                    mobile_device_management_enrollment_status: {
                        enrolled_manual_hosts_count: number;
                        enrolled_automated_hosts_count: number;
                        enrolled_personal_hosts_count: number;
                        pending_hosts_count: number;
                        unenrolled_hosts_count: number;
                        hosts_count: number;
                    };
                    mobile_device_management_solution: unknown[];
                    munki_versions: unknown[];
                    munki_issues: unknown[];
                };
            };
            host_encryption_key: unknown;
            mdm_host_encryption_key: unknown;
            list_host_views: {
                host_views: components["schemas"]["HostView"][];
            };
            create_host_view: {
                host_view: components["schemas"]["HostView"];
            };
            get_host_view: {
                host_view: components["schemas"]["HostView"];
            };
            modify_host_view: {
                host_view: components["schemas"]["HostView"];
            };
            delete_host_view: Record<string, unknown>;
            host_history: {
                history: {
                    /** Format: date-time */
                    at: string;
                    online: number;
                    total: number;
                }[];
            };
            host_os_versions: {
                os_versions: {
                    platform: string;
                    os_version: string;
                    hosts_count: number;
                }[];
            };
            translate: {
                list: {
                    type: string;
                    payload: {
                        identifier: string;
                        id: number;
                    };
                }[];
            };
            list_host_activities: {
                activities: components["schemas"]["Activity"][];
                meta: components["schemas"]["PageMeta"];
            };
            list_upcoming_activities: {
                count: number;
                activities: unknown[];
                meta: components["schemas"]["PageMeta"];
            };
            list_queries: {
                queries: components["schemas"]["Query"][];
                count: number;
                inherited_query_count: number;
                meta: components["schemas"]["PageMeta"];
                reports: components["schemas"]["QueryInNewerWords"][];
                inherited_report_count: number;
            };
            create_query: {
                query: components["schemas"]["QueryDetail"];
                report: components["schemas"]["QueryDetail"];
            };
            get_query: {
                query: components["schemas"]["QueryDetail"];
                report: components["schemas"]["QueryDetail"];
            };
            modify_query: {
                query: components["schemas"]["QueryDetail"];
                report: components["schemas"]["QueryDetail"];
            };
            delete_query: Record<string, unknown>;
            delete_query_by_id: Record<string, unknown>;
            delete_queries: {
                deleted: number;
            };
            list_query_specs: {
                specs: components["schemas"]["QuerySpec"][] | null;
            };
            apply_query_specs: {
                plan?: {
                    added: string[];
                    changed: string[];
                    deleted: string[];
                    kept: string[];
                };
            };
            get_query_spec: {
                specs: components["schemas"]["QuerySpec"];
            };
            get_query_report: {
                query_id: number;
                report_clipped: boolean;
                left_out_hosts: components["schemas"]["LeftOutHost"][];
                count: number;
                meta: components["schemas"]["PageMeta"];
                results: components["schemas"]["ReportRow"][];
                error?: string;
                report_id: number;
            };
            list_host_reports: {
                reports: components["schemas"]["HostReport"][];
                count: number;
                meta: components["schemas"]["PageMeta"];
            };
            get_host_report: {
                query_id: number;
                host_id: number;
                host_name: string;
                /** Format: date-time */
                last_fetched: string | null;
                report_clipped: boolean;
                reason?: string;
                results: {
                    columns: {
                        [key: string]: string;
                    };
                }[];
                report_id: number;
            };
            list_carves: {
                carves: components["schemas"]["Carve"][];
            };
            get_carve: {
                carve: components["schemas"]["Carve"];
            };
            get_carve_block: {
                data: string;
            };
            list_global_policies: {
                policies?: components["schemas"]["Policy"][];
            };
            create_global_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            list_policies: {
                policies?: components["schemas"]["Policy"][];
            };
            create_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            count_policies: {
                count: number;
            };
            get_global_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            modify_global_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            get_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            modify_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            delete_global_policies: {
                deleted?: number[];
            };
            delete_policies: {
                deleted?: number[];
            };
            reset_policy: Record<string, unknown>;
            policy_history: {
                policy_id: number;
                team_id: number | null;
                history: {
                    day: string;
                    passing: number;
                    failing: number;
                    no_answer: number;
                }[];
                fleet_id: number | null;
            };
            reset_automations: Record<string, unknown>;
            apply_policy_specs: Record<string, unknown>;
            list_team_policies: {
                policies?: components["schemas"]["Policy"][];
                inherited_policies?: components["schemas"]["Policy"][];
            };
            create_team_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            count_team_policies: {
                count: number;
                inherited_policy_count: number;
            };
            get_team_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            modify_team_policy: {
                policy: components["schemas"]["PolicyWithWarnings"];
            };
            delete_team_policies: {
                deleted?: number[];
            };
            run_live_query: {
                campaign: components["schemas"]["Campaign"];
            };
            run_queries_sync: {
                summary: {
                    targeted_host_count: number;
                    responded_host_count: number;
                };
                live_query_results: {
                    query_id: number;
                    results: components["schemas"]["LiveResult"][] | null;
                    error?: string | null;
                    report_id: number;
                }[];
            };
            run_live_query_by_identifiers: {
                campaign: components["schemas"]["Campaign"];
            };
            run_live_query_by_names: {
                campaign: components["schemas"]["Campaign"];
            };
            count_targets: {
                targets_count: number;
                targets_online: number;
                targets_offline: number;
                targets_missing_in_action: number;
            };
            search_hosts: {
                targets: {
                    hosts: components["schemas"]["Host"][];
                };
                hosts: components["schemas"]["Host"][];
            };
            search_targets: {
                targets: {
                    hosts: components["schemas"]["Host"][];
                    labels: components["schemas"]["TargetLabel"][];
                    teams: components["schemas"]["TargetTeam"][];
                    fleets: components["schemas"]["TargetTeam"][];
                };
                targets_count: number;
                targets_online: number;
                targets_offline: number;
                targets_missing_in_action: number;
            };
            live_query_status: Record<string, unknown>;
            result_store_status: Record<string, unknown>;
            list_packs: {
                packs: components["schemas"]["Pack"][];
            };
            create_pack: {
                pack: components["schemas"]["Pack"];
            };
            get_pack: {
                pack: components["schemas"]["Pack"];
            };
            modify_pack: {
                pack: components["schemas"]["Pack"];
            };
            delete_pack: Record<string, unknown>;
            delete_pack_by_id: Record<string, unknown>;
            list_pack_specs: {
                specs: components["schemas"]["PackSpec"][] | null;
            };
            apply_pack_specs: {
                plan?: {
                    added: string[];
                    changed: string[];
                    deleted: string[];
                    kept: string[];
                };
            };
            get_pack_spec: {
                specs: components["schemas"]["PackSpec"];
            };
            list_pack_queries: {
                scheduled: components["schemas"]["ScheduledQuery"][] | null;
            };
            get_pack_query: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            modify_pack_query_v1: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            delete_pack_query_v1: Record<string, unknown>;
            add_pack_query_v1: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            list_global_schedule: {
                global_schedule: components["schemas"]["ScheduledQuery"][];
            };
            add_pack_query: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            modify_pack_query: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            delete_pack_query: Record<string, unknown>;
            list_global_schedule_v1: {
                global_schedule: components["schemas"]["ScheduledQuery"][];
            };
            add_global_schedule_v1: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            modify_global_schedule_v1: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            delete_global_schedule_v1: Record<string, unknown>;
            add_global_schedule: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            modify_global_schedule: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            delete_global_schedule: Record<string, unknown>;
            list_team_schedule: {
                scheduled: components["schemas"]["ScheduledQuery"][];
            };
            add_team_schedule: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            modify_team_schedule: {
                scheduled: components["schemas"]["ScheduledQuery"];
            };
            delete_team_schedule: Record<string, unknown>;
            run_saved_query_sync: {
                query_id: number;
                targeted_host_count: number;
                responded_host_count: number;
                results: components["schemas"]["LiveResult"][];
                report_id: number;
            };
            query_host: components["schemas"]["HostQueryResult"];
            query_host_by_identifier: components["schemas"]["HostQueryResult"];
        };
        Bodies: {
            setup: {
                admin: {
                    name?: string;
                    email?: string;
                    password?: string;
                };
                org_info: {
                    org_name?: string;
                    /** @description Also accepted as `org_logo_url_dark_mode`. */
                    org_logo_url?: string;
                    contact_url?: string;
                };
                server_url?: string;
                osquery_enroll_secret?: string;
            };
            setup_2: {
                admin: {
                    name?: string;
                    email?: string;
                    password?: string;
                };
                org_info: {
                    org_name?: string;
                    /** @description Also accepted as `org_logo_url_dark_mode`. */
                    org_logo_url?: string;
                    contact_url?: string;
                };
                server_url?: string;
                osquery_enroll_secret?: string;
            };
            login: {
                email: string;
                password: string;
                supports_email_verification?: boolean;
            };
            finish_login: {
                token: string;
            };
            change_password: {
                old_password: string;
                new_password: string;
            };
            perform_required_password_reset: {
                new_password: string;
            };
            create_user_from_invite: {
                invite_token: string;
                email?: string;
                name?: string;
                password?: string;
            };
            create_user: {
                name: string;
                email: string;
                password?: string;
                position?: string;
                gravatar_url?: string;
                /** @enum {string} */
                global_role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                /** @description Also accepted as `fleets`. */
                teams?: {
                    id?: number;
                    /** @enum {string} */
                    role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                }[];
                sso_enabled?: boolean;
                mfa_enabled?: boolean;
                api_only?: boolean;
                admin_forced_password_reset?: boolean;
                invite_token?: string | null;
                api_endpoints?: unknown;
            };
            modify_user: {
                name?: string | null;
                email?: string | null;
                position?: string | null;
                gravatar_url?: string | null;
                password?: string | null;
                new_password?: string | null;
                sso_enabled?: boolean | null;
                mfa_enabled?: boolean | null;
                /** @enum {string|null} */
                global_role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops" | null;
                /** @description Also accepted as `fleets`. */
                teams?: {
                    id?: number;
                    /** @enum {string} */
                    role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                }[] | null;
                settings?: unknown;
                api_only?: boolean | null;
                api_endpoints?: unknown;
            };
            require_password_reset: {
                require: boolean;
            };
            forgot_password: {
                email: string;
            };
            reset_password: {
                password_reset_token: string;
                new_password: string;
            };
            create_invite: {
                email: string;
                name?: string;
                position?: string;
                sso_enabled?: boolean;
                mfa_enabled?: boolean;
                /** @enum {string} */
                global_role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                /** @description Also accepted as `fleets`. */
                teams?: {
                    id?: number;
                    /** @enum {string} */
                    role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                }[];
            };
            update_invite: {
                email?: string | null;
                name?: string | null;
                position?: string | null;
                sso_enabled?: boolean | null;
                mfa_enabled?: boolean | null;
                /** @enum {string|null} */
                global_role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops" | null;
                /** @description Also accepted as `fleets`. */
                teams?: {
                    id?: number;
                    /** @enum {string} */
                    role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                }[];
            };
            create_api_only_user: {
                name: string;
                /** @enum {string} */
                global_role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                /** @description Also accepted as `fleets`. */
                teams?: {
                    id?: number;
                    /** @enum {string} */
                    role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                }[];
                api_endpoints?: {
                    method?: string;
                    path?: string;
                }[] | null;
            };
            modify_api_only_user: {
                name?: string | null;
                /** @enum {string|null} */
                global_role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops" | null;
                /** @description Also accepted as `fleets`. */
                teams?: {
                    id?: number;
                    /** @enum {string} */
                    role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                }[] | null;
                api_endpoints?: {
                    method?: string;
                    path?: string;
                }[] | null;
            };
            apply_user_role_specs: {
                spec?: {
                    roles?: {
                        [key: string]: {
                            /** @enum {string} */
                            global_role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                            /** @description Also accepted as `fleets`. */
                            teams?: {
                                /** @description Also accepted as `fleet`. */
                                team?: string;
                                /** @enum {string} */
                                role?: "admin" | "maintainer" | "technician" | "observer_plus" | "observer" | "gitops";
                            }[];
                        };
                    };
                };
            };
            create_my_token: {
                name?: string;
                /** @enum {string} */
                scope?: "read_only" | "full";
                /** @description Also accepted as `fleet_id`. */
                team_id?: number | null;
                expires_at?: string | null;
            };
            create_user_token: {
                name?: string;
                /** @enum {string} */
                scope?: "read_only" | "full";
                /** @description Also accepted as `fleet_id`. */
                team_id?: number | null;
                expires_at?: string | null;
            };
            initiate_sso: {
                relay_url?: string;
            };
            apply_enroll_secret_spec: {
                spec: {
                    secrets?: {
                        secret?: string;
                        created_at?: string;
                        /** @description Also accepted as `fleet_id`. */
                        team_id?: number | null;
                        name?: string | null;
                        expires_at?: string | null;
                        use_limit?: number | null;
                        use_count?: number | null;
                        last_used_at?: string | null;
                    }[] | null;
                } | null;
            };
            modify_team_enroll_secrets: {
                secrets: {
                    secret?: string;
                    created_at?: string;
                    /** @description Also accepted as `fleet_id`. */
                    team_id?: number | null;
                    name?: string | null;
                    expires_at?: string | null;
                    use_limit?: number | null;
                    use_count?: number | null;
                    last_used_at?: string | null;
                }[] | null;
            };
            create_team: {
                name: string | null;
                description?: string | null;
                secrets?: {
                    secret?: string;
                    created_at?: string;
                    /** @description Also accepted as `fleet_id`. */
                    team_id?: number | null;
                    name?: string | null;
                    expires_at?: string | null;
                    use_limit?: number | null;
                    use_count?: number | null;
                    last_used_at?: string | null;
                }[] | null;
                webhook_settings?: unknown;
                integrations?: unknown;
                host_expiry_settings?: unknown;
                features?: unknown;
                mdm?: unknown;
            };
            modify_team: {
                name?: string | null;
                description?: string | null;
                secrets?: {
                    secret?: string;
                    created_at?: string;
                    /** @description Also accepted as `fleet_id`. */
                    team_id?: number | null;
                    name?: string | null;
                    expires_at?: string | null;
                    use_limit?: number | null;
                    use_count?: number | null;
                    last_used_at?: string | null;
                }[] | null;
                webhook_settings?: unknown;
                integrations?: unknown;
                host_expiry_settings?: unknown;
                features?: unknown;
                mdm?: unknown;
            };
            modify_team_agent_options: {
                config?: Record<string, unknown>;
                overrides?: Record<string, unknown>;
            };
            add_team_users: {
                users: {
                    id?: number;
                    role?: string;
                }[];
            };
            delete_team_users: {
                users: {
                    id?: number;
                    role?: string;
                }[];
            };
            apply_team_specs: {
                specs: Record<string, unknown>[];
            };
            modify_config: components["schemas"]["ConfigChanges"];
            transfer_hosts: {
                /** @description Also accepted as `fleet_id`. */
                team_id?: number | null;
                hosts: number[] | null;
            };
            transfer_hosts_by_filter: {
                /** @description Also accepted as `fleet_id`. */
                team_id?: number | null;
                filters: unknown;
            };
            delete_hosts: {
                ids?: number[] | null;
                filters?: unknown;
            };
            create_label: {
                name: string;
                description?: string;
                query?: string;
                platform?: string;
                hosts?: string[] | null;
                host_ids?: number[] | null;
                criteria?: unknown;
                /** @description Also accepted as `fleet_id`. */
                team_id?: number | null;
            };
            modify_label: {
                name?: string | null;
                description?: string | null;
                hosts?: string[] | null;
                host_ids?: number[] | null;
            };
            add_host_labels: {
                labels: string[] | null;
            };
            remove_host_labels: {
                labels: string[] | null;
            };
            apply_label_specs: {
                specs: {
                    name?: string;
                    description?: string;
                    query?: string;
                    platform?: string;
                    label_type?: string;
                    label_membership_type?: string;
                    hosts?: string[] | null;
                    criteria?: unknown;
                    /** @description Also accepted as `fleet_id`. */
                    team_id?: number | null;
                }[];
                names_to_move?: string[];
                dry_run?: boolean;
            };
            set_host_device_mapping: {
                email: string;
                source?: string;
            };
            create_host_view: {
                name: string | null;
                filters: unknown;
                shared?: boolean | null;
            };
            modify_host_view: {
                name?: string | null;
                filters?: unknown;
                shared?: boolean | null;
            };
            translate: {
                list: {
                    type?: string;
                    payload?: {
                        identifier?: string;
                    };
                }[] | null;
            };
            create_query: {
                name: string | null;
                description?: string | null;
                query: string | null;
                interval?: number | null;
                observer_can_run?: boolean | null;
                platform?: string | null;
                min_osquery_version?: string | null;
                automations_enabled?: boolean | null;
                /** @enum {string|null} */
                logging?: "snapshot" | "differential" | "differential_ignore_removals" | null;
                discard_data?: boolean | null;
                labels_include_any?: string[] | null;
                labels_include_all?: string[] | null;
                labels_exclude_any?: string[] | null;
                /** @description Also accepted as `fleet_id`. */
                team_id?: number | null;
            };
            modify_query: {
                name?: string | null;
                description?: string | null;
                query?: string | null;
                interval?: number | null;
                observer_can_run?: boolean | null;
                platform?: string | null;
                min_osquery_version?: string | null;
                automations_enabled?: boolean | null;
                /** @enum {string|null} */
                logging?: "snapshot" | "differential" | "differential_ignore_removals" | null;
                discard_data?: boolean | null;
                labels_include_any?: string[] | null;
                labels_include_all?: string[] | null;
                labels_exclude_any?: string[] | null;
            };
            delete_query: {
                /** @description Also accepted as `fleet_id`. */
                team_id?: number | null;
            };
            delete_queries: {
                ids: number[];
            };
            apply_query_specs: {
                specs: {
                    name?: string | null;
                    description?: string | null;
                    query?: string | null;
                    interval?: number | null;
                    observer_can_run?: boolean | null;
                    platform?: string | null;
                    min_osquery_version?: string | null;
                    automations_enabled?: boolean | null;
                    /** @enum {string|null} */
                    logging?: "snapshot" | "differential" | "differential_ignore_removals" | null;
                    discard_data?: boolean | null;
                    labels_include_any?: string[] | null;
                    labels_include_all?: string[] | null;
                    labels_exclude_any?: string[] | null;
                    /** @description Also accepted as `fleet`. */
                    team?: string;
                }[];
            };
            create_global_policy: {
                name?: string | null;
                query?: string | null;
                description?: string | null;
                resolution?: string | null;
                platform?: string | null;
                critical?: boolean | null;
                calendar_events_enabled?: boolean | null;
                conditional_access_enabled?: boolean | null;
                continuous_automations_enabled?: boolean | null;
                labels_include_any?: string[] | null;
                labels_include_all?: string[] | null;
                labels_exclude_any?: string[] | null;
                labels_exclude_all?: string[] | null;
                software_title_id?: number | null;
                software_installer_id?: number | null;
                script_id?: number | null;
                type?: string;
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
            };
            create_policy: {
                name?: string | null;
                query?: string | null;
                description?: string | null;
                resolution?: string | null;
                platform?: string | null;
                critical?: boolean | null;
                calendar_events_enabled?: boolean | null;
                conditional_access_enabled?: boolean | null;
                continuous_automations_enabled?: boolean | null;
                labels_include_any?: string[] | null;
                labels_include_all?: string[] | null;
                labels_exclude_any?: string[] | null;
                labels_exclude_all?: string[] | null;
                software_title_id?: number | null;
                software_installer_id?: number | null;
                script_id?: number | null;
                type?: string;
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
            };
            modify_global_policy: {
                name?: string | null;
                query?: string | null;
                description?: string | null;
                resolution?: string | null;
                platform?: string | null;
                critical?: boolean | null;
                calendar_events_enabled?: boolean | null;
                conditional_access_enabled?: boolean | null;
                continuous_automations_enabled?: boolean | null;
                labels_include_any?: string[] | null;
                labels_include_all?: string[] | null;
                labels_exclude_any?: string[] | null;
                labels_exclude_all?: string[] | null;
                software_title_id?: number | null;
                software_installer_id?: number | null;
                script_id?: number | null;
                type?: string;
            };
            modify_policy: {
                name?: string | null;
                query?: string | null;
                description?: string | null;
                resolution?: string | null;
                platform?: string | null;
                critical?: boolean | null;
                calendar_events_enabled?: boolean | null;
                conditional_access_enabled?: boolean | null;
                continuous_automations_enabled?: boolean | null;
                labels_include_any?: string[] | null;
                labels_include_all?: string[] | null;
                labels_exclude_any?: string[] | null;
                labels_exclude_all?: string[] | null;
                software_title_id?: number | null;
                software_installer_id?: number | null;
                script_id?: number | null;
                type?: string;
            };
            delete_global_policies: {
                ids: number[];
            };
            delete_policies: {
                ids: number[];
            };
            reset_automations: {
                policy_ids?: number[];
                /** @description Also accepted as `fleet_ids`. */
                team_ids?: number[];
            };
            apply_policy_specs: {
                specs: {
                    name?: string | null;
                    query?: string | null;
                    description?: string | null;
                    resolution?: string | null;
                    platform?: string | null;
                    critical?: boolean | null;
                    calendar_events_enabled?: boolean | null;
                    conditional_access_enabled?: boolean | null;
                    continuous_automations_enabled?: boolean | null;
                    labels_include_any?: string[] | null;
                    labels_include_all?: string[] | null;
                    labels_exclude_any?: string[] | null;
                    labels_exclude_all?: string[] | null;
                    software_title_id?: number | null;
                    software_installer_id?: number | null;
                    script_id?: number | null;
                    type?: string;
                    /** @description Also accepted as `fleet`. */
                    team?: string;
                }[];
            };
            create_team_policy: {
                name?: string | null;
                query?: string | null;
                description?: string | null;
                resolution?: string | null;
                platform?: string | null;
                critical?: boolean | null;
                calendar_events_enabled?: boolean | null;
                conditional_access_enabled?: boolean | null;
                continuous_automations_enabled?: boolean | null;
                labels_include_any?: string[] | null;
                labels_include_all?: string[] | null;
                labels_exclude_any?: string[] | null;
                labels_exclude_all?: string[] | null;
                software_title_id?: number | null;
                software_installer_id?: number | null;
                script_id?: number | null;
                type?: string;
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
            };
            modify_team_policy: {
                name?: string | null;
                query?: string | null;
                description?: string | null;
                resolution?: string | null;
                platform?: string | null;
                critical?: boolean | null;
                calendar_events_enabled?: boolean | null;
                conditional_access_enabled?: boolean | null;
                continuous_automations_enabled?: boolean | null;
                labels_include_any?: string[] | null;
                labels_include_all?: string[] | null;
                labels_exclude_any?: string[] | null;
                labels_exclude_all?: string[] | null;
                software_title_id?: number | null;
                software_installer_id?: number | null;
                script_id?: number | null;
                type?: string;
            };
            delete_team_policies: {
                ids: number[];
            };
            run_live_query: {
                query?: string;
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                selected: {
                    hosts?: number[];
                    labels?: number[];
                    /** @description Also accepted as `fleets`. */
                    teams?: number[];
                };
            };
            run_queries_sync: {
                /** @description Also accepted as `report_ids`. */
                query_ids: number[];
                host_ids: number[];
            };
            run_live_query_by_identifiers: {
                query?: string;
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                selected: {
                    hosts?: string[];
                    labels?: string[];
                };
            };
            run_live_query_by_names: {
                query?: string;
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                selected: {
                    hosts?: string[];
                    labels?: string[];
                };
            };
            count_targets: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                selected?: {
                    hosts?: number[];
                    labels?: number[];
                    /** @description Also accepted as `fleets`. */
                    teams?: number[];
                };
            };
            search_hosts: {
                query?: string;
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                excluded_host_ids?: number[];
            };
            search_targets: {
                query?: string;
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                selected?: {
                    hosts?: number[];
                    labels?: number[];
                    /** @description Also accepted as `fleets`. */
                    teams?: number[];
                };
            };
            create_pack: {
                name: string | null;
                description?: string | null;
                platform?: string | null;
                disabled?: boolean | null;
                label_ids?: number[] | null;
                host_ids?: number[] | null;
                /** @description Also accepted as `fleet_ids`. */
                team_ids?: number[] | null;
            };
            modify_pack: {
                name?: string | null;
                description?: string | null;
                platform?: string | null;
                disabled?: boolean | null;
                label_ids?: number[] | null;
                host_ids?: number[] | null;
                /** @description Also accepted as `fleet_ids`. */
                team_ids?: number[] | null;
            };
            apply_pack_specs: {
                specs: {
                    name?: string;
                    description?: string;
                    platform?: string;
                    disabled?: boolean;
                    targets?: {
                        labels?: string[] | null;
                        /** @description Also accepted as `fleets`. */
                        teams?: string[] | null;
                    };
                    /** @description Also accepted as `reports`. */
                    queries?: {
                        query?: string;
                        name?: string;
                        description?: string;
                        interval?: number;
                        snapshot?: boolean | null;
                        removed?: boolean | null;
                        shard?: number | null;
                        platform?: string | null;
                        version?: string | null;
                        denylist?: boolean | null;
                    }[];
                }[];
            };
            modify_pack_query_v1: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
                name?: string | null;
            };
            add_pack_query_v1: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
                pack_id?: number | null;
                name?: string | null;
            };
            add_pack_query: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
                pack_id?: number | null;
                name?: string | null;
            };
            modify_pack_query: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
                name?: string | null;
            };
            add_global_schedule_v1: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
            };
            modify_global_schedule_v1: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
            };
            add_global_schedule: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
            };
            modify_global_schedule: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
            };
            add_team_schedule: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
            };
            modify_team_schedule: {
                /** @description Also accepted as `report_id`. */
                query_id?: number | null;
                interval?: number | null;
                snapshot?: boolean | null;
                removed?: boolean | null;
                denylist?: boolean | null;
                shard?: number | null;
                platform?: string | null;
                version?: string | null;
            };
            run_saved_query_sync: {
                host_ids: number[];
            };
            query_host: {
                query: string;
            };
            query_host_by_identifier: {
                query: string;
            };
        };
        Queries: {
            me: {
                include_ui_settings?: boolean;
            };
            list_users: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: number;
            };
            get_user: {
                include_ui_settings?: boolean;
            };
            list_invites: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            list_teams: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            modify_team_agent_options: {
                dry_run?: boolean;
                force?: boolean;
            };
            list_team_users: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            apply_team_specs: {
                dry_run?: boolean;
                force?: boolean;
            };
            modify_config: {
                dry_run?: boolean;
                force?: boolean;
                overwrite?: boolean;
            };
            list_activities: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                activity_type?: string;
                start_created_at?: string;
                end_created_at?: string;
            };
            get_logo: {
                mode?: string;
            };
            upload_logo: {
                mode?: string;
            };
            delete_logo: {
                mode?: string;
            };
            trigger_job: {
                name?: string;
            };
            debug_errors: {
                flush?: boolean;
            };
            get_host: {
                exclude_software?: boolean;
            };
            get_host_by_identifier: {
                exclude_software?: boolean;
            };
            list_host_certificates: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            list_hosts: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                status?: string;
                team_id?: string;
                label_id?: string;
                platform?: string;
                labels?: string;
                created_after?: string;
                created_before?: string;
                seen_after?: string;
                seen_before?: string;
                os_name?: string;
                os_version?: string;
                low_disk_space?: string;
                populate_users?: string;
                populate_labels?: string;
                populate_policies?: string;
                populate_software?: string;
                disable_issues?: string;
                disable_failing_policies?: string;
                device_mapping?: string;
                include_device_status?: string;
                additional_info_filters?: string;
                policy_id?: string;
                policy_response?: string;
                software_id?: string;
                software_version_id?: string;
                software_title_id?: string;
                software_status?: string;
                os_version_id?: string;
                os_id?: string;
                vulnerability?: string;
                mdm_id?: string;
                mdm_name?: string;
                mdm_enrollment_status?: string;
                connected_to_fleet?: string;
                munki_issue_id?: string;
                macos_settings?: string;
                apple_settings?: string;
                macos_settings_disk_encryption?: string;
                os_settings?: string;
                os_settings_disk_encryption?: string;
                bootstrap_package?: string;
                profile_uuid?: string;
                profile_status?: string;
                script_batch_execution_id?: string;
                script_batch_execution_status?: string;
                format?: string;
                columns?: string;
            };
            count_hosts: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                status?: string;
                team_id?: string;
                label_id?: string;
                platform?: string;
                labels?: string;
                created_after?: string;
                created_before?: string;
                seen_after?: string;
                seen_before?: string;
                os_name?: string;
                os_version?: string;
                low_disk_space?: string;
                populate_users?: string;
                populate_labels?: string;
                populate_policies?: string;
                populate_software?: string;
                disable_issues?: string;
                disable_failing_policies?: string;
                device_mapping?: string;
                include_device_status?: string;
                additional_info_filters?: string;
                policy_id?: string;
                policy_response?: string;
                software_id?: string;
                software_version_id?: string;
                software_title_id?: string;
                software_status?: string;
                os_version_id?: string;
                os_id?: string;
                vulnerability?: string;
                mdm_id?: string;
                mdm_name?: string;
                mdm_enrollment_status?: string;
                connected_to_fleet?: string;
                munki_issue_id?: string;
                macos_settings?: string;
                apple_settings?: string;
                macos_settings_disk_encryption?: string;
                os_settings?: string;
                os_settings_disk_encryption?: string;
                bootstrap_package?: string;
                profile_uuid?: string;
                profile_status?: string;
                script_batch_execution_id?: string;
                script_batch_execution_status?: string;
                format?: string;
                columns?: string;
            };
            host_summary: {
                team_id?: string;
                platform?: string;
                low_disk_space?: string;
            };
            hosts_report: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                status?: string;
                team_id?: string;
                label_id?: string;
                platform?: string;
                labels?: string;
                created_after?: string;
                created_before?: string;
                seen_after?: string;
                seen_before?: string;
                os_name?: string;
                os_version?: string;
                low_disk_space?: string;
                populate_users?: string;
                populate_labels?: string;
                populate_policies?: string;
                populate_software?: string;
                disable_issues?: string;
                disable_failing_policies?: string;
                device_mapping?: string;
                include_device_status?: string;
                additional_info_filters?: string;
                policy_id?: string;
                policy_response?: string;
                software_id?: string;
                software_version_id?: string;
                software_title_id?: string;
                software_status?: string;
                os_version_id?: string;
                os_id?: string;
                vulnerability?: string;
                mdm_id?: string;
                mdm_name?: string;
                mdm_enrollment_status?: string;
                connected_to_fleet?: string;
                munki_issue_id?: string;
                macos_settings?: string;
                apple_settings?: string;
                macos_settings_disk_encryption?: string;
                os_settings?: string;
                os_settings_disk_encryption?: string;
                bootstrap_package?: string;
                profile_uuid?: string;
                profile_status?: string;
                script_batch_execution_id?: string;
                script_batch_execution_status?: string;
                format?: string;
                columns?: string;
            };
            list_hosts_in_label: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                status?: string;
                team_id?: string;
                label_id?: string;
                platform?: string;
                labels?: string;
                created_after?: string;
                created_before?: string;
                seen_after?: string;
                seen_before?: string;
                os_name?: string;
                os_version?: string;
                low_disk_space?: string;
                populate_users?: string;
                populate_labels?: string;
                populate_policies?: string;
                populate_software?: string;
                disable_issues?: string;
                disable_failing_policies?: string;
                device_mapping?: string;
                include_device_status?: string;
                additional_info_filters?: string;
                policy_id?: string;
                policy_response?: string;
                software_id?: string;
                software_version_id?: string;
                software_title_id?: string;
                software_status?: string;
                os_version_id?: string;
                os_id?: string;
                vulnerability?: string;
                mdm_id?: string;
                mdm_name?: string;
                mdm_enrollment_status?: string;
                connected_to_fleet?: string;
                munki_issue_id?: string;
                macos_settings?: string;
                apple_settings?: string;
                macos_settings_disk_encryption?: string;
                os_settings?: string;
                os_settings_disk_encryption?: string;
                bootstrap_package?: string;
                profile_uuid?: string;
                profile_status?: string;
                script_batch_execution_id?: string;
                script_batch_execution_status?: string;
                format?: string;
                columns?: string;
            };
            list_software_versions: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: string;
                vulnerable?: string;
                exploit?: string;
                min_cvss_score?: string;
                max_cvss_score?: string;
                without_vulnerability_details?: string;
                available_for_install?: string;
                self_service?: string;
                packages_only?: string;
                hash_sha256?: string;
                package_name?: string;
            };
            get_software_version: {
                team_id?: string;
            };
            list_software: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: string;
                vulnerable?: string;
                exploit?: string;
                min_cvss_score?: string;
                max_cvss_score?: string;
                without_vulnerability_details?: string;
                available_for_install?: string;
                self_service?: string;
                packages_only?: string;
                hash_sha256?: string;
                package_name?: string;
            };
            get_software: {
                team_id?: string;
            };
            count_software: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: string;
                vulnerable?: string;
                exploit?: string;
                min_cvss_score?: string;
                max_cvss_score?: string;
                without_vulnerability_details?: string;
                available_for_install?: string;
                self_service?: string;
                packages_only?: string;
                hash_sha256?: string;
                package_name?: string;
            };
            list_software_titles: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: string;
                vulnerable?: string;
                exploit?: string;
                min_cvss_score?: string;
                max_cvss_score?: string;
                without_vulnerability_details?: string;
                available_for_install?: string;
                self_service?: string;
                packages_only?: string;
                hash_sha256?: string;
                package_name?: string;
            };
            get_software_title: {
                team_id?: string;
            };
            list_host_software: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: string;
                vulnerable?: string;
                exploit?: string;
                min_cvss_score?: string;
                max_cvss_score?: string;
                without_vulnerability_details?: string;
                available_for_install?: string;
                self_service?: string;
                packages_only?: string;
                hash_sha256?: string;
                package_name?: string;
            };
            list_labels: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: string;
                include_host_counts?: string;
            };
            labels_summary: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: string;
                include_host_counts?: string;
            };
            list_label_specs: {
                team_id?: string;
            };
            apply_label_specs: {
                dry_run?: boolean;
                team_id?: number;
            };
            hosts_mdm_summary: {
                team_id?: string;
                platform?: string;
            };
            macadmins: {
                team_id?: string;
                platform?: string;
            };
            host_history: {
                team_id?: string;
                days?: string;
            };
            host_os_versions: {
                team_id?: string;
                days?: string;
            };
            list_host_activities: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            list_upcoming_activities: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            list_queries: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: number;
                merge_inherited?: boolean;
                platform?: string;
            };
            delete_query: {
                team_id?: number;
            };
            list_query_specs: {
                team_id?: number;
            };
            apply_query_specs: {
                dry_run?: boolean;
            };
            get_query_spec: {
                team_id?: number;
            };
            get_query_report: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                team_id?: number;
            };
            list_host_reports: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                exclude_no_results?: boolean;
            };
            list_carves: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                expired?: boolean;
            };
            list_global_policies: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                platform?: string;
            };
            list_policies: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                platform?: string;
            };
            count_policies: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                platform?: string;
            };
            policy_history: {
                team_id?: number;
                days?: number;
            };
            apply_policy_specs: {
                dry_run?: boolean;
            };
            list_team_policies: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                merge_inherited?: boolean;
                platform?: string;
                automation_type?: string;
                inherited_page?: string;
                inherited_per_page?: string;
                inherited_order_key?: string;
                inherited_order_direction?: string;
            };
            count_team_policies: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
                merge_inherited?: boolean;
                platform?: string;
                automation_type?: string;
                inherited_page?: string;
                inherited_per_page?: string;
                inherited_order_key?: string;
                inherited_order_direction?: string;
            };
            list_packs: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            apply_pack_specs: {
                dry_run?: boolean;
            };
            list_pack_queries: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            list_global_schedule: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            list_global_schedule_v1: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
            list_team_schedule: {
                page?: number;
                per_page?: number;
                order_key?: string;
                /** @enum {string} */
                order_direction?: "asc" | "desc";
                after?: string;
                query?: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
