#include "team_document.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace fleet::service {

const json::Value& team_config_schema() {
    static const json::Value document = json::Value::parse(R"json({
        "agent_options": "object",
        "host_expiry_settings": {
            "host_expiry_enabled": "boolean", "host_expiry_window": "integer"
        },
        "webhook_settings": {
            "host_status_webhook": {
                "enable_host_status_webhook": "boolean", "destination_url": "string",
                "host_percentage": "number", "days_count": "integer"
            },
            "failing_policies_webhook": {
                "enable_failing_policies_webhook": "boolean", "destination_url": "string",
                "policy_ids": ["integer"], "host_batch_size": "integer"
            },
            "host_activities_webhook": {
                "enable_host_activities_webhook": "boolean", "destination_url": "string"
            }
        },
        "integrations": {
            "jira": [{
                "url": "string", "project_key": "string", "enable_failing_policies": "boolean"
            }],
            "zendesk": [{
                "url": "string", "group_id": "integer", "enable_failing_policies": "boolean"
            }],
            "google_calendar": {"enable_calendar_events": "boolean", "webhook_url": "string"},
            "conditional_access_enabled": "boolean"
        },
        "features": {
            "enable_host_users": "boolean", "enable_software_inventory": "boolean",
            "additional_queries": "object", "detail_query_overrides": "object",
            "historical_data": {"uptime": "boolean", "vulnerabilities": "boolean"}
        },
        "mdm": {
            "enable_disk_encryption": "boolean", "enable_recovery_lock_password": "boolean",
            "windows_require_bitlocker_pin": "boolean", "name_template": "string",
            "macos_updates": {
                "minimum_version": "string", "deadline": "string", "update_new_hosts": "boolean"
            },
            "ios_updates": {
                "minimum_version": "string", "deadline": "string", "update_new_hosts": "boolean"
            },
            "ipados_updates": {
                "minimum_version": "string", "deadline": "string", "update_new_hosts": "boolean"
            },
            "windows_updates": {"deadline_days": "integer", "grace_period_days": "integer"},
            "macos_settings": {
                "custom_settings": ["object"], "enable_disk_encryption": "boolean"
            },
            "windows_settings": {
                "custom_settings": ["object"], "managed_local_account_settings": "object"
            },
            "linux_settings": "object",
            "android_settings": {"custom_settings": ["object"], "certificates": ["object"]},
            "macos_setup": {
                "bootstrap_package": "string", "enable_end_user_authentication": "boolean",
                "macos_setup_assistant": "string", "enable_release_device_manually": "boolean",
                "script": "string", "software": ["object"], "manual_agent_install": "boolean",
                "require_all_software_macos": "boolean", "lock_end_user_info": "boolean",
                "enable_managed_local_account": "boolean"
            }
        },
        "scripts": ["any"],
        "software": {
            "packages": ["object"], "app_store_apps": ["object"],
            "fleet_maintained_apps": ["object"]
        },
        "gitops_filename": "string"
    })json");
    return document;
}

