#pragma once

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "fleet/core/host.hpp"
#include "fleet/store/db.hpp"

/// What hosts answered to policies, and the counts that go with it. Locks are taken in this order:
/// rows of hosts by id, rows of policies by id (shared), answers, and last the counts by key.
namespace fleet::store {

struct PolicyCountChange {
    std::int64_t passing = 0, failing = 0;
};
/// By policy and the team of the hosts (0: none).
using PolicyCountChanges = std::map<std::pair<PolicyId, TeamId>, PolicyCountChange>;

/// Adds one answer to the change, `by` times.
void count_answer(
    PolicyCountChanges& counts,
    PolicyId policy,
    TeamId team,
    std::optional<bool> passes,
    std::int64_t by
);
/// At the end of a transaction: these rows are shared by all writers.
void write_policy_counts(Session& session, const PolicyCountChanges& counts);

struct StoredAnswer {
    HostId host{};
    PolicyId policy{};
    std::optional<bool> passes{};
    std::uint64_t revision = 0;
};
/// Rows of the hosts by host and policy, those included that count no more.
std::vector<StoredAnswer> stored_answers(Session& session, std::span<const HostId> hosts);

/// A policy as far as its answers are concerned.
struct LockedPolicy {
    std::uint64_t answers_since = 0;
    std::int64_t team_key = -1;
};
using LockedPolicies = std::map<PolicyId, LockedPolicy>;
/// Those that exist; they stay as they are until the transaction ends.
LockedPolicies lock_policies(Session& session, std::vector<PolicyId> ids);
/// Whether the stored answer counts: its policy exists and has not dropped it.
bool counts(const StoredAnswer& answer, const LockedPolicies& policies);

/// Deletes rows by key; none: does nothing.
void delete_answers(Session& session, std::span<const std::pair<HostId, PolicyId>> rows);

/// How a host's state moves: by how many policies more it fails, and whether its version rises.
struct StateChange {
    std::int64_t failing = 0;
    bool raise_version = true;
};
void write_policy_states(Session& session, const std::map<HostId, StateChange>& changes);

/// Writes what the updates say about policies, comparing it with what is stored. The hosts' rows
/// are locked, `teams` are theirs (0: none); `updates` is sorted by host. Reads little and writes
/// nothing for hosts that say what is known. The caller writes `count_changes`.
std::vector<PolicyStanding> write_policy_reports(
    Session& session,
    std::span<const HostUpdate* const> updates,
    const std::map<HostId, TeamId>& teams,
    PolicyCountChanges& count_changes
);

enum class Rows { remain, go };
/// Takes all answers of the hosts out of the counts. Their rows are locked, `teams` are theirs.
/// With Rows::go the answers are deleted as well.
void forget_policy_answers(
    Session& session,
    const std::map<HostId, TeamId>& teams,
    Rows rows,
    PolicyCountChanges& count_changes
);

}  // namespace fleet::store
