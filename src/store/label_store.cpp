#include "fleet/store/label_store.hpp"

#include <algorithm>
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
    "l.team_id, t.name, l.author_id, l.host_count, l.created_at, l.updated_at, l.criteria "
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
    out.criteria = row.opt_str(13);
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

std::optional<Label> LabelStore::find(const std::string& name) {
    // Index labels_name; the collation knows no case, names are compared as written.
    static const Sql sql{"find_label_named", std::string{kSelect} + " WHERE l.name = ?"};
    auto found = with_read(db_, [&](Session& session) { return session.one(sql, to_label, name); });
    if (found && found->name != name) return std::nullopt;
    return found;
}

std::vector<Label> LabelStore::find_named(std::span<const std::string> names) {
    std::vector<Label> out;
    for (std::size_t at = 0; at < names.size(); at += kMaxList) {
        const auto some = names.subspan(at, std::min(kMaxList, names.size() - at));
        const std::vector<Param> values = text_params(some);
        const Sql sql{
            "find_labels_named",
            std::string{kSelect} + " WHERE l.name IN " + placeholders(values.size())};
        const std::size_t before = out.size();
        db_.read([&](Session& session) {
            out.resize(before);
            session.select(sql, values, [&](const Row& row) {
                Label label = to_label(row);
                const bool exact = std::find(some.begin(), some.end(), label.name) != some.end();
                if (exact) out.push_back(std::move(label));
            });
        });
    }
    return out;
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

std::vector<std::pair<LabelId, std::string>> LabelStore::member_identifiers(
    std::span<const LabelId> ids, const std::optional<std::vector<TeamId>>& teams
) {
    std::vector<std::pair<LabelId, std::string>> out;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        Where where;
        where.add_in("m.label_id", ids.subspan(at, std::min(kMaxList, ids.size() - at)));
        if (teams) where.add_in<TeamId>("h.team_id", *teams);
        // Indexes hosts_hostname and hosts_uuid tell whether another host has the same.
        const Sql sql{
            "label_member_identifiers",
            "SELECT m.label_id, CASE WHEN h.hostname <> '' AND NOT EXISTS (SELECT 1 FROM hosts o "
            "WHERE o.hostname = h.hostname AND o.id <> h.id) THEN h.hostname "
            "WHEN h.uuid <> '' AND NOT EXISTS (SELECT 1 FROM hosts o WHERE o.uuid = h.uuid "
            "AND o.id <> h.id) THEN h.uuid ELSE COALESCE(h.osquery_host_id, h.hostname) END "
            "FROM label_membership m JOIN hosts h ON h.id = m.host_id" +
                where.text() + " ORDER BY 1, 2"};
        const std::size_t before = out.size();
        db_.read([&](Session& session) {
            out.resize(before);
            session.select(sql, where.values(), [&](const Row& row) {
                out.emplace_back(row.id<LabelId>(0), row.str(1));
            });
        });
    }
    return out;
}

std::optional<std::string> LabelStore::team_name(TeamId id) {
    static const Sql sql{"label_team_name", "SELECT name FROM teams WHERE id = ?"};
    return with_read(db_, [&](Session& session) {
        return session.one(
            sql, [](const Row& row) { return row.str(0); }, id
        );
    });
}

std::optional<TeamId> LabelStore::team_named(const std::string& name) {
    static const Sql sql{"label_team_named", "SELECT id FROM teams WHERE name = ?"};
    return with_read(db_, [&](Session& session) {
        return session.one(
            sql, [](const Row& row) { return row.id<TeamId>(0); }, name
        );
    });
}

namespace {

void add_scope(Where& where, const MemberScope& scope) {
    if (scope.visible) where.add_in<TeamId>("h.team_id", *scope.visible);
    if (scope.team) where.add("h.team_id = ?", *scope.team);
}

void sort_out(std::vector<HostId>& hosts) {
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
}

}  // namespace

std::vector<HostId> LabelStore::hosts_named(
    std::span<const std::string> identifiers, const MemberScope& scope
) {
    std::vector<HostId> out;
    const auto look_up = [&](const char* column, const std::vector<Param>& values) {
        // One statement a column, so that each uses its index.
        Where where;
        where.add(std::string{"h."} + column + " IN " + placeholders(values.size()));
        for (const Param& value : values)
            where.bind(value);
        add_scope(where, scope);
        const Sql sql{
            std::string{"label_hosts_by_"} + column, "SELECT h.id FROM hosts h" + where.text()};
        db_.read([&](Session& session) {
            session.select(sql, where.values(), [&](const Row& row) {
                out.push_back(row.id<HostId>(0));
            });
        });
    };
    for (std::size_t at = 0; at < identifiers.size(); at += kMaxList) {
        std::vector<std::string> some;
        std::vector<Param> keys;
        for (std::size_t i = at; i < std::min(at + kMaxList, identifiers.size()); ++i) {
            if (identifiers[i].empty()) continue;
            some.push_back(identifiers[i]);
            keys.emplace_back(std::string{as_bytes(sha256(identifiers[i]))});
        }
        if (some.empty()) continue;
        const std::vector<Param> values = text_params(some);
        for (const char* column : {"hostname", "uuid", "hardware_serial", "osquery_host_id"})
            look_up(column, values);
        look_up("node_key_digest", keys);
    }
    sort_out(out);
    return out;
}

std::vector<HostId> LabelStore::hosts_with_ids(
    std::span<const HostId> ids, const MemberScope& scope
) {
    std::vector<HostId> out;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        Where where;
        where.add_in("h.id", ids.subspan(at, std::min(kMaxList, ids.size() - at)));
        add_scope(where, scope);
        const Sql sql{"label_hosts_by_id", "SELECT h.id FROM hosts h" + where.text()};
        db_.read([&](Session& session) {
            session.select(sql, where.values(), [&](const Row& row) {
                out.push_back(row.id<HostId>(0));
            });
        });
    }
    sort_out(out);
    return out;
}

}  // namespace fleet::store
