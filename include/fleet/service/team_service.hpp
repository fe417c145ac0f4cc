#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/team.hpp"
#include "fleet/core/user.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/app_config_service.hpp"
#include "fleet/service/events.hpp"
#include "fleet/store/enroll_secret_store.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/team_store.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

/// A team with what the viewer may see of it.
struct TeamView {
    Team team{};
    json::Value config{};  // every key of rest-api-a 12.1
    std::optional<std::vector<User>> users{};
    std::optional<std::vector<store::EnrollSecret>> secrets{};
};

/// What is set changes, the rest stays. `settings`: sections of the document; others are ignored.
struct TeamChanges {
    std::optional<std::string> name{};
    std::optional<std::string> description{};
    std::optional<std::vector<store::WantedSecret>> secrets{};
    json::Value settings = json::Value::object();
};

/// A team as a file describes it (rest-api-a 12.11).
struct TeamSpec {
    std::string name{};
    std::optional<std::vector<store::WantedSecret>> secrets{};
    json::Value settings = json::Value::object();
};

/// A member as a client names it, not checked yet.
struct RequestedMember {
    UserId user{};
    std::string role{};
};

/// `force`: unknown keys and bad agent options are tolerated.
struct SpecOptions {
    DryRun dry_run = DryRun::no;
    bool force = false;
};

/// Whether agent options are looked through, or taken as they are.
enum class CheckAgentOptions { no, yes };

/// Teams (rest-api-a 12). Id 0 means the hosts of no team, which have a few settings, too.
class TeamService {
public:
    struct Deps {
        store::Database& db;
        store::TeamStore& teams;
        store::UserStore& users;
        store::EnrollSecretStore& secrets;
        store::AppConfigStore& configs;
        store::HostStore& hosts;
        Activities& activities;
        HostEvents& host_events;
        ScheduleEvents& schedule_events;
        const Clock& clock;
    };

    explicit TeamService(Deps deps) : deps_{deps} {}

    Result<std::vector<TeamView>> list(const Viewer& viewer, const Paging& paging);
    Result<TeamView> get(const Viewer& viewer, TeamId id);
    Result<TeamView> create(const Viewer& viewer, const TeamChanges& in);
    Result<TeamView> modify(const Viewer& viewer, TeamId id, const TeamChanges& in);
    /// Its hosts go on in no team; its queries, labels, secrets and memberships go with it.
    Result<> remove(const Viewer& viewer, TeamId id);
    /// null and {} clear.
    Result<TeamView> set_agent_options(
        const Viewer& viewer,
        TeamId id,
        const json::Value& options,
        DryRun dry_run,
        CheckAgentOptions check
    );

    Result<std::vector<User>> members(const Viewer& viewer, TeamId id, const Paging& paging);
    /// Adds, or changes roles.
    Result<TeamView> add_members(
        const Viewer& viewer, TeamId id, std::span<const RequestedMember> members
    );
    Result<TeamView> remove_members(
        const Viewer& viewer, TeamId id, std::span<const UserId> members
    );

    /// Makes teams as described, all or none. Ids by name; a dry run knows those that exist.
    Result<std::map<std::string, TeamId>> apply(
        const Viewer& viewer, std::span<const TeamSpec> specs, const SpecOptions& options
    );

    /// Those that a user may choose from, for his own pages (rest-api-a 3.1).
    std::vector<Team> available(const User& user);

private:
    TeamView view(const Viewer& viewer, Team team);
    Result<TeamView> view(const Viewer& viewer, TeamId id);
    json::Value app_config();
    json::Value first_config(const json::Value& app_config) const;
    Result<> replace_secrets(
        store::Session& session,
        const Viewer& viewer,
        const Team& team,
        std::span<const store::WantedSecret> secrets
    );
    Result<Team> insert(
        store::Session& session,
        const Viewer& viewer,
        Team team,
        const std::optional<std::vector<store::WantedSecret>>& secrets
    );
    Result<TeamView> no_team(const Viewer& viewer);
    Result<TeamView> modify_no_team(const Viewer& viewer, const TeamChanges& in);
    Result<Team> apply_one(
        store::Session& session,
        const Viewer& viewer,
        const TeamSpec& spec,
        const json::Value& app_config
    );

    Deps deps_;
};

}  // namespace fleet::service
