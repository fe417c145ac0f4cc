// Policies of single hosts.
#include <algorithm>
#include <map>
#include <tuple>

#include "fleet/store/policy_store.hpp"
#include "policy_rows.hpp"
#include "sql_where.hpp"

namespace fleet::store {
namespace {

using Answers = std::map<std::pair<HostId, PolicyId>, PolicyAnswer>;

/// Answers that count: those given before the policy dropped its answers do not.
Answers answers_of(Session& session, std::span<const HostId> hosts) {
    Answers out;
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const std::vector<Param> values =
            id_params(hosts.subspan(at, std::min(kMaxList, hosts.size() - at)));
        session.select(
            Sql{"policy_answers_of_hosts",
                "SELECT m.host_id, m.policy_id, m.passes FROM policy_membership m "
                "JOIN policies p ON p.id = m.policy_id AND m.revision >= p.answers_since "
                "WHERE m.passes IS NOT NULL AND m.host_id IN " +
                    placeholders(values.size())},
            values,
            [&](const Row& row) {
                out[{row.id<HostId>(0), row.id<PolicyId>(1)}] =
                    row.boolean(2) ? PolicyAnswer::pass : PolicyAnswer::fail;
            }
        );
    }
    return out;
}

using Scoped = std::vector<std::pair<std::shared_ptr<const Policy>, PolicyScope>>;

Scoped by_name(std::vector<Policy> policies) {
    Scoped out;
    for (Policy& policy : policies) {
        PolicyScope scope = policy.scope();
        out.emplace_back(std::make_shared<const Policy>(std::move(policy)), std::move(scope));
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first->fields.name, a.first->id) <
               std::tie(b.first->fields.name, b.first->id);
    });
    return out;
}

/// fail, no answer, pass (rest-api-a 13.1.3).
int rank(PolicyAnswer answer) {
    return answer == PolicyAnswer::fail ? 0 : answer == PolicyAnswer::none ? 1 : 2;
}

}  // namespace

std::vector<std::pair<HostId, std::vector<HostPolicy>>> PolicyStore::of_hosts(
    std::span<const HostId> hosts
) {
    std::vector<std::pair<HostId, std::vector<HostPolicy>>> out;
    if (hosts.empty()) return out;
    const auto policies = by_name(all());
    std::vector<LabelId> labels;
    for (const auto& [policy, scope] : policies) {
        const std::vector<LabelId> named = named_labels(scope);
        labels.insert(labels.end(), named.begin(), named.end());
    }
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    std::vector<HostPlace> places;
    Answers answers;
    db_.read([&](Session& session) {
        places = host_places(session, hosts, labels, Locked::no);
        answers = answers_of(session, hosts);
    });
    for (const HostPlace& host : places) {
        auto& [id, list] = out.emplace_back();
        id = host.id;
        for (const auto& [policy, scope] : policies) {
            if (!scope.covers(host.team, host.platform, host.labels)) continue;
            const auto answer = answers.find({host.id, policy->id});
            list.push_back({policy, answer == answers.end() ? PolicyAnswer::none : answer->second});
        }
        std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
            return rank(a.answer) < rank(b.answer);
        });
    }
    return out;
}

std::vector<std::pair<HostId, std::uint64_t>> PolicyStore::failing(std::span<const HostId> hosts) {
    std::vector<std::pair<HostId, std::uint64_t>> out;
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const std::vector<Param> values =
            id_params(hosts.subspan(at, std::min(kMaxList, hosts.size() - at)));
        const Sql sql{
            "failing_policies_of_hosts",
            "SELECT host_id, failing FROM host_policy_state WHERE failing > 0 AND host_id IN " +
                placeholders(values.size())};
        const std::size_t before = out.size();
        db_.read([&](Session& session) {
            out.resize(before);
            session.select(sql, values, [&](const Row& row) {
                out.emplace_back(row.id<HostId>(0), row.u64(1));
            });
        });
    }
    return out;
}

}  // namespace fleet::store
