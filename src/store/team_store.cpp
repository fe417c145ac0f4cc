#include "fleet/store/team_store.hpp"

#include <array>
#include <unordered_map>

#include "fleet/store/policy_upkeep.hpp"
#include "fleet/store/schedule_store.hpp"
#include "sql_where.hpp"
#include "team_moves.hpp"

namespace fleet::store {
namespace {

constexpr std::array kSortKeys{
    SortKey{"name", "t.name"},
    SortKey{"id", "t.id", SortKey::Kind::number},
    SortKey{"description", "t.description"},
    SortKey{"created_at", "t.created_at", SortKey::Kind::time},
};
constexpr std::array<std::string_view, 1> kSearched{"t.name"};

constexpr const char* kSelect =
    "SELECT t.id, t.name, t.description, t.config, t.created_at FROM teams t";

const Sql kFind{"find_team", std::string{kSelect} + " WHERE t.id = ?"};
const Sql kLock{"lock_team", std::string{kSelect} + " WHERE t.id = ? FOR UPDATE"};
const Sql kLockNamed{"lock_team_named", std::string{kSelect} + " WHERE t.name = ? FOR UPDATE"};
const Sql kAll{"all_teams", std::string{kSelect} + " ORDER BY t.id"};
const Sql kInsert{
    "insert_team", "INSERT INTO teams (name, description, config) VALUES (?, ?, NULLIF(?, ''))"};
const Sql kUpdate{
    "update_team",
    "UPDATE teams SET name = ?, description = ?, config = NULLIF(?, '') WHERE id = ?"};
const Sql kHostsLeft{
    "hosts_of_deleted_team", "SELECT id FROM hosts WHERE team_id = ? ORDER BY id FOR UPDATE"};
// Before the team: its labels may be deleted only when no query refers to them.
const Sql kRemoveQueries{"delete_team_queries", "DELETE FROM queries WHERE team_id = ?"};
const Sql kRemove{"delete_team", "DELETE FROM teams WHERE id = ?"};

const Sql kNoTeamConfig{"no_team_config", "SELECT no_team_config FROM app_config WHERE id = 1"};
const Sql kLockNoTeamConfig{
    "lock_no_team_config", "SELECT no_team_config FROM app_config WHERE id = 1 FOR UPDATE"};
const Sql kSaveNoTeamConfig{
    "save_no_team_config",
    "INSERT INTO app_config (id, config, version, no_team_config) VALUES (1, '{}', 1, ?) "
    "ON DUPLICATE KEY UPDATE no_team_config = VALUES(no_team_config), version = version + 1"};

Team to_team(const Row& row) {
    Team out;
    out.id = row.id<TeamId>(0);
    out.name = row.str(1);
    out.description = row.str(2);
    out.config = row.str(3);
    out.created_at = row.time(4);
    return out;
}

/// Two statements for all of them, over the indexes hosts_team and user_teams_team alone.
void add_counts(Session& session, std::span<Team> teams) {
    std::unordered_map<TeamId, Team*> by_id;
    std::vector<TeamId> ids;
    for (Team& team : teams) {
        by_id[team.id] = &team;
        ids.push_back(team.id);
    }
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const TeamId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        const std::string list = placeholders(values.size()) + " GROUP BY team_id";
        session.select(
            Sql{"count_team_hosts", "SELECT team_id, COUNT(*) FROM hosts WHERE team_id IN " + list},
            values,
            [&](const Row& row) { by_id.at(row.id<TeamId>(0))->host_count = row.u64(1); }
        );
        session.select(
            Sql{"count_team_users",
                "SELECT team_id, COUNT(*) FROM user_teams WHERE team_id IN " + list},
            values,
            [&](const Row& row) { by_id.at(row.id<TeamId>(0))->user_count = row.u64(1); }
        );
    }
}

/// Runs a change; a name that is taken becomes the error that clients know.
template <class Body>
auto unless_taken(Body&& body) -> std::invoke_result_t<Body> {
    try {
        return body();
    } catch (const DbError& error) {
        if (error.fault == DbFault::duplicate) return fail(Error::conflict("Team", "name"));
        throw;
    }
}

}  // namespace

Result<std::vector<Team>> TeamStore::list(const TeamFilter& filter, const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kSortKeys, paging.order_key));
    Where where;
    if (filter.visible) where.add_in<TeamId>("t.id", *filter.visible);
    if (!filter.text.empty()) where.add_search(kSearched, filter.text);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "t.id", paging);
    const Sql sql{"list_teams", kSelect + where.text() + page};
    return with_read(db_, [&](Session& session) {
        std::vector<Team> out;
        session.select(sql, where.values(), [&](const Row& row) { out.push_back(to_team(row)); });
        add_counts(session, out);
        return out;
    });
}

std::optional<Team> TeamStore::find(TeamId id) {
    return with_read(db_, [&](Session& session) { return find(session, id); });
}

std::optional<Team> TeamStore::find(Session& session, TeamId id) {
    auto team = session.one(kFind, to_team, id);
    if (team) add_counts(session, {&*team, 1});
    return team;
}

std::optional<Team> TeamStore::lock(Session& session, TeamId id) {
    return session.one(kLock, to_team, id);
}

std::optional<Team> TeamStore::lock_named(Session& session, const std::string& name) {
    return session.one(kLockNamed, to_team, name);
}

std::vector<Team> TeamStore::all(Session& session) {
    return session.rows(kAll, to_team);
}

Result<TeamId> TeamStore::insert(Session& session, const Team& team) {
    return unless_taken([&]() -> Result<TeamId> {
        const TeamId id{session.insert(kInsert, team.name, team.description, team.config)};
        bump_revision(session);
        return id;
    });
}

Result<> TeamStore::update(Session& session, const Team& team) {
    return unless_taken([&]() -> Result<> {
        session.execute(kUpdate, team.name, team.description, team.config, team.id);
        bump_revision(session);
        return {};
    });
}

std::vector<HostId> TeamStore::remove(Session& session, TeamId id, Time now) {
    const auto hosts = session.rows(
        kHostsLeft, [](const Row& row) { return row.id<HostId>(0); }, id
    );
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const std::span<const HostId> some{
            hosts.data() + at, std::min(kMaxList, hosts.size() - at)};
        move_hosts(session, some, std::nullopt, now);
    }
    policies_leave_team(session, id);
    session.execute(kRemoveQueries, id);
    session.execute(kRemove, id);
    bump_revision(session);
    return hosts;
}

std::string TeamStore::no_team_config() {
    return with_read(db_, [](Session& session) {
        return session.one(kNoTeamConfig, [](const Row& row) { return row.str(0); }).value_or("");
    });
}

std::string TeamStore::lock_no_team_config(Session& session) {
    return session.one(kLockNoTeamConfig, [](const Row& row) { return row.str(0); }).value_or("");
}

void TeamStore::save_no_team_config(Session& session, const std::string& config) {
    session.execute(kSaveNoTeamConfig, config);
}

}  // namespace fleet::store
