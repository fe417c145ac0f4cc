// Answers that policies left behind, and hosts that move between teams.
#include <algorithm>

#include "fleet/store/policy_upkeep.hpp"
#include "policy_answers.hpp"
#include "policy_rows.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

/// Hosts in one transaction: few enough that agents hardly wait for its locks.
constexpr std::size_t kBatch = 250;

struct Task {
    PolicyId policy{};
    std::uint64_t ticket = 0;
};

std::vector<Task> open_tasks(Session& session) {
    static const Sql sql{
        "policy_cleanups", "SELECT policy_id, ticket FROM policy_cleanups ORDER BY policy_id"};
    return session.rows(sql, [](const Row& row) { return Task{row.id<PolicyId>(0), row.u64(1)}; });
}

std::vector<HostId> hosts_with_answers(Session& session, PolicyId policy) {
    static const Sql sql{
        "hosts_with_policy_answers", "SELECT host_id FROM policy_membership WHERE policy_id = ?"};
    std::vector<HostId> out = session.rows(
        sql, [](const Row& row) { return row.id<HostId>(0); }, policy
    );
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<StoredAnswer> answers_to(
    Session& session, PolicyId policy, std::span<const HostId> hosts
) {
    std::vector<Param> values{raw(policy)};
    const std::vector<Param> ids = id_params(hosts);
    values.insert(values.end(), ids.begin(), ids.end());
    std::vector<StoredAnswer> out;
    session.select(
        Sql{"policy_answers_to_clean",
            "SELECT host_id, passes, revision FROM policy_membership "
            "WHERE policy_id = ? AND host_id IN " +
                placeholders(ids.size()) + " ORDER BY host_id"},
        values,
        [&](const Row& row) {
            StoredAnswer& answer = out.emplace_back();
            answer.host = row.id<HostId>(0);
            answer.policy = policy;
            if (!row.is_null(1)) answer.passes = row.boolean(1);
            answer.revision = row.u64(2);
        }
    );
    return out;
}

/// One batch of one policy: what does not count is deleted, what counts but is of a host out of
/// scope is taken out of the counts as well.
void clean_batch(Session& session, PolicyId id, std::span<const HostId> hosts) {
    // Memberships of all labels that any policy names would do; one policy's are read first and
    // looked at again under the lock.
    host_places(session, hosts, {}, Locked::yes);
    const std::vector<ScopedPolicy> found = scoped_policies(session, id);
    const ScopedPolicy* policy = found.empty() ? nullptr : &found.front();
    const std::vector<LabelId> labels =
        policy == nullptr ? std::vector<LabelId>{} : named_labels(policy->scope);
    std::map<HostId, HostPlace> places;
    for (HostPlace& place : host_places(session, hosts, labels, Locked::no))
        places.emplace(place.id, std::move(place));

    PolicyCountChanges count_changes;
    std::map<HostId, StateChange> states;
    std::vector<std::pair<HostId, PolicyId>> gone;
    for (const StoredAnswer& answer : answers_to(session, id, hosts)) {
        const auto place = places.find(answer.host);
        if (place == places.end()) continue;  // its rows went with the host
        const HostPlace& host = place->second;
        const bool is_dropped = policy == nullptr || answer.revision < policy->answers_since;
        if (!is_dropped) {
            if (policy->scope.covers(host.team, host.platform, host.labels)) continue;
            const TeamId team = host.team.value_or(TeamId{0});
            count_answer(count_changes, id, team, answer.passes, -1);
        }
        gone.emplace_back(answer.host, id);
        // Memory learns from the schedule what was dropped; of the rest it must be told.
        states[answer.host] = {answer.passes == false ? -1 : 0, !is_dropped};
    }
    delete_answers(session, gone);
    write_policy_states(session, states);
    write_policy_counts(session, count_changes);
}

/// False: told to stop.
bool clean_policy(Database& db, const Task& task, const std::function<bool()>& go_on) {
    static const Sql done{
        "end_policy_cleanup", "DELETE FROM policy_cleanups WHERE policy_id = ? AND ticket = ?"};
    const std::vector<HostId> hosts =
        with_read(db, [&](Session& session) { return hosts_with_answers(session, task.policy); });
    for (std::size_t at = 0; at < hosts.size(); at += kBatch) {
        if (!go_on()) return false;
        const std::span<const HostId> some{hosts.data() + at, std::min(kBatch, hosts.size() - at)};
        db.write([&](Session& session) { clean_batch(session, task.policy, some); });
    }
    db.write([&](Session& session) { session.execute(done, task.policy, task.ticket); });
    return true;
}

}  // namespace

