#include "schedule_options.hpp"

#include <algorithm>
#include <charconv>

namespace fleet::checkin {
namespace {

json::Value parsed(const std::string& text) {
    if (text.empty()) return json::Value::object();
    json::Value value = json::Value::parse(text, nullptr, false);
    return value.is_object() ? value : json::Value::object();
}

const json::Value* member(const json::Value& value, const char* name) {
    if (!value.is_object()) return nullptr;
    const auto found = value.find(name);
    return found == value.end() || found->is_null() ? nullptr : &*found;
}

bool flag(const json::Value& value, const char* name, bool otherwise) {
    const json::Value* found = member(value, name);
    return found != nullptr && found->is_boolean() ? found->get<bool>() : otherwise;
}

/// Longer ones agents would not wait for (agent-api E.3).
constexpr std::chrono::seconds kLongestHold{14};

std::optional<std::int64_t> interval(const json::Value& options, const char* name) {
    const json::Value* found = member(options, name);
    if (found == nullptr) return std::nullopt;
    std::int64_t out = -1;
    if (found->is_number_integer()) {
        out = found->get<std::int64_t>();
    } else if (found->is_string()) {
        const auto& text = found->get_ref<const std::string&>();
        std::from_chars(text.data(), text.data() + text.size(), out);
    }
    constexpr std::int64_t kMost = 30 * 86'400;
    return out >= 0 && out <= kMost ? std::optional{out} : std::nullopt;
}

DetailSettings read_features(const json::Value& features) {
    DetailSettings out;
    if (!flag(features, "enable_host_users", true)) out.overrides["users"] = "";
    out.software = flag(features, "enable_software_inventory", true);
    if (const json::Value* queries = member(features, "additional_queries")) {
        for (const auto& [name, sql] : queries->items()) {
            if (!sql.is_string() || sql.get_ref<const std::string&>().empty()) continue;
            out.additional.emplace_back(name, sql.get<std::string>());
        }
    }
    if (const json::Value* replaced = member(features, "detail_query_overrides")) {
        for (const auto& [name, sql] : replaced->items()) {
            out.overrides[name] = sql.is_string() ? sql.get<std::string>() : std::string{};
        }
    }
    return out;
}

}  // namespace

json::Value default_agent_options() {
    return json::Value::parse(R"json({
        "config": {
            "options": {
                "pack_delimiter": "/",
                "logger_tls_period": 10,
                "distributed_plugin": "tls",
                "disable_distributed": false,
                "logger_tls_endpoint": "/api/osquery/log",
                "distributed_interval": 10,
                "distributed_tls_max_attempts": 3
            },
            "decorators": {
                "load": [
                    "SELECT uuid AS host_uuid FROM system_info;",
                    "SELECT hostname AS hostname FROM system_info;"
                ]
            }
        },
        "overrides": {}
    })json");
}

Schedule::Options::Options(const store::ScheduleData& data) {
    const json::Value config = parsed(data.app_config);
    const json::Value* agent_options = member(config, "agent_options");
    global = agent_options != nullptr ? *agent_options : default_agent_options();
    const auto read_hold = [this](std::uint64_t team, const json::Value& options) {
        const json::Value* hold = member(options, "distributed_hold");
        if (hold == nullptr || !hold->is_number_unsigned()) return;
        holds[team] = std::min(std::chrono::seconds{hold->get<unsigned>()}, kLongestHold);
    };
    read_hold(0, global);
    for (const auto& [id, text] : data.team_configs) {
        const json::Value team = parsed(text);
        if (const json::Value* features = member(team, "features")) {
            team_details_[raw(id)] = read_features(*features);
        }
        const json::Value* own = member(team, "agent_options");
        if (own == nullptr || !own->is_object() || own->empty()) continue;
        teams[raw(id)] = *own;
        read_hold(raw(id), *own);
    }
    if (const json::Value* settings = member(config, "server_settings")) {
        reports_disabled = flag(*settings, "query_reports_disabled", false) ||
                           flag(*settings, "discard_reports_data", false);
    }
    if (const json::Value* features = member(config, "features")) {
        details_ = read_features(*features);
    }
}

const DetailSettings& Schedule::Options::details_of(std::optional<TeamId> team) const {
    if (!team) return details_;
    const auto own = team_details_.find(raw(*team));
    return own == team_details_.end() ? details_ : own->second;
}

json::Value Schedule::Options::config_for(
    std::optional<TeamId> team, const std::string& raw_platform
) const {
    json::Value document = chosen_config(team, raw_platform);
    // Any of these at the top makes osqueryd refuse the document or drop its key (agent-api F.4).
    for (const char* poison : {"error", "node_invalid", "etag"})
        document.erase(poison);
    return document;
}

json::Value Schedule::Options::chosen_config(
    std::optional<TeamId> team, const std::string& raw_platform
) const {
    const json::Value* options = &global;
    if (team) {
        if (const auto own = teams.find(raw(*team)); own != teams.end()) options = &own->second;
    }
    if (const json::Value* overrides_of = member(*options, "overrides")) {
        if (const json::Value* platforms = member(*overrides_of, "platforms")) {
            if (const json::Value* mine = member(*platforms, raw_platform.c_str())) {
                return mine->is_object() ? *mine : json::Value::object();
            }
        }
    }
    const json::Value* config = member(*options, "config");
    return config != nullptr && config->is_object() ? *config : json::Value::object();
}

void read_intervals(const json::Value& document, ConfigDocument& out) {
    const json::Value* options = member(document, "options");
    if (options == nullptr) return;
    out.distributed_interval = interval(*options, "distributed_interval");
    out.logger_tls_period = interval(*options, "logger_tls_period");
    out.config_tls_refresh = interval(*options, "config_tls_refresh");
    if (!out.config_tls_refresh) out.config_tls_refresh = interval(*options, "config_refresh");
}

}  // namespace fleet::checkin
