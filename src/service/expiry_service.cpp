#include "fleet/service/expiry_service.hpp"

#include <algorithm>
#include <string>

#include "app_config_document.hpp"

namespace fleet::service {
namespace {

/// Hosts in one transaction, and in one run: the job comes back.
constexpr std::uint64_t kBatch = 250;
constexpr int kBatches = 20;
constexpr int kActivityBatches = 5;

std::string deleted_details(const store::DeletedHost& host, std::int64_t days) {
    return json::dump(
        {{"host_id", raw(host.id)},
         {"host_display_name", host.display_name},
         {"host_serial", host.serial},
         {"triggered_by", "expiration"},
         {"host_expiry_window", days}}
    );
}

}  // namespace

std::int64_t expiry_days(const json::Value& config, const char* section) {
    const auto settings = config.find(section);
    if (settings == config.end() || !settings->is_object()) return 0;
    const std::string stem{section, std::string_view{section}.find("_settings")};
    const auto enabled = settings->find(stem + "_enabled");
    const auto window = settings->find(stem + "_window");
    if (enabled == settings->end() || !enabled->is_boolean() || !enabled->get<bool>()) return 0;
    if (window == settings->end() || !window->is_number_integer()) return 0;
    return std::max<std::int64_t>(window->get<std::int64_t>(), 0);
}

void ExpiryService::expire_hosts() {
    store::SilentHosts others;
    for (const auto& [team, text] : deps_.expiry.team_configs()) {
        const json::Value config = json::Value::parse(text, nullptr, /*allow_exceptions=*/false);
        if (!config.is_object()) continue;
        const std::int64_t days = expiry_days(config, "host_expiry_settings");
        if (days == 0) continue;
        others.except.push_back(team);
        expire_silent({.team = team}, days);
    }
    const json::Value config = full_config(deps_.configs.load().json);
    const std::int64_t days = expiry_days(config, "host_expiry_settings");
    if (days > 0) expire_silent(others, days);
}

void ExpiryService::expire_silent(const store::SilentHosts& of, std::int64_t days) {
    const Time limit = deps_.clock.now() - std::chrono::hours{24} * days;
    for (int i = 0; i < kBatches; ++i) {
        std::vector<HostId> silent;
        const auto found = deps_.expiry.silent_hosts(of, limit, kBatch);
        for (const HostId host : found) {
            // Memory knows of signs of life that are not in the database yet.
            const auto sighting = deps_.presence.find(host);
            if (!sighting || sighting->seen < limit) silent.push_back(host);
        }
        if (silent.empty()) return;
        const auto gone = deps_.hosts.remove(
            silent,
            deps_.clock.now(),
            [&](store::Session& session, std::span<const store::DeletedHost> hosts) {
                for (const store::DeletedHost& host : hosts) {
                    deps_.activities.record_by_server(
                        session, "deleted_host", deleted_details(host, days)
                    );
                }
            }
        );
        std::vector<HostId> deleted;
        for (const store::DeletedHost& host : gone)
            deleted.push_back(host.id);
        if (!deleted.empty()) deps_.events.hosts_deleted(deleted);
    }
}

void ExpiryService::expire_activities() {
    const json::Value config = full_config(deps_.configs.load().json);
    const std::int64_t days = expiry_days(config, "activity_expiry_settings");
    if (days == 0) return;
    const Time limit = deps_.clock.now() - std::chrono::hours{24} * days;
    for (int i = 0; i < kActivityBatches; ++i) {
        if (!deps_.feed.delete_before(limit, deps_.audit_log)) return;
    }
}

}  // namespace fleet::service
