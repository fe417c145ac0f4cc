#include "fleet/core/roles.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "fleet/core/words.hpp"

namespace fleet {
namespace {

using Mask = unsigned;

constexpr Mask bit(Role role) {
    return 1U << static_cast<unsigned>(role);
}

constexpr Mask kAdmin = bit(Role::admin);
constexpr Mask kMaintainer = bit(Role::maintainer);
constexpr Mask kTechnician = bit(Role::technician);
constexpr Mask kObserverPlus = bit(Role::observer_plus);
constexpr Mask kObserver = bit(Role::observer);
constexpr Mask kGitops = bit(Role::gitops);
constexpr Mask kNobody = 0;
constexpr Mask kPeople = kAdmin | kMaintainer | kTechnician | kObserverPlus | kObserver;
constexpr Mask kEveryone = kPeople | kGitops;
constexpr Mask kWriters = kAdmin | kMaintainer | kGitops;

/// `global`: roles at global scope. `team`: roles on the object's team.
/// `shared`: team roles that reach objects of no team which are there for everybody.
struct Rule {
    Action action;
    std::string_view name;
    Mask global;
    Mask team;
    Mask shared;
};

// rest-api-a 7.1 (global column) and 7.2 (team columns), for the actions that exist today.
constexpr std::array kRules{
    Rule{Action::own_session, "own_session", kEveryone, kEveryone, kEveryone},
    Rule{Action::other_sessions, "other_sessions", kAdmin, kNobody, kNobody},
    Rule{Action::list_users, "list_users", kPeople, kAdmin, kNobody},
    Rule{Action::read_user, "read_user", kPeople, kAdmin, kNobody},
    Rule{Action::create_user, "create_user", kAdmin, kAdmin, kNobody},
    Rule{Action::edit_own_account, "edit_own_account", kEveryone, kEveryone, kEveryone},
    Rule{Action::edit_user, "edit_user", kAdmin, kAdmin, kNobody},
    Rule{Action::delete_user, "delete_user", kAdmin, kAdmin, kNobody},
    Rule{Action::change_own_password, "change_own_password", kEveryone, kEveryone, kEveryone},
    Rule{Action::require_password_reset, "require_password_reset", kAdmin, kNobody, kNobody},
    Rule{Action::own_tokens, "own_tokens", kEveryone, kEveryone, kEveryone},
    Rule{Action::other_tokens, "other_tokens", kAdmin, kNobody, kNobody},
    Rule{Action::manage_invites, "manage_invites", kAdmin, kNobody, kNobody},
    Rule{Action::apply_user_roles, "apply_user_roles", kAdmin, kNobody, kNobody},
    Rule{Action::read_api_catalog, "read_api_catalog", kAdmin, kAdmin, kNobody},
    Rule{
        Action::read_enroll_secrets,
        "read_enroll_secrets",
        kAdmin | kMaintainer,
        kAdmin | kMaintainer,
        kNobody},
    Rule{
        Action::write_enroll_secrets,
        "write_enroll_secrets",
        kWriters,
        kAdmin | kMaintainer,
        kNobody},
    Rule{Action::read_config, "read_config", kEveryone, kEveryone, kEveryone},
    Rule{Action::write_config, "write_config", kAdmin | kGitops, kNobody, kNobody},
    Rule{Action::read_version, "read_version", kEveryone, kEveryone, kEveryone},
    Rule{Action::list_hosts, "list_hosts", kPeople, kPeople, kPeople},
    Rule{Action::read_host, "read_host", kPeople, kPeople, kNobody},
    Rule{Action::read_host_by_identifier, "read_host_by_identifier", kEveryone, kPeople, kNobody},
    Rule{Action::delete_host, "delete_host", kWriters, kAdmin | kMaintainer, kNobody},
    Rule{Action::refetch_host, "refetch_host", kPeople, kPeople, kNobody},
    Rule{Action::read_software, "read_software", kEveryone, kEveryone, kNobody},
    Rule{Action::read_activities, "read_activities", kPeople, kNobody, kNobody},
    Rule{Action::read_labels, "read_labels", kEveryone, kEveryone, kEveryone},
    Rule{
        Action::write_labels,
        "write_labels",
        kWriters | kTechnician,
        kWriters | kTechnician,
        kNobody},
    // Those for everybody that the user has made (7.2 f2).
    Rule{
        Action::write_own_labels,
        "write_own_labels",
        kWriters | kTechnician,
        kWriters | kTechnician,
        kWriters | kTechnician},
    Rule{
        Action::label_hosts,
        "label_hosts",
        kWriters | kTechnician,
        kWriters | kTechnician,
        kNobody},
    Rule{
        Action::write_device_mapping,
        "write_device_mapping",
        kWriters,
        kAdmin | kMaintainer,
        kNobody},
    Rule{Action::read_queries, "read_queries", kEveryone, kEveryone, kPeople},
    Rule{Action::read_query_results, "read_query_results", kPeople, kPeople, kPeople},
    Rule{Action::write_queries, "write_queries", kWriters, kWriters, kNobody},
    Rule{
        Action::run_new_query,
        "run_new_query",
        kAdmin | kMaintainer | kTechnician | kObserverPlus,
        kAdmin | kMaintainer | kTechnician | kObserverPlus,
        kNobody},
    Rule{
        Action::run_saved_query,
        "run_saved_query",
        kAdmin | kMaintainer | kTechnician | kObserverPlus,
        kAdmin | kMaintainer | kTechnician | kObserverPlus,
        kAdmin | kMaintainer | kTechnician | kObserverPlus},
    Rule{Action::run_observer_query, "run_observer_query", kPeople, kPeople, kPeople},
    Rule{Action::search_targets, "search_targets", kPeople, kPeople, kPeople},
    Rule{Action::read_carves, "read_carves", kAdmin, kNobody, kNobody},
    Rule{Action::read_policies, "read_policies", kEveryone, kEveryone, kPeople},
    Rule{Action::write_policies, "write_policies", kWriters, kWriters, kNobody},
    Rule{
        Action::reset_policy_automations,
        "reset_policy_automations",
        kAdmin | kGitops,
        kAdmin | kGitops,
        kNobody},
    Rule{Action::read_packs, "read_packs", kWriters, kNobody, kNobody},
    Rule{Action::write_packs, "write_packs", kWriters, kNobody, kNobody},
    Rule{Action::write_logo, "write_logo", kAdmin, kNobody, kNobody},
    Rule{
        Action::cancel_host_work,
        "cancel_host_work",
        kAdmin | kMaintainer,
        kAdmin | kMaintainer,
        kNobody},
    Rule{Action::trigger_job, "trigger_job", kAdmin, kNobody, kNobody},
    Rule{Action::list_teams, "list_teams", kEveryone, kEveryone, kEveryone},
    // Gitops writes what it cannot read.
    Rule{Action::read_team, "read_team", kPeople, kPeople, kNobody},
    Rule{Action::create_team, "create_team", kAdmin | kGitops, kNobody, kNobody},
    Rule{Action::write_team, "write_team", kAdmin | kGitops, kAdmin | kGitops, kNobody},
    Rule{Action::write_team_members, "write_team_members", kAdmin, kAdmin, kNobody},
    Rule{
        Action::write_team_secrets,
        "write_team_secrets",
        kAdmin | kMaintainer,
        kAdmin | kMaintainer,
        kNobody},
    Rule{
        Action::transfer_hosts,
        "transfer_hosts",
        kWriters | kTechnician,
        kWriters | kTechnician,
        kNobody},
    Rule{Action::debug, "debug", kAdmin, kNobody, kNobody},
};
static_assert(kRules.size() == static_cast<std::size_t>(Action::count_));

const Rule& rule_of(Action action) {
    return *std::find_if(kRules.begin(), kRules.end(), [&](const Rule& rule) {
        return rule.action == action;
    });
}

bool any_team_role(const Viewer& viewer, Mask mask) {
    return std::any_of(viewer.teams.begin(), viewer.teams.end(), [&](const TeamRole& t) {
        return (bit(t.role) & mask) != 0;
    });
}

/// What only somebody who logged in may do: a token must not make its own life longer.
bool needs_login(Action action) {
    return action == Action::edit_own_account || action == Action::change_own_password ||
           action == Action::own_tokens || action == Action::other_tokens;
}

}  // namespace

std::string_view to_text(Role role) {
    return kRoleWords[static_cast<std::size_t>(role)];
}

std::optional<Role> parse_role(std::string_view text) {
    for (std::size_t i = 0; i < kRoleWords.size(); ++i) {
        if (kRoleWords[i] == text) return static_cast<Role>(i);
    }
    return std::nullopt;
}

std::string_view to_text(Action action) {
    return rule_of(action).name;
}

std::optional<Role> Viewer::role_on(TeamId team) const {
    for (const TeamRole& t : teams) {
        if (t.team == team) return t.role;
    }
    return std::nullopt;
}

bool may(const Viewer& viewer, Action action, const Object& object) {
    if (viewer.token && needs_login(action)) return false;
    const Rule& rule = rule_of(action);
    if (viewer.global_role) return (bit(*viewer.global_role) & rule.global) != 0;
    switch (object.scope) {
        case Object::Scope::team: {
            const auto role = viewer.role_on(object.team);
            return role && (bit(*role) & rule.team) != 0;
        }
        case Object::Scope::global:
            return any_team_role(viewer, rule.shared);
        case Object::Scope::unassigned:
            return false;
        case Object::Scope::anywhere:
            return any_team_role(viewer, rule.team);
    }
    return false;
}

Result<> authorize(const Viewer& viewer, Action action, const Object& object) {
    if (may(viewer, action, object)) return {};
    Error error = Error::forbidden();
    error.detail = std::string{"role does not allow "} + std::string{to_text(action)};
    return fail(std::move(error));
}

std::optional<std::vector<TeamId>> teams_for(const Viewer& viewer, Action action) {
    const Rule& rule = rule_of(action);
    if (viewer.global_role && (bit(*viewer.global_role) & rule.global) != 0) return std::nullopt;
    std::vector<TeamId> out;
    if (viewer.global_role) return out;
    for (const TeamRole& t : viewer.teams) {
        if ((bit(t.role) & rule.team) != 0) out.push_back(t.team);
    }
    return out;
}

bool allowed(Role role, bool at_team_scope, Action action) {
    const Rule& rule = rule_of(action);
    return (bit(role) & (at_team_scope ? rule.team : rule.global)) != 0;
}

}  // namespace fleet
