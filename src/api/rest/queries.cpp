#include "fleet/api/rest/queries.hpp"

#include "fleet/api/rest/paging.hpp"
#include "query_fields.hpp"

namespace fleet::api::rest {

struct QueryListParams : PageParams {
    std::optional<std::uint64_t> team_id{};
    bool merge_inherited = false;
    std::string platform{};
    static void fields(auto&& field) {
        page_fields<QueryListParams>(field);
        field("team_id", &QueryListParams::team_id, json::in_query);
        field("merge_inherited", &QueryListParams::merge_inherited, json::in_query);
        field("platform", &QueryListParams::platform, json::in_query);
    }
};

struct QueryIdParams {
    QueryId id{};
    static void fields(auto&& field) { field("id", &QueryIdParams::id, json::in_path); }
};

struct QueryNameParams {
    std::string name{};
    std::optional<std::uint64_t> team_in_body{}, team_in_query{};
    static void fields(auto&& field) {
        field("name", &QueryNameParams::name, json::in_path);
        field("team_id", &QueryNameParams::team_in_body);
        field("team_id", &QueryNameParams::team_in_query, json::in_query);
    }
};

struct CreateQueryRequest : QueryBody {
    std::optional<std::uint64_t> team_id{};
    static void fields(auto&& field) {
        query_fields<CreateQueryRequest>(field);
        field("team_id", &CreateQueryRequest::team_id);
    }
};

struct ModifyQueryRequest : QueryBody {
    QueryId id{};
    static void fields(auto&& field) {
        query_fields<ModifyQueryRequest>(field);
        field("id", &ModifyQueryRequest::id, json::in_path);
    }
};

struct DeleteQueriesRequest {
    std::vector<QueryId> ids{};
    static void fields(auto&& field) { field("ids", &DeleteQueriesRequest::ids); }
};

struct DeletedCountDto {
    std::uint64_t deleted = 0;
    static void fields(auto&& field) { field("deleted", &DeletedCountDto::deleted); }
};

namespace {

struct LabelRefDto : store::LabelRef {
    static void fields(auto&& field) {
        field("id", &LabelRefDto::id);
        field("name", &LabelRefDto::name);
    }
};

struct PackRefDto : store::PackRef {
    static void fields(auto&& field) {
        field("id", &PackRefDto::id);
        field("name", &PackRefDto::name);
        field("description", &PackRefDto::description);
        field("platform", &PackRefDto::platform);
        field("disabled", &PackRefDto::disabled);
        field("created_at", &PackRefDto::created_at);
        field("updated_at", &PackRefDto::updated_at);
    }
};

struct StatsDto : store::QueryStats {
    static void fields(auto&& field) {
        field("system_time_p50", &StatsDto::system_time_p50);
        field("system_time_p95", &StatsDto::system_time_p95);
        field("user_time_p50", &StatsDto::user_time_p50);
        field("user_time_p95", &StatsDto::user_time_p95);
        field("total_executions", &StatsDto::total_executions);
    }
};

struct QueryDto {
    std::string created_at{}, updated_at{};
    QueryId id{};
    std::optional<TeamId> team_id{};
    bool saved = true;
    std::optional<UserId> author_id{};
    std::string author_name{}, author_email{};
    json::Value packs = json::Value::array();
    StatsDto stats{};
    std::vector<LabelRefDto> labels_include_any{}, labels_include_all{}, labels_exclude_any{};
    std::string name{}, description{}, query{}, platform{}, min_osquery_version{}, logging{};
    std::uint32_t interval = 0;
    bool automations_enabled = false, discard_data = false, observer_can_run = false;

