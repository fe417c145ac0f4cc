#include "app_config_document.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "account_settings.hpp"
#include "fleet/checkin/default_options.hpp"

namespace fleet::service {
namespace {

constexpr std::string_view kMask = "********";

constexpr std::array<std::string_view, 12> kServerOwned{
    "license",
    "logging",
    "email",
    "update_interval",
    "vulnerabilities",
    "sandbox_enabled",
    "smtp_test",  // an order, not a setting
    "smtp_settings.configured",
    "mdm.enabled_and_configured",
    "mdm.apple_bm_enabled_and_configured",
    "mdm.apple_bm_terms_expired",
    "mdm.android_enabled_and_configured"};

constexpr std::array<std::string_view, 2> kRequired{
    "org_info.org_name", "server_settings.server_url"};

/// A list whose entries hold a secret each; `key` says which stored entry an entry stands for.
struct SecretList {
    const char* name;
    const char* key;
    const char* secret;
};
constexpr SecretList kSecretLists[] = {
    {"jira", "project_key", "api_token"},
    {"zendesk", "group_id", "api_token"},
    {"google_calendar", "domain", "api_key_json"}};

struct SecretValue {
    const char* section;
    const char* object;  // "" when the value is in the section itself
    const char* name;
};
constexpr SecretValue kSecretValues[] = {
    {"smtp_settings", "", "password"}, {"integrations", "ndes_scep_proxy", "password"}};

template <class List>
bool holds(const List& list, std::string_view path) {
    return std::find(list.begin(), list.end(), path) != list.end();
}

std::string below(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
}

bool is_mask(const json::Value& value) {
    return value.is_string() && value.get_ref<const std::string&>() == kMask;
}

bool is_empty_secret(const json::Value& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty());
}

bool nullable(const json::Value& type) {
    if (type.is_string()) {
        return type.get_ref<const std::string&>().back() == '?' || type == "any";
    }
    return type.is_array() || type.contains("?");
}

/// "string?" -> "string", and what lists and objects are called.
std::string name_of(const json::Value& type) {
    if (type.is_array()) return "array";
    if (type.is_object()) return "object";
    std::string out = type.get<std::string>();
    if (out.back() == '?') out.pop_back();
    if (out == "bool") return "boolean";
    if (out == "int") return "integer";
    return out;
}

bool has_type(const std::string& name, const json::Value& value) {
    if (name == "string") return value.is_string();
    if (name == "boolean") return value.is_boolean();
    if (name == "integer") return value.is_number_integer();
    if (name == "number") return value.is_number();
    if (name == "object") return value.is_object();
    if (name == "array") return value.is_array();
    if (name == "duration") {
        return value.is_number_integer() ||
               (value.is_string() && parse_go_duration(value.get_ref<const std::string&>()));
    }
    return name == "any";
}

Error refusal(const std::string& path, std::string reason) {
    Error error = Error::bad_request(std::move(reason));
    error.message = "Bad Request";
    error.fields.front().name = path;
    return error;
}

Result<> check_value(
    const std::string& path, const json::Value& type, json::Value& value, UnknownKeys unknown
);

Result<> check_members(
    const std::string& path, const json::Value& type, json::Value& object, UnknownKeys unknown
) {
    std::vector<std::string> dropped;
    for (auto& [key, value] : object.items()) {
        const std::string at = below(path, key);
        if (is_server_owned(at)) continue;
        const auto known = key == "?" ? type.end() : type.find(key);
        if (known != type.end()) {
            FLEET_CHECK(check_value(at, *known, value, unknown));
        } else if (unknown == UnknownKeys::drop) {
            dropped.push_back(key);
        } else {
            return fail(refusal(at, "unsupported key provided: \"" + key + "\""));
        }
    }
    for (const std::string& key : dropped)
        object.erase(key);
    return {};
}

Result<> check_value(
    const std::string& path, const json::Value& type, json::Value& value, UnknownKeys unknown
) {
    if (value.is_null()) return {};
    const std::string name = name_of(type);
    if (!has_type(name, value)) {
        return fail(refusal(
            path,
            "invalid value type at '" + path + "': expected " + name + " but got " +
                value.type_name()
        ));
    }
    if (type.is_object()) return check_members(path, type, value, unknown);
    if (type.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string at = path + "[" + std::to_string(i) + "]";
            if (value[i].is_null()) {
                return fail(refusal(
                    at,
                    "invalid value type at '" + at + "': expected " + name_of(type.front()) +
                        " but got null"
                ));
            }
            FLEET_CHECK(check_value(at, type.front(), value[i], unknown));
        }
    }
    return {};
}

