#include "perf/agent/config.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

// Member order is kept: packs are scheduled in it and the hash is made of it.
using Json = nlohmann::ordered_json;

constexpr int kMaxInterval = 604'800;
constexpr int kDefaultInterval = 3600;

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text_member(const Json& object, const char* name) {
    const auto* value = member(object, name);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string{};
}

/// osquery takes numbers and numeric strings alike.
std::optional<int> number(const Json* value) {
    if (value == nullptr) return std::nullopt;
    if (value->is_number()) return static_cast<int>(value->get<double>());
    if (!value->is_string()) return std::nullopt;
    const auto parsed = parse_int(value->get<std::string>());
    if (!parsed || *parsed > 2'000'000'000 || *parsed < -2'000'000'000) return std::nullopt;
    return static_cast<int>(*parsed);
}

bool truth(const Json* value, bool otherwise) {
    if (value == nullptr) return otherwise;
    if (value->is_boolean()) return value->get<bool>();
    if (value->is_number()) return value->get<double>() != 0;
    if (!value->is_string()) return otherwise;
    const auto text = value->get<std::string>();
    return text == "true" || text == "t" || text == "1";
}

Applicability applicability(const Json& entry) {
    return {
        text_member(entry, "platform"),
        text_member(entry, "version"),
        number(member(entry, "shard")).value_or(0)};
}

/// Names that osquery refuses because its database uses them.
bool is_reserved(const std::string& name) {
    return name.starts_with("query.") || name.starts_with("cache.") ||
           name.starts_with("config_views.") || name.ends_with("epoch") ||
           name.ends_with("counter");
}

class Reader {
public:
    Reader(AgentConfig& config, const ConfigBase& base) : config_{config}, base_{base} {}

    void read(const Json& document) {
        config_.settings = base_.settings;
        config_.intervals = base_.intervals;
        if (const auto* options = member(document, "options")) read_options(*options);
        if (const auto* schedule = member(document, "schedule"))
            read_queries(*schedule, "", std::nullopt);
        if (const auto* packs = member(document, "packs")) read_packs(*packs);
        if (const auto* decorators = member(document, "decorators")) read_decorators(*decorators);
    }

private:
    void read_options(const Json& options) {
        auto& settings = config_.settings;
        const auto whole = [&](const char* name, int& target) {
            if (const auto value = number(member(options, name)); value && *value >= 0)
                target = *value;
        };
        const auto flag = [&](const char* name, bool& target) {
            target = truth(member(options, name), target);
        };
        if (const auto* delimiter = member(options, "pack_delimiter");
            delimiter != nullptr && delimiter->is_string()) {
            settings.pack_delimiter = delimiter->get<std::string>();
        }
        whole("distributed_tls_max_attempts", settings.distributed_attempts);
        whole("logger_tls_max_lines", settings.logger_max_lines);
        whole("logger_tls_backoff_max", settings.logger_backoff_max);
        whole("schedule_splay_percent", settings.schedule_splay_percent);
        flag("logger_event_type", settings.logger_event_type);
        flag("logger_snapshot_event_type", settings.snapshot_event_type);
        flag("logger_tls_compress", settings.logger_compress);
        if (!base_.obey) return;
        const auto interval = [&](const char* name, int& shown, std::chrono::milliseconds& used) {
            const auto value = number(member(options, name));
            if (!value || *value <= 0) return;
            shown = *value;
            used = std::chrono::seconds{*value};
        };
        interval(
            "distributed_interval", settings.distributed_interval, config_.intervals.distributed
        );
        interval("logger_tls_period", settings.logger_period, config_.intervals.logger);
        // Plain config_refresh is refused by osquery; its alias is not.
        interval("config_tls_refresh", settings.config_refresh, config_.intervals.config);
    }

