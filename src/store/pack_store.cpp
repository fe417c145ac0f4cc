#include "fleet/store/pack_store.hpp"

#include <array>
#include <unordered_map>

#include "sql_where.hpp"

namespace fleet::store {
namespace {

using Kind = SortKey::Kind;

constexpr std::array kSortKeys{
    SortKey{"id", "p.id", Kind::number},
    SortKey{"name", "p.name"},
    SortKey{"description", "p.description"},
    SortKey{"platform", "p.platform"},
    SortKey{"disabled", "p.disabled", Kind::number},
    SortKey{"created_at", "p.created_at", Kind::time},
    SortKey{"updated_at", "p.updated_at", Kind::time},
};

constexpr std::array kQuerySortKeys{
    SortKey{"id", "pq.id", Kind::number},
    SortKey{"name", "pq.name"},
    SortKey{"query_name", "q.name"},
    SortKey{"interval", "pq.schedule_interval", Kind::number},
    SortKey{"created_at", "pq.created_at", Kind::time},
    SortKey{"updated_at", "pq.updated_at", Kind::time},
};

constexpr std::array<std::string_view, 1> kSearched{"p.name"};

constexpr const char* kSelect =
    "SELECT p.id, p.name, p.description, p.platform, p.disabled, p.pack_type, p.created_at, "
    "p.updated_at, (SELECT COUNT(*) FROM pack_queries pq WHERE pq.pack_id = p.id) FROM packs p";

constexpr const char* kSelectQuery =
    "SELECT pq.id, pq.pack_id, pq.query_id, pq.name, pq.description, pq.schedule_interval, "
    "pq.snapshot, pq.removed, pq.denylist, pq.shard, pq.platform, pq.version, pq.created_at, "
    "pq.updated_at, q.name, q.query, a.system_time_p50, a.system_time_p95, a.user_time_p50, "
    "a.user_time_p95, a.total_executions FROM pack_queries pq "
    "JOIN queries q ON q.id = pq.query_id "
    "LEFT JOIN query_aggregated_stats a ON a.query_id = pq.query_id";

const Sql kLabelNames{
    "pack_label_names",
    "SELECT l.name FROM pack_labels t JOIN labels l ON l.id = t.label_id "
    "WHERE t.pack_id = ? ORDER BY l.name"};
const Sql kTeamNames{
    "pack_team_names",
    "SELECT m.name FROM pack_teams t JOIN teams m ON m.id = t.team_id "
    "WHERE t.pack_id = ? ORDER BY m.name"};
const Sql kLabelCount{
    "pack_label_count",
    "SELECT label_type = 1 AND name = 'All Hosts', host_count FROM labels "
    "WHERE id = ?"};

Pack to_pack(const Row& row) {
    Pack out;
    out.id = row.id<PackId>(0);
    out.fields.name = row.str(1);
    out.fields.description = row.str(2);
    out.fields.platform = row.str(3);
    out.fields.disabled = row.boolean(4);
    out.type = row.opt_str(5);
    out.created_at = row.time(6);
    out.updated_at = row.time(7);
    out.query_count = row.u64(8);
    return out;
}

std::optional<bool> opt_bool(const Row& row, unsigned column) {
    return row.is_null(column) ? std::nullopt : std::optional{row.boolean(column)};
}

PackQuery to_query(const Row& row) {
    PackQuery out;
    out.id = row.id<PackQueryId>(0);
    out.pack = row.id<PackId>(1);
    PackQueryFields& f = out.fields;
    f.query = row.id<QueryId>(2);
    f.name = row.str(3);
    f.description = row.str(4);
    f.interval = static_cast<std::uint32_t>(row.u64(5));
    f.snapshot = opt_bool(row, 6);
    f.removed = opt_bool(row, 7);
    f.denylist = opt_bool(row, 8);
    if (!row.is_null(9)) f.shard = static_cast<std::uint32_t>(row.u64(9));
    f.platform = row.opt_str(10);
    f.version = row.opt_str(11);
    out.created_at = row.time(12);
    out.updated_at = row.time(13);
    out.query_name = row.str(14);
    out.sql = row.str(15);
    out.stats = {
        row.opt_real(16), row.opt_real(17), row.opt_real(18), row.opt_real(19), row.opt_real(20)};
    return out;
}

/// Reads the targets of all packs of a page in three statements.
void add_targets(Session& session, std::vector<Pack>& packs) {
    std::unordered_map<PackId, PackTargets*> of;
    std::vector<PackId> ids;
    for (Pack& pack : packs) {
        of.emplace(pack.id, &pack.fields.targets);
        ids.push_back(pack.id);
    }
    const auto read = [&](const char* name, const char* table, const char* column, auto add) {
        for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
            const std::span<const PackId> some{
                ids.data() + at, std::min(kMaxList, ids.size() - at)};
            const std::vector<Param> values = id_params(some);
            session.select(
                Sql{name,
                    std::string{"SELECT pack_id, "} + column + " FROM " + table +
                        " WHERE pack_id IN " + placeholders(values.size()) + " ORDER BY pack_id, " +
                        column},
                values,
                [&](const Row& row) { add(*of.at(row.id<PackId>(0)), row); }
            );
        }
    };
    read("pack_labels", "pack_labels", "label_id", [](PackTargets& targets, const Row& row) {
        targets.labels.push_back(row.id<LabelId>(1));
    });
    read("pack_hosts", "pack_hosts", "host_id", [](PackTargets& targets, const Row& row) {
        targets.hosts.push_back(row.id<HostId>(1));
    });
    read("pack_teams", "pack_teams", "team_id", [](PackTargets& targets, const Row& row) {
        targets.teams.push_back(row.id<TeamId>(1));
    });
}

/// Hosts of any target. A single label, and all hosts, are counts that are kept; the union of
/// several goes through their indexes.
std::uint64_t count_hosts(Session& session, const PackTargets& targets) {
    const bool one_label =
        targets.labels.size() == 1 && targets.hosts.empty() && targets.teams.empty();
    for (const LabelId label : targets.labels) {
        std::optional<std::uint64_t> known;
        session.select(kLabelCount, params(label), [&](const Row& row) {
            if (row.boolean(0) || one_label) known = row.u64(1);
        });
        if (known) return *known;
    }
    std::string text;
    std::vector<Param> values;
    const auto add = [&](const char* select, std::vector<Param> ids) {
        text += (text.empty() ? "" : " UNION ") + std::string{select} + placeholders(ids.size());
        for (Param& id : ids)
            values.push_back(std::move(id));
    };
    if (!targets.labels.empty()) {
        add("SELECT host_id FROM label_membership WHERE label_id IN ",
            id_params<LabelId>(targets.labels));
    }
    if (!targets.hosts.empty()) {
        add("SELECT id FROM hosts WHERE id IN ", id_params<HostId>(targets.hosts));
    }
    if (!targets.teams.empty()) {
        add("SELECT id FROM hosts WHERE team_id IN ", id_params<TeamId>(targets.teams));
    }
    if (text.empty()) return 0;
    std::uint64_t out = 0;
    session.select(
        Sql{"count_pack_hosts", "SELECT COUNT(*) FROM (" + text + ") hosts_of_pack"},
        values,
        [&](const Row& row) { out = row.u64(0); }
    );
    return out;
}

std::vector<Pack> select(Database& db, const Sql& sql, std::span<const Param> values) {
    return with_read(db, [&](Session& session) {
        std::vector<Pack> out;
        session.select(sql, values, [&](const Row& row) { out.push_back(to_pack(row)); });
        add_targets(session, out);
        for (Pack& pack : out)
            pack.host_count = count_hosts(session, pack.fields.targets);
        return out;
    });
}

std::optional<Pack> first(std::vector<Pack> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace

Result<std::vector<Pack>> PackStore::list(const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kSortKeys, paging.order_key));
    Where where;
    where.add("p.pack_type IS NULL");
    if (!paging.query.empty()) where.add_search(kSearched, paging.query);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "p.id", paging);
    return select(db_, Sql{"list_packs", kSelect + where.text() + page}, where.values());
}

