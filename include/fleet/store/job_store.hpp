#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// Leases of background jobs, so that each runs on one instance at a time, and when they ran.
class JobStore {
public:
    explicit JobStore(Database& db) : db_{db} {}

    /// Takes the lease when the job has not started within `every` and nobody holds it.
    bool take(
        const std::string& name,
        const std::string& holder,
        Time now,
        std::chrono::seconds every,
        std::chrono::seconds lease
    );
    /// Notes the end of a run; `error` empty when it went well.
    void finish(
        const std::string& name, const std::string& holder, Time now, const std::string& error
    );
    /// Since when the job has been running, on whatever instance; nothing when it is not.
    std::optional<Time> running_since(const std::string& name, Time now);

private:
    Database& db_;
};

/// Which hosts an expiry is about.
struct SilentHosts {
    std::optional<TeamId> team{};  // none: all others
    std::vector<TeamId> except{};  // of all others: not of these teams
};

/// What jobs delete because its time is over. Bounded per call; true when there may be more.
class ExpiryStore {
public:
    explicit ExpiryStore(Database& db) : db_{db} {}

    bool delete_sessions_unused_since(Time limit);
    bool delete_host_deletions_before(Time limit);
    /// Drops the blocks of old carves and marks them expired.
    bool expire_carves_before(Time limit);
    /// Throw-away queries of finished live queries.
    bool delete_unsaved_queries_before(Time limit);

    /// Hosts that have not been seen since; never seen ones count from their enrolment.
    std::vector<HostId> silent_hosts(const SilentHosts& of, Time limit, std::uint64_t most);
    /// What teams have stored as their configuration.
    std::vector<std::pair<TeamId, std::string>> team_configs();

private:
    bool delete_some(const Sql& sql, Time limit);

    Database& db_;
};

}  // namespace fleet::store
