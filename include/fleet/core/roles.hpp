#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"

namespace fleet {

/// What can be done; one row each in the role table of roles.cpp (rest-api-a 7.1 and 7.2).
enum class Action : unsigned {
    own_session,
    other_sessions,
    list_users,
    read_user,
    create_user,
    edit_own_account,
    edit_user,
    delete_user,
    change_own_password,
    require_password_reset,
    own_tokens,
    other_tokens,
    manage_invites,
    apply_user_roles,
    read_api_catalog,
    read_enroll_secrets,
    write_enroll_secrets,
    read_config,
    write_config,
    read_version,
    list_hosts,
    read_host,
    read_host_by_identifier,
    delete_host,
    refetch_host,
    read_software,
    read_activities,
    read_labels,
    write_labels,
    write_own_labels,
    label_hosts,
    write_device_mapping,
    read_queries,
    read_query_results,
    write_queries,
    run_new_query,
    run_saved_query,
    run_observer_query,
    search_targets,
    read_carves,
    read_policies,
    write_policies,
    reset_policy_automations,
    read_packs,
    write_packs,
    write_logo,
    cancel_host_work,
    trigger_job,
    list_teams,
    read_team,
    create_team,
    write_team,
    write_team_members,
    write_team_secrets,
    transfer_hosts,
    debug,
    count_,
};

std::string_view to_text(Action action);

/// Which object an action touches, as far as roles care.
struct Object {
    enum class Scope {
        global,      // belongs to nobody: app config, global queries, users
        team,        // belongs to `team`
        unassigned,  // a host, policy... of no team: closed to team roles
        anywhere,    // a list or a search; the service narrows it to what the viewer may see
    };
    Scope scope = Scope::global;
    TeamId team{};

    static Object global() { return {}; }
    static Object anywhere() { return {.scope = Scope::anywhere, .team = {}}; }
    static Object of_team(TeamId id) { return {.scope = Scope::team, .team = id}; }
    /// For things that have a nullable team: hosts.
    static Object of_host_team(std::optional<TeamId> id) {
        return id ? of_team(*id) : Object{.scope = Scope::unassigned, .team = {}};
    }
    /// For things whose missing team means "for everybody": queries, labels.
    static Object of_shared(std::optional<TeamId> id) { return id ? of_team(*id) : global(); }
};

/// The first line of every service function: an empty result, or 403.
Result<> authorize(const Viewer& viewer, Action action, const Object& object);

/// The same question as a plain answer.
bool may(const Viewer& viewer, Action action, const Object& object);

/// Teams on which the viewer may do `action`; nullopt means every team and no team.
std::optional<std::vector<TeamId>> teams_for(const Viewer& viewer, Action action);

/// For the role-by-route test: does `role` hold the right at that scope?
bool allowed(Role role, bool at_team_scope, Action action);

}  // namespace fleet
