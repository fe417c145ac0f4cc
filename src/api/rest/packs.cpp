#include "fleet/api/rest/packs.hpp"

#include "apply_plan_json.hpp"
#include "fleet/api/rest/paging.hpp"

namespace fleet::api::rest {

struct PackListParams : PageParams {
    static void fields(auto&& field) { page_fields<PackListParams>(field); }
};

struct PackIdParams {
    PackId id{};
    static void fields(auto&& field) { field("id", &PackIdParams::id, json::in_path); }
};

struct PackNameParams {
    std::string name{};
    static void fields(auto&& field) { field("name", &PackNameParams::name, json::in_path); }
};

struct CreatePackRequest {
    std::optional<std::string> name{}, description{}, platform{};
    std::optional<bool> disabled{};
    std::optional<std::vector<LabelId>> label_ids{};
    std::optional<std::vector<HostId>> host_ids{};
    std::optional<std::vector<TeamId>> team_ids{};

    template <class Dto>
    static void pack_fields(auto&& field) {
        field("name", &Dto::name);
        field("description", &Dto::description);
        field("platform", &Dto::platform);
        field("disabled", &Dto::disabled);
        field("label_ids", &Dto::label_ids);
        field("host_ids", &Dto::host_ids);
        field("team_ids", &Dto::team_ids);
    }
    static void fields(auto&& field) { pack_fields<CreatePackRequest>(field); }

    service::PackChanges changes() const {
        return {
            .name = name,
            .description = description,
            .platform = platform,
            .disabled = disabled,
            .labels = label_ids,
            .hosts = host_ids,
            .teams = team_ids};
    }
};

struct ModifyPackRequest : CreatePackRequest {
    PackId id{};
    static void fields(auto&& field) {
        pack_fields<ModifyPackRequest>(field);
        field("id", &ModifyPackRequest::id, json::in_path);
    }
};

struct PackSpecQueryDto {
    std::string query{}, name{}, description{};
    std::uint32_t interval = 0;
    std::optional<bool> snapshot{}, removed{}, denylist{};
    std::optional<std::uint32_t> shard{};
    std::optional<std::string> platform{}, version{};
    static void fields(auto&& field) {
        field("query", &PackSpecQueryDto::query);
        field("name", &PackSpecQueryDto::name);
        field("description", &PackSpecQueryDto::description);
        field("interval", &PackSpecQueryDto::interval);
        field("snapshot", &PackSpecQueryDto::snapshot);
        field("removed", &PackSpecQueryDto::removed);
        field("shard", &PackSpecQueryDto::shard);
        field("platform", &PackSpecQueryDto::platform);
        field("version", &PackSpecQueryDto::version);
        field("denylist", &PackSpecQueryDto::denylist);
    }
};

struct PackSpecTargetsDto {
    std::optional<std::vector<std::string>> labels{}, teams{};
    static void fields(auto&& field) {
        field("labels", &PackSpecTargetsDto::labels);
        field("teams", &PackSpecTargetsDto::teams);
    }
};

struct PackSpecDto {
    std::string name{}, description{}, platform{};
    bool disabled = false;
    PackSpecTargetsDto targets{};
    std::vector<PackSpecQueryDto> queries{};
    static void fields(auto&& field) {
        field("name", &PackSpecDto::name);
        field("description", &PackSpecDto::description);
        field("platform", &PackSpecDto::platform);
        field("disabled", &PackSpecDto::disabled);
        field("targets", &PackSpecDto::targets);
        field("queries", &PackSpecDto::queries);
    }
};

struct ApplyPacksRequest {
    bool dry_run = false;
    std::vector<PackSpecDto> specs{};
    static void fields(auto&& field) {
        field("dry_run", &ApplyPacksRequest::dry_run, json::in_query);
        field("specs", &ApplyPacksRequest::specs);
    }
};

namespace {

json::Value to_json(const store::Pack& pack) {
    const store::PackFields& f = pack.fields;
    json::Value out = json::Value::object();
    out["created_at"] = to_rfc3339(pack.created_at);
    out["updated_at"] = to_rfc3339(pack.updated_at);
    out["id"] = raw(pack.id);
    out["name"] = f.name;
    out["description"] = f.description;
    out["platform"] = f.platform;
    out["disabled"] = f.disabled;
    out["type"] = json::encode(pack.type);
    out["labels"] = nullptr;
    out["label_ids"] = json::encode(f.targets.labels);
    out["hosts"] = nullptr;
    out["host_ids"] = json::encode(f.targets.hosts);
    out["teams"] = nullptr;
    out["team_ids"] = json::encode(f.targets.teams);
    out["query_count"] = pack.query_count;
    out["total_hosts_count"] = pack.host_count;
    return out;
}

json::Value names_or_null(const std::vector<std::string>& names) {
    return names.empty() ? json::Value(nullptr) : json::Value(names);
}

json::Value to_json(const service::PackSpec& spec) {
    json::Value out = json::Value::object();
    if (spec.id) out["id"] = raw(*spec.id);
    out["name"] = spec.name;
    out["description"] = spec.description;
    out["platform"] = spec.platform;
    out["disabled"] = spec.disabled;
    out["targets"] = {{"labels", names_or_null(spec.labels)}, {"teams", names_or_null(spec.teams)}};
    out["queries"] = json::Value::array();
    for (const service::PackSpecQuery& query : spec.queries) {
        const store::PackQueryFields& f = query.fields;
        json::Value entry = json::Value::object();
        entry["query"] = query.query;
        entry["name"] = f.name;
        entry["description"] = f.description;
        entry["interval"] = f.interval;
        entry["snapshot"] = json::encode(f.snapshot);
        entry["removed"] = json::encode(f.removed);
        entry["shard"] = json::encode(f.shard);
        entry["platform"] = json::encode(f.platform);
        entry["version"] = json::encode(f.version);
        entry["denylist"] = json::encode(f.denylist);
        out["queries"].push_back(std::move(entry));
    }
    return out;
}

service::PackSpec to_spec(const PackSpecDto& in) {
    service::PackSpec out;
    out.name = in.name;
    out.description = in.description;
    out.platform = in.platform;
    out.disabled = in.disabled;
    out.labels = in.targets.labels.value_or(std::vector<std::string>{});
    out.teams = in.targets.teams.value_or(std::vector<std::string>{});
    for (const PackSpecQueryDto& query : in.queries) {
        out.queries.push_back(
            {query.query,
             {.name = query.name,
              .description = query.description,
              .interval = query.interval,
              .snapshot = query.snapshot,
              .removed = query.removed,
              .denylist = query.denylist,
              .shard = query.shard,
              .platform = query.platform,
              .version = query.version}}
        );
    }
    return out;
}

}  // namespace

std::span<const Row<PackApi>> PackApi::rows() {
    constexpr RowOptions kSpecBody{.max_body = 25 << 20};
    static constexpr Row<PackApi> kRows[] = {
        rest::get<&PackApi::list>("/packs", Who::user, "list_packs"),
        rest::get<&PackApi::get>("/packs/{id:uint}", Who::user, "get_pack"),
        post<&PackApi::create>("/packs", Who::user, "create_pack"),
        patch<&PackApi::modify>("/packs/{id:uint}", Who::user, "modify_pack"),
        del<&PackApi::remove_named>("/packs/{name}", Who::user, "delete_pack"),
        del<&PackApi::remove>("/packs/id/{id:uint}", Who::user, "delete_pack_by_id"),
        rest::get<&PackApi::list_specs>("/spec/packs", Who::user, "list_pack_specs"),
        rest::get<&PackApi::get_spec>("/spec/packs/{name}", Who::user, "get_pack_spec"),
        post<&PackApi::apply>("/spec/packs", Who::user, "apply_pack_specs", kSpecBody),
    };
    return kRows;
}

Result<json::Value> PackApi::list(const Viewer& viewer, const PackListParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const auto packs, packs_.list(viewer, paging));
    json::Value out = json::Value::array();
    for (const store::Pack& pack : packs)
        out.push_back(to_json(pack));
    return json::Value{{"packs", std::move(out)}};
}

