#include "fleet/api/rest/query_specs.hpp"

#include "apply_plan_json.hpp"
#include "query_fields.hpp"

namespace fleet::api::rest {

struct SpecListParams {
    std::optional<std::uint64_t> team_id{};
    static void fields(auto&& field) { field("team_id", &SpecListParams::team_id, json::in_query); }
};

struct SpecNameParams {
    std::string name{};
    std::optional<std::uint64_t> team_id{};
    static void fields(auto&& field) {
        field("name", &SpecNameParams::name, json::in_path);
        field("team_id", &SpecNameParams::team_id, json::in_query);
    }
};

struct QuerySpecDto : QueryBody {
    std::string team{};
    static void fields(auto&& field) {
        query_fields<QuerySpecDto>(field);
        field("team", &QuerySpecDto::team);
    }
};

struct ApplySpecsRequest {
    bool dry_run = false;
    std::vector<QuerySpecDto> specs{};
    static void fields(auto&& field) {
        field("dry_run", &ApplySpecsRequest::dry_run, json::in_query);
        field("specs", &ApplySpecsRequest::specs);
    }
};

namespace {

std::optional<TeamId> to_team(std::optional<std::uint64_t> id) {
    return id.value_or(0) == 0 ? std::nullopt : std::optional{static_cast<TeamId>(*id)};
}

std::vector<std::string> names_of(const std::vector<store::LabelRef>& labels) {
    std::vector<std::string> out;
    for (const store::LabelRef& label : labels)
        out.push_back(label.name);
    return out;
}

json::Value to_spec(const store::Query& query) {
    const store::QueryFields& f = query.fields;
    json::Value out = json::Value::object();
    out["name"] = f.name;
    out["description"] = f.description;
    out["query"] = f.sql;
    out["team"] = query.team_name;
    out["interval"] = f.interval;
    out["observer_can_run"] = f.observer_can_run;
    out["platform"] = f.platform;
    out["min_osquery_version"] = f.min_osquery_version;
    out["automations_enabled"] = f.automations_enabled;
    out["logging"] = f.logging;
    out["discard_data"] = f.discard_data;
    if (!f.labels_include_any.empty()) out["labels_include_any"] = names_of(f.labels_include_any);
    if (!f.labels_include_all.empty()) out["labels_include_all"] = names_of(f.labels_include_all);
    if (!f.labels_exclude_any.empty()) out["labels_exclude_any"] = names_of(f.labels_exclude_any);
    return out;
}

}  // namespace

std::span<const Row<QuerySpecApi>> QuerySpecApi::rows() {
    constexpr RowOptions kSpecBody{.max_body = 25 << 20};
    static constexpr Row<QuerySpecApi> kRows[] = {
        rest::get<&QuerySpecApi::list>("/spec/reports", Who::user, "list_query_specs"),
        rest::get<&QuerySpecApi::get>("/spec/reports/{name}", Who::user, "get_query_spec"),
        post<&QuerySpecApi::apply>("/spec/reports", Who::user, "apply_query_specs", kSpecBody),
    };
    return kRows;
}

Result<json::Value> QuerySpecApi::list(const Viewer& viewer, const SpecListParams& params) {
    store::QueryFilter filter;
    filter.team = to_team(params.team_id);
    FLEET_TRY(const service::QueryPage page, queries_.list(viewer, filter, {}));
    json::Value specs = nullptr;  // not [] when there is none (rest-api-b 9.5)
    for (const store::Query& query : page.queries)
        specs.push_back(to_spec(query));
    return json::Value{{"specs", std::move(specs)}};
}

Result<json::Value> QuerySpecApi::get(const Viewer& viewer, const SpecNameParams& params) {
    FLEET_TRY(
        const store::Query query, queries_.get_named(viewer, to_team(params.team_id), params.name)
    );
    return json::Value{{"specs", to_spec(query)}};
}

Result<json::Value> QuerySpecApi::apply(const Viewer& viewer, const ApplySpecsRequest& request) {
    std::vector<service::QuerySpec> specs;
    for (const QuerySpecDto& spec : request.specs)
        specs.push_back({spec.changes(), spec.team});
    const auto dry_run = request.dry_run ? service::DryRun::yes : service::DryRun::no;
    FLEET_TRY(const service::ApplyPlan plan, queries_.apply(viewer, specs, dry_run));
    return apply_answer(plan, dry_run);
}

}  // namespace fleet::api::rest