/// The stored entry that `entry` replaces.
const json::Value* counterpart(
    const json::Value& stored, const json::Value& entry, const SecretList& list
) {
    if (!stored.is_array() || !entry.contains(list.key)) return nullptr;
    for (const json::Value& candidate : stored) {
        if (candidate.is_object() && candidate.value(list.key, json::Value{}) == entry[list.key]) {
            return &candidate;
        }
    }
    return nullptr;
}

/// Entries with all their members, and with the stored secret where none was sent.
json::Value complete_entries(
    const SecretList& list,
    const json::Value& type,
    const json::Value& stored,
    const json::Value& sent
) {
    json::Value out = json::Value::array();
    for (const json::Value& entry : sent) {
        json::Value full = json::Value::object();
        for (const auto& [key, member] : type.front().items()) {
            const std::string kind = name_of(member);
            const auto given = entry.find(key);
            if (given != entry.end() && !given->is_null()) {
                full[key] = *given;
            } else if (kind == "boolean") {
                full[key] = false;
            } else if (kind == "integer") {
                full[key] = 0;
            } else {
                full[key] = "";
            }
        }
        json::Value& secret = full[list.secret];
        if (is_mask(secret) || is_empty_secret(secret)) {
            const json::Value* before = counterpart(stored, full, list);
            if (before != nullptr) secret = (*before)[list.secret];
        }
        out.push_back(std::move(full));
    }
    return out;
}

const SecretList* secret_list(const std::string& path) {
    for (const SecretList& list : kSecretLists) {
        if (path == std::string{"integrations."} + list.name) return &list;
    }
    return nullptr;
}

json::Value normal_duration(const json::Value& value) {
    const auto text = value.is_string() ? value.get<std::string>() : value.dump();
    return to_go_duration(parse_go_duration(text).value());
}

const json::Value* default_at(const std::string& path) {
    const json::Value* out = &default_config();
    std::string_view rest = path;
    while (!rest.empty()) {
        const std::string_view key = rest.substr(0, rest.find('.'));
        rest.remove_prefix(std::min(key.size() + 1, rest.size()));
        const auto found = out->find(std::string{key});
        if (found == out->end()) return nullptr;
        out = &*found;
    }
    return out;
}

void merge_at(
    const std::string& path, const json::Value& type, json::Value& target, const json::Value& sent
) {
    for (const auto& [key, value] : sent.items()) {
        const std::string at = below(path, key);
        const auto known = type.find(key);
        if (known == type.end() || is_server_owned(at) || is_mask(value)) continue;
        if (value.is_null()) {
            const json::Value* otherwise = default_at(at);
            if (known->is_array() || at == "agent_options") {
                target[key] = otherwise != nullptr ? *otherwise : json::Value(nullptr);
            } else if (nullable(*known)) {
                target[key] = nullptr;
            }  // else "not sent" (rest-api-a 10.2 rule 5)
        } else if (known->is_object()) {
            if (!target[key].is_object()) target[key] = json::Value::object();
            merge_at(at, *known, target[key], value);
        } else if (const SecretList* list = secret_list(at)) {
            target[key] = complete_entries(*list, *known, target[key], value);
        } else if (*known == "duration") {
            target[key] = normal_duration(value);
        } else {
            target[key] = value;
        }
    }
}

