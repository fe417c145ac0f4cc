#include "policy_rows.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "sql_list.hpp"

namespace fleet::store {

std::vector<ScopedPolicy> scoped_policies(Session& session, std::optional<PolicyId> one) {
    static const Sql all{
        "scoped_policies",
        "SELECT id, team_key, platform, answers_since FROM policies ORDER BY id"};
    static const Sql single{
        "scoped_policy",
        "SELECT id, team_key, platform, answers_since FROM policies WHERE id = ? "
        "LOCK IN SHARE MODE"};
    static const Sql all_labels{
        "scoped_policy_labels", "SELECT policy_id, label_id, kind FROM policy_labels"};
    static const Sql single_labels{
        "scoped_policy_label",
        "SELECT policy_id, label_id, kind FROM policy_labels WHERE policy_id = ?"};
    const std::vector<Param> values = one ? params(*one) : std::vector<Param>{};
    std::vector<ScopedPolicy> out;
    std::unordered_map<PolicyId, std::size_t> positions;
    session.select(one ? single : all, values, [&](const Row& row) {
        ScopedPolicy policy;
        policy.id = row.id<PolicyId>(0);
        policy.scope.team = team_of_key(row.i64(1));
        policy.scope.platforms = parse_policy_platforms(row.str(2)).value_or(0);
        policy.answers_since = row.u64(3);
        positions.emplace(policy.id, out.size());
        out.push_back(std::move(policy));
    });
    session.select(one ? single_labels : all_labels, values, [&](const Row& row) {
        const auto found = positions.find(row.id<PolicyId>(0));
        if (found == positions.end()) return;
        const auto kind = static_cast<PolicyLabelKind>(row.i64(2));
        labels_of(out[found->second].scope, kind).push_back(row.id<LabelId>(1));
    });
    return out;
}

std::vector<PolicyQuery> policy_queries(Session& session) {
    static const Sql sql{
        "policy_queries",
        "SELECT id, query, software_title_id IS NOT NULL OR script_id IS NOT NULL OR "
        "calendar_events_enabled OR conditional_access_enabled, continuous_automations_enabled "
        "FROM policies"};
    std::vector<PolicyQuery> out;
    for (ScopedPolicy& policy : scoped_policies(session)) {
        out.push_back(
            {.id = policy.id,
             .scope = std::move(policy.scope),
             .answers_since = policy.answers_since}
        );
    }
    session.select(sql, {}, [&](const Row& row) {
        const auto found = std::lower_bound(
            out.begin(),
            out.end(),
            row.id<PolicyId>(0),
            [](const PolicyQuery& one, PolicyId id) { return one.id < id; }
        );
        if (found == out.end() || found->id != row.id<PolicyId>(0)) return;
        found->sql = row.str(1);
        found->automated = row.boolean(2);
        found->continuous = row.boolean(3);
    });
    // Deleted between the two statements.
    std::erase_if(out, [](const PolicyQuery& policy) { return policy.sql.empty(); });
    return out;
}

std::vector<LabelId> named_labels(const PolicyScope& scope) {
    std::vector<LabelId> out;
    for (const auto* some :
         {&scope.include_any, &scope.include_all, &scope.exclude_any, &scope.exclude_all})
        out.insert(out.end(), some->begin(), some->end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<HostPlace> host_places(
    Session& session, std::span<const HostId> hosts, std::span<const LabelId> labels, Locked locked
) {
    std::map<HostId, HostPlace> found;
    const std::string lock = locked == Locked::yes ? " ORDER BY id FOR UPDATE" : " ORDER BY id";
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const std::vector<Param> ids =
            id_params(hosts.subspan(at, std::min(kMaxList, hosts.size() - at)));
        const std::string list = placeholders(ids.size());
        session.select(
            Sql{"policy_hosts",
                "SELECT id, team_id, generic_platform FROM hosts WHERE id IN " + list + lock},
            ids,
            [&](const Row& row) {
                HostPlace& host = found[row.id<HostId>(0)];
                host.id = row.id<HostId>(0);
                host.team = row.opt_id<TeamId>(1);
                host.platform = generic_platform(row.str(2));
            }
        );
        if (labels.empty()) continue;
        std::vector<Param> values = id_params(labels);
        const std::string of_labels = placeholders(values.size());
        values.insert(values.end(), ids.begin(), ids.end());
        session.select(
            Sql{"policy_host_labels",
                "SELECT host_id, label_id FROM label_membership WHERE label_id IN " + of_labels +
                    " AND host_id IN " + list + " ORDER BY host_id, label_id"},
            values,
            [&](const Row& row) {
                const auto host = found.find(row.id<HostId>(0));
                if (host != found.end()) host->second.labels.push_back(row.id<LabelId>(1));
            }
        );
    }
    std::vector<HostPlace> out;
    for (auto& [id, host] : found)
        out.push_back(std::move(host));
    return out;
}

}  // namespace fleet::store
