#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <ctime>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf {
namespace {

std::string text(std::int64_t number) {
    return std::to_string(number);
}

std::string bool_text(bool value) {
    return value ? "true" : "false";
}

Rows osquery_info(const TableQuery& query) {
    const auto& host = query.host;
    const auto family = host.profile.family;
    const bool real = family == Family::this_machine;
    const auto pid =
        real ? getpid() : static_cast<pid_t>(draw(host.profile.key, "pid") % 30000 + 900);
    const char* build = family == Family::darwin ? "darwin" : "linux";
    const char* distro = family == Family::darwin ? "10.14" : "centos7";
    if (family == Family::windows) {
        build = "windows";
        distro = "10";
    }
    return {{
        text(pid),
        host.profile.uuid,
        host.profile.instance_id,
        std::string{host.osquery_version},
        std::string{host.config_hash},
        host.config_hash.empty() ? "0" : "1",
        "inactive",
        build,
        distro,
        text(host.started_at),
        "-1",
        text(platform_mask(family)),
    }};
}

Rows osquery_flags(const TableQuery& query) {
    const auto& settings = query.host.settings;
    const auto row = [](const char* name, const char* type, const char* initial, std::string now) {
        return Row{name, type, "", initial, std::move(now), "0"};
    };
    return {
        row("config_plugin", "string", "filesystem", "tls"),
        row("config_refresh", "uint64", "0", text(settings.config_refresh)),
        row("config_tls_refresh", "uint64", "0", text(settings.config_refresh)),
        row("disable_carver", "bool", "true", "false"),
        row("disable_distributed", "bool", "true", "false"),
        row("distributed_interval", "uint64", "60", text(settings.distributed_interval)),
        row("distributed_plugin", "string", "tls", "tls"),
        row("distributed_tls_max_attempts", "uint64", "3", text(settings.distributed_attempts)),
        row("host_identifier", "string", "hostname", "uuid"),
        row("logger_event_type", "bool", "true", bool_text(settings.logger_event_type)),
        row("logger_plugin", "string", "filesystem", "tls"),
        row("logger_snapshot_event_type", "bool", "false", bool_text(settings.snapshot_event_type)),
        row("logger_tls_backoff_max", "uint64", "3600", text(settings.logger_backoff_max)),
        row("logger_tls_compress", "bool", "false", bool_text(settings.logger_compress)),
        row("logger_tls_max_lines", "uint64", "1024", text(settings.logger_max_lines)),
        row("logger_tls_period", "uint64", "4", text(settings.logger_period)),
        row("pack_delimiter", "string", "_", settings.pack_delimiter),
        row("schedule_splay_percent", "uint64", "10", text(settings.schedule_splay_percent)),
    };
}

Rows osquery_schedule(const TableQuery& query) {
    Rows rows;
    if (!query.host.schedule) return rows;
    for (const auto& line : query.host.schedule()) {
        rows.push_back({
            line.name,
            line.query,
            text(line.interval),
            text(line.executions),
            text(line.last_executed),
            "0",
            text(line.output_size),
            text(line.wall_ms / 1000),
            text(line.wall_ms),
            text(line.executions > 0 ? line.wall_ms / line.executions : 0),
            text(line.wall_ms / 2),
            "1",
            text(line.wall_ms / 3),
            "1",
            line.executions > 0 ? "1048576" : "0",
            line.executions > 0 ? "1048576" : "0",
        });
    }
    return rows;
}

Rows time_now(const TableQuery& query) {
    constexpr std::int64_t kWindowsEpoch = 11'644'473'600;
    const auto now = query.host.now;
    const auto utc = fmt::gmtime(static_cast<std::time_t>(now));
    return {{
        fmt::format("{:%A}", utc),
        text(utc.tm_year + 1900),
        text(utc.tm_mon + 1),
        text(utc.tm_mday),
        text(utc.tm_hour),
        text(utc.tm_min),
        text(utc.tm_sec),
        "UTC",
        "UTC",
        text(now),
        fmt::format("{:%a %b %e %H:%M:%S %Y} UTC", utc),
        fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", utc),
        fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", utc),
        text((now + kWindowsEpoch) * 10'000'000),
    }};
}

constexpr std::size_t kCarvePath = 3;
constexpr std::size_t kCarveFlag = 7;

/// Reading the table with `carve = 1 AND path LIKE ...` orders a carve and shows it.
Rows carves(const TableQuery& query) {
    auto* orders = query.host.carves;
    if (orders == nullptr) return {};
    bool wanted = false;
    std::vector<std::string> paths;
    for (const auto& condition : query.where) {
        if (condition.column == kCarveFlag) wanted = condition.value == "1";
        if (condition.column == kCarvePath) paths.push_back(condition.value);
    }
    if (!wanted || paths.empty()) return {};
    Rows rows;
    for (const auto& path : paths) {
        const auto salt = mix(query.host.profile.key ^ static_cast<std::uint64_t>(query.host.now)) +
                          orders->size();
        const CarveOrder order{
            uuid_from(mix(salt), mix(salt + 1)),
            uuid_from(mix(salt + 2), mix(salt + 3)),
            path,
            query.host.now};
        rows.push_back(
            {text(order.time), "", "-1", order.path, "SCHEDULED", order.guid, order.request_id, "1"}
        );
        orders->push_back(order);
    }
    return rows;
}

}  // namespace

void add_osquery_tables(TableSet& set) {
    set.push_back(
        {"osquery_info",
         columns("pid:i uuid instance_id version config_hash config_valid:i extensions "
                 "build_platform build_distro start_time:i watcher:i platform_mask:i"),
         osquery_info}
    );
    set.push_back(
        {"osquery_flags",
         columns("name type description default_value value shell_only:i"),
         osquery_flags}
    );
    set.push_back(
        {"osquery_schedule",
         columns("name query interval:i executions:b last_executed:b denylisted:i output_size:b "
                 "wall_time:b wall_time_ms:b last_wall_time_ms:b user_time:b last_user_time:b "
                 "system_time:b last_system_time:b average_memory:b last_memory:b"),
         osquery_schedule}
    );
    set.push_back(
        {"osquery_packs",
         columns(
             "name platform version shard:i discovery_cache_hits:i discovery_executions:i active:i"
         ),
         no_rows}
    );
    set.push_back(
        {"osquery_extensions", columns("uuid:b name version sdk_version path type"), no_rows}
    );
    set.push_back(
        {"osquery_events",
         columns("name publisher type subscriptions:i events:i refreshes:i active:i"),
         no_rows}
    );
    set.push_back(
        {"time",
         columns("weekday year:i month:i day:i hour:i minutes:i seconds:i timezone local_timezone "
                 "unix_time:i timestamp datetime iso_8601 win_timestamp:b"),
         time_now}
    );
    set.push_back(
        {"carves",
         columns("time:b sha256 size:b path status carve_guid request_id carve:i"),
         carves,
         {kCarvePath, kCarveFlag}}
    );
}

void add_registry_table(TableSet& set) {
    Rows rows;
    const auto add = [&](const char* registry, const std::string& name) {
        rows.push_back({registry, name, "0", "0", "1"});
    };
    for (const auto& table : set)
        add("table", table.name);
    add("table", "osquery_registry");
    add("config", "tls");
    add("logger", "tls");
    add("distributed", "tls");
    add("enroll", "tls");
    set.push_back(
        {"osquery_registry",
         columns("registry name owner_uuid:i internal:i active:i"),
         [rows = std::move(rows)](const TableQuery&) { return rows; }}
    );
}

}  // namespace fleet::perf
