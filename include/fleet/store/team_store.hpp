#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/team.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

struct TeamFilter {
    std::optional<std::vector<TeamId>> visible{};  // none: all
    std::string text{};                            // in the name
};

/// Teams. What takes a Session belongs to the caller's transaction; changes raise the revision
/// that agents' configurations are made from.
class TeamStore {
public:
    explicit TeamStore(Database& db) : db_{db} {}

    /// In order of names unless another key is asked for; with their counts.
    Result<std::vector<Team>> list(const TeamFilter& filter, const Paging& paging);
    std::optional<Team> find(TeamId id);

    /// The row with its counts, as this transaction sees it.
    std::optional<Team> find(Session& session, TeamId id);
    /// The row, locked until the transaction ends; without counts.
    std::optional<Team> lock(Session& session, TeamId id);
    std::optional<Team> lock_named(Session& session, const std::string& name);
    /// Every row, without counts.
    std::vector<Team> all(Session& session);

    /// Conflict: the name is taken.
    Result<TeamId> insert(Session& session, const Team& team);
    /// Writes name, description and config. Conflict: the name is taken.
    Result<> update(Session& session, const Team& team);
    /// Deletes the team and what belongs to it. Its hosts, which should be few by now, become hosts
    /// of no team and are returned.
    std::vector<HostId> remove(Session& session, TeamId id, Time now);

    /// Settings of hosts that are in no team: JSON text, empty when there are none.
    std::string no_team_config();
    /// The same, locked until the transaction ends.
    std::string lock_no_team_config(Session& session);
    void save_no_team_config(Session& session, const std::string& config);

private:
    Database& db_;
};

}  // namespace fleet::store
