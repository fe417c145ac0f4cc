#include "fleet/service/query_service.hpp"

#include <algorithm>

#include "fleet/core/json.hpp"
#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

using store::Query;
using store::QueryFields;

Error no_query(const std::string& key) {
    return Error::not_found("Query", key);
}

void add_team(json::Value& details, const Query& query) {
    details["team_id"] = query.team ? json::Value(raw(*query.team)) : json::Value(nullptr);
    details["team_name"] = query.team ? json::Value(query.team_name) : json::Value(nullptr);
}

std::string query_details(const Query& query) {
    json::Value details{{"query_id", raw(query.id)}, {"query_name", query.fields.name}};
    add_team(details, query);
    return json::dump(details);
}

std::string deleted_details(const Query& query) {
    json::Value details{{"query_name", query.fields.name}};
    add_team(details, query);
    return json::dump(details);
}

std::string deleted_many_details(const std::vector<Query>& queries) {
    json::Value details{{"query_ids", json::Value::array()}};
    for (const Query& query : queries)
        details["query_ids"].push_back(raw(query.id));
    const bool one_team = std::all_of(queries.begin(), queries.end(), [&](const Query& query) {
        return query.team == queries.front().team;
    });
    if (one_team && queries.front().team) {
        add_team(details, queries.front());
    } else {
        details["team_id"] = -1;  // rest-api-a 8.6: global, or of several
        details["team_name"] = nullptr;
    }
    return json::dump(details);
}

store::QueryAuthor author(const Viewer& viewer) {
    return {viewer.id, viewer.name, viewer.email};
}

}  // namespace

Result<std::vector<store::LabelRef>> QueryService::labels(const std::vector<std::string>& names) {
    auto found = deps_.queries.labels_named(names);
    for (const std::string& name : names) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const auto& label) {
            return label.name == name;
        });
        if (!known) {
            return fail(
                Error::bad_request("query payload verification: label \"" + name + "\" not found")
            );
        }
    }
    return found;
}

/// Naming labels of one kind replaces those of the others: a query has one scope.
Result<> QueryService::set_labels(QueryFields& fields, const QueryChanges& in) {
    const auto names_some = [](const std::optional<std::vector<std::string>>& names) {
        return names && !names->empty();
    };
    if (names_some(in.labels_include_any) || names_some(in.labels_include_all) ||
        names_some(in.labels_exclude_any)) {
        fields.labels_include_any.clear();
        fields.labels_include_all.clear();
        fields.labels_exclude_any.clear();
    }
    if (in.labels_include_any) {
        FLEET_TRY(fields.labels_include_any, labels(*in.labels_include_any));
    }
    if (in.labels_include_all) {
        FLEET_TRY(fields.labels_include_all, labels(*in.labels_include_all));
    }
    if (in.labels_exclude_any) {
        FLEET_TRY(fields.labels_exclude_any, labels(*in.labels_exclude_any));
    }
    return {};
}

Result<QueryFields> QueryService::merge(QueryFields fields, const QueryChanges& in) {
    const auto set = [](auto& target, const auto& value) {
        if (value) target = *value;
    };
    set(fields.name, in.name);
    set(fields.description, in.description);
    set(fields.sql, in.sql);
    set(fields.platform, in.platform);
    set(fields.min_osquery_version, in.min_osquery_version);
    set(fields.interval, in.interval);
    set(fields.automations_enabled, in.automations_enabled);
    set(fields.discard_data, in.discard_data);
    set(fields.observer_can_run, in.observer_can_run);
    if (in.logging) fields.logging = in.logging->empty() ? "snapshot" : *in.logging;
    FLEET_CHECK(set_labels(fields, in));
    FLEET_CHECK(check_query(fields));
    return fields;
}

Result<QueryPage> QueryService::list(
    const Viewer& viewer, const store::QueryFilter& filter, const Paging& paging
) {
    FLEET_CHECK(authorize(viewer, Action::read_queries, Object::of_shared(filter.team)));
    QueryPage out;
    Paging one_more = paging;
    if (one_more.per_page) ++*one_more.per_page;
    // The extra row only tells whether there is a next page; it must not move the offset.
    store::QueryFilter named = filter;
    named.text = paging.query;
    FLEET_TRY(out.queries, deps_.queries.list(named, paging));
    out.count = deps_.queries.count(named);
    if (paging.per_page && !paging.after) {
        out.has_next = paging.offset() + out.queries.size() < out.count;
    } else if (paging.per_page) {
        FLEET_TRY(const auto more, deps_.queries.list(named, one_more));
        out.has_next = more.size() > *paging.per_page;
    }
    if (filter.team && filter.merge_inherited) {
        store::QueryFilter inherited = named;
        inherited.team.reset();
        out.inherited = deps_.queries.count(inherited);
    }
    return out;
}

