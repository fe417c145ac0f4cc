#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/apply_plan.hpp"
#include "fleet/service/events.hpp"
#include "fleet/sql/linter.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/policy_store.hpp"
#include "fleet/store/policy_upkeep.hpp"
#include "fleet/store/query_store.hpp"
#include "fleet/store/team_store.hpp"

namespace fleet::service {

/// What a client sends of a policy; absent members keep their value, or have the default.
struct PolicyChanges {
    std::optional<std::string> name{}, description{}, sql{}, resolution{}, platform{};
    std::optional<bool> critical{}, calendar_events{}, conditional_access{};
    std::optional<bool> continuous_automations{};
    std::optional<std::vector<std::string>> include_any{}, include_all{};
    std::optional<std::vector<std::string>> exclude_any{}, exclude_all{};
    std::optional<std::uint64_t> software_title{}, software_installer{}, script{};  // 0: none
    std::optional<QueryId> query{};  // to copy name, SQL and description from
    std::string type{};              // "dynamic" when empty
};

/// One entry of `fleetctl apply`; what is left out is reset.
struct PolicySpec {
    PolicyChanges fields{};
    std::string team_name{};  // empty: for all hosts
};

struct PolicyListRequest {
    std::optional<TeamId> team{};
    bool merge_inherited = false;
    std::string platform{};
    std::optional<store::PolicyAutomation> automation{};
    Paging paging{};
    Paging inherited{};  // of the second list
};

struct TeamPolicies {
    std::vector<store::Policy> policies{}, inherited{};
};

struct TeamPolicyCounts {
    std::uint64_t count = 0, inherited = 0;
};

struct PolicyHistory {
    store::Policy policy{};
    std::optional<TeamId> team{};
    std::vector<store::PolicyDay> days{};  // the last one is today, as of now
};

/// Policies (rest-api-b 4).
class PolicyService {
public:
    struct Deps {
        store::PolicyStore& policies;
        store::PolicyUpkeep& upkeep;
        store::QueryStore& queries;
        store::TeamStore& teams;
        store::AppConfigStore& configs;
        Activities& activities;
        ScheduleEvents& events;
        const sql::Linter& linter;
        const Clock& clock;
    };

    explicit PolicyService(Deps deps) : deps_{deps} {}

    /// Policies for all hosts.
    Result<std::vector<store::Policy>> list(const Viewer& viewer, const PolicyListRequest& request);
    Result<std::uint64_t> count(const Viewer& viewer, const PolicyListRequest& request);
    /// A team's own policies and those it inherits, with counts of the team's hosts.
    Result<TeamPolicies> list_team(const Viewer& viewer, const PolicyListRequest& request);
    Result<TeamPolicyCounts> count_team(const Viewer& viewer, const PolicyListRequest& request);

    Result<store::Policy> get(const Viewer& viewer, PolicyId id);
    /// 404 when the policy belongs to another team.
    Result<store::Policy> get_of_team(const Viewer& viewer, TeamId team, PolicyId id);

    Result<store::Policy> create(
        const Viewer& viewer, std::optional<TeamId> team, const PolicyChanges& in
    );
    /// `team` as in the path; none: 403 when the policy belongs to a team.
    Result<store::Policy> modify(
        const Viewer& viewer, std::optional<TeamId> team, PolicyId id, const PolicyChanges& in
    );
    /// All or none. Returns the ids that are gone.
    Result<std::vector<PolicyId>> remove(
        const Viewer& viewer, std::optional<TeamId> team, std::vector<PolicyId> ids
    );
    /// Forgets the answers to one policy.
    Result<> reset(const Viewer& viewer, PolicyId id);
    /// Failing hosts count as newly failing once more; policies without webhook or tickets are left
    /// out.
    Result<> reset_automations(
        const Viewer& viewer, std::span<const PolicyId> policies, std::span<const TeamId> teams
    );
    /// Upsert by team and name, all or none; with DryRun::yes only checked.
    Result<> apply(const Viewer& viewer, std::span<const PolicySpec> specs, DryRun dry_run);

    /// The last `days` days; of one team's hosts when given.
    Result<PolicyHistory> history(
        const Viewer& viewer, PolicyId id, std::optional<TeamId> team, std::uint64_t days
    );

    /// What the author may want to know: sentences, never reasons to refuse.
    std::vector<std::string> warnings(const store::PolicyFields& fields) const;

private:
    Result<store::PolicyFields> merge(
        store::PolicyFields fields, const PolicyChanges& in, std::optional<TeamId> team
    );
    Result<> merge_labels(store::PolicyLabels& labels, const PolicyChanges& in);
    Result<> merge_automations(
        store::PolicyFields& fields, const PolicyChanges& in, std::optional<TeamId> team
    );
    Result<std::optional<TeamId>> team_named(const std::string& name);
    Result<store::PolicyUpsert> to_upsert(const Viewer& viewer, const PolicySpec& spec);
    Result<> check_team(TeamId team);
    Result<store::PolicyFilter> filter_of(const PolicyListRequest& request);
    std::vector<PolicyId> with_webhook(std::optional<TeamId> team);
    void leave_webhooks(store::Session& session, std::span<const store::Policy> policies);
    void leave_webhook(
        store::Session& session, std::optional<TeamId> team, std::span<const PolicyId> ids
    );
    void changed();

    Deps deps_;
};

/// The object that a policy of that team is, for roles.
Object policy_object(std::optional<TeamId> team);

/// 400 "policy payload verification: ...".
Result<> check_policy(const store::PolicyFields& fields);

/// What a change does to the answers that are there (rest-api-b 4, PATCH).
store::PolicyChange what_changes(
    const store::PolicyFields& before, const store::PolicyFields& after
);

}  // namespace fleet::service
