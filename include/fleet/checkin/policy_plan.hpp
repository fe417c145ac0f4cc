#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "fleet/core/policy.hpp"
#include "fleet/store/schedule_store.hpp"

namespace fleet::checkin {

/// Policy questions for hosts of one scope: JSON members without braces, and the policies.
struct PolicyWork {
    std::string queries{};
    std::string discovery{};
    std::shared_ptr<const PolicyList> list{};
};

/// The policies of one version of the schedule. Safe from any thread.
class PolicyPlan {
public:
    /// Moves the policies out of `data`; its documents say which have webhooks or tickets.
    explicit PolicyPlan(store::ScheduleData& data);

    /// What a host of that team, platform and labels (sorted) is asked; built once per outcome.
    std::shared_ptr<const PolicyWork> work_for(
        std::optional<TeamId> team, Platform platform, const std::vector<LabelId>& labels
    ) const;

    /// Takes out answers to policies that are gone, or that dropped their answers after the
    /// schedule of that revision.
    void prune(PolicyAnswers& answers, std::uint64_t revision) const;
    /// Whether answers to a question of that revision count; false when the policy is gone.
    bool accepts(PolicyId policy, std::uint64_t revision) const;
    /// Whether membership in labels decides about any of them.
    bool looks_at_labels() const { return !label_scoped_.empty(); }
    /// Whether no host would notice the difference.
    bool asks_the_same_as(const PolicyPlan& other) const;

private:
    const store::PolicyQuery* find(PolicyId id) const;
    std::shared_ptr<const PolicyWork> build(
        std::optional<TeamId> team, Platform platform, const std::vector<LabelId>& labels
    ) const;

    std::vector<store::PolicyQuery> policies_;
    std::vector<std::size_t> label_scoped_{};  // positions

    mutable std::mutex mutex_{};
    mutable std::
        map<std::tuple<std::uint64_t, Platform, std::string>, std::shared_ptr<const PolicyWork>>
            work_{};
};

}  // namespace fleet::checkin