namespace {

// Taken as a whole from a spec; what it leaves out of them gets its default (rest-api-b 8).
constexpr std::array<std::string_view, 2> kReplacedBySpec{"features", "host_expiry_settings"};

// One decision each: half of an old one must not stay.
constexpr std::array<std::string_view, 4> kUnits{
    "mdm.macos_updates", "mdm.ios_updates", "mdm.ipados_updates", "mdm.windows_updates"};

template <class List>
bool holds(const List& list, std::string_view path) {
    return std::find(list.begin(), list.end(), path) != list.end();
}

std::string below(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
}

bool is_of(std::string_view type, const json::Value& value) {
    if (type == "any") return true;
    if (type == "integer") return value.is_number_integer();
    return type == value.type_name();
}

Error unknown_key(const std::string& path, const std::string& key) {
    Error error = Error::bad_request("unsupported key provided: \"" + key + "\"");
    error.message = "Bad Request";
    error.fields.front().name = path;
    return error;
}

Error wrong_type(
    const std::string& path, std::string_view expected, const json::Value& got, UnknownKeys unknown
) {
    if (unknown == UnknownKeys::drop) return json::type_error(path, expected, got);
    Error error = Error::bad_request(
        "invalid value type at '" + path + "': expected " + std::string{expected} + " but got " +
        got.type_name()
    );
    error.message = "Bad Request";
    error.fields.front().name = path;
    return error;
}

Result<> check(
    const std::string& path,
    const json::Value& expected,
    const json::Value& got,
    UnknownKeys unknown
) {
    if (got.is_null()) return {};
    if (expected.is_string()) {
        const auto& type = expected.get_ref<const std::string&>();
        return is_of(type, got) ? Result<>{} : fail(wrong_type(path, type, got, unknown));
    }
    if (expected.is_array()) {
        if (!got.is_array()) return fail(wrong_type(path, "array", got, unknown));
        for (std::size_t i = 0; i < got.size(); ++i) {
            FLEET_CHECK(
                check(path + "[" + std::to_string(i) + "]", expected.front(), got[i], unknown)
            );
        }
        return {};
    }
    if (!got.is_object()) return fail(wrong_type(path, "object", got, unknown));
    for (const auto& [key, value] : got.items()) {
        const std::string at = below(path, key);
        const auto known = expected.find(key);
        if (known != expected.end()) {
            FLEET_CHECK(check(at, *known, value, unknown));
        } else if (unknown == UnknownKeys::refuse) {
            return fail(unknown_key(at, key));
        }
    }
    return {};
}

/// The value with only the keys that the document knows.
json::Value known_part(const json::Value& expected, const json::Value& value) {
    if (expected.is_array() && value.is_array()) {
        json::Value out = json::Value::array();
        for (const json::Value& item : value)
            out.push_back(known_part(expected.front(), item));
        return out;
    }
    if (!expected.is_object() || !value.is_object()) return value;
    json::Value out = json::Value::object();
    for (const auto& [key, item] : value.items()) {
        if (const auto known = expected.find(key); known != expected.end()) {
            out[key] = known_part(*known, item);
        }
    }
    return out;
}

const json::Value& member(const json::Value& object, const std::string& key) {
    static const json::Value kNull;
    if (!object.is_object()) return kNull;
    const auto found = object.find(key);
    return found == object.end() ? kNull : *found;
}

/// An object that was empty so far, with every plain member.
json::Value zero_of(const json::Value& expected) {
    json::Value out = json::Value::object();
    for (const auto& [key, type] : expected.items()) {
        if (type == "boolean") out[key] = false;
        if (type == "integer" || type == "number") out[key] = 0;
        if (type == "string") out[key] = "";
    }
    return out;
}

/// `defaults`: what stands at this place in a new document; null means that it can be empty.
void merge_at(
    const std::string& path,
    const json::Value& expected,
    const json::Value& defaults,
    json::Value& target,
    const json::Value& changes
) {
    for (const auto& [key, value] : changes.items()) {
        const auto known = expected.find(key);
        const std::string at = below(path, key);
        if (known == expected.end()) continue;
        const json::Value& initial = member(defaults, key);
        if (value.is_null()) {
            if (initial.is_null()) target[key] = nullptr;
            continue;
        }
        json::Value& slot = target[key];
        if (holds(kUnits, at)) {
            slot = initial;
            slot.update(known_part(*known, value));
            // A switch of macOS alone (rest-api-a 12.5).
            if (at != "mdm.macos_updates") slot.erase("update_new_hosts");
        } else if (known->is_object()) {
            if (!slot.is_object()) slot = zero_of(*known);
            merge_at(at, *known, initial, slot, value);
        } else {
            slot = known_part(*known, value);
        }
    }
}

}  // namespace

const json::Value& default_team_config() {
    static const json::Value document = json::Value::parse(R"json({
        "host_expiry_settings": {"host_expiry_enabled": false, "host_expiry_window": 0},
        "webhook_settings": {
            "host_status_webhook": null,
            "failing_policies_webhook": {
                "enable_failing_policies_webhook": false, "destination_url": "",
                "policy_ids": null, "host_batch_size": 0
            }
        },
        "integrations": {
            "jira": [], "zendesk": [],
            "google_calendar": {"enable_calendar_events": false, "webhook_url": ""},
            "conditional_access_enabled": null
        },
        "features": {
            "enable_host_users": true, "enable_software_inventory": true,
            "historical_data": {"uptime": true, "vulnerabilities": true}
        },
        "mdm": {
            "enable_disk_encryption": false, "enable_recovery_lock_password": false,
            "windows_require_bitlocker_pin": false,
            "macos_updates": {"minimum_version": null, "deadline": null},
            "ios_updates": {"minimum_version": null, "deadline": null},
            "ipados_updates": {"minimum_version": null, "deadline": null},
            "windows_updates": {"deadline_days": null, "grace_period_days": null},
            "macos_settings": {"custom_settings": null},
            "windows_settings": {"custom_settings": null},
            "android_settings": {"custom_settings": null, "certificates": null},
            "macos_setup": {
                "bootstrap_package": null, "enable_end_user_authentication": false,
                "macos_setup_assistant": null, "enable_release_device_manually": false,
                "script": null, "software": null, "manual_agent_install": null,
                "enable_managed_local_account": false
            }
        },
        "scripts": null,
        "software": null
    })json");
    return document;
}

json::Value full_team_config(const std::string& stored) {
    json::Value out = default_team_config();
    const json::Value parsed = json::Value::parse(stored, nullptr, /*allow_exceptions=*/false);
    if (parsed.is_object()) merge_team_config(out, parsed, Merge::patch);
    return out;
}

Result<> check_team_keys(const std::string& path, const json::Value& changes, UnknownKeys unknown) {
    return check(path, team_config_schema(), changes, unknown);
}

void merge_team_config(json::Value& config, const json::Value& changes, Merge merge) {
    if (merge == Merge::spec) {
        for (const std::string_view section : kReplacedBySpec) {
            const std::string key{section};
            if (member(changes, key).is_object()) config[key] = member(default_team_config(), key);
        }
    }
    merge_at("", team_config_schema(), default_team_config(), config, changes);
    // An old place of this switch (rest-api-a 12.11).
    json::Value& macos = config["mdm"]["macos_settings"];
    const json::Value old_switch = member(macos, "enable_disk_encryption");
    if (old_switch.is_boolean()) config["mdm"]["enable_disk_encryption"] = old_switch;
    if (macos.is_object()) macos.erase("enable_disk_encryption");
}

}  // namespace fleet::service
