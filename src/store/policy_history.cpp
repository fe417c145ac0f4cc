#include <algorithm>
#include <map>

#include "fleet/store/policy_upkeep.hpp"
#include "policy_rows.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

struct GroupOfHosts {
    TeamId team{};  // 0: none
    Platform platform = Platform::unknown;
    std::uint64_t hosts = 0;
};

/// The condition that a host's labels meet the scope, for `h.id`; its values are bound to `values`.
std::string label_condition(const PolicyScope& scope, std::vector<Param>& values) {
    std::string out;
    const auto add = [&](const std::vector<LabelId>& labels, const char* start, const char* end) {
        if (labels.empty()) return;
        const std::vector<Param> ids = id_params<LabelId>(labels);
        out += out.empty() ? " WHERE " : " AND ";
        out += start + placeholders(ids.size()) + end;
        values.insert(values.end(), ids.begin(), ids.end());
    };
    const auto add_all = [&](const std::vector<LabelId>& labels, const char* start) {
        if (labels.empty()) return;
        add(labels, start, " GROUP BY host_id HAVING COUNT(*) = ?)");
        values.emplace_back(static_cast<std::uint64_t>(labels.size()));
    };
    constexpr const char* kIn = "h.id IN (SELECT host_id FROM label_membership WHERE label_id IN ";
    constexpr const char* kNotIn =
        "h.id NOT IN (SELECT host_id FROM label_membership WHERE label_id IN ";
    add(scope.include_any, kIn, ")");
    add_all(scope.include_all, kIn);
    add(scope.exclude_any, kNotIn, ")");
    add_all(scope.exclude_all, kNotIn);
    return out;
}

/// Hosts by team and platform; hosts_team_platform holds all it takes.
std::vector<GroupOfHosts> groups(Session& session, const PolicyScope& scope) {
    std::vector<Param> values;
    const std::string where = label_condition(scope, values);
    std::vector<GroupOfHosts> out;
    session.select(
        Sql{"hosts_by_team_and_platform",
            "SELECT COALESCE(h.team_id, 0), h.generic_platform, COUNT(*) FROM hosts h" + where +
                " GROUP BY h.team_id, h.generic_platform"},
        values,
        [&](const Row& row) {
            out.push_back({row.id<TeamId>(0), generic_platform(row.str(1)), row.u64(2)});
        }
    );
    return out;
}

struct Tally {
    std::uint64_t hosts = 0;
    std::int64_t passing = 0, failing = 0;

    PolicyDay day() const {
        PolicyDay out;
        out.passing = static_cast<std::uint64_t>(std::max<std::int64_t>(passing, 0));
        out.failing = static_cast<std::uint64_t>(std::max<std::int64_t>(failing, 0));
        const std::uint64_t answered = out.passing + out.failing;
        out.no_answer = hosts > answered ? hosts - answered : 0;
        return out;
    }
};
using Tallies = std::map<std::pair<PolicyId, std::int64_t>, Tally>;  // by policy and team_key
constexpr std::int64_t kEveryTeam = -1;

Tallies tally(Session& session) {
    Tallies out;
    const std::vector<GroupOfHosts> everybody = groups(session, {});
    for (const ScopedPolicy& policy : scoped_policies(session)) {
        const auto own =
            policy.scope.has_labels() ? groups(session, policy.scope) : std::vector<GroupOfHosts>{};
        for (const GroupOfHosts& group : policy.scope.has_labels() ? own : everybody) {
            const auto team = raw(group.team) == 0 ? std::nullopt : std::optional{group.team};
            if (!policy.scope.covers_team(team)) continue;
            if (!policy.scope.covers_platform(group.platform)) continue;
            const auto key = static_cast<std::int64_t>(raw(group.team));
            out[{policy.id, key}].hosts += group.hosts;
            out[{policy.id, kEveryTeam}].hosts += group.hosts;
        }
        out.try_emplace({policy.id, kEveryTeam});
    }
    session.select(
        Sql{"policy_counts_of_today",
            "SELECT policy_id, team_key, passing, failing FROM policy_counts"},
        {},
        [&](const Row& row) {
            for (const std::int64_t key : {row.i64(1), kEveryTeam}) {
                const auto found = out.find({row.id<PolicyId>(0), key});
                if (found == out.end()) continue;
                found->second.passing += row.i64(2);
                found->second.failing += row.i64(3);
            }
        }
    );
    return out;
}

std::string day_text(Time time) {
    return to_rfc3339(time).substr(0, 10);
}

}  // namespace

void PolicyUpkeep::record_day(Time now) {
    const Tallies tallies = with_read(db_, tally);
    std::vector<PolicyId> ids;
    for (const auto& [key, one] : tallies)
        ids.push_back(key.first);
    db_.write([&](Session& session) {
        const std::vector<PolicyId> alive = existing_ids(session, "policies", ids);
        std::vector<Param> values;
        for (const auto& [key, one] : tallies) {
            if (!std::binary_search(alive.begin(), alive.end(), key.first)) continue;
            const PolicyDay day = one.day();
            for (Param& value : params(
                     key.first, key.second, day_text(now), day.passing, day.failing, day.no_answer
                 ))
                values.push_back(std::move(value));
        }
        if (values.empty()) return;
        session.insert_many(
            "record_policy_day",
            "INSERT INTO policy_history (policy_id, team_key, day, passing, failing, no_answer) "
            "VALUES ",
            "(?, ?, ?, ?, ?, ?)",
            " ON DUPLICATE KEY UPDATE passing = VALUES(passing), failing = VALUES(failing), "
            "no_answer = VALUES(no_answer)",
            values,
            6
        );
    });
}

std::vector<PolicyDay> PolicyUpkeep::history(
    PolicyId policy, std::optional<TeamId> team, Time since
) {
    static const Sql sql{
        "policy_history",
        "SELECT CAST(day AS CHAR), passing, failing, no_answer FROM policy_history "
        "WHERE policy_id = ? AND team_key = ? AND day >= ? ORDER BY day"};
    return with_read(db_, [&](Session& session) {
        return session.rows(
            sql,
            [](const Row& row) {
                return PolicyDay{row.str(0), row.u64(1), row.u64(2), row.u64(3)};
            },
            policy,
            team_key(team),
            day_text(since)
        );
    });
}

std::uint64_t PolicyUpkeep::hosts_in_scope(PolicyId policy, std::optional<TeamId> team) {
    return with_read(db_, [&](Session& session) {
        std::uint64_t out = 0;
        for (const ScopedPolicy& one : scoped_policies(session, policy)) {
            for (const GroupOfHosts& group : groups(session, one.scope)) {
                const auto of = raw(group.team) == 0 ? std::nullopt : std::optional{group.team};
                const bool wanted = !team || *team == group.team;
                if (wanted && one.scope.covers_team(of) &&
                    one.scope.covers_platform(group.platform)) {
                    out += group.hosts;
                }
            }
        }
        return out;
    });
}

}  // namespace fleet::store
