#include "fleet/service/policy_service.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "fleet/core/json.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/policy_automations.hpp"

namespace fleet::service {
namespace {

using store::Policy;
using store::PolicyFields;

constexpr Action kRead = Action::read_policies;
constexpr Action kWrite = Action::write_policies;

/// What a change leaves behind is cleared right away, unless there is more of it than this takes;
/// then the rest is left to a job.
constexpr std::chrono::seconds kPatience{2};

Error no_policy(PolicyId id) {
    return Error::not_found("Policy", to_text(id));
}

void add_team(json::Value& details, const Policy& policy) {
    // rest-api-a 8.6: -1 for all hosts, 0 for hosts of no team.
    details["team_id"] = policy.team ? json::Value(raw(*policy.team)) : json::Value(-1);
    details["team_name"] =
        policy.team_name.empty() ? json::Value(nullptr) : json::Value(policy.team_name);
}

std::string policy_details(const Policy& policy) {
    json::Value details{{"policy_id", raw(policy.id)}, {"policy_name", policy.fields.name}};
    add_team(details, policy);
    return json::dump(details);
}

store::QueryAuthor author(const Viewer& viewer) {
    return {viewer.id, viewer.name, viewer.email};
}

bool is_team(std::optional<TeamId> team) {
    return team && raw(*team) != 0;
}

}  // namespace

std::vector<PolicyId> PolicyService::with_webhook(std::optional<TeamId> team) {
    if (!team) return policies_with_webhook(deps_.configs.load().json);
    if (!is_team(team)) return policies_with_webhook(deps_.teams.no_team_config());
    const auto found = deps_.teams.find(*team);
    return policies_with_webhook(found ? found->config : std::string{});
}

Result<> PolicyService::check_team(TeamId team) {
    if (raw(team) == 0 || deps_.teams.find(team)) return {};
    return fail(Error::not_found("Team", to_text(team)));
}

Result<store::PolicyFilter> PolicyService::filter_of(const PolicyListRequest& request) {
    store::PolicyFilter out;
    out.team = request.team;
    out.counted_in = request.team;
    out.merge_inherited = request.merge_inherited;
    out.platform = request.platform;
    out.text = request.paging.query;
    out.automation = request.automation;
    if (request.team) FLEET_CHECK(check_team(*request.team));
    if (request.automation == store::PolicyAutomation::other) {
        out.with_webhook = with_webhook(request.team);
    }
    return out;
}

Result<std::vector<Policy>> PolicyService::list(
    const Viewer& viewer, const PolicyListRequest& request
) {
    FLEET_CHECK(authorize(viewer, kRead, Object::global()));
    FLEET_TRY(const store::PolicyFilter filter, filter_of(request));
    return deps_.policies.list(filter, request.paging);
}

Result<std::uint64_t> PolicyService::count(const Viewer& viewer, const PolicyListRequest& request) {
    FLEET_CHECK(authorize(viewer, kRead, Object::global()));
    FLEET_TRY(const store::PolicyFilter filter, filter_of(request));
    return deps_.policies.count(filter);
}

Result<TeamPolicies> PolicyService::list_team(
    const Viewer& viewer, const PolicyListRequest& request
) {
    FLEET_CHECK(authorize(viewer, kRead, policy_object(request.team)));
    FLEET_TRY(store::PolicyFilter filter, filter_of(request));
    TeamPolicies out;
    FLEET_TRY(out.policies, deps_.policies.list(filter, request.paging));
    if (request.merge_inherited) return out;
    filter.team.reset();
    filter.automation.reset();
    FLEET_TRY(out.inherited, deps_.policies.list(filter, request.inherited));
    return out;
}

Result<TeamPolicyCounts> PolicyService::count_team(
    const Viewer& viewer, const PolicyListRequest& request
) {
    FLEET_CHECK(authorize(viewer, kRead, policy_object(request.team)));
    FLEET_TRY(store::PolicyFilter filter, filter_of(request));
    TeamPolicyCounts out;
    out.count = deps_.policies.count(filter);
    filter.team.reset();
    filter.automation.reset();
    out.inherited = deps_.policies.count(filter);
    return out;
}

Result<Policy> PolicyService::get(const Viewer& viewer, PolicyId id) {
    FLEET_CHECK(authorize(viewer, kRead, Object::anywhere()));
    auto policy = deps_.policies.find(id);
    if (!policy) return fail(no_policy(id));
    FLEET_CHECK(authorize(viewer, kRead, policy_object(policy->team)));
    return std::move(*policy);
}

Result<Policy> PolicyService::get_of_team(const Viewer& viewer, TeamId team, PolicyId id) {
    FLEET_CHECK(authorize(viewer, kRead, policy_object(team)));
    auto policy = deps_.policies.find(id);
    if (!policy || policy->team != team) return fail(no_policy(id));
    return std::move(*policy);
}

Result<Policy> PolicyService::create(
    const Viewer& viewer, std::optional<TeamId> team, const PolicyChanges& in
) {
    FLEET_CHECK(authorize(viewer, kWrite, policy_object(team)));
    if (team) FLEET_CHECK(check_team(*team));
    FLEET_TRY(const PolicyFields fields, merge({}, in, team));
    Policy told;
    told.team = team;
    told.fields = fields;
    if (is_team(team)) {
        const auto found = deps_.teams.find(*team);
        if (found) told.team_name = found->name;
    }
    FLEET_TRY(
        const PolicyId id,
        deps_.policies.insert(
            team,
            fields,
            author(viewer),
            [&](store::Session& session, PolicyId made) {
                told.id = made;
                deps_.activities.record(session, viewer, "created_policy", policy_details(told));
            }
        )
    );
    changed();
    auto stored = deps_.policies.find(id);
    if (!stored) return fail(no_policy(id));
    return std::move(*stored);
}

Result<Policy> PolicyService::modify(
    const Viewer& viewer, std::optional<TeamId> team, PolicyId id, const PolicyChanges& in
) {
    FLEET_CHECK(authorize(viewer, kWrite, policy_object(team)));
    auto policy = deps_.policies.find(id);
    if (!policy || (team && policy->team != team)) return fail(no_policy(id));
    if (policy->team != team) return fail(Error::forbidden());
    FLEET_TRY(const PolicyFields fields, merge(policy->fields, in, team));
    const store::PolicyChange change = what_changes(policy->fields, fields);
    policy->fields = fields;
    FLEET_CHECK(deps_.policies.update(id, fields, change, [&](store::Session& session) {
        deps_.activities.record(session, viewer, "edited_policy", policy_details(*policy));
    }));
    changed();
    auto stored = deps_.policies.find(id);
    if (!stored) return fail(no_policy(id));
    return std::move(*stored);
}

Result<std::vector<PolicyId>> PolicyService::remove(
    const Viewer& viewer, std::optional<TeamId> team, std::vector<PolicyId> ids
) {
    FLEET_CHECK(authorize(viewer, kWrite, policy_object(team)));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const std::vector<Policy> policies = deps_.policies.find_all(ids);
    for (const PolicyId id : ids) {
        const auto found = std::find_if(policies.begin(), policies.end(), [&](const Policy& one) {
            return one.id == id;
        });
        if (found == policies.end()) return fail(no_policy(id));
        if (found->team == team) continue;
        if (team) return fail(no_policy(id));
        return fail(Error::forbidden());
    }
    if (ids.empty()) return ids;
    deps_.policies.remove(ids, [&](store::Session& session) {
        leave_webhooks(session, policies);
        for (const Policy& policy : policies)
            deps_.activities.record(session, viewer, "deleted_policy", policy_details(policy));
    });
    changed();
    return ids;
}

/// Deleted policies also leave the lists of the failing-policies webhooks.
void PolicyService::leave_webhooks(
    store::Session& session, std::span<const store::Policy> policies
) {
    std::map<std::optional<TeamId>, std::vector<PolicyId>> ids;
    for (const Policy& policy : policies)
        ids[policy.team].push_back(policy.id);
    for (const auto& [team, of_team] : ids)
        leave_webhook(session, team, of_team);
}

void PolicyService::leave_webhook(
    store::Session& session, std::optional<TeamId> team, std::span<const PolicyId> ids
) {
    if (is_team(team)) {
        auto found = deps_.teams.lock(session, *team);
        const auto config = found ? without_webhook(found->config, ids) : std::nullopt;
        if (!config) return;
        found->config = *config;
        static_cast<void>(deps_.teams.update(session, *found));  // its name stays, so it is free
    } else if (team) {
        const auto config = without_webhook(deps_.teams.lock_no_team_config(session), ids);
        if (config) deps_.teams.save_no_team_config(session, *config);
    } else {
        const auto config = without_webhook(deps_.configs.lock(session).json, ids);
        if (config) deps_.configs.save(session, *config);
    }
}

Result<> PolicyService::reset(const Viewer& viewer, PolicyId id) {
    FLEET_CHECK(authorize(viewer, kWrite, Object::anywhere()));
    const auto policy = deps_.policies.find(id);
    if (!policy) return fail(no_policy(id));
    FLEET_CHECK(authorize(viewer, kWrite, policy_object(policy->team)));
    deps_.policies.reset(id);
    changed();
    return {};
}

Result<> PolicyService::reset_automations(
    const Viewer& viewer, std::span<const PolicyId> policies, std::span<const TeamId> teams
) {
    constexpr Action kReset = Action::reset_policy_automations;
    FLEET_CHECK(authorize(viewer, kReset, Object::anywhere()));
    std::set<PolicyId> ids{policies.begin(), policies.end()};
    for (const TeamId team : teams) {
        FLEET_CHECK(authorize(viewer, kReset, policy_object(team)));
        FLEET_CHECK(check_team(team));
        store::PolicyFilter all;
        all.team = team;
        all.merge_inherited = true;
        FLEET_TRY(const auto found, deps_.policies.list(all, {}));
        for (const Policy& policy : found) {
            // Inherited policies are not the team's to reset, but its hosts' failures are.
            if (may(viewer, kReset, policy_object(policy.team))) ids.insert(policy.id);
        }
    }
    std::vector<PolicyId> wanted{ids.begin(), ids.end()};
    const std::vector<Policy> found = deps_.policies.find_all(wanted);
    if (found.size() != wanted.size()) {
        for (const PolicyId id : wanted) {
            if (std::none_of(found.begin(), found.end(), [&](const Policy& p) {
                    return p.id == id;
                }))
                return fail(no_policy(id));
        }
    }
    std::vector<PolicyId> enabled;
    for (const Policy& policy : found) {
        FLEET_CHECK(authorize(viewer, kReset, policy_object(policy.team)));
        const std::vector<PolicyId> on = with_webhook(policy.team);
        if (std::binary_search(on.begin(), on.end(), policy.id)) enabled.push_back(policy.id);
    }
    deps_.policies.fail_again(enabled, deps_.clock.now());
    return {};
}

Result<PolicyHistory> PolicyService::history(
    const Viewer& viewer, PolicyId id, std::optional<TeamId> team, std::uint64_t days
) {
    FLEET_CHECK(authorize(viewer, kRead, Object::anywhere()));
    auto policy = deps_.policies.find(id, team);
    if (!policy) return fail(no_policy(id));
    FLEET_CHECK(authorize(viewer, kRead, policy_object(policy->team)));
    if (team) {
        FLEET_CHECK(authorize(viewer, kRead, policy_object(team)));
        FLEET_CHECK(check_team(*team));
    }
    constexpr std::uint64_t kMostDays = 3'660;
    if (days == 0 || days > kMostDays) {
        return fail(Error::bad_request("days must be between 1 and 3660"));
    }
    PolicyHistory out;
    out.team = team;
    const Time now = deps_.clock.now();
    const auto back = std::chrono::hours{24 * static_cast<std::int64_t>(days - 1)};
    out.days = deps_.upkeep.history(id, team, now - back);
    const std::string today = to_rfc3339(now).substr(0, 10);
    if (!out.days.empty() && out.days.back().day == today) out.days.pop_back();
    const std::uint64_t hosts = deps_.upkeep.hosts_in_scope(id, team);
    const std::uint64_t answered = policy->passing + policy->failing;
    out.days.push_back(
        {today, policy->passing, policy->failing, hosts > answered ? hosts - answered : 0}
    );
    out.policy = std::move(*policy);
    return out;
}

void PolicyService::changed() {
    deps_.events.schedule_changed();
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    try {
        deps_.upkeep.clean([&] { return std::chrono::steady_clock::now() < deadline; });
    } catch (const store::DbError& error) {
        // The change itself is stored; the job tries again.
        log::warn("answers of policies not yet cleaned up", {{"detail", error.what()}});
    }
}

}  // namespace fleet::service
