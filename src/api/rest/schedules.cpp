#include "fleet/api/rest/schedules.hpp"

#include "fleet/api/rest/paging.hpp"
#include "schedule_json.hpp"

namespace fleet::api::rest {

struct GlobalScheduleParams : PageParams {
    static void fields(auto&& field) { page_fields<GlobalScheduleParams>(field); }
};

struct TeamScheduleParams : PageParams {
    TeamId team{};
    static void fields(auto&& field) {
        page_fields<TeamScheduleParams>(field);
        field("fleet_id", &TeamScheduleParams::team, json::in_path);
    }
};

struct ScheduleIdParams {
    QueryId id{};
    static void fields(auto&& field) { field("id", &ScheduleIdParams::id, json::in_path); }
};

struct TeamScheduleIdParams {
    TeamId team{};
    QueryId id{};
    static void fields(auto&& field) {
        field("fleet_id", &TeamScheduleIdParams::team, json::in_path);
        field("report_id", &TeamScheduleIdParams::id, json::in_path);
    }
};

struct GlobalScheduleRequest : ScheduleBody {
    static void fields(auto&& field) { schedule_fields<GlobalScheduleRequest>(field); }
};

struct TeamScheduleRequest : ScheduleBody {
    TeamId team{};
    static void fields(auto&& field) {
        schedule_fields<TeamScheduleRequest>(field);
        field("fleet_id", &TeamScheduleRequest::team, json::in_path);
    }
};

struct ModifyGlobalScheduleRequest : ScheduleBody {
    QueryId id{};
    static void fields(auto&& field) {
        schedule_fields<ModifyGlobalScheduleRequest>(field);
        field("id", &ModifyGlobalScheduleRequest::id, json::in_path);
    }
};

struct ModifyTeamScheduleRequest : ScheduleBody {
    TeamId team{};
    QueryId id{};
    static void fields(auto&& field) {
        schedule_fields<ModifyTeamScheduleRequest>(field);
        field("fleet_id", &ModifyTeamScheduleRequest::team, json::in_path);
        field("report_id", &ModifyTeamScheduleRequest::id, json::in_path);
    }
};

namespace {

std::string time_text(const std::optional<Time>& time) {
    return time ? to_rfc3339(*time) : std::string{kZeroTime};
}

json::Value to_json(const store::Query& query) {
    const store::QueryFields& f = query.fields;
    const bool snapshot = f.logging == "snapshot";
    json::Value out = json::Value::object();
    out["created_at"] = time_text(query.created_at);
    out["updated_at"] = time_text(query.updated_at);
    out["id"] = raw(query.id);
    out["pack_id"] = 0;
    out["name"] = f.name;
    out["query_id"] = raw(query.id);
    out["query_name"] = f.name;
    out["query"] = f.sql;
    out["interval"] = f.interval;
    out["snapshot"] = snapshot;
    out["removed"] = snapshot ? json::Value(nullptr) : json::Value(f.logging == "differential");
    out["platform"] = f.platform;
    out["version"] = f.min_osquery_version;
    out["shard"] = nullptr;
    out["denylist"] = nullptr;
    out["stats"] = stats_json(query.stats);
    return out;
}

/// The two switches of old as the one setting of today.
std::optional<std::string> logging(const ScheduleBody& body) {
    if (!body.snapshot && !body.removed) return std::nullopt;
    if (body.snapshot.value.value_or(false)) return "snapshot";
    return body.removed.value.value_or(true) ? "differential" : "differential_ignore_removals";
}

service::QueryChanges changes(const ScheduleBody& body) {
    service::QueryChanges out;
    out.interval = body.interval;
    out.logging = logging(body);
    if (body.platform) out.platform = body.platform.value.value_or("");
    if (body.version) out.min_osquery_version = body.version.value.value_or("");
    return out;
}

}  // namespace

std::span<const Row<ScheduleApi>> ScheduleApi::rows() {
    using Api = ScheduleApi;
    constexpr RowOptions kV1{.versions = Versions::v1_only};
    constexpr RowOptions kLater{.versions = Versions::from_2022};
    constexpr const char* kOneV1 = "/global/schedule/{id:uint}";
    constexpr const char* kOne = "/schedule/{id:uint}";
    constexpr const char* kTeam = "/fleets/{fleet_id:uint}/schedule";
    constexpr const char* kTeamOne = "/fleets/{fleet_id:uint}/schedule/{report_id:uint}";
    // The oldest spelling; that with an "s" is an alias of every "/fleets" path.
    constexpr const char* kOldTeam = "/team/{fleet_id:uint}/schedule";
    constexpr const char* kOldTeamOne = "/team/{fleet_id:uint}/schedule/{report_id:uint}";
    static constexpr Row<Api> kRows[] = {
        rest::get<&Api::list>("/global/schedule", Who::user, "list_global_schedule_v1", kV1),
        post<&Api::add>("/global/schedule", Who::user, "add_global_schedule_v1", kV1),
        patch<&Api::modify>(kOneV1, Who::user, "modify_global_schedule_v1", kV1),
        del<&Api::remove>(kOneV1, Who::user, "delete_global_schedule_v1", kV1),
        rest::get<&Api::list>("/schedule", Who::user, "list_global_schedule", kLater),
        post<&Api::add>("/schedule", Who::user, "add_global_schedule", kLater),
        patch<&Api::modify>(kOne, Who::user, "modify_global_schedule", kLater),
        del<&Api::remove>(kOne, Who::user, "delete_global_schedule", kLater),
        rest::get<&Api::list_of_team>(kTeam, Who::user, "list_team_schedule"),
        post<&Api::add_to_team>(kTeam, Who::user, "add_team_schedule"),
        patch<&Api::modify_in_team>(kTeamOne, Who::user, "modify_team_schedule"),
        del<&Api::remove_from_team>(kTeamOne, Who::user, "delete_team_schedule"),
        rest::get<&Api::list_of_team>(kOldTeam, Who::user, "list_team_schedule_old"),
        post<&Api::add_to_team>(kOldTeam, Who::user, "add_team_schedule_old"),
        patch<&Api::modify_in_team>(kOldTeamOne, Who::user, "modify_team_schedule_old"),
        del<&Api::remove_from_team>(kOldTeamOne, Who::user, "delete_team_schedule_old"),
    };
    return kRows;
}

namespace {

Result<json::Value> list_of(
    service::QueryService& queries,
    const Viewer& viewer,
    std::optional<TeamId> team,
    const PageParams& params
) {
    FLEET_TRY(const Paging paging, to_paging(params));
    store::QueryFilter filter;
    filter.team = team;
    filter.scheduled = true;
    FLEET_TRY(const service::QueryPage page, queries.list(viewer, filter, paging));
    json::Value out = json::Value::array();
    for (const store::Query& query : page.queries)
        out.push_back(to_json(query));
    return out;
}

Result<json::Value> add_to(
    service::QueryService& queries,
    const Viewer& viewer,
    std::optional<TeamId> team,
    const ScheduleBody& body
) {
    FLEET_TRY(
        const store::Query query, queries.schedule_copy(viewer, team, body.query_id, changes(body))
    );
    return json::Value{{"scheduled", to_json(query)}};
}

/// 404 unless the query is on the schedule of that team, or of everybody.
Result<> check_scheduled(
    service::QueryService& queries, const Viewer& viewer, std::optional<TeamId> team, QueryId id
) {
    FLEET_TRY(const store::Query query, queries.get(viewer, id));
    if (query.team != team || query.fields.interval == 0 || !query.saved) {
        return fail(Error::not_found("ScheduledQuery", to_text(id)));
    }
    return {};
}

Result<json::Value> modify_on(
    service::QueryService& queries,
    const Viewer& viewer,
    std::optional<TeamId> team,
    QueryId id,
    const ScheduleBody& body
) {
    FLEET_CHECK(check_scheduled(queries, viewer, team, id));
    FLEET_TRY(const store::Query query, queries.modify(viewer, id, changes(body)));
    return json::Value{{"scheduled", to_json(query)}};
}

Result<Empty> remove_from(
    service::QueryService& queries, const Viewer& viewer, std::optional<TeamId> team, QueryId id
) {
    FLEET_CHECK(check_scheduled(queries, viewer, team, id));
    // What stands on this schedule is a query of its own: a copy (17.5).
    FLEET_CHECK(queries.remove(viewer, id));
    return Empty{};
}

}  // namespace

Result<json::Value> ScheduleApi::list(const Viewer& viewer, const GlobalScheduleParams& params) {
    FLEET_TRY(json::Value out, list_of(queries_, viewer, std::nullopt, params));
    return json::Value{{"global_schedule", std::move(out)}};
}

Result<json::Value> ScheduleApi::add(const Viewer& viewer, const GlobalScheduleRequest& request) {
    return add_to(queries_, viewer, std::nullopt, request);
}

Result<json::Value> ScheduleApi::modify(
    const Viewer& viewer, const ModifyGlobalScheduleRequest& request
) {
    return modify_on(queries_, viewer, std::nullopt, request.id, request);
}

Result<Empty> ScheduleApi::remove(const Viewer& viewer, const ScheduleIdParams& params) {
    return remove_from(queries_, viewer, std::nullopt, params.id);
}

Result<json::Value> ScheduleApi::list_of_team(
    const Viewer& viewer, const TeamScheduleParams& params
) {
    FLEET_TRY(json::Value out, list_of(queries_, viewer, params.team, params));
    return json::Value{{"scheduled", std::move(out)}};
}

Result<json::Value> ScheduleApi::add_to_team(
    const Viewer& viewer, const TeamScheduleRequest& request
) {
    return add_to(queries_, viewer, request.team, request);
}

Result<json::Value> ScheduleApi::modify_in_team(
    const Viewer& viewer, const ModifyTeamScheduleRequest& request
) {
    return modify_on(queries_, viewer, request.team, request.id, request);
}

Result<Empty> ScheduleApi::remove_from_team(
    const Viewer& viewer, const TeamScheduleIdParams& params
) {
    return remove_from(queries_, viewer, params.team, params.id);
}

}  // namespace fleet::api::rest
