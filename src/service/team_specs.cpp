#include <algorithm>

#include "agent_options_rules.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/service/team_service.hpp"
#include "team_activities.hpp"
#include "team_document.hpp"
#include "team_rules.hpp"

namespace fleet::service {
namespace {

std::string text_member(const json::Value& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Result<> check_spec(const TeamSpec& spec, const std::string& path, bool force) {
    FLEET_CHECK(
        check_team_keys(path, spec.settings, force ? UnknownKeys::drop : UnknownKeys::refuse)
    );
    const auto options = spec.settings.find("agent_options");
    if (force || options == spec.settings.end()) return {};
    return check_agent_options(*options);
}

}  // namespace

Result<Team> TeamService::apply_one(
    store::Session& session,
    const Viewer& viewer,
    const TeamSpec& spec,
    const json::Value& app_config
) {
    FLEET_TRY(const std::string name, check_team_name(spec.name));
    auto team = deps_.teams.lock_named(session, name);
    const std::string filename = text_member(spec.settings, "gitops_filename");
    if (!team && !filename.empty()) {
        // The file is the identity: another name in it renames the team.
        for (Team& other : deps_.teams.all(session)) {
            const json::Value config = json::Value::parse(other.config, nullptr, false);
            if (!config.is_object() || text_member(config, "gitops_filename") != filename) continue;
            team = deps_.teams.lock(session, other.id);
            break;
        }
    }
    const bool exists = team.has_value();
    if (exists) {
        FLEET_CHECK(authorize(viewer, Action::write_team, Object::of_team(team->id)));
    } else {
        FLEET_CHECK(authorize(viewer, Action::create_team, Object::global()));
        team.emplace();
    }
    const json::Value before = exists ? full_team_config(team->config) : first_config(app_config);
    json::Value config = before;
    merge_team_config(config, spec.settings, Merge::spec);
    FLEET_CHECK(check_team_config(config, app_config));
    team->name = name;
    team->config = json::dump(config);
    if (!exists) return insert(session, viewer, std::move(*team), spec.secrets);

    FLEET_CHECK(deps_.teams.update(session, *team));
    record_setting_changes(deps_.activities, session, viewer, *team, before, config);
    if (spec.secrets) FLEET_CHECK(replace_secrets(session, viewer, *team, *spec.secrets));
    return std::move(*team);
}

Result<std::map<std::string, TeamId>> TeamService::apply(
    const Viewer& viewer, std::span<const TeamSpec> specs, const SpecOptions& options
) {
    FLEET_CHECK(authorize(viewer, Action::write_team, Object::anywhere()));
    for (std::size_t i = 0; i < specs.size(); ++i) {
        FLEET_CHECK(check_spec(specs[i], "specs[" + std::to_string(i) + "]", options.force));
    }
    const json::Value organisation = app_config();
    std::map<std::string, TeamId> ids;
    const bool dry = options.dry_run == DryRun::yes;
    bool passed = false;
    const auto change = [&](store::Session& session) -> Result<> {
        ids.clear();
        passed = false;
        std::vector<TeamId> known;
        if (dry) {
            for (const Team& team : deps_.teams.all(session))
                known.push_back(team.id);
        }
        std::vector<Team> applied;
        for (const TeamSpec& spec : specs) {
            FLEET_TRY(Team team, apply_one(session, viewer, spec, organisation));
            const bool was_there = std::find(known.begin(), known.end(), team.id) != known.end();
            if (!dry || was_there) ids[team.name] = team.id;
            applied.push_back(std::move(team));
        }
        passed = true;
        // Everything was tried, also what only the database can refuse; nothing of it stays.
        if (dry) return fail(Error::internal("dry run"));
        if (applied.empty()) return {};
        deps_.activities.record(
            session, viewer, "applied_spec_team", team_activity::applied(applied)
        );
        return {};
    };
    if (const auto done = store::with_write(deps_.db, change); !done && !(dry && passed)) {
        return fail(done.error());
    }
    if (!dry && !specs.empty()) deps_.schedule_events.schedule_changed();
    return ids;
}

}  // namespace fleet::service
