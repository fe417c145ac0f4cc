#include "fleet/store/query_store.hpp"

#include <array>
#include <unordered_map>

#include "sql_where.hpp"

namespace fleet::store {
namespace {

using Kind = SortKey::Kind;

// Without a key: by name, as people read the list.
constexpr std::array kSortKeys{
    SortKey{"name", "q.name"},
    SortKey{"id", "q.id", Kind::number},
    SortKey{"created_at", "q.created_at", Kind::time},
    SortKey{"updated_at", "q.updated_at", Kind::time},
    SortKey{"description", "q.description"},
    SortKey{"platform", "q.platform"},
    SortKey{"interval", "q.schedule_interval", Kind::number},
    SortKey{"schedule_interval", "q.schedule_interval", Kind::number},
    SortKey{"min_osquery_version", "q.min_osquery_version"},
    SortKey{"automations_enabled", "q.automations_enabled", Kind::number},
    SortKey{"logging", "q.logging"},
    SortKey{"logging_type", "q.logging"},
    SortKey{"discard_data", "q.discard_data", Kind::number},
    SortKey{"observer_can_run", "q.observer_can_run", Kind::number},
    SortKey{"author_id", "q.author_id", Kind::number},
    SortKey{"author_name", "q.author_name"},
    SortKey{"author_email", "q.author_email"},
    SortKey{"team_id", "q.team_id", Kind::number},
    SortKey{"fleet_id", "q.team_id", Kind::number},
};

constexpr std::array<std::string_view, 1> kSearched{"q.name"};

constexpr const char* kSelect = R"sql(
    SELECT q.id, q.team_id, COALESCE(t.name, ''), q.name, q.description, q.query, q.platform,
           q.min_osquery_version, q.logging, q.schedule_interval, q.automations_enabled,
           q.discard_data, q.observer_can_run, q.author_id, q.author_name, q.author_email,
           q.saved, q.created_at, q.updated_at, a.system_time_p50, a.system_time_p95,
           a.user_time_p50, a.user_time_p95, a.total_executions
    FROM queries q LEFT JOIN teams t ON t.id = q.team_id
    LEFT JOIN query_aggregated_stats a ON a.query_id = q.id
)sql";

Query to_query(const Row& row) {
    Query q;
    q.id = row.id<QueryId>(0);
    q.team = row.opt_id<TeamId>(1);
    q.team_name = row.str(2);
    q.fields.name = row.str(3);
    q.fields.description = row.str(4);
    q.fields.sql = row.str(5);
    q.fields.platform = row.str(6);
    q.fields.min_osquery_version = row.str(7);
    q.fields.logging = row.str(8);
    q.fields.interval = static_cast<std::uint32_t>(row.u64(9));
    q.fields.automations_enabled = row.boolean(10);
    q.fields.discard_data = row.boolean(11);
    q.fields.observer_can_run = row.boolean(12);
    q.author = {row.opt_id<UserId>(13), row.str(14), row.str(15)};
    q.saved = row.boolean(16);
    q.created_at = row.time(17);
    q.updated_at = row.time(18);
    q.stats = {
        row.opt_real(19), row.opt_real(20), row.opt_real(21), row.opt_real(22), row.opt_real(23)};
    return q;
}

void add_labels(Session& session, std::vector<Query>& queries) {
    std::unordered_map<QueryId, std::size_t> positions;
    std::vector<QueryId> ids;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        positions.emplace(queries[i].id, i);
        ids.push_back(queries[i].id);
    }
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const QueryId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        session.select(
            Sql{"labels_of_queries",
                "SELECT ql.query_id, ql.require_all, l.id, l.name, ql.exclude FROM query_labels ql "
                "JOIN labels l ON l.id = ql.label_id WHERE ql.query_id IN " +
                    placeholders(values.size()) + " ORDER BY ql.query_id, l.name"},
            values,
            [&](const Row& row) {
                QueryFields& fields = queries[positions.at(row.id<QueryId>(0))].fields;
                auto& labels = row.boolean(4)   ? fields.labels_exclude_any
                               : row.boolean(1) ? fields.labels_include_all
                                                : fields.labels_include_any;
                labels.push_back({row.id<LabelId>(2), row.str(3)});
            }
        );
    }
}