/// `document` without the members that a new install does not have.
void drop_optional(json::Value& document, const json::Value& type, const json::Value& defaults) {
    std::vector<std::string> dropped;
    for (auto& [key, value] : document.items()) {
        const auto otherwise = defaults.find(key);
        if (otherwise == defaults.end()) {
            dropped.push_back(key);
        } else if (type.contains(key) && type[key].is_object() && value.is_object() && otherwise->is_object()) {
            drop_optional(value, type[key], *otherwise);
        }
    }
    for (const std::string& key : dropped)
        document.erase(key);
}

/// `changes` with the default for everything they leave out.
json::Value with_defaults(
    const std::string& path, const json::Value& type, json::Value changes, const json::Value& base
) {
    for (const auto& [key, otherwise] : base.items()) {
        const std::string at = below(path, key);
        if (holds(kRequired, at)) continue;
        const auto given = changes.find(key);
        if (given == changes.end()) {
            if (otherwise.is_object() && type[key].is_object()) {
                changes[key] = with_defaults(at, type[key], json::Value::object(), otherwise);
            } else {
                changes[key] = otherwise;
            }
        } else if (given->is_object() && otherwise.is_object() && type[key].is_object()) {
            *given = with_defaults(at, type[key], std::move(*given), otherwise);
        }
    }
    return changes;
}

json::Value* find_secret(json::Value& config, const SecretValue& at) {
    json::Value* in = &config[at.section];
    if (*at.object != '\0') in = &(*in)[at.object];
    return in->is_object() && in->contains(at.name) ? &(*in)[at.name] : nullptr;
}

}  // namespace

bool is_server_owned(std::string_view path) {
    return holds(kServerOwned, path);
}

json::Value full_config(const std::string& stored) {
    json::Value out = default_config();
    const json::Value parsed = json::Value::parse(stored, nullptr, /*allow_exceptions=*/false);
    if (!parsed.is_object()) return out;
    merge_at("", config_schema(), out, parsed);
    // The server's own word, which changes do not reach.
    const json::Value::json_pointer configured{"/smtp_settings/configured"};
    if (parsed.contains(configured)) out[configured] = parsed[configured] == true;
    return out;
}

Result<> check_changes(json::Value& changes, UnknownKeys unknown) {
    if (!changes.is_object()) return fail(Error::bad_request("failed to decode app config"));
    if (const auto legacy = changes.find("host_settings"); legacy != changes.end()) {
        json::Value settings = std::move(*legacy);
        changes.erase("host_settings");
        FLEET_CHECK(check_value("host_settings", config_schema()["features"], settings, unknown));
        if (settings.is_object()) {
            if (!changes["features"].is_object()) changes["features"] = json::Value::object();
            changes["features"].update(settings);
        }
    }
    return check_members("", config_schema(), changes, unknown);
}

void merge_config(json::Value& config, const json::Value& changes) {
    merge_at("", config_schema(), config, changes);
}

void overwrite_config(json::Value& config, const json::Value& changes) {
    drop_optional(config, config_schema(), default_config());
    merge_config(config, with_defaults("", config_schema(), changes, default_config()));
}

void mask_secrets(json::Value& config) {
    for (const SecretValue& at : kSecretValues) {
        json::Value* secret = find_secret(config, at);
        if (secret != nullptr && !is_empty_secret(*secret)) *secret = std::string{kMask};
    }
    for (const SecretList& list : kSecretLists) {
        for (json::Value& entry : config["integrations"][list.name]) {
            if (entry.is_object()) entry[list.secret] = std::string{kMask};
        }
    }
}

Result<> check_no_masks(const json::Value& config) {
    for (const SecretList& list : kSecretLists) {
        for (const json::Value& entry : config.at("integrations").at(list.name)) {
            if (!entry.is_object() || !is_mask(entry.value(list.secret, json::Value{}))) continue;
            return fail(Error::invalid(
                std::string{"integrations."} + list.name,
                std::string{list.secret} + " is masked, but no stored entry has this " + list.key +
                    ": send the secret itself"
            ));
        }
    }
    return {};
}

}  // namespace fleet::service