bool PolicyUpkeep::clean(const std::function<bool()>& go_on) {
    const std::vector<Task> tasks = with_read(db_, open_tasks);
    return std::all_of(tasks.begin(), tasks.end(), [&](const Task& task) {
        return clean_policy(db_, task, go_on);
    });
}

void PolicyUpkeep::find_orphans() {
    // One step in policy_membership_policy a policy, not one an answer.
    static const Sql sql{
        "note_policy_orphans",
        "INSERT IGNORE INTO policy_cleanups (policy_id) "
        "SELECT m.policy_id FROM (SELECT policy_id FROM policy_membership GROUP BY policy_id) m "
        "LEFT JOIN policies p ON p.id = m.policy_id WHERE p.id IS NULL"};
    db_.write([&](Session& session) { session.execute(sql); });
}

void policies_follow_hosts(
    Session& session, std::span<const HostId> hosts, std::optional<TeamId> to
) {
    if (hosts.empty()) return;
    const TeamId target = to.value_or(TeamId{0});
    std::map<HostId, TeamId> teams;
    for (const HostPlace& place : host_places(session, hosts, {}, Locked::yes))
        teams[place.id] = place.team.value_or(TeamId{0});
    const std::vector<HostId> sorted = [&] {
        std::vector<HostId> out;
        for (const auto& [host, team] : teams) {
            if (team != target) out.push_back(host);
        }
        return out;
    }();
    const std::vector<StoredAnswer> answers = stored_answers(session, sorted);
    std::vector<PolicyId> ids;
    for (const StoredAnswer& answer : answers)
        ids.push_back(answer.policy);
    const LockedPolicies policies = lock_policies(session, std::move(ids));

    PolicyCountChanges count_changes;
    std::map<HostId, StateChange> states;
    std::vector<std::pair<HostId, PolicyId>> gone;
    for (const StoredAnswer& answer : answers) {
        StateChange& state = states[answer.host];
        const bool is_counted = counts(answer, policies);
        if (is_counted) {
            count_answer(count_changes, answer.policy, teams.at(answer.host), answer.passes, -1);
        }
        if (is_counted && policies.at(answer.policy).team_key < 0) {
            count_answer(count_changes, answer.policy, target, answer.passes, 1);
            continue;
        }
        if (answer.passes == false) --state.failing;
        gone.emplace_back(answer.host, answer.policy);
    }
    delete_answers(session, gone);
    write_policy_states(session, states);
    write_policy_counts(session, count_changes);
}

void policies_leave_team(Session& session, TeamId team) {
    static const Sql move{
        "move_policy_counts",
        "INSERT INTO policy_counts (policy_id, team_key, passing, failing) "
        "SELECT c.policy_id, 0, c.passing, c.failing FROM policy_counts c "
        "JOIN policies p ON p.id = c.policy_id AND p.team_key = -1 WHERE c.team_key = ? "
        "ON DUPLICATE KEY UPDATE passing = policy_counts.passing + VALUES(passing), "
        "failing = policy_counts.failing + VALUES(failing)"};
    static const Sql drop{"drop_team_counts", "DELETE FROM policy_counts WHERE team_key = ?"};
    static const Sql note{
        "note_team_policies",
        "INSERT INTO policy_cleanups (policy_id) SELECT id FROM policies WHERE team_key = ? "
        "ON DUPLICATE KEY UPDATE ticket = ticket + 1"};
    session.execute(move, team);
    session.execute(drop, team);
    session.execute(note, team);
}

}  // namespace fleet::store