void add_packs(Session& session, std::vector<Query>& queries) {
    std::unordered_map<QueryId, std::size_t> positions;
    std::vector<QueryId> ids;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        positions.emplace(queries[i].id, i);
        ids.push_back(queries[i].id);
    }
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const QueryId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        session.select(
            Sql{"packs_of_queries",
                "SELECT DISTINCT pq.query_id, p.id, p.name, p.description, p.platform, p.disabled, "
                "p.created_at, p.updated_at FROM pack_queries pq JOIN packs p ON p.id = pq.pack_id "
                "WHERE pq.query_id IN " +
                    placeholders(values.size()) + " ORDER BY pq.query_id, p.id"},
            values,
            [&](const Row& row) {
                queries[positions.at(row.id<QueryId>(0))].packs.push_back(
                    {row.id<PackId>(1),
                     row.str(2),
                     row.str(3),
                     row.str(4),
                     row.boolean(5),
                     row.time(6),
                     row.time(7)}
                );
            }
        );
    }
}

Where select_queries(const QueryFilter& filter) {
    // queries_saved (saved, team_key, name) serves the list in its usual order.
    Where where;
    where.add("q.saved = 1");
    const std::uint64_t team = filter.team ? raw(*filter.team) : 0;
    if (team != 0 && filter.merge_inherited) {
        where.add("q.team_key IN (0, ?)", team);
    } else {
        where.add("q.team_key = ?", team);
    }
    if (!filter.platform.empty()) {
        where.add(
            "(q.platform = '' OR FIND_IN_SET(?, REPLACE(q.platform, ' ', '')) > 0)", filter.platform
        );
    }
    if (filter.scheduled) where.add("q.schedule_interval > 0");
    if (!filter.text.empty()) where.add_search(kSearched, filter.text);
    return where;
}

std::vector<Query> select(Database& db, const Sql& sql, std::span<const Param> values) {
    return with_read(db, [&](Session& session) {
        std::vector<Query> out;
        session.select(sql, values, [&](const Row& row) { out.push_back(to_query(row)); });
        add_labels(session, out);
        add_packs(session, out);
        return out;
    });
}

std::optional<Query> first(std::vector<Query> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace

Result<std::vector<Query>> QueryStore::list(const QueryFilter& filter, const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kSortKeys, paging.order_key));
    Where where = select_queries(filter);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "q.id", paging);
    return select(db_, Sql{"list_queries", kSelect + where.text() + page}, where.values());
}

std::uint64_t QueryStore::count(const QueryFilter& filter) {
    const Where where = select_queries(filter);
    const Sql sql{"count_queries", "SELECT COUNT(*) FROM queries q" + where.text()};
    std::uint64_t out = 0;
    db_.read([&](Session& session) {
        session.select(sql, where.values(), [&](const Row& row) { out = row.u64(0); });
    });
    return out;
}

std::optional<Query> QueryStore::find(QueryId id) {
    static const Sql sql{"find_query", std::string{kSelect} + " WHERE q.id = ?"};
    return first(select(db_, sql, params(id)));
}

std::optional<Query> QueryStore::find(std::optional<TeamId> team, const std::string& name) {
    static const Sql sql{
        "find_query_named",
        std::string{kSelect} + " WHERE q.team_key = ? AND q.name = ? AND q.saved = 1"};
    return first(select(db_, sql, params(team ? raw(*team) : 0, name)));
}

std::vector<Query> QueryStore::find_all(std::span<const QueryId> ids) {
    std::vector<Query> out;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::vector<Param> values =
            id_params(ids.subspan(at, std::min(kMaxList, ids.size() - at)));
        const Sql sql{
            "find_queries",
            std::string{kSelect} + " WHERE q.id IN " + placeholders(values.size()) +
                " ORDER BY q.id"};
        for (Query& query : select(db_, sql, values))
            out.push_back(std::move(query));
    }
    return out;
}

std::vector<LabelRef> QueryStore::labels_named(std::span<const std::string> names) {
    static const Sql sql{"label_named", "SELECT id, name FROM labels WHERE name = ?"};
    return with_read(db_, [&](Session& session) {
        std::vector<LabelRef> out;
        // A query names a handful of labels, so one indexed look-up each is fine.
        for (const std::string& name : names) {
            const auto found = session.one(
                sql,
                [](const Row& row) {
                    return LabelRef{row.id<LabelId>(0), row.str(1)};
                },
                name
            );
            if (found) out.push_back(*found);
        }
        return out;
    });
}

std::optional<TeamId> QueryStore::team_named(const std::string& name) {
    static const Sql sql{"team_named", "SELECT id FROM teams WHERE name = ?"};
    return with_read(db_, [&](Session& session) {
        return session.one(
            sql, [](const Row& row) { return row.id<TeamId>(0); }, name
        );
    });
}

std::optional<std::string> QueryStore::team_name(TeamId id) {
    static const Sql sql{"team_name", "SELECT name FROM teams WHERE id = ?"};
    return with_read(db_, [&](Session& session) {
        return session.one(
            sql, [](const Row& row) { return row.str(0); }, id
        );
    });
}

}  // namespace fleet::store