Result<Query> QueryService::get(const Viewer& viewer, QueryId id) {
    FLEET_CHECK(authorize(viewer, Action::read_queries, Object::anywhere()));
    auto query = deps_.queries.find(id);
    if (!query) return fail(no_query(to_text(id)));
    FLEET_CHECK(authorize(viewer, Action::read_queries, Object::of_shared(query->team)));
    return std::move(*query);
}

Result<Query> QueryService::get_named(
    const Viewer& viewer, std::optional<TeamId> team, const std::string& name
) {
    FLEET_CHECK(authorize(viewer, Action::read_queries, Object::of_shared(team)));
    auto query = deps_.queries.find(team, name);
    if (!query) return fail(no_query(name));
    return std::move(*query);
}

Result<Query> QueryService::create(
    const Viewer& viewer, std::optional<TeamId> team, const QueryChanges& in
) {
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::of_shared(team)));
    Query query;
    query.team = team;
    if (team) {
        const auto name = deps_.queries.team_name(*team);
        if (!name) return fail(Error::not_found("Team", to_text(*team)));
        query.team_name = *name;
    }
    query.author = author(viewer);
    FLEET_TRY(query.fields, merge({}, in));
    FLEET_TRY(
        query.id,
        deps_.queries.insert(
            team,
            query.fields,
            query.author,
            [&](store::Session& session, QueryId id) {
                query.id = id;
                deps_.activities.record(
                    session, viewer, "created_saved_query", query_details(query)
                );
            }
        )
    );
    deps_.events.schedule_changed();
    return query;
}

Result<Query> QueryService::modify(const Viewer& viewer, QueryId id, const QueryChanges& in) {
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::anywhere()));
    auto query = deps_.queries.find(id);
    if (!query || !query->saved) return fail(no_query(to_text(id)));
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::of_shared(query->team)));
    FLEET_TRY(const QueryFields fields, merge(query->fields, in));
    const store::Discard discard = what_to_discard(query->fields, fields);
    query->fields = fields;
    FLEET_CHECK(deps_.queries.update(id, fields, discard, [&](store::Session& session) {
        deps_.activities.record(session, viewer, "edited_saved_query", query_details(*query));
    }));
    deps_.events.schedule_changed();
    return get(viewer, id);
}

Result<> QueryService::remove(const Viewer& viewer, QueryId id) {
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::anywhere()));
    const auto query = deps_.queries.find(id);
    if (!query || !query->saved) return fail(no_query(to_text(id)));
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::of_shared(query->team)));
    deps_.queries.remove(std::span{&id, 1}, [&](store::Session& session) {
        deps_.activities.record(session, viewer, "deleted_saved_query", deleted_details(*query));
    });
    deps_.events.schedule_changed();
    return {};
}

Result<> QueryService::remove_named(
    const Viewer& viewer, std::optional<TeamId> team, const std::string& name
) {
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::of_shared(team)));
    const auto query = deps_.queries.find(team, name);
    if (!query) return fail(no_query(name));
    return remove(viewer, query->id);
}

Result<std::size_t> QueryService::remove_many(const Viewer& viewer, std::span<const QueryId> ids) {
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::anywhere()));
    const auto queries = deps_.queries.find_all(ids);
    for (const QueryId id : ids) {
        const bool known = std::any_of(queries.begin(), queries.end(), [&](const Query& query) {
            return query.id == id && query.saved;
        });
        if (!known) return fail(no_query(to_text(id)));
    }
    for (const Query& query : queries)
        FLEET_CHECK(authorize(viewer, Action::write_queries, Object::of_shared(query.team)));
    if (queries.empty()) return std::size_t{0};
    deps_.queries.remove(ids, [&](store::Session& session) {
        deps_.activities.record(
            session, viewer, "deleted_multiple_saved_query", deleted_many_details(queries)
        );
    });
    deps_.events.schedule_changed();
    return queries.size();
}

}  // namespace fleet::service
