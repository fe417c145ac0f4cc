#include "fleet/api/rest/labels.hpp"

#include <charconv>

#include "fleet/api/rest/paging.hpp"
#include "label_params.hpp"

namespace fleet::api::rest {

struct LabelListParams : PageParams {
    std::string team_id{};
    std::optional<std::string> include_host_counts{};
    static void fields(auto&& field) {
        page_fields<LabelListParams>(field);
        field("team_id", &LabelListParams::team_id, json::in_query);
        field("include_host_counts", &LabelListParams::include_host_counts, json::in_query);
    }
};

struct LabelIdParams {
    LabelId id{};
    static void fields(auto&& field) { field("id", &LabelIdParams::id, json::in_path); }
};

struct LabelNameParams {
    std::string name{};
    static void fields(auto&& field) { field("name", &LabelNameParams::name, json::in_path); }
};

struct CreateLabelRequest {
    std::string name{}, description{}, query{}, platform{};
    std::optional<std::vector<std::string>> hosts{};
    std::optional<std::vector<HostId>> host_ids{};
    std::optional<json::Value> criteria{};
    std::optional<std::uint64_t> team_id{};
    static void fields(auto&& field) {
        field("name", &CreateLabelRequest::name);
        field("description", &CreateLabelRequest::description);
        field("query", &CreateLabelRequest::query);
        field("platform", &CreateLabelRequest::platform);
        field("hosts", &CreateLabelRequest::hosts);
        field("host_ids", &CreateLabelRequest::host_ids);
        field("criteria", &CreateLabelRequest::criteria);
        field("team_id", &CreateLabelRequest::team_id);
    }
};

/// Query, platform, criteria and kind cannot be changed: clients that send them are not refused.
struct ModifyLabelRequest {
    LabelId id{};
    std::optional<std::string> name{}, description{};
    std::optional<std::vector<std::string>> hosts{};
    std::optional<std::vector<HostId>> host_ids{};
    static void fields(auto&& field) {
        field("id", &ModifyLabelRequest::id, json::in_path);
        field("name", &ModifyLabelRequest::name);
        field("description", &ModifyLabelRequest::description);
        field("hosts", &ModifyLabelRequest::hosts);
        field("host_ids", &ModifyLabelRequest::host_ids);
    }
};

struct HostLabelsRequest {
    HostId id{};
    std::optional<std::vector<std::string>> labels{};
    static void fields(auto&& field) {
        field("id", &HostLabelsRequest::id, json::in_path);
        field("labels", &HostLabelsRequest::labels);
    }
};

store::LabelFilter to_label_filter(const std::string& team) {
    store::LabelFilter out;
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(team.data(), team.data() + team.size(), id);
    const bool is_number =
        !team.empty() && error == std::errc{} && end == team.data() + team.size();
    if (team == "global" || (is_number && id == 0)) {
        out.scope = store::LabelFilter::Scope::global_only;
    } else if (is_number) {
        out.scope = store::LabelFilter::Scope::team_and_global;
        out.team = static_cast<TeamId>(id);
    }
    return out;
}

const char* membership_text(store::LabelMembership membership) {
    constexpr const char* kMemberships[] = {"dynamic", "manual", "host_vitals"};
    return kMemberships[static_cast<std::size_t>(membership)];
}

namespace {

enum class Counts { shown, hidden };

json::Value to_json(const store::Label& label, Counts counts) {
    json::Value out = json::Value::object();
    out["created_at"] = to_rfc3339(label.created_at);
    out["updated_at"] = to_rfc3339(label.updated_at);
    out["id"] = raw(label.id);
    out["name"] = label.name;
    out["description"] = label.description;
    out["query"] = label.query;
    out["platform"] = label.platform;
    out["label_type"] = label.builtin ? "builtin" : "regular";
    out["label_membership_type"] = membership_text(label.membership);
    if (label.criteria) out["criteria"] = json::Value::parse(*label.criteria, nullptr, false);
    out["author_id"] = json::encode(label.author);
    out["team_id"] = json::encode(label.team);
    const std::uint64_t count = counts == Counts::shown ? label.host_count : 0;
    if (count > 0) out["host_count"] = count;
    out["display_text"] = label.name;
    out["count"] = count;
    return out;
}

/// The shape of create, get and modify: with the hosts and the team's name.
json::Value answer(const service::LabelWithHosts& found) {
    json::Value label = to_json(found.label, Counts::shown);
    label["team_name"] = json::encode(found.label.team_name);
    if (!found.hosts.empty()) label["host_ids"] = json::encode(found.hosts);
    return json::Value{{"label", std::move(label)}};
}

std::optional<TeamId> to_team(std::optional<std::uint64_t> id) {
    return id.value_or(0) == 0 ? std::nullopt : std::optional{static_cast<TeamId>(*id)};
}

Result<std::vector<std::string>> names_of(const HostLabelsRequest& request) {
    if (request.labels) return *request.labels;
    return fail(Error::bad_request("labels must be given: a list of names"));
}

}  // namespace

std::span<const Row<LabelApi>> LabelApi::rows() {
    constexpr RowOptions kManyHosts{.max_body = 25 << 20};
    static constexpr Row<LabelApi> kRows[] = {
        rest::get<&LabelApi::list>("/labels", Who::user, "list_labels"),
        rest::get<&LabelApi::summary>("/labels/summary", Who::user, "labels_summary"),
        rest::get<&LabelApi::get>("/labels/{id:uint}", Who::user, "get_label"),
        post<&LabelApi::create>("/labels", Who::user, "create_label", kManyHosts),
        patch<&LabelApi::modify>("/labels/{id:uint}", Who::user, "modify_label", kManyHosts),
        del<&LabelApi::remove_named>("/labels/{name}", Who::user, "delete_label"),
        del<&LabelApi::remove>("/labels/id/{id:uint}", Who::user, "delete_label_by_id"),
        post<&LabelApi::add_to_host>("/hosts/{id:uint}/labels", Who::user, "add_host_labels"),
        del<&LabelApi::remove_from_host>(
            "/hosts/{id:uint}/labels", Who::user, "remove_host_labels"
        ),
    };
    return kRows;
}

Result<json::Value> LabelApi::list(const Viewer& viewer, const LabelListParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const auto labels, labels_.list(viewer, to_label_filter(params.team_id), paging));
    const auto& wish = params.include_host_counts;
    const auto counts = !wish || *wish == "1" || *wish == "true" ? Counts::shown : Counts::hidden;
    json::Value out = nullptr;  // not [] when there is none (14.6)
    for (const store::Label& label : labels)
        out.push_back(to_json(label, counts));
    return json::Value{{"labels", std::move(out)}};
}

