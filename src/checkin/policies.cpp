// Policies of hosts: who is asked when, and what their answers change.
#include <algorithm>

#include "checkins_impl.hpp"

namespace fleet::checkin {
namespace {

std::vector<LabelId> labels_after(const HostFacts& facts, const HostUpdate& update) {
    std::vector<LabelId> out = facts.labels;
    for (const LabelId label : update.left)
        std::erase(out, label);
    out.insert(out.end(), update.joined.begin(), update.joined.end());
    std::sort(out.begin(), out.end());
    return out;
}

bool contains(const std::vector<PolicyId>& sorted, PolicyId id) {
    return std::binary_search(sorted.begin(), sorted.end(), id);
}

/// Whether the answers say anything that is not known, or that somebody wants to hear again.
bool is_news(const PolicyReport& report, const PolicyAnswers& known) {
    bool news = false;
    report.answers.each([&](PolicyId policy, PolicyAnswer answer) {
        news = news || known.find(policy) != answer;
    });
    known.each([&](PolicyId policy, PolicyAnswer) {
        news = news || !contains(report.applicable->ids, policy);
    });
    for (const AutomatedPolicy& one : report.applicable->automated) {
        news = news || (one.continuous && report.answers.find(one.policy) == PolicyAnswer::fail);
    }
    return news;
}

}  // namespace

/// Leaves out of memory what policies have dropped since.
void Checkins::Impl::follow_policies(HostFacts& facts, const Schedule& plan) {
    if (facts.policies_revision >= plan.revision()) return;
    plan.policies().prune(facts.policies, facts.policies_revision);
    facts.policies_revision = plan.revision();
}

/// The questions of policies, when they are due: a policy that the host has not been asked, or that
/// is not for it any more, does not wait for the interval.
std::shared_ptr<const PolicyWork> Checkins::Impl::policies_due(
    HostFacts& facts, const Schedule& plan, Due& what
) {
    follow_policies(facts, plan);
    auto work = plan.policies().work_for(facts.team, facts.platform, facts.labels);
    if (!facts.policies.cover(work->list->ids)) what.policies = true;
    return what.policies ? work : nullptr;
}

void Checkins::Impl::add_policies(
    PolicyAnswers answers, HostFacts& facts, const Schedule& plan, HostUpdate& update
) const {
    if (!update.policies_fetched && update.joined.empty() && update.left.empty()) return;
    follow_policies(facts, plan);
    const auto work =
        plan.policies().work_for(facts.team, facts.platform, labels_after(facts, update));
    // Answers of policies that are not for this host say nothing (agent-api B.7.1).
    answers.keep_if([&](PolicyId policy) { return contains(work->list->ids, policy); });
    PolicyReport report;
    report.answers = std::move(answers);
    report.applicable = work->list;
    report.handed_out = plan.policies().work_for(facts.team, facts.platform, facts.labels)->list;
    report.revision = facts.policies_asked != 0 ? facts.policies_asked : plan.revision();
    report.version = facts.policies_version;
    report.changed = is_news(report, facts.policies);
    if (!update.policies_fetched && !report.changed) return;
    update.policies = std::make_shared<const PolicyReport>(std::move(report));
}

/// Brings memory up to what was just committed. Policies that the host was asked and did not answer
/// count as asked: they wait for the next round.
void Checkins::Impl::remember_policies(
    const HostUpdate& update, const PolicyStanding* standing, HostFacts& facts
) const {
    if (!update.policies) return;
    const auto plan = schedule();
    follow_policies(facts, *plan);
    if (standing != nullptr && standing->version >= facts.policies_version) {
        facts.policies = standing->answers;
        facts.policies_version = standing->version;
        facts.policies_revision = std::min(facts.policies_revision, standing->revision);
        follow_policies(facts, *plan);
    }
    const PolicyReport& report = *update.policies;
    facts.policies.keep_if([&](PolicyId policy) { return contains(report.applicable->ids, policy); }
    );
    if (!update.policies_fetched) return;
    for (const PolicyId policy : report.handed_out->ids) {
        const bool is_open =
            contains(report.applicable->ids, policy) && !facts.policies.find(policy);
        if (is_open && plan->policies().accepts(policy, report.revision)) {
            facts.policies.set(policy, PolicyAnswer::none);
        }
    }
}

namespace {

/// What the host is to be asked is worked out anew at its next read.
void look_again(HostEntry& entry) {
    // Under the lock, so that nobody puts back what was worked out with the old schedule.
    entry.with([&](const HostFacts&) { entry.due_us.store(0, std::memory_order_relaxed); });
}

}  // namespace

/// After policies changed: whoever polls next is asked what is new, and held reads are answered.
void Checkins::Impl::ask_policies_again() {
    hosts.each([](const HostRef& entry) { look_again(*entry); });
    for (const HostRef& entry : parked.hosts())
        wake_if_due(entry);
}

void Checkins::Impl::ask_policies_again(const std::vector<HostRef>& entries) {
    for (const HostRef& entry : entries) {
        look_again(*entry);
        wake_if_due(entry);
    }
}

}  // namespace fleet::checkin
