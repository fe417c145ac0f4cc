#include "fleet/store/host_history_store.hpp"

#include <algorithm>

#include "sql_list.hpp"

namespace fleet::store {

void HostHistoryStore::record(Time hour, std::span<const HostTally> tallies) {
    std::vector<HostTally> sorted(tallies.begin(), tallies.end());
    std::sort(sorted.begin(), sorted.end(), [](const HostTally& a, const HostTally& b) {
        return a.team < b.team;
    });
    std::vector<Param> values;
    for (const HostTally& tally : sorted) {
        for (Param& value : params(tally.team, hour, tally.total, tally.online))
            values.push_back(std::move(value));
    }
    if (values.empty()) return;
    db_.write([&](Session& session) {
        session.insert_many(
            "record_host_hour",
            "INSERT INTO host_history (team_key, hour, total, online) VALUES ",
            "(?, ?, ?, ?)",
            " ON DUPLICATE KEY UPDATE total = VALUES(total), online = VALUES(online)",
            values,
            4
        );
    });
}

std::vector<HostHour> HostHistoryStore::hours(std::span<const TeamKey> teams, Time since) {
    std::vector<HostHour> out;
    std::vector<Param> values(teams.begin(), teams.end());
    values.emplace_back(since);
    // The primary key, a range for each team.
    const Sql sql{
        "host_hours",
        "SELECT hour, CAST(SUM(total) AS UNSIGNED), CAST(SUM(online) AS UNSIGNED) "
        "FROM host_history WHERE team_key IN " +
            placeholders(teams.size()) + " AND hour >= ? GROUP BY hour ORDER BY hour"};
    db_.read([&](Session& session) {
        out.clear();
        session.select(sql, values, [&](const Row& row) {
            out.push_back({row.time(0), row.u64(1), row.u64(2)});
        });
    });
    return out;
}

bool HostHistoryStore::forget_before(Time hour) {
    static const Sql sql{
        "forget_host_hours", "DELETE FROM host_history WHERE hour < ? ORDER BY hour LIMIT 5000"};
    return with_write(db_, [&](Session& session) { return session.execute(sql, hour) > 0; });
}

std::vector<OsCount> HostHistoryStore::os_versions(const std::optional<std::vector<TeamId>>& teams
) {
    if (teams && teams->empty()) return {};
    std::string where;
    std::vector<Param> values;
    if (teams) {
        std::vector<TeamId> named;
        bool unassigned = false;
        for (const TeamId team : *teams) {
            if (raw(team) == 0) {
                unassigned = true;
            } else {
                named.push_back(team);
            }
        }
        if (!named.empty()) {
            values = id_params<TeamId>(named);
            where = "team_id IN " + placeholders(values.size());
        }
        if (unassigned) where += where.empty() ? "team_id IS NULL" : " OR team_id IS NULL";
        where = " WHERE (" + where + ")";
    }
    // Index hosts_team_os holds all it takes.
    const Sql sql{
        "hosts_by_os_version",
        "SELECT MIN(platform), os_version, COUNT(*) AS hosts FROM hosts" + where +
            " GROUP BY os_version ORDER BY hosts DESC, os_version"};
    std::vector<OsCount> out;
    db_.read([&](Session& session) {
        out.clear();
        session.select(sql, values, [&](const Row& row) {
            if (row.str(1).empty()) return;  // has not told yet
            out.push_back({row.str(0), row.str(1), row.u64(2)});
        });
    });
    return out;
}

}  // namespace fleet::store