    static void fields(auto&& field) {
        field("created_at", &QueryDto::created_at);
        field("updated_at", &QueryDto::updated_at);
        field("id", &QueryDto::id);
        field("team_id", &QueryDto::team_id);
        field("fleet_id", &QueryDto::team_id);
        field("interval", &QueryDto::interval);
        field("platform", &QueryDto::platform);
        field("min_osquery_version", &QueryDto::min_osquery_version);
        field("automations_enabled", &QueryDto::automations_enabled);
        field("logging", &QueryDto::logging);
        field("name", &QueryDto::name);
        field("description", &QueryDto::description);
        field("query", &QueryDto::query);
        field("saved", &QueryDto::saved);
        field("observer_can_run", &QueryDto::observer_can_run);
        field("author_id", &QueryDto::author_id);
        field("author_name", &QueryDto::author_name);
        field("author_email", &QueryDto::author_email);
        field("packs", &QueryDto::packs);
        field("stats", &QueryDto::stats);
        field("discard_data", &QueryDto::discard_data);
        field("labels_include_any", &QueryDto::labels_include_any);
        field("labels_include_all", &QueryDto::labels_include_all);
        field("labels_exclude_any", &QueryDto::labels_exclude_any);
    }
};

std::vector<LabelRefDto> to_dtos(const std::vector<store::LabelRef>& labels) {
    std::vector<LabelRefDto> out;
    for (const store::LabelRef& label : labels)
        out.push_back({label});
    return out;
}

/// A query that is just made has no times yet (rest-api-b 9.9).
std::string time_text(const std::optional<Time>& time) {
    return time ? to_rfc3339(*time) : std::string{kZeroTime};
}

QueryDto to_dto(const store::Query& query) {
    const store::QueryFields& f = query.fields;
    QueryDto out;
    out.created_at = time_text(query.created_at);
    out.updated_at = time_text(query.updated_at);
    out.id = query.id;
    out.team_id = query.team;
    out.saved = query.saved;
    out.author_id = query.author.id;
    out.author_name = query.author.name;
    out.author_email = query.author.email;
    out.stats = {query.stats};
    for (const store::PackRef& pack : query.packs)
        out.packs.push_back(json::encode(PackRefDto{pack}));
    out.labels_include_any = to_dtos(f.labels_include_any);
    out.labels_include_all = to_dtos(f.labels_include_all);
    out.labels_exclude_any = to_dtos(f.labels_exclude_any);
    out.name = f.name;
    out.description = f.description;
    out.query = f.sql;
    out.platform = f.platform;
    out.min_osquery_version = f.min_osquery_version;
    out.logging = f.logging;
    out.interval = f.interval;
    out.automations_enabled = f.automations_enabled;
    out.discard_data = f.discard_data;
    out.observer_can_run = f.observer_can_run;
    return out;
}

/// The whole object under both names: its own member `query` keeps it from being an alias.
json::Value answer(const store::Query& query, const std::vector<std::string>& warnings) {
    json::Value object = json::encode(to_dto(query));
    object["warnings"] = warnings;
    return json::Value{{"query", object}, {"report", object}};
}

std::optional<TeamId> to_team(std::optional<std::uint64_t> id) {
    return id.value_or(0) == 0 ? std::nullopt : std::optional{static_cast<TeamId>(*id)};
}

/// "macos" and "darwin" mean the same; 400 for anything that is not one platform.
Result<std::string> to_platform(const std::string& text) {
    if (text.empty() || text == "windows" || text == "linux") return text;
    if (text == "macos" || text == "darwin") return std::string{"darwin"};
    return fail(Error::bad_request("invalid platform \"" + text + "\": use macos, windows or linux")
    );
}

}  // namespace

std::span<const Row<QueryApi>> QueryApi::rows() {
    static constexpr Row<QueryApi> kRows[] = {
        rest::get<&QueryApi::list>("/reports", Who::user, "list_queries"),
        rest::get<&QueryApi::get>("/reports/{id:uint}", Who::user, "get_query"),
        post<&QueryApi::create>("/reports", Who::user, "create_query"),
        patch<&QueryApi::modify>("/reports/{id:uint}", Who::user, "modify_query"),
        del<&QueryApi::remove_named>("/reports/{name}", Who::user, "delete_query"),
        del<&QueryApi::remove>("/reports/id/{id:uint}", Who::user, "delete_query_by_id"),
        post<&QueryApi::remove_many>("/reports/delete", Who::user, "delete_queries"),
    };
    return kRows;
}

Result<json::Value> QueryApi::list(const Viewer& viewer, const QueryListParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    store::QueryFilter filter;
    filter.team = to_team(params.team_id);
    filter.merge_inherited = params.merge_inherited;
    FLEET_TRY(filter.platform, to_platform(params.platform));
    FLEET_TRY(const service::QueryPage page, queries_.list(viewer, filter, paging));
    json::Value out = json::Value::object();
    out["queries"] = json::Value::array();
    for (const store::Query& query : page.queries)
        out["queries"].push_back(json::encode(to_dto(query)));
    out["count"] = page.count;
    out["inherited_query_count"] = page.inherited;
    out["meta"] = json::encode(PageMeta{page.has_next, paging.page > 0});
    return out;
}

Result<json::Value> QueryApi::get(const Viewer& viewer, const QueryIdParams& params) {
    FLEET_TRY(const store::Query query, queries_.get(viewer, params.id));
    return answer(query, queries_.warnings(query.fields));
}

Result<json::Value> QueryApi::create(const Viewer& viewer, const CreateQueryRequest& request) {
    FLEET_TRY(
        const store::Query query,
        queries_.create(viewer, to_team(request.team_id), request.changes())
    );
    return answer(query, queries_.warnings(query.fields));
}

Result<json::Value> QueryApi::modify(const Viewer& viewer, const ModifyQueryRequest& request) {
    FLEET_TRY(const store::Query query, queries_.modify(viewer, request.id, request.changes()));
    return answer(query, queries_.warnings(query.fields));
}

Result<Empty> QueryApi::remove_named(const Viewer& viewer, const QueryNameParams& params) {
    const auto team = params.team_in_query ? params.team_in_query : params.team_in_body;
    FLEET_CHECK(queries_.remove_named(viewer, to_team(team), params.name));
    return Empty{};
}

Result<Empty> QueryApi::remove(const Viewer& viewer, const QueryIdParams& params) {
    FLEET_CHECK(queries_.remove(viewer, params.id));
    return Empty{};
}

Result<DeletedCountDto> QueryApi::remove_many(
    const Viewer& viewer, const DeleteQueriesRequest& request
) {
    FLEET_TRY(const std::size_t deleted, queries_.remove_many(viewer, request.ids));
    return DeletedCountDto{deleted};
}

}  // namespace fleet::api::rest