std::optional<Pack> PackStore::find(PackId id) {
    static const Sql sql{"find_pack", std::string{kSelect} + " WHERE p.id = ?"};
    return first(select(db_, sql, params(id)));
}

std::optional<Pack> PackStore::find(const std::string& name) {
    static const Sql sql{"find_pack_named", std::string{kSelect} + " WHERE p.name = ?"};
    return first(select(db_, sql, params(name)));
}

PackTargetNames PackStore::target_names(PackId id) {
    return with_read(db_, [&](Session& session) {
        const auto name = [](const Row& row) { return row.str(0); };
        return PackTargetNames{
            session.rows(kLabelNames, name, id), session.rows(kTeamNames, name, id)};
    });
}

Result<std::vector<PackQuery>> PackStore::queries(PackId pack, const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kQuerySortKeys, paging.order_key));
    Where where;
    where.add("pq.pack_id = ?", pack);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "pq.id", paging);
    const Sql sql{"list_pack_queries", kSelectQuery + where.text() + page};
    return with_read(db_, [&](Session& session) {
        std::vector<PackQuery> out;
        session.select(sql, where.values(), [&](const Row& row) { out.push_back(to_query(row)); });
        return out;
    });
}

std::optional<PackQuery> PackStore::query(PackQueryId id) {
    static const Sql sql{"find_pack_query", std::string{kSelectQuery} + " WHERE pq.id = ?"};
    return with_read(db_, [&](Session& session) { return session.one(sql, to_query, id); });
}

}  // namespace fleet::store
