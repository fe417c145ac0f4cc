// The queries of packs: rest-api-a 17.4.
#include "fleet/api/rest/packs.hpp"
#include "fleet/api/rest/paging.hpp"
#include "schedule_json.hpp"

namespace fleet::api::rest {

struct PackQueriesParams : PageParams {
    PackId id{};
    static void fields(auto&& field) {
        page_fields<PackQueriesParams>(field);
        field("id", &PackQueriesParams::id, json::in_path);
    }
};

struct PackQueryIdParams {
    PackQueryId id{};
    static void fields(auto&& field) { field("id", &PackQueryIdParams::id, json::in_path); }
};

struct AddPackQueryRequest : ScheduleBody {
    std::optional<PackId> pack_id{};
    std::optional<std::string> name{};
    static void fields(auto&& field) {
        schedule_fields<AddPackQueryRequest>(field);
        field("pack_id", &AddPackQueryRequest::pack_id);
        field("name", &AddPackQueryRequest::name);
    }
};

struct ModifyPackQueryRequest : ScheduleBody {
    PackQueryId id{};
    std::optional<std::string> name{};
    static void fields(auto&& field) {
        schedule_fields<ModifyPackQueryRequest>(field);
        field("id", &ModifyPackQueryRequest::id, json::in_path);
        field("name", &ModifyPackQueryRequest::name);
    }
};

namespace {

template <class T>
std::optional<std::optional<T>> sent(const json::Patch<T>& patch) {
    std::optional<std::optional<T>> out;
    // Not by deduction: an optional of an optional would become a copy, and "absent" a null.
    if (patch) out.emplace(patch.value);
    return out;
}

service::PackQueryChanges changes(
    const ScheduleBody& body, const std::optional<std::string>& name
) {
    service::PackQueryChanges out;
    out.query = body.query_id;
    out.name = name;
    out.interval = body.interval;
    out.snapshot = sent(body.snapshot);
    out.removed = sent(body.removed);
    out.denylist = sent(body.denylist);
    out.shard = sent(body.shard);
    out.platform = sent(body.platform);
    out.version = sent(body.version);
    return out;
}

json::Value to_json(const store::PackQuery& query) {
    const store::PackQueryFields& f = query.fields;
    json::Value out = json::Value::object();
    out["created_at"] = to_rfc3339(query.created_at);
    out["updated_at"] = to_rfc3339(query.updated_at);
    out["id"] = raw(query.id);
    out["pack_id"] = raw(query.pack);
    out["name"] = f.name;
    out["query_id"] = raw(f.query);
    out["query_name"] = query.query_name;
    out["query"] = query.sql;
    out["interval"] = f.interval;
    out["snapshot"] = json::encode(f.snapshot);
    out["removed"] = json::encode(f.removed);
    out["platform"] = json::encode(f.platform);
    out["version"] = json::encode(f.version);
    out["shard"] = json::encode(f.shard);
    out["denylist"] = json::encode(f.denylist);
    out["stats"] = stats_json(query.stats);
    return out;
}

}  // namespace

std::span<const Row<PackScheduleApi>> PackScheduleApi::rows() {
    using Api = PackScheduleApi;
    // "/schedule" means a pack's under v1 and everybody's under later versions (surprise 1).
    constexpr RowOptions kV1{.versions = Versions::v1_only};
    constexpr RowOptions kLater{.versions = Versions::from_2022};
    constexpr const char* kOne = "/schedule/{id:uint}";
    constexpr const char* kOneLater = "/packs/schedule/{id:uint}";
    static constexpr Row<Api> kRows[] = {
        rest::get<&Api::list>("/packs/{id:uint}/scheduled", Who::user, "list_pack_queries"),
        rest::get<&Api::get>(kOne, Who::user, "get_pack_query"),
        post<&Api::add>("/schedule", Who::user, "add_pack_query_v1", kV1),
        patch<&Api::modify>(kOne, Who::user, "modify_pack_query_v1", kV1),
        del<&Api::remove>(kOne, Who::user, "delete_pack_query_v1", kV1),
        post<&Api::add>("/packs/schedule", Who::user, "add_pack_query", kLater),
        patch<&Api::modify>(kOneLater, Who::user, "modify_pack_query", kLater),
        del<&Api::remove>(kOneLater, Who::user, "delete_pack_query", kLater),
    };
    return kRows;
}

Result<json::Value> PackScheduleApi::list(const Viewer& viewer, const PackQueriesParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const auto queries, packs_.queries(viewer, params.id, paging));
    json::Value out = json::Value::array();
    for (const store::PackQuery& query : queries)
        out.push_back(to_json(query));
    return json::Value{{"scheduled", std::move(out)}};
}

Result<json::Value> PackScheduleApi::get(const Viewer& viewer, const PackQueryIdParams& params) {
    FLEET_TRY(const store::PackQuery query, packs_.query(viewer, params.id));
    return json::Value{{"scheduled", to_json(query)}};
}

Result<json::Value> PackScheduleApi::add(const Viewer& viewer, const AddPackQueryRequest& request) {
    const service::PackQueryChanges wanted = changes(request, request.name);
    FLEET_TRY(const store::PackQuery query, packs_.add_query(viewer, request.pack_id, wanted));
    return json::Value{{"scheduled", to_json(query)}};
}

Result<json::Value> PackScheduleApi::modify(
    const Viewer& viewer, const ModifyPackQueryRequest& request
) {
    FLEET_TRY(
        const store::PackQuery query,
        packs_.modify_query(viewer, request.id, changes(request, request.name))
    );
    return json::Value{{"scheduled", to_json(query)}};
}

Result<Empty> PackScheduleApi::remove(const Viewer& viewer, const PackQueryIdParams& params) {
    FLEET_CHECK(packs_.remove_query(viewer, params.id));
    return Empty{};
}

}  // namespace fleet::api::rest
