#include "fleet/service/team_service.hpp"

#include <algorithm>

#include "agent_options_rules.hpp"
#include "app_config_document.hpp"
#include "enroll_secret_rules.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/core/roles.hpp"
#include "team_activities.hpp"
#include "team_document.hpp"
#include "team_rules.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kSecretBytes = 24;
/// Hosts moved in one transaction: small enough that agents hardly wait for its locks.
constexpr std::size_t kBatch = 250;

Error no_team_like(TeamId id) {
    return Error::not_found("Team", to_text(id));
}

/// The settings that hosts of no team have (rest-api-a 12.1).
json::Value settings_of_no_team(const json::Value& config) {
    json::Value out = json::Value::object();
    out["webhook_settings"]["failing_policies_webhook"] =
        config["webhook_settings"]["failing_policies_webhook"];
    out["integrations"]["jira"] = config["integrations"]["jira"];
    out["integrations"]["zendesk"] = config["integrations"]["zendesk"];
    return out;
}

Result<> check_settings(const json::Value& settings) {
    return check_team_keys("", settings, UnknownKeys::drop);
}

}  // namespace

TeamView TeamService::view(const Viewer& viewer, Team team) {
    TeamView out;
    out.config = full_team_config(team.config);
    if (may(viewer, Action::read_enroll_secrets, Object::of_team(team.id))) {
        out.secrets = deps_.secrets.list(team.id);
    }
    out.users = deps_.users.list({}, team.id);
    out.team = std::move(team);
    return out;
}

/// After a change: what is stored now, also for those who may write what they cannot read.
Result<TeamView> TeamService::view(const Viewer& viewer, TeamId id) {
    auto team = deps_.teams.find(id);
    if (!team) return fail(no_team_like(id));
    return view(viewer, std::move(*team));
}

json::Value TeamService::app_config() {
    return full_config(deps_.configs.load().json);
}

/// New teams start with the organisation's agent options and features (rest-api-a 12.3).
json::Value TeamService::first_config(const json::Value& app_config) const {
    json::Value out = default_team_config();
    const json::Value inherited{
        {"agent_options", app_config.at("agent_options")}, {"features", app_config.at("features")}};
    merge_team_config(out, inherited, Merge::patch);
    for (const char* open : {"additional_queries", "detail_query_overrides"}) {
        json::Value& features = out["features"];
        if (features.contains(open) && features[open].is_null()) features.erase(open);
    }
    return out;
}

Result<std::vector<TeamView>> TeamService::list(const Viewer& viewer, const Paging& paging) {
    FLEET_CHECK(authorize(viewer, Action::list_teams, Object::anywhere()));
    store::TeamFilter filter;
    filter.visible = teams_for(viewer, Action::list_teams);
    filter.text = paging.query;
    FLEET_TRY(std::vector<Team> teams, deps_.teams.list(filter, paging));

    std::vector<TeamId> readable;
    for (const Team& team : teams) {
        if (may(viewer, Action::read_enroll_secrets, Object::of_team(team.id))) {
            readable.push_back(team.id);
        }
    }
    auto secrets = deps_.secrets.of_teams(readable);
    std::vector<TeamView> out;
    for (Team& team : teams) {
        TeamView& shown = out.emplace_back();
        shown.config = full_team_config(team.config);
        if (const auto found = secrets.find(team.id); found != secrets.end()) {
            shown.secrets = std::move(found->second);
        }
        shown.team = std::move(team);
    }
    return out;
}

Result<TeamView> TeamService::get(const Viewer& viewer, TeamId id) {
    if (id == kNoTeam) return no_team(viewer);
    FLEET_CHECK(authorize(viewer, Action::read_team, Object::of_team(id)));
    return view(viewer, id);
}

Result<TeamView> TeamService::no_team(const Viewer& viewer) {
    const Object unassigned = Object::of_host_team(std::nullopt);
    // Whoever may write it may read it: it has no name that gitops must not see.
    if (!may(viewer, Action::write_team, unassigned)) {
        FLEET_CHECK(authorize(viewer, Action::read_team, unassigned));
    }
    TeamView out;
    out.team.name = kNoTeamName;
    out.config = settings_of_no_team(full_team_config(deps_.teams.no_team_config()));
    return out;
}

