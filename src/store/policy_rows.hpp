#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/policy_scope.hpp"
#include "fleet/store/db.hpp"
#include "fleet/store/policy_store.hpp"
#include "fleet/store/schedule_store.hpp"

namespace fleet::store {

/// policies.team_key.
inline std::int64_t team_key(std::optional<TeamId> team) {
    return team ? static_cast<std::int64_t>(raw(*team)) : -1;
}
inline std::optional<TeamId> team_of_key(std::int64_t key) {
    return key < 0 ? std::nullopt : std::optional{static_cast<TeamId>(key)};
}

/// policy_labels.kind.
enum class PolicyLabelKind { include_any, include_all, exclude_any, exclude_all };

/// The list of `labels` that a kind stands for; works for names and for ids.
template <class Labels>
auto& labels_of(Labels& labels, PolicyLabelKind kind) {
    switch (kind) {
        case PolicyLabelKind::include_any:
            return labels.include_any;
        case PolicyLabelKind::include_all:
            return labels.include_all;
        case PolicyLabelKind::exclude_any:
            return labels.exclude_any;
        case PolicyLabelKind::exclude_all:
            break;
    }
    return labels.exclude_all;
}

/// A policy and whom it is for.
struct ScopedPolicy {
    PolicyId id{};
    PolicyScope scope{};
    std::uint64_t answers_since = 0;
};
/// All policies, or one; by id.
std::vector<ScopedPolicy> scoped_policies(Session& session, std::optional<PolicyId> one = {});

/// All policies as check-ins see them, by id.
std::vector<PolicyQuery> policy_queries(Session& session);

/// Where a host stands, as far as scopes care.
struct HostPlace {
    HostId id{};
    std::optional<TeamId> team{};
    Platform platform = Platform::unknown;
    std::vector<LabelId> labels{};  // of those asked for, sorted
};
enum class Locked { no, yes };
/// By id. `labels`: which memberships are of interest (sorted).
std::vector<HostPlace> host_places(
    Session& session, std::span<const HostId> hosts, std::span<const LabelId> labels, Locked locked
);
/// All labels that the scope names, sorted.
std::vector<LabelId> named_labels(const PolicyScope& scope);

}  // namespace fleet::store
