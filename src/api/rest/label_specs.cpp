#include "fleet/api/rest/label_specs.hpp"

#include "label_params.hpp"

namespace fleet::api::rest {

struct LabelSpecListParams {
    std::string team_id{};
    static void fields(auto&& field) {
        field("team_id", &LabelSpecListParams::team_id, json::in_query);
    }
};

struct LabelSpecNameParams {
    std::string name{};
    static void fields(auto&& field) { field("name", &LabelSpecNameParams::name, json::in_path); }
};

struct LabelSpecDto {
    std::string name{}, description{}, query{}, platform{}, label_type{}, label_membership_type{};
    std::optional<std::vector<std::string>> hosts{};
    std::optional<json::Value> criteria{};
    std::optional<std::uint64_t> team_id{};
    static void fields(auto&& field) {
        field("name", &LabelSpecDto::name);
        field("description", &LabelSpecDto::description);
        field("query", &LabelSpecDto::query);
        field("platform", &LabelSpecDto::platform);
        field("label_type", &LabelSpecDto::label_type);
        field("label_membership_type", &LabelSpecDto::label_membership_type);
        field("hosts", &LabelSpecDto::hosts);
        field("criteria", &LabelSpecDto::criteria);
        field("team_id", &LabelSpecDto::team_id);
    }
};

struct ApplyLabelsRequest {
    std::vector<LabelSpecDto> specs{};
    std::vector<std::string> names_to_move{};
    bool dry_run_in_body = false, dry_run_in_query = false;
    std::optional<std::uint64_t> team_id{};
    static void fields(auto&& field) {
        field("specs", &ApplyLabelsRequest::specs);
        field("names_to_move", &ApplyLabelsRequest::names_to_move);
        field("dry_run", &ApplyLabelsRequest::dry_run_in_body);
        field("dry_run", &ApplyLabelsRequest::dry_run_in_query, json::in_query);
        field("team_id", &ApplyLabelsRequest::team_id, json::in_query);
    }
};

namespace {

std::optional<TeamId> to_team(std::optional<std::uint64_t> id) {
    return id.value_or(0) == 0 ? std::nullopt : std::optional{static_cast<TeamId>(*id)};
}

json::Value to_spec(const service::LabelWithMembers& found) {
    const store::Label& label = found.label;
    json::Value out = json::Value::object();
    out["id"] = raw(label.id);
    out["name"] = label.name;
    out["description"] = label.description;
    out["query"] = label.query;
    if (!label.platform.empty()) out["platform"] = label.platform;
    out["label_type"] = label.builtin ? "builtin" : "regular";
    out["label_membership_type"] = membership_text(label.membership);
    if (label.membership == store::LabelMembership::manual) out["hosts"] = found.hosts;
    if (label.criteria) out["criteria"] = json::Value::parse(*label.criteria, nullptr, false);
    out["team_id"] = json::encode(label.team);
    return out;
}

}  // namespace

std::span<const Row<LabelSpecApi>> LabelSpecApi::rows() {
    constexpr RowOptions kSpecBody{.max_body = 25 << 20};
    static constexpr Row<LabelSpecApi> kRows[] = {
        rest::get<&LabelSpecApi::list>("/spec/labels", Who::user, "list_label_specs"),
        rest::get<&LabelSpecApi::get>("/spec/labels/{name}", Who::user, "get_label_spec"),
        post<&LabelSpecApi::apply>("/spec/labels", Who::user, "apply_label_specs", kSpecBody),
    };
    return kRows;
}

Result<json::Value> LabelSpecApi::list(const Viewer& viewer, const LabelSpecListParams& params) {
    FLEET_TRY(const auto labels, labels_.specs(viewer, to_label_filter(params.team_id)));
    json::Value specs = json::Value::array();
    for (const service::LabelWithMembers& label : labels)
        specs.push_back(to_spec(label));
    return json::Value{{"specs", std::move(specs)}};
}

Result<json::Value> LabelSpecApi::get(const Viewer& viewer, const LabelSpecNameParams& params) {
    FLEET_TRY(const service::LabelWithMembers label, labels_.spec(viewer, params.name));
    return json::Value{{"specs", to_spec(label)}};
}

Result<Empty> LabelSpecApi::apply(const Viewer& viewer, const ApplyLabelsRequest& request) {
    service::ApplyLabels in;
    for (const LabelSpecDto& dto : request.specs) {
        service::LabelSpec spec;
        spec.name = dto.name;
        spec.description = dto.description;
        spec.query = dto.query;
        spec.platform = dto.platform;
        spec.type = dto.label_type;
        spec.membership = dto.label_membership_type;
        spec.hosts = dto.hosts;
        if (dto.criteria) spec.criteria = json::dump(*dto.criteria);
        // The team of the request owns them all (14.10).
        spec.team = to_team(request.team_id ? request.team_id : dto.team_id);
        in.specs.push_back(std::move(spec));
    }
    in.names_to_move = request.names_to_move;
    in.dry_run = request.dry_run_in_body || request.dry_run_in_query;
    FLEET_CHECK(labels_.apply(viewer, in));
    return Empty{};
}

}  // namespace fleet::api::rest
