#include "fleet/store/policy_store.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "policy_rows.hpp"
#include "sql_where.hpp"

namespace fleet::store {
namespace {

using Kind = SortKey::Kind;

constexpr std::array kSortKeys{
    SortKey{"id", "p.id", Kind::number},
    SortKey{"name", "p.name"},
    SortKey{"team_id", "p.team_key", Kind::number},
    SortKey{"fleet_id", "p.team_key", Kind::number},
    SortKey{"created_at", "p.created_at", Kind::time},
    SortKey{"updated_at", "p.updated_at", Kind::time},
    SortKey{"failing_host_count", "COALESCE(c.failing, 0)", Kind::number},
    SortKey{"passing_host_count", "COALESCE(c.passing, 0)", Kind::number},
    SortKey{"critical", "p.critical", Kind::number},
};

constexpr std::array<std::string_view, 1> kSearched{"p.name"};

constexpr const char* kColumns =
    "SELECT p.id, p.team_key, COALESCE(t.name, ''), p.name, p.description, p.query, p.platform, "
    "p.resolution, p.critical, p.calendar_events_enabled, p.conditional_access_enabled, "
    "p.continuous_automations_enabled, p.software_title_id, p.software_installer_id, "
    "p.script_id, p.author_id, p.author_name, p.author_email, p.created_at, p.updated_at, "
    "c.passing, c.failing FROM policies p LEFT JOIN teams t ON t.id = p.team_id LEFT JOIN "
    "(SELECT policy_id, SUM(passing) AS passing, SUM(failing) AS failing FROM policy_counts ";

/// The list with its counts. The place in it, when there is one, is the team's.
std::string select_text(std::optional<TeamId> counted_in) {
    return std::string{kColumns} + (counted_in ? "WHERE team_key = ? " : "") +
           "GROUP BY policy_id) c ON c.policy_id = p.id";
}

Policy to_policy(const Row& row) {
    Policy p;
    p.id = row.id<PolicyId>(0);
    p.team = team_of_key(row.i64(1));
    p.team_name = row.str(2);
    p.fields.name = row.str(3);
    p.fields.description = row.str(4);
    p.fields.sql = row.str(5);
    p.fields.platform = row.str(6);
    p.fields.resolution = row.opt_str(7);
    p.fields.critical = row.boolean(8);
    p.fields.calendar_events = row.boolean(9);
    p.fields.conditional_access = row.boolean(10);
    p.fields.continuous_automations = row.boolean(11);
    p.fields.software_title = row.opt_u64(12);
    p.fields.software_installer = row.opt_u64(13);
    p.fields.script = row.opt_u64(14);
    p.author = {row.opt_id<UserId>(15), row.str(16), row.str(17)};
    p.created_at = row.time(18);
    p.updated_at = row.time(19);
    p.counted = !row.is_null(20);
    p.passing = static_cast<std::uint64_t>(std::max<std::int64_t>(row.i64(20), 0));
    p.failing = static_cast<std::uint64_t>(std::max<std::int64_t>(row.i64(21), 0));
    return p;
}

void add_labels(Session& session, std::vector<Policy>& policies) {
    std::unordered_map<PolicyId, std::size_t> positions;
    std::vector<PolicyId> ids;
    for (std::size_t i = 0; i < policies.size(); ++i) {
        positions.emplace(policies[i].id, i);
        ids.push_back(policies[i].id);
    }
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const PolicyId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        session.select(
            Sql{"labels_of_policies",
                "SELECT pl.policy_id, pl.kind, l.id, l.name FROM policy_labels pl "
                "JOIN labels l ON l.id = pl.label_id WHERE pl.policy_id IN " +
                    placeholders(values.size()) + " ORDER BY pl.policy_id, l.name"},
            values,
            [&](const Row& row) {
                Policy& policy = policies[positions.at(row.id<PolicyId>(0))];
                const auto kind = static_cast<PolicyLabelKind>(row.i64(1));
                labels_of(policy.fields.labels, kind).push_back({row.id<LabelId>(2), row.str(3)});
            }
        );
    }
}

void add_automation(Where& where, const PolicyFilter& filter) {
    if (!filter.automation) return;
    switch (*filter.automation) {
        case PolicyAutomation::software:
            return where.add("p.software_title_id IS NOT NULL");
        case PolicyAutomation::scripts:
            return where.add("p.script_id IS NOT NULL");
        case PolicyAutomation::calendar:
            return where.add("p.calendar_events_enabled = 1");
        case PolicyAutomation::conditional_access:
            return where.add("p.conditional_access_enabled = 1");
        case PolicyAutomation::other:
            return where.add_in<PolicyId>("p.id", filter.with_webhook);
    }
}

Where select_policies(const PolicyFilter& filter) {
    // policies_team_name (team_key, name) serves the choice; there are some hundreds at most.
    Where where;
    if (filter.team && filter.merge_inherited) {
        where.add("p.team_key IN (-1, ?)", team_key(filter.team));
    } else {
        where.add("p.team_key = ?", team_key(filter.team));
    }
    if (!filter.platform.empty()) {
        where.add("(p.platform = '' OR FIND_IN_SET(?, p.platform) > 0)", filter.platform);
    }
    if (!filter.text.empty()) where.add_search(kSearched, filter.text);
    add_automation(where, filter);
    return where;
}

std::vector<Policy> select(
    Database& db,
    const char* name,
    std::optional<TeamId> counted_in,
    const std::string& rest,
    std::span<const Param> values
) {
    std::vector<Param> all;
    if (counted_in) all.emplace_back(raw(*counted_in));
    all.insert(all.end(), values.begin(), values.end());
    const Sql sql{name, select_text(counted_in) + rest};
    return with_read(db, [&](Session& session) {
        std::vector<Policy> out;
        session.select(sql, all, [&](const Row& row) { out.push_back(to_policy(row)); });
        add_labels(session, out);
        return out;
    });
}

std::optional<Policy> first(std::vector<Policy> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<LabelId> ids_of(const std::vector<LabelRef>& labels) {
    std::vector<LabelId> out;
    for (const LabelRef& label : labels)
        out.push_back(label.id);
    return out;
}

}  // namespace

PolicyScope Policy::scope() const {
    return {
        .team = team,
        .platforms = parse_policy_platforms(fields.platform).value_or(0),
        .include_any = ids_of(fields.labels.include_any),
        .include_all = ids_of(fields.labels.include_all),
        .exclude_any = ids_of(fields.labels.exclude_any),
        .exclude_all = ids_of(fields.labels.exclude_all)};
}

Result<std::vector<Policy>> PolicyStore::list(const PolicyFilter& filter, const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kSortKeys, paging.order_key));
    Where where = select_policies(filter);
    FLEET_CHECK(add_cursor(where, key, paging));
    // Merged, a team's own policies come first.
    const bool own_first = filter.merge_inherited && paging.order_key.empty();
    const SortKey by = own_first ? SortKey{"", "(p.team_key = -1)", Kind::number} : key;
    const std::string page = page_text(where, by, "p.id", paging);
    return select(db_, "list_policies", filter.counted_in, where.text() + page, where.values());
}