    void read_packs(const Json& packs) {
        if (!packs.is_object()) return;
        const auto& delimiter = config_.settings.pack_delimiter;
        for (const auto& [name, entry] : packs.items()) {
            const auto* queries = member(entry, "queries");
            if (queries == nullptr) continue;
            Pack pack{applicability(entry), {}};
            if (const auto* discovery = member(entry, "discovery")) {
                for (const auto& sql : *discovery) {
                    if (sql.is_string()) pack.discovery.push_back(sql.get<std::string>());
                }
            }
            config_.packs.push_back(std::move(pack));
            auto prefix = "pack" + delimiter;
            prefix += name + delimiter;
            read_queries(*queries, prefix, config_.packs.size() - 1);
        }
    }

    void read_queries(
        const Json& queries, const std::string& prefix, std::optional<std::size_t> pack
    ) {
        if (!queries.is_object()) return;
        for (const auto& [name, entry] : queries.items()) {
            ScheduledQuery query;
            query.name = prefix + name;
            query.sql = text_member(entry, "query");
            query.interval = number(member(entry, "interval")).value_or(kDefaultInterval);
            query.snapshot = truth(member(entry, "snapshot"), false);
            query.removed = truth(member(entry, "removed"), true);
            query.only = applicability(entry);
            query.pack = pack;
            const bool timed = query.interval >= 1 && query.interval <= kMaxInterval;
            if (query.sql.empty() || !timed || is_reserved(name)) {
                config_.warnings.push_back("query not scheduled: " + query.name);
                continue;
            }
            config_.queries.push_back(std::move(query));
        }
    }

    void read_decorators(const Json& decorators) {
        for (const auto* kind : {"load", "always"}) {
            const auto* list = member(decorators, kind);
            if (list == nullptr || !list->is_array()) continue;
            for (const auto& sql : *list) {
                if (sql.is_string()) config_.decorators.push_back(sql.get<std::string>());
            }
        }
    }

    AgentConfig& config_;
    const ConfigBase& base_;
};

bool platform_covers(const std::string& wanted, Family family) {
    if (wanted.empty() || wanted == "null") return true;
    const auto has = [&](const char* name) { return wanted.find(name) != std::string::npos; };
    if (has("any") || has("all")) return true;
    switch (family) {
        case Family::darwin:
            return has("darwin") || has("posix");
        case Family::windows:
            return has("windows");
        case Family::linux:
        case Family::this_machine:
            break;
    }
    return has("linux") || has("posix");
}

}  // namespace

bool at_least(std::string_view have, std::string_view wanted) {
    while (!have.empty() || !wanted.empty()) {
        const auto take = [](std::string_view& text) {
            const auto dot = std::min(text.find('.'), text.size());
            const auto part = parse_int(text.substr(0, dot)).value_or(0);
            text = text.substr(std::min(dot + 1, text.size()));
            return part;
        };
        const auto a = take(have);
        const auto b = take(wanted);
        if (a != b) return a > b;
    }
    return true;
}

bool Applicability::covers(const Profile& profile, std::string_view osquery_version) const {
    if (!platform_covers(platform, profile.family)) return false;
    if (!version.empty() && version != "null" && !at_least(osquery_version, version)) return false;
    if (shard <= 0 || shard >= 100) return true;
    const auto first = parse_int(std::string_view{sha1_hex(profile.hostname)}.substr(0, 2), 16);
    return first.value_or(0) * 100 / 256 <= shard;
}

std::shared_ptr<const AgentConfig> read_config(std::string_view document, const ConfigBase& base) {
    const auto json = Json::parse(document.empty() ? "{}" : document, nullptr, false);
    if (!json.is_object()) return nullptr;
    auto config = std::make_shared<AgentConfig>();
    Reader{*config, base}.read(json);
    const auto compact = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    config->hash = sha1_hex(sha1_hex(compact));
    if (const auto etag = json.find("etag"); etag != json.end() && etag->is_string()) {
        config->etag = etag->get<std::string>();
    }
    return config;
}

}  // namespace fleet::perf
