#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/core/time.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/events.hpp"
#include "fleet/service/host_presence.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/job_store.hpp"

namespace fleet::service {

/// Deletes what the organisation's configuration says is too old: silent hosts and past
/// activities. Called by background jobs.
class ExpiryService {
public:
    struct Deps {
        store::AppConfigStore& configs;
        store::ExpiryStore& expiry;
        store::HostStore& hosts;
        store::ActivityStore& feed;
        Activities& activities;
        const HostPresence& presence;
        HostEvents& events;
        const Clock& clock;
        /// Activities stay until they are in the audit log.
        bool audit_log = false;
    };

    explicit ExpiryService(Deps deps) : deps_{deps} {}

    /// Hosts silent for longer than their window: the team's own, else everybody's.
    void expire_hosts();
    void expire_activities();

private:
    void expire_silent(const store::SilentHosts& of, std::int64_t days);

    Deps deps_;
};

/// The days of `host_expiry_settings` or `activity_expiry_settings` of a configuration; 0 when
/// switched off.
std::int64_t expiry_days(const json::Value& config, const char* section);

}  // namespace fleet::service
