#include "fleet/store/label_membership.hpp"

#include <algorithm>
#include <set>

#include "host_columns.hpp"
#include "label_criteria_sql.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

std::vector<HostId> sorted_unique(std::span<const HostId> hosts) {
    std::vector<HostId> out{hosts.begin(), hosts.end()};
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

using Membership = std::pair<LabelId, HostId>;

std::set<Membership> memberships(
    Session& session, const std::string& conditions, std::span<const HostId> hosts
) {
    const std::vector<Param> values = id_params(hosts);
    // In this order by index label_membership_host: some hundred hosts make the database prefer to
    // read all members of the labels, of which there may be hundreds of thousands.
    const Sql sql{
        "label_memberships_of_hosts",
        "SELECT m.label_id, m.host_id FROM hosts h "
        "STRAIGHT_JOIN label_membership m ON m.host_id = h.id "
        "STRAIGHT_JOIN labels l ON l.id = m.label_id WHERE h.id IN " +
            placeholders(values.size()) + " AND " + conditions};
    std::set<Membership> out;
    session.select(sql, values, [&](const Row& row) {
        out.emplace(row.id<LabelId>(0), row.id<HostId>(1));
    });
    return out;
}

/// Adds what differs from the stored memberships to `changes`.
std::vector<CriteriaVerdict> judge(
    Session& session, std::span<const HostId> hosts, LabelChanges& changes
) {
    std::vector<CriteriaVerdict> out;
    const std::vector<CriteriaLabel> labels = criteria_labels(session);
    if (labels.empty()) return out;
    const auto stored = memberships(session, "l.membership = 2", hosts);
    for (const CriteriaLabel& label : labels) {
        const std::vector<HostId> members = hosts_that_meet(session, label, hosts);
        for (const HostId host : hosts) {
            const bool member = std::binary_search(members.begin(), members.end(), host);
            const bool was = stored.contains({label.id, host});
            if (member && !was) changes[label.id].joined.push_back(host);
            if (!member && was) changes[label.id].left.push_back(host);
            out.push_back({host, label.id, member});
        }
    }
    return out;
}

}  // namespace

std::vector<CriteriaVerdict> apply_label_criteria(Session& session, std::span<const HostId> hosts) {
    std::vector<CriteriaVerdict> out;
    LabelChanges changes;
    const std::vector<HostId> all = sorted_unique(hosts);
    for (std::size_t at = 0; at < all.size(); at += kMaxList) {
        const std::span<const HostId> some{all.data() + at, std::min(kMaxList, all.size() - at)};
        std::vector<CriteriaVerdict> verdicts = judge(session, some, changes);
        out.insert(out.end(), verdicts.begin(), verdicts.end());
    }
    write_label_changes(session, changes);
    return out;
}

std::vector<HostId> reconcile_labels_of_moved(Session& session, std::span<const HostId> hosts) {
    LabelChanges changes;
    const std::vector<HostId> all = sorted_unique(hosts);
    for (std::size_t at = 0; at < all.size(); at += kMaxList) {
        const std::span<const HostId> some{all.data() + at, std::min(kMaxList, all.size() - at)};
        judge(session, some, changes);
        const auto foreign = memberships(
            session,
            "l.membership <> 2 AND l.team_id IS NOT NULL "
            "AND (h.team_id IS NULL OR h.team_id <> l.team_id)",
            some
        );
        for (const auto& [label, host] : foreign)
            changes[label].left.push_back(host);
    }
    write_label_changes(session, changes);
    std::vector<HostId> touched;
    for (const auto& [label, change] : changes) {
        touched.insert(touched.end(), change.joined.begin(), change.joined.end());
        touched.insert(touched.end(), change.left.begin(), change.left.end());
    }
    return sorted_unique(touched);
}

}  // namespace fleet::store
