#include "agent_options_rules.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace fleet::service {
namespace {

struct Key {
    std::string_view name;
    json::Value::value_t type;
};

using Type = json::Value::value_t;

constexpr Key kDocument[] = {
    {"config", Type::object},
    {"overrides", Type::object},
    {"command_line_flags", Type::object},
    {"extensions", Type::object},
    {"update_channels", Type::object},
    {"script_execution_timeout", Type::number_unsigned},
    {"distributed_hold", Type::number_unsigned},  // ours: how the server treats these agents
};

constexpr Key kConfig[] = {
    {"options", Type::object},
    {"schedule", Type::object},
    {"packs", Type::object},
    {"file_paths", Type::object},
    {"file_accesses", Type::array},
    {"file_paths_query", Type::object},
    {"exclude_paths", Type::object},
    {"yara", Type::object},
    {"prometheus_targets", Type::object},
    {"views", Type::object},
    {"decorators", Type::object},
    {"auto_table_construction", Type::object},
    {"events", Type::object},
};

/// Flags that decide who a host is or where it keeps its data: one value for all would merge hosts.
constexpr std::string_view kForbiddenFlags[] = {
    "host_identifier", "extensions_autoload", "database_path"};

constexpr std::int64_t kLongestScript = 3600;
constexpr std::int64_t kLongestHold = 14;

Error unsupported_key(const std::string& key) {
    Error error = Error::bad_request("unsupported key provided: \"" + key + "\"");
    error.message = "Bad Request";
    return error;
}

Error wrong_type(const std::string& path, std::string_view expected, const json::Value& got) {
    Error error = Error::bad_request(
        "invalid value type at '" + path + "': expected " + std::string{expected} + " but got " +
        got.type_name()
    );
    error.message = "Bad Request";
    return error;
}

/// Every key is one of these and holds its type; null means "not set".
Result<> check_keys(
    const std::string& path, const json::Value& object, std::span<const Key> known
) {
    for (const auto& [name, value] : object.items()) {
        const auto key = std::find_if(known.begin(), known.end(), [&name = name](const Key& k) {
            return k.name == name;
        });
        if (key == known.end()) return fail(unsupported_key(name));
        if (value.is_null() || value.type() == key->type) continue;
        return fail(wrong_type(path + name, json::Value(key->type).type_name(), value));
    }
    return {};
}

Result<> check_config_part(const std::string& path, const json::Value& config) {
    if (!config.is_object()) return fail(wrong_type(path, "object", config));
    FLEET_CHECK(check_keys(path + ".", config, kConfig));
    const auto options = config.find("options");
    if (options == config.end() || !options->is_object()) return {};
    const auto endpoint = options->find("logger_tls_endpoint");
    if (endpoint == options->end()) return {};
    if (!endpoint->is_string()) {
        return fail(wrong_type(path + ".options.logger_tls_endpoint", "string", *endpoint));
    }
    if (!endpoint->get_ref<const std::string&>().starts_with('/')) {
        return fail(Error::invalid("agent_options", "options.logger_tls_endpoint must start with /")
        );
    }
    return {};
}

Result<> check_overrides(const json::Value& overrides) {
    constexpr Key kOverrides[] = {{"platforms", Type::object}};
    FLEET_CHECK(check_keys("overrides.", overrides, kOverrides));
    const auto platforms = overrides.find("platforms");
    if (platforms == overrides.end() || platforms->is_null()) return {};
    for (const auto& [platform, config] : platforms->items()) {
        FLEET_CHECK(check_config_part("overrides.platforms." + platform, config));
    }
    return {};
}

}  // namespace

Result<> check_agent_options(const json::Value& options) {
    if (options.is_null()) return {};
    if (!options.is_object()) return fail(wrong_type("agent_options", "object", options));
    FLEET_CHECK(check_keys("", options, kDocument));

    const auto set = [&](const char* name) -> const json::Value* {
        const auto found = options.find(name);
        return found == options.end() || found->is_null() ? nullptr : &*found;
    };
    if (const json::Value* config = set("config")) {
        FLEET_CHECK(check_config_part("config", *config));
    }
    if (const json::Value* overrides = set("overrides")) {
        FLEET_CHECK(check_overrides(*overrides));
    }
    if (const json::Value* flags = set("command_line_flags")) {
        for (const std::string_view flag : kForbiddenFlags) {
            if (!flags->contains(flag)) continue;
            return fail(Error::invalid(
                "agent_options", "command_line_flags must not contain " + std::string{flag}
            ));
        }
    }
    const json::Value* hold = set("distributed_hold");
    if (hold != nullptr && hold->get<std::int64_t>() > kLongestHold) {
        return fail(Error::invalid(
            "agent_options", "distributed_hold must not exceed 14 seconds: agents would give up"
        ));
    }
    const json::Value* timeout = set("script_execution_timeout");
    if (timeout != nullptr && timeout->get<std::int64_t>() > kLongestScript) {
        return fail(Error::invalid("agent_options", "script_execution_timeout must not exceed 3600")
        );
    }
    return {};
}

}  // namespace fleet::service
