#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// How many hosts there were in an hour, as counted last in it.
struct HostHour {
    Time hour{};
    std::uint64_t total = 0;
    std::uint64_t online = 0;
};

/// Whose hosts are meant: those of a team (0: of none), or all.
using TeamKey = std::int64_t;
inline constexpr TeamKey kAllHosts = -1;

struct HostTally {
    TeamKey team = kAllHosts;
    std::uint64_t total = 0;
    std::uint64_t online = 0;
};

struct OsCount {
    std::string platform{};
    std::string os_version{};
    std::uint64_t hosts = 0;
};

/// What is remembered about the number of hosts, and what they run.
class HostHistoryStore {
public:
    explicit HostHistoryStore(Database& db) : db_{db} {}

    /// Replaces what was counted earlier in the same hour.
    void record(Time hour, std::span<const HostTally> tallies);
    /// Hour by hour, the sum over `teams`, which must not be empty.
    std::vector<HostHour> hours(std::span<const TeamKey> teams, Time since);
    /// Forgets a bounded number of old rows; false: none are left.
    bool forget_before(Time hour);

    /// Hosts by version of the operating system, most frequent first; of these teams only (0: of
    /// none), or of all.
    std::vector<OsCount> os_versions(const std::optional<std::vector<TeamId>>& teams);

private:
    Database& db_;
};

}  // namespace fleet::store