Result<json::Value> LabelApi::summary(const Viewer& viewer, const LabelListParams& params) {
    FLEET_TRY(const auto labels, labels_.list(viewer, to_label_filter(params.team_id), {}));
    json::Value out = json::Value::array();
    for (const store::Label& label : labels) {
        out.push_back(
            {{"id", raw(label.id)},
             {"name", label.name},
             {"description", label.description},
             {"label_type", label.builtin ? "builtin" : "regular"},
             {"team_id", json::encode(label.team)}}
        );
    }
    return json::Value{{"labels", std::move(out)}};
}

Result<json::Value> LabelApi::get(const Viewer& viewer, const LabelIdParams& params) {
    FLEET_TRY(const service::LabelWithHosts found, labels_.get(viewer, params.id));
    return answer(found);
}

Result<json::Value> LabelApi::create(const Viewer& viewer, const CreateLabelRequest& request) {
    service::NewLabel in;
    in.name = request.name;
    in.description = request.description;
    in.query = request.query;
    in.platform = request.platform;
    in.members = {request.hosts, request.host_ids};
    if (request.criteria) in.criteria = json::dump(*request.criteria);
    in.team = to_team(request.team_id);
    FLEET_TRY(const service::LabelWithHosts made, labels_.create(viewer, in));
    return answer(made);
}

Result<json::Value> LabelApi::modify(const Viewer& viewer, const ModifyLabelRequest& request) {
    const service::LabelChanges in{
        request.name, request.description, {request.hosts, request.host_ids}};
    FLEET_TRY(const service::LabelWithHosts changed, labels_.modify(viewer, request.id, in));
    return answer(changed);
}

Result<Empty> LabelApi::remove(const Viewer& viewer, const LabelIdParams& params) {
    FLEET_CHECK(labels_.remove(viewer, params.id));
    return Empty{};
}

Result<Empty> LabelApi::remove_named(const Viewer& viewer, const LabelNameParams& params) {
    FLEET_CHECK(labels_.remove_named(viewer, params.name));
    return Empty{};
}

Result<Empty> LabelApi::add_to_host(const Viewer& viewer, const HostLabelsRequest& request) {
    FLEET_TRY(const std::vector<std::string> names, names_of(request));
    FLEET_CHECK(labels_.add_to_host(viewer, request.id, names));
    return Empty{};
}

Result<Empty> LabelApi::remove_from_host(const Viewer& viewer, const HostLabelsRequest& request) {
    FLEET_TRY(const std::vector<std::string> names, names_of(request));
    FLEET_CHECK(labels_.remove_from_host(viewer, request.id, names));
    return Empty{};
}

}  // namespace fleet::api::rest