std::uint64_t PolicyStore::count(const PolicyFilter& filter) {
    const Where where = select_policies(filter);
    const Sql sql{"count_policies_listed", "SELECT COUNT(*) FROM policies p" + where.text()};
    std::uint64_t out = 0;
    db_.read([&](Session& session) {
        session.select(sql, where.values(), [&](const Row& row) { out = row.u64(0); });
    });
    return out;
}

std::optional<Policy> PolicyStore::find(PolicyId id, std::optional<TeamId> counted_in) {
    return first(select(db_, "find_policy", counted_in, " WHERE p.id = ?", params(id)));
}

std::optional<Policy> PolicyStore::find(std::optional<TeamId> team, const std::string& name) {
    return first(select(
        db_,
        "find_policy_named",
        {},
        " WHERE p.team_key = ? AND p.name = ?",
        params(team_key(team), name)
    ));
}

std::vector<Policy> PolicyStore::all() {
    return select(db_, "all_policies", {}, " ORDER BY p.id", {});
}

std::vector<Policy> PolicyStore::find_all(std::span<const PolicyId> ids) {
    std::vector<Policy> out;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::vector<Param> values =
            id_params(ids.subspan(at, std::min(kMaxList, ids.size() - at)));
        const std::string rest = " WHERE p.id IN " + placeholders(values.size()) + " ORDER BY p.id";
        for (Policy& policy : select(db_, "find_policies", {}, rest, values))
            out.push_back(std::move(policy));
    }
    return out;
}

}  // namespace fleet::store
