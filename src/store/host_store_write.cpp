#include <algorithm>

#include "fleet/store/host_store.hpp"
#include "host_columns.hpp"
#include "policy_answers.hpp"
#include "sql_where.hpp"
#include "team_moves.hpp"

namespace fleet::store {
namespace {

/// Ends memberships, so that the counts of the labels stay exact.
void leave_labels(Session& session, const std::vector<Param>& hosts) {
    LabelChanges changes;
    session.select(
        Sql{"labels_of_deleted",
            "SELECT label_id, host_id FROM label_membership WHERE host_id IN " +
                placeholders(hosts.size())},
        hosts,
        [&](const Row& row) { changes[row.id<LabelId>(0)].left.push_back(row.id<HostId>(1)); }
    );
    write_label_changes(session, changes);
}

}  // namespace

bool HostStore::request_refetch(HostId host, Time now) {
    static const Sql sql{
        "request_refetch",
        "UPDATE hosts SET refetch_requested = 1, identity_changed_at = ? WHERE id = ?"};
    return with_write(db_, [&](Session& session) { return session.execute(sql, now, host) > 0; });
}

std::vector<TeamId> HostStore::teams_of(std::span<const HostId> hosts) {
    std::vector<TeamId> out;
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const auto some = hosts.subspan(at, std::min(kMaxList, hosts.size() - at));
        const std::vector<Param> values = id_params(some);
        const Sql sql{
            "teams_of_hosts",
            "SELECT DISTINCT COALESCE(team_id, 0) FROM hosts WHERE id IN " +
                placeholders(values.size())};
        db_.read([&](Session& session) {
            session.select(sql, values, [&](const Row& row) { out.push_back(row.id<TeamId>(0)); });
        });
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<DeletedHost> HostStore::remove(
    std::span<const HostId> hosts,
    Time now,
    const std::function<void(Session&, std::span<const DeletedHost>)>& record
) {
    if (hosts.empty()) return {};
    const std::vector<Param> ids = id_params(hosts);
    return with_write(db_, [&](Session& session) {
        // Locked in id order, as every writer of several hosts does.
        std::vector<DeletedHost> gone;
        std::map<HostId, TeamId> teams;
        session.select(
            Sql{"lock_hosts_to_delete",
                "SELECT id, display_name, hardware_serial, COALESCE(team_id, 0) FROM hosts "
                "WHERE id IN " +
                    placeholders(ids.size()) + " ORDER BY id FOR UPDATE"},
            ids,
            [&](const Row& row) {
                gone.push_back({row.id<HostId>(0), row.str(1), row.str(2)});
                teams.emplace(row.id<HostId>(0), row.id<TeamId>(3));
            }
        );
        if (gone.empty()) return gone;
        PolicyCountChanges policy_counts;
        forget_policy_answers(session, teams, Rows::remain, policy_counts);
        leave_labels(session, ids);
        write_policy_counts(session, policy_counts);
        std::vector<Param> notes;
        for (const DeletedHost& host : gone) {
            notes.emplace_back(raw(host.id));
            notes.emplace_back(now);
        }
        session.insert_many(
            "note_deleted_hosts",
            "INSERT INTO host_deletions (host_id, deleted_at) VALUES ",
            "(?, ?)",
            "",
            notes,
            2
        );
        session.run(
            Sql{"delete_hosts", "DELETE FROM hosts WHERE id IN " + placeholders(ids.size())}, ids
        );
        record(session, gone);
        return gone;
    });
}

std::vector<HostId> HostStore::in_team(TeamId team, std::size_t most) {
    static const Sql sql{"hosts_in_team", "SELECT id FROM hosts WHERE team_id = ? LIMIT ?"};
    return with_read(db_, [&](Session& session) {
        return session.rows(
            sql, [](const Row& row) { return row.id<HostId>(0); }, team, most
        );
    });
}

Result<std::vector<MovedHost>> HostStore::transfer(
    std::span<const HostId> hosts,
    std::optional<TeamId> team,
    Time now,
    const std::function<void(Session&, std::span<const MovedHost>)>& record
) {
    if (hosts.empty()) return std::vector<MovedHost>{};
    const std::vector<Param> ids = id_params(hosts);
    try {
        return with_write(db_, [&](Session& session) {
            std::vector<MovedHost> moved;
            session.select(
                Sql{"lock_hosts_to_move",
                    "SELECT id, display_name FROM hosts WHERE id IN " + placeholders(ids.size()) +
                        " ORDER BY id FOR UPDATE"},
                ids,
                [&](const Row& row) {
                    moved.push_back({row.id<HostId>(0), row.str(1)});
                }
            );
            if (moved.empty()) return moved;
            move_hosts(session, hosts, team, now);
            record(session, moved);
            return moved;
        });
    } catch (const DbError& error) {
        // The team went away after the caller had looked.
        if (!team || error.fault != DbFault::foreign_key) throw;
        return fail(Error::not_found("Team", to_text(*team)));
    }
}

}  // namespace fleet::store
