#include "fleet/core/json.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fleet::json {
namespace {

constexpr int kMaxDepth = 64;

struct Alias {
    std::string_view ours;
    std::string_view newer;
    std::string_view within{};  // only in the object of this (our) name; empty: anywhere
};

// rest-api-a 1.9 and rest-api-b 1.2. `query` itself is not listed: as a scalar it is SQL text; the
// few answers that wrap one query object name both members themselves.
constexpr std::array kAliases{
    Alias{"team_id", "fleet_id"},
    Alias{"team_name", "fleet_name"},
    Alias{"team", "fleet"},
    Alias{"teams", "fleets"},
    Alias{"team_ids", "fleet_ids"},
    Alias{"available_teams", "available_fleets"},
    Alias{"team_ids_by_name", "fleet_ids_by_name"},
    Alias{"query_id", "report_id"},
    Alias{"query_ids", "report_ids"},
    Alias{"queries", "reports"},
    Alias{"inherited_query_count", "inherited_report_count"},
    Alias{"live_query_disabled", "live_reporting_disabled"},
    Alias{"query_reports_disabled", "discard_reports_data"},
    Alias{"query_report_cap", "report_cap"},
    Alias{"org_logo_url", "org_logo_url_dark_mode"},
    Alias{"org_logo_url_light_background", "org_logo_url_light_mode"},
    Alias{"macos_team", "macos_fleet"},
    Alias{"ios_team", "ios_fleet"},
    Alias{"ipados_team", "ipados_fleet"},
    Alias{"macos_settings", "apple_settings"},
    Alias{"macos_setup", "setup_experience"},
    Alias{"custom_settings", "configuration_profiles"},
    Alias{"macos_setup_assistant", "apple_setup_assistant", "macos_setup"},
    Alias{"manual_agent_install", "macos_manual_agent_install", "macos_setup"},
    Alias{"enable_managed_local_account", "enable_create_local_admin_account", "macos_setup"},
    Alias{"script", "macos_script", "macos_setup"},
};

// Below these members the names belong to somebody else: osquery columns, agent options.
constexpr std::array<std::string_view, 8> kOpaque{
    "columns",
    "rows",
    "additional",
    "first_result_columns",
    "agent_options",
    "config",
    "additional_queries",
    "decorations"};

/// `parent`: our name of the object that has the member.
const Alias* by_ours(std::string_view name, std::string_view parent) {
    const auto* found = std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& alias) {
        return alias.ours == name && (alias.within.empty() || alias.within == parent);
    });
    return found == kAliases.end() ? nullptr : found;
}

const Alias* by_newer(std::string_view name, std::string_view parent) {
    const auto* found = std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& alias) {
        return alias.newer == name && (alias.within.empty() || alias.within == parent);
    });
    return found == kAliases.end() ? nullptr : found;
}

/// A copy that uses only the newer names; `parent` is our name of the member it stands in.
Value renamed(const Value& value, std::string_view parent) {
    if (value.is_array()) {
        Value out = Value::array();
        for (const Value& item : value)
            out.push_back(renamed(item, parent));
        return out;
    }
    if (!value.is_object()) return value;
    Value out = Value::object();
    for (const auto& [key, item] : value.items()) {
        const Alias* alias = by_ours(key, parent);
        const std::string name = alias != nullptr ? std::string{alias->newer} : key;
        out[name] = is_opaque(key) ? item : renamed(item, key);
    }
    return out;
}

Result<> accept_at(Value& request, std::string_view parent) {
    if (request.is_array()) {
        for (Value& item : request)
            FLEET_CHECK(accept_at(item, parent));
        return {};
    }
    if (!request.is_object()) return {};
    Value out = Value::object();
    for (auto& [key, item] : request.items()) {
        std::string name = key;
        if (const Alias* alias = by_newer(key, parent)) {
            if (request.contains(std::string{alias->ours})) {
                return fail(Error::bad_request(
                    "Conflicting field names: cannot specify both \"" + std::string{alias->ours} +
                    "\" (deprecated) and \"" + key + "\" in the same request"
                ));
            }
            name = std::string{alias->ours};
        }
        if (!is_opaque(key)) FLEET_CHECK(accept_at(item, name));
        out[name] = std::move(item);
    }
    request = std::move(out);
    return {};
}

void add_at(Value& answer, std::string_view parent) {
    if (answer.is_array()) {
        for (Value& item : answer)
            add_at(item, parent);
        return;
    }
    if (!answer.is_object()) return;
    std::vector<std::pair<std::string, Value>> added;
    for (auto& [key, item] : answer.items()) {
        const Alias* alias = by_ours(key, parent);
        if (alias != nullptr && !answer.contains(std::string{alias->newer})) {
            added.emplace_back(std::string{alias->newer}, renamed(item, key));
        } else if (alias == nullptr && by_newer(key, parent) == nullptr && !is_opaque(key)) {
            add_at(item, key);
        }
    }
    for (auto& [key, item] : added)
        answer[key] = std::move(item);
}

std::string_view kind_of(const Value& value) {
    switch (value.type()) {
        case Value::value_t::null:
            return "null";
        case Value::value_t::object:
            return "object";
        case Value::value_t::array:
            return "array";
        case Value::value_t::string:
            return "string";
        case Value::value_t::boolean:
            return "boolean";
        default:
            return "number";
    }
}

}  // namespace

bool is_opaque(std::string_view name) {
    return std::find(kOpaque.begin(), kOpaque.end(), name) != kOpaque.end();
}

Error type_error(const std::string& path, std::string_view expected, const Value& got) {
    Error error = Error::bad_request("json decoder error");
    if (!path.empty()) {
        error.fields.push_back(
            {path, "expected " + std::string{expected} + ", got " + std::string{kind_of(got)}}
        );
    }
    return error;
}

Result<Value> parse(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return fail(Error::bad_request("Expected JSON Body"));
    }
    bool too_deep = false;
    const auto guard = [&](int depth, Value::parse_event_t, Value&) {
        if (depth > kMaxDepth) too_deep = true;
        return !too_deep;
    };
    Value value = Value::parse(text, guard, /*allow_exceptions=*/false);
    if (value.is_discarded() || too_deep) {
        return fail(Error::bad_request("json decoder error"));
    }
    return value;
}

std::string dump(const Value& value, int indent) {
    return value.dump(indent, ' ', false, Value::error_handler_t::replace);
}

Result<> accept_aliases(Value& request) {
    return accept_at(request, {});
}

void add_aliases(Value& answer) {
    add_at(answer, {});
}

std::string_view canonical_name(std::string_view name) {
    const Alias* alias = by_newer(name, {});
    return alias != nullptr ? alias->ours : name;
}

std::string_view newer_name(std::string_view name, std::string_view parent) {
    const Alias* alias = by_ours(name, parent);
    return alias != nullptr ? alias->newer : name;
}

}  // namespace fleet::json