Result<> TeamService::replace_secrets(
    store::Session& session,
    const Viewer& viewer,
    const Team& team,
    std::span<const store::WantedSecret> secrets
) {
    FLEET_CHECK(check_secrets(secrets));
    FLEET_CHECK(deps_.secrets.replace(session, team.id, secrets, deps_.clock.now()));
    deps_.activities.record(session, viewer, "edited_enroll_secrets", team_activity::of_team(team));
    return {};
}

Result<Team> TeamService::insert(
    store::Session& session,
    const Viewer& viewer,
    Team team,
    const std::optional<std::vector<store::WantedSecret>>& secrets
) {
    FLEET_TRY(team.id, deps_.teams.insert(session, team));
    deps_.activities.record(session, viewer, "created_team", team_activity::of_team(team));
    std::vector<store::WantedSecret> wanted;
    if (secrets) {
        wanted = *secrets;
    } else {
        wanted.emplace_back().secret = random_base64(kSecretBytes);
    }
    FLEET_CHECK(check_secrets(wanted));
    FLEET_CHECK(deps_.secrets.replace(
        session, team.id, std::span<const store::WantedSecret>{wanted}, deps_.clock.now()
    ));
    return team;
}

Result<TeamView> TeamService::create(const Viewer& viewer, const TeamChanges& in) {
    FLEET_CHECK(authorize(viewer, Action::create_team, Object::global()));
    if (!in.name) return fail(Error::invalid("name", "missing required argument"));
    Team team;
    FLEET_TRY(team.name, check_team_name(*in.name));
    team.description = in.description.value_or("");
    FLEET_CHECK(check_description(team.description));
    FLEET_CHECK(check_settings(in.settings));
    const json::Value organisation = app_config();
    json::Value config = first_config(organisation);
    merge_team_config(config, in.settings, Merge::patch);
    FLEET_CHECK(check_team_config(config, organisation));
    team.config = json::dump(config);

    FLEET_TRY(const Team created, store::with_write(deps_.db, [&](store::Session& session) {
                  return insert(session, viewer, team, in.secrets);
              }));
    deps_.schedule_events.schedule_changed();
    return view(viewer, created.id);
}

Result<TeamView> TeamService::modify(const Viewer& viewer, TeamId id, const TeamChanges& in) {
    if (id == kNoTeam) return modify_no_team(viewer, in);
    FLEET_CHECK(authorize(viewer, Action::write_team, Object::of_team(id)));
    const json::Value organisation = app_config();
    const auto change = [&](store::Session& session) -> Result<> {
        auto team = deps_.teams.lock(session, id);
        if (!team) return fail(no_team_like(id));
        if (in.name) {
            FLEET_TRY(team->name, check_team_name(*in.name));
        }
        if (in.description) {
            FLEET_CHECK(check_description(*in.description));
            team->description = *in.description;
        }
        FLEET_CHECK(check_settings(in.settings));
        const json::Value before = full_team_config(team->config);
        json::Value config = before;
        merge_team_config(config, in.settings, Merge::patch);
        FLEET_CHECK(check_team_config(config, organisation));
        team->config = json::dump(config);
        FLEET_CHECK(deps_.teams.update(session, *team));
        record_setting_changes(deps_.activities, session, viewer, *team, before, config);
        if (!in.secrets) return {};
        return replace_secrets(session, viewer, *team, *in.secrets);
    };
    FLEET_CHECK(store::with_write(deps_.db, change));
    deps_.schedule_events.schedule_changed();
    return view(viewer, id);
}

