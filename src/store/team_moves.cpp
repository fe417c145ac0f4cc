#include "team_moves.hpp"

#include "fleet/store/label_membership.hpp"
#include "fleet/store/policy_upkeep.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

std::vector<Param> with_ids(std::vector<Param> values, std::span<const HostId> hosts) {
    for (Param& id : id_params(hosts))
        values.push_back(std::move(id));
    return values;
}

}  // namespace

void leave_other_teams(
    Session& session,
    std::span<const HostId> hosts,
    std::optional<TeamId> team,
    LabelChanges& changes
) {
    if (hosts.empty()) return;
    const std::vector<Param> values = with_ids(params(team), hosts);
    // By host (label_membership_host): the labels may have hundreds of thousands of members.
    session.select(
        Sql{"labels_of_other_teams",
            "SELECT m.label_id, m.host_id FROM label_membership m "
            "STRAIGHT_JOIN labels l ON l.id = m.label_id "
            "WHERE l.team_id IS NOT NULL AND NOT (l.team_id <=> ?) AND m.host_id IN " +
                placeholders(values.size() - 1)},
        values,
        [&](const Row& row) { changes[row.id<LabelId>(0)].left.push_back(row.id<HostId>(1)); }
    );
    session.run(
        Sql{"drop_reports_of_other_teams",
            "DELETE r FROM query_results r JOIN queries q ON q.id = r.query_id "
            "WHERE q.team_id IS NOT NULL AND NOT (q.team_id <=> ?) AND r.host_id IN " +
                placeholders(values.size() - 1)},
        values
    );
}

void move_hosts(
    Session& session, std::span<const HostId> hosts, std::optional<TeamId> team, Time now
) {
    if (hosts.empty()) return;
    LabelChanges changes;
    leave_other_teams(session, hosts, team, changes);
    write_label_changes(session, changes);
    policies_follow_hosts(session, hosts, team);
    const std::vector<Param> values = with_ids(params(team, now), hosts);
    session.run(
        Sql{"move_hosts",
            "UPDATE hosts SET team_id = ?, identity_changed_at = ?, "
            "label_updated_at = '1970-01-02 00:00:00', policy_updated_at = '1970-01-02 00:00:00' "
            "WHERE id IN " +
                placeholders(values.size() - 2)},
        values
    );
    reconcile_labels_of_moved(session, hosts);
}

}  // namespace fleet::store
