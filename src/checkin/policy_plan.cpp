#include "fleet/checkin/policy_plan.hpp"

#include <algorithm>

#include "fleet/checkin/detail_queries.hpp"
#include "fleet/core/policy_automations.hpp"

namespace fleet::checkin {
namespace {

bool contains(const std::vector<PolicyId>& sorted, PolicyId id) {
    return std::binary_search(sorted.begin(), sorted.end(), id);
}

/// Webhooks and tickets are settings of the organisation, or of those whom the policy is for.
void mark_automated(store::ScheduleData& data) {
    std::map<std::optional<TeamId>, std::vector<PolicyId>> lists;
    lists[std::nullopt] = policies_with_webhook(data.app_config);
    lists[TeamId{0}] = policies_with_webhook(data.no_team_config);
    for (const auto& [team, config] : data.team_configs) {
        if (!config.empty()) lists[team] = policies_with_webhook(config);
    }
    for (store::PolicyQuery& policy : data.policies) {
        const auto list = lists.find(policy.scope.team);
        policy.automated =
            policy.automated || (list != lists.end() && contains(list->second, policy.id));
    }
}

bool same_scope(const PolicyScope& a, const PolicyScope& b) {
    return a.team == b.team && a.platforms == b.platforms && a.include_any == b.include_any &&
           a.include_all == b.include_all && a.exclude_any == b.exclude_any &&
           a.exclude_all == b.exclude_all;
}

}  // namespace

PolicyPlan::PolicyPlan(store::ScheduleData& data) {
    mark_automated(data);
    policies_ = std::move(data.policies);
    for (std::size_t i = 0; i < policies_.size(); ++i) {
        if (policies_[i].scope.has_labels()) label_scoped_.push_back(i);
    }
}

const store::PolicyQuery* PolicyPlan::find(PolicyId id) const {
    const auto found = std::lower_bound(
        policies_.begin(),
        policies_.end(),
        id,
        [](const store::PolicyQuery& policy, PolicyId wanted) { return policy.id < wanted; }
    );
    return found != policies_.end() && found->id == id ? &*found : nullptr;
}

bool PolicyPlan::accepts(PolicyId policy, std::uint64_t revision) const {
    const store::PolicyQuery* found = find(policy);
    return found != nullptr && found->answers_since <= revision;
}

void PolicyPlan::prune(PolicyAnswers& answers, std::uint64_t revision) const {
    answers.keep_if([&](PolicyId policy) { return accepts(policy, revision); });
}

bool PolicyPlan::asks_the_same_as(const PolicyPlan& other) const {
    return std::equal(
        policies_.begin(),
        policies_.end(),
        other.policies_.begin(),
        other.policies_.end(),
        [](const store::PolicyQuery& a, const store::PolicyQuery& b) {
            return a.id == b.id && a.answers_since == b.answers_since &&
                   same_scope(a.scope, b.scope);
        }
    );
}

std::shared_ptr<const PolicyWork> PolicyPlan::work_for(
    std::optional<TeamId> team, Platform platform, const std::vector<LabelId>& labels
) const {
    std::string scope_key;
    for (const std::size_t position : label_scoped_)
        scope_key += policies_[position].scope.covers_labels(labels) ? '1' : '0';
    const auto key = std::tuple{team ? raw(*team) : 0, platform, std::move(scope_key)};
    const std::scoped_lock lock{mutex_};
    auto& slot = work_[key];
    if (!slot) slot = build(team, platform, labels);
    return slot;
}

std::shared_ptr<const PolicyWork> PolicyPlan::build(
    std::optional<TeamId> team, Platform platform, const std::vector<LabelId>& labels
) const {
    auto work = std::make_shared<PolicyWork>();
    auto list = std::make_shared<PolicyList>();
    for (const store::PolicyQuery& policy : policies_) {
        if (!policy.scope.covers(team, platform, labels)) continue;
        const std::string name = std::string{kPolicyPrefix} + to_text(policy.id);
        append_member(work->queries, name, policy.sql);
        append_member(work->discovery, name, "SELECT 1");
        list->ids.push_back(policy.id);
        if (policy.automated) list->automated.push_back({policy.id, policy.continuous});
    }
    if (list->ids.empty()) {
        // Its answer moves the host's timestamp (agent-api F.21).
        append_member(work->queries, kPolicyWildcard, "SELECT 1");
        work->discovery = work->queries;
    }
    work->list = std::move(list);
    return work;
}

}  // namespace fleet::checkin
