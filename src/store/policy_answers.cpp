#include "policy_answers.hpp"

#include <algorithm>

#include "sql_list.hpp"

namespace fleet::store {

void count_answer(
    PolicyCountChanges& counts,
    PolicyId policy,
    TeamId team,
    std::optional<bool> passes,
    std::int64_t by
) {
    if (!passes) return;
    PolicyCountChange& change = counts[{policy, team}];
    (*passes ? change.passing : change.failing) += by;
}

void write_policy_counts(Session& session, const PolicyCountChanges& counts) {
    std::vector<Param> values;
    for (const auto& [key, change] : counts) {
        if (change.passing == 0 && change.failing == 0) continue;
        for (Param& value : params(key.first, key.second, change.passing, change.failing))
            values.push_back(std::move(value));
    }
    if (values.empty()) return;
    session.insert_many(
        "count_policies",
        "INSERT INTO policy_counts (policy_id, team_key, passing, failing) VALUES ",
        "(?, ?, ?, ?)",
        " ON DUPLICATE KEY UPDATE passing = passing + VALUES(passing), "
        "failing = failing + VALUES(failing)",
        values,
        4
    );
}

std::vector<StoredAnswer> stored_answers(Session& session, std::span<const HostId> hosts) {
    std::vector<StoredAnswer> out;
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const std::vector<Param> values =
            id_params(hosts.subspan(at, std::min(kMaxList, hosts.size() - at)));
        session.select(
            Sql{"stored_policy_answers",
                "SELECT host_id, policy_id, passes, revision FROM policy_membership "
                "WHERE host_id IN " +
                    placeholders(values.size()) + " ORDER BY host_id, policy_id"},
            values,
            [&](const Row& row) {
                StoredAnswer& answer = out.emplace_back();
                answer.host = row.id<HostId>(0);
                answer.policy = row.id<PolicyId>(1);
                if (!row.is_null(2)) answer.passes = row.boolean(2);
                answer.revision = row.u64(3);
            }
        );
    }
    return out;
}

LockedPolicies lock_policies(Session& session, std::vector<PolicyId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    LockedPolicies out;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const PolicyId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        session.select(
            Sql{"lock_policies",
                "SELECT id, answers_since, team_key FROM policies WHERE id IN " +
                    placeholders(values.size()) + " ORDER BY id LOCK IN SHARE MODE"},
            values,
            [&](const Row& row) {
                out[row.id<PolicyId>(0)] = {row.u64(1), row.i64(2)};
            }
        );
    }
    return out;
}

bool counts(const StoredAnswer& answer, const LockedPolicies& policies) {
    const auto policy = policies.find(answer.policy);
    return policy != policies.end() && answer.revision >= policy->second.answers_since;
}

void delete_answers(Session& session, std::span<const std::pair<HostId, PolicyId>> rows) {
    // One statement a host: answers seldom go away, and a list of pairs would scan the table on
    // older servers.
    for (std::size_t at = 0; at < rows.size();) {
        const HostId host = rows[at].first;
        std::vector<PolicyId> policies;
        for (; at < rows.size() && rows[at].first == host && policies.size() < kMaxList; ++at)
            policies.push_back(rows[at].second);
        std::vector<Param> values{raw(host)};
        const std::vector<Param> list = id_params<PolicyId>(policies);
        values.insert(values.end(), list.begin(), list.end());
        session.run(
            Sql{"delete_policy_answers",
                "DELETE FROM policy_membership WHERE host_id = ? AND policy_id IN " +
                    placeholders(list.size())},
            values
        );
    }
}

void write_policy_states(Session& session, const std::map<HostId, StateChange>& changes) {
    std::vector<Param> values;
    for (const auto& [host, change] : changes) {
        if (change.failing == 0 && !change.raise_version) continue;
        const std::int64_t raise = change.raise_version ? 1 : 0;
        for (Param& value : params(host, raise, change.failing))
            values.push_back(std::move(value));
    }
    if (values.empty()) return;
    session.insert_many(
        "save_policy_states",
        "INSERT INTO host_policy_state (host_id, version, failing) VALUES ",
        "(?, ?, ?)",
        " ON DUPLICATE KEY UPDATE version = version + VALUES(version), "
        "failing = failing + VALUES(failing)",
        values,
        3
    );
}

void forget_policy_answers(
    Session& session,
    const std::map<HostId, TeamId>& teams,
    Rows rows,
    PolicyCountChanges& count_changes
) {
    std::vector<HostId> hosts;
    for (const auto& [host, team] : teams)
        hosts.push_back(host);
    const std::vector<StoredAnswer> answers = stored_answers(session, hosts);
    if (answers.empty()) return;
    std::vector<PolicyId> ids;
    for (const StoredAnswer& answer : answers)
        ids.push_back(answer.policy);
    const LockedPolicies policies = lock_policies(session, std::move(ids));
    std::map<HostId, StateChange> states;
    std::vector<std::pair<HostId, PolicyId>> gone;
    for (const StoredAnswer& answer : answers) {
        if (counts(answer, policies)) {
            count_answer(count_changes, answer.policy, teams.at(answer.host), answer.passes, -1);
        }
        if (answer.passes == false) --states[answer.host].failing;
        states.try_emplace(answer.host);
        gone.emplace_back(answer.host, answer.policy);
    }
    if (rows == Rows::remain) return;
    delete_answers(session, gone);
    write_policy_states(session, states);
}

}  // namespace fleet::store