Result<TeamView> TeamService::modify_no_team(const Viewer& viewer, const TeamChanges& in) {
    FLEET_CHECK(authorize(viewer, Action::write_team, Object::of_host_team(std::nullopt)));
    const auto refused = [](const char* field) {
        return fail(Error::invalid(field, "cannot be changed for hosts that are in no team"));
    };
    if (in.name) return refused("name");
    if (in.description) return refused("description");
    if (in.secrets) return refused("secrets");
    FLEET_CHECK(check_settings(in.settings));
    const json::Value organisation = app_config();
    const Result<> written = store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        json::Value config = full_team_config(deps_.teams.lock_no_team_config(session));
        merge_team_config(config, in.settings, Merge::patch);
        config = settings_of_no_team(config);
        FLEET_CHECK(check_team_config(config, organisation));
        deps_.teams.save_no_team_config(session, json::dump(config));
        return {};
    });
    FLEET_CHECK(written);
    return no_team(viewer);
}

Result<> TeamService::remove(const Viewer& viewer, TeamId id) {
    if (id == kNoTeam) {
        FLEET_CHECK(authorize(viewer, Action::write_team, Object::of_host_team(std::nullopt)));
        return fail(Error::invalid("id", "\"No team\" cannot be deleted"));
    }
    FLEET_CHECK(authorize(viewer, Action::write_team, Object::of_team(id)));
    if (!deps_.teams.find(id)) return fail(no_team_like(id));
    // Most hosts before the team: with 100,000 at once agents would wait for the locks.
    const auto nothing = [](store::Session&, std::span<const store::MovedHost>) {};
    while (true) {
        const auto hosts = deps_.hosts.in_team(id, kBatch);
        if (hosts.empty()) break;
        FLEET_CHECK(deps_.hosts.transfer(hosts, std::nullopt, deps_.clock.now(), nothing));
        deps_.host_events.hosts_changed(hosts);
    }
    FLEET_TRY(
        const std::vector<HostId> rest,
        store::with_write(
            deps_.db,
            [&](store::Session& session) -> Result<std::vector<HostId>> {
                const auto team = deps_.teams.lock(session, id);
                if (!team) return fail(no_team_like(id));
                auto moved = deps_.teams.remove(session, id, deps_.clock.now());
                deps_.activities.record(
                    session, viewer, "deleted_team", team_activity::of_team(*team)
                );
                return moved;
            }
        )
    );
    deps_.schedule_events.schedule_changed();
    if (!rest.empty()) deps_.host_events.hosts_changed(rest);
    return {};
}

Result<TeamView> TeamService::set_agent_options(
    const Viewer& viewer,
    TeamId id,
    const json::Value& options,
    DryRun dry_run,
    CheckAgentOptions check
) {
    FLEET_CHECK(authorize(viewer, Action::write_team, Object::of_team(id)));
    if (!deps_.teams.find(id)) return fail(no_team_like(id));
    if (check == CheckAgentOptions::yes) FLEET_CHECK(check_agent_options(options));
    // Without this no later answer could be an object of options.
    if (!options.is_null() && !options.is_object()) {
        return fail(json::type_error("agent_options", "object", options));
    }
    if (dry_run == DryRun::yes) return view(viewer, id);
    const auto change = [&](store::Session& session) -> Result<> {
        auto team = deps_.teams.lock(session, id);
        if (!team) return fail(no_team_like(id));
        json::Value config = full_team_config(team->config);
        config["agent_options"] = options.empty() ? json::Value(nullptr) : options;
        team->config = json::dump(config);
        FLEET_CHECK(deps_.teams.update(session, *team));
        deps_.activities.record(
            session, viewer, "edited_agent_options", team_activity::agent_options(*team)
        );
        return {};
    };
    FLEET_CHECK(store::with_write(deps_.db, change));
    deps_.schedule_events.schedule_changed();
    return view(viewer, id);
}

std::vector<Team> TeamService::available(const User& user) {
    store::TeamFilter filter;
    if (!user.global_role) {
        filter.visible.emplace();
        for (const TeamRole& team : user.teams)
            filter.visible->push_back(team.team);
    }
    return deps_.teams.list(filter, {}).value_or(std::vector<Team>{});
}

}  // namespace fleet::service