Result<json::Value> PackApi::get(const Viewer& viewer, const PackIdParams& params) {
    FLEET_TRY(const store::Pack pack, packs_.get(viewer, params.id));
    return json::Value{{"pack", to_json(pack)}};
}

Result<json::Value> PackApi::create(const Viewer& viewer, const CreatePackRequest& request) {
    FLEET_TRY(const store::Pack pack, packs_.create(viewer, request.changes()));
    return json::Value{{"pack", to_json(pack)}};
}

Result<json::Value> PackApi::modify(const Viewer& viewer, const ModifyPackRequest& request) {
    FLEET_TRY(const store::Pack pack, packs_.modify(viewer, request.id, request.changes()));
    return json::Value{{"pack", to_json(pack)}};
}

Result<Empty> PackApi::remove(const Viewer& viewer, const PackIdParams& params) {
    FLEET_CHECK(packs_.remove(viewer, params.id));
    return Empty{};
}

Result<Empty> PackApi::remove_named(const Viewer& viewer, const PackNameParams& params) {
    FLEET_CHECK(packs_.remove_named(viewer, params.name));
    return Empty{};
}

Result<json::Value> PackApi::list_specs(const Viewer& viewer, const Nothing&) {
    FLEET_TRY(const auto specs, packs_.specs(viewer));
    json::Value out = nullptr;  // not [] when there is none (rest-api-b 9.5)
    for (const service::PackSpec& spec : specs)
        out.push_back(to_json(spec));
    return json::Value{{"specs", std::move(out)}};
}

Result<json::Value> PackApi::get_spec(const Viewer& viewer, const PackNameParams& params) {
    FLEET_TRY(const service::PackSpec spec, packs_.spec(viewer, params.name));
    return json::Value{{"specs", to_json(spec)}};
}

Result<json::Value> PackApi::apply(const Viewer& viewer, const ApplyPacksRequest& request) {
    std::vector<service::PackSpec> specs;
    for (const PackSpecDto& spec : request.specs)
        specs.push_back(to_spec(spec));
    const auto dry_run = request.dry_run ? service::DryRun::yes : service::DryRun::no;
    FLEET_TRY(const service::ApplyPlan plan, packs_.apply(viewer, specs, dry_run));
    return apply_answer(plan, dry_run);
}

}  // namespace fleet::api::rest
