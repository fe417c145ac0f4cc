#include "fleet/store/label_store.hpp"

#include <array>

#include "sql_where.hpp"

namespace fleet::store {
namespace {

constexpr std::array kSortKeys{
    SortKey{"id", "l.id", SortKey::Kind::number},
    SortKey{"name", "l.name"},
    SortKey{"description", "l.description"},
    SortKey{"platform", "l.platform"},
    SortKey{"label_type", "l.label_type", SortKey::Kind::number},
    SortKey{"host_count", "l.host_count", SortKey::Kind::number},
    SortKey{"created_at", "l.created_at", SortKey::Kind::time},
    SortKey{"updated_at", "l.updated_at", SortKey::Kind::time},
};

constexpr std::array<std::string_view, 2> kSearched{"l.name", "l.description"};

constexpr const char* kSelect =
    "SELECT l.id, l.name, l.description, l.query, l.platform, l.label_type, l.membership, "
    "l.team_id, t.name, l.author_id, l.host_count, l.created_at, l.updated_at "
    "FROM labels l LEFT JOIN teams t ON t.id = l.team_id";

Label to_label(const Row& row) {
    Label out;
    out.id = row.id<LabelId>(0);
    out.name = row.str(1);
    out.description = row.str(2);
    out.query = row.str(3);
    out.platform = row.str(4);
    out.builtin = row.i64(5) == 1;
    out.membership = static_cast<LabelMembership>(row.i64(6));
    out.team = row.opt_id<TeamId>(7);
    out.team_name = row.opt_str(8);
    out.author = row.opt_id<UserId>(9);
    out.host_count = row.u64(10);
    out.created_at = row.time(11);
    out.updated_at = row.time(12);
    return out;
}

}  // namespace

Result<std::vector<Label>> LabelStore::list(const LabelFilter& filter, const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kSortKeys, paging.order_key));
    Where where;
    if (filter.scope == LabelFilter::Scope::global_only) where.add("l.team_id IS NULL");
    if (filter.scope == LabelFilter::Scope::team_and_global) {
        where.add("(l.team_id IS NULL OR l.team_id = ?)", filter.team);
    }
    if (filter.visible && filter.visible->empty()) where.add("l.team_id IS NULL");
    if (filter.visible && !filter.visible->empty()) {
        const std::vector<Param> teams = id_params<TeamId>(*filter.visible);
        where.add("(l.team_id IS NULL OR l.team_id IN " + placeholders(teams.size()) + ")");
        for (const Param& team : teams)
            where.bind(team);
    }
    if (!filter.text.empty()) where.add_search(kSearched, filter.text);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "l.id", paging);
    const Sql sql{"list_labels", kSelect + where.text() + page};
    return with_read(db_, [&](Session& session) {
        std::vector<Label> out;
        session.select(sql, where.values(), [&](const Row& row) { out.push_back(to_label(row)); });
        return out;
    });
}

std::optional<Label> LabelStore::find(LabelId id) {
    static const Sql sql{"find_label", std::string{kSelect} + " WHERE l.id = ?"};
    return with_read(db_, [&](Session& session) { return session.one(sql, to_label, id); });
}

std::vector<HostId> LabelStore::host_ids(
    LabelId id, const std::optional<std::vector<TeamId>>& teams
) {
    Where where;
    where.add("m.label_id = ?", id);
    if (teams) where.add_in<TeamId>("h.team_id", *teams);
    const Sql sql{
        "label_host_ids",
        "SELECT m.host_id FROM label_membership m" +
            std::string{teams ? " JOIN hosts h ON h.id = m.host_id" : ""} + where.text() +
            " ORDER BY m.host_id"};
    return with_read(db_, [&](Session& session) {
        std::vector<HostId> out;
        session.select(sql, where.values(), [&](const Row& row) {
            out.push_back(row.id<HostId>(0));
        });
        return out;
    });
}

}  // namespace fleet::store
