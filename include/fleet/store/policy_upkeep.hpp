#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// One day of a policy, as it was last recorded.
struct PolicyDay {
    std::string day{};  // 2026-03-05
    std::uint64_t passing = 0, failing = 0, no_answer = 0;
};

/// What is done to policies' answers behind the scenes. Every function blocks.
class PolicyUpkeep {
public:
    explicit PolicyUpkeep(Database& db) : db_{db} {}

    /// Removes answers that policies left behind: of deleted ones, dropped ones, and of hosts that
    /// a policy is not for any more. Stops when `go_on` says no; true when nothing is left.
    bool clean(const std::function<bool()>& go_on);
    /// Finds what is left behind without a note, such as by policies of a deleted team.
    void find_orphans();

    /// Records today's counts of all policies.
    void record_day(Time now);
    /// Recorded days from `since` on, oldest first; of the hosts of one team (0: of none), or all.
    std::vector<PolicyDay> history(PolicyId policy, std::optional<TeamId> team, Time since);
    /// Hosts that the policy is for, of one team or all.
    std::uint64_t hosts_in_scope(PolicyId policy, std::optional<TeamId> team);

private:
    Database& db_;
};

/// To be called in the transaction that moves hosts to another team (none: to no team), with their
/// rows locked in the order of their ids and before their team changes: answers to the old team's
/// policies go, counts follow the hosts.
void policies_follow_hosts(
    Session& session, std::span<const HostId> hosts, std::optional<TeamId> to
);
/// To be called in the transaction that deletes a team, after its hosts have left it.
void policies_leave_team(Session& session, TeamId team);

}  // namespace fleet::store
