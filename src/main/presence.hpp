#pragma once

#include "fleet/checkin/checkins.hpp"
#include "fleet/service/events.hpp"
#include "fleet/service/host_presence.hpp"

namespace fleet::main {

/// Lets services look at the check-ins' table of hosts.
class Presence final : public service::HostPresence {
public:
    explicit Presence(const checkin::HostTable& hosts) : hosts_{hosts} {}

    std::optional<service::HostSighting> find(HostId host) const override {
        const checkin::HostRef entry = hosts_.find(host);
        return entry ? std::optional{sighting(*entry)} : std::nullopt;
    }
    HostCensus census(const CensusScope& scope, Time now, Time fresh_since) const override {
        return hosts_.census(scope, now, fresh_since);
    }
    void each(const CensusScope& scope, Time now, const VisitSeen& visit) const override {
        hosts_.each_seen(scope, now, visit);
    }

private:
    static service::HostSighting sighting(const checkin::HostEntry& entry) {
        service::HostSighting out;
        out.id = entry.id;
        out.seen = entry.seen();
        entry.with([&](const HostFacts& facts) {
            out.distributed_interval = facts.distributed_interval;
            out.config_tls_refresh = facts.config_tls_refresh;
        });
        return out;
    }

    const checkin::HostTable& hosts_;
};

/// Carries what people changed into the check-ins' memory. A database that fails just then is not
/// the person's problem: memory catches up by itself within seconds.
class CheckinEvents final : public service::HostEvents, public service::ScheduleEvents {
public:
    explicit CheckinEvents(checkin::Checkins& checkins) : checkins_{checkins} {}

    void hosts_changed(std::span<const HostId> hosts) override;
    void hosts_deleted(std::span<const HostId> hosts) override;
    void schedule_changed() override;

private:
    checkin::Checkins& checkins_;
};

}  // namespace fleet::main
