#include "fleet/api/rest/host_views.hpp"

#include "host_filter_body.hpp"

namespace fleet::api::rest {

struct HostViewIdParams {
    HostViewId id{};
    static void fields(auto&& field) { field("id", &HostViewIdParams::id, json::in_path); }
};

struct HostViewRequest {
    HostViewId id{};
    std::optional<std::string> name{};
    std::optional<json::Value> filters{};
    std::optional<bool> shared{};
    static void fields(auto&& field) {
        field("id", &HostViewRequest::id, json::in_path);
        field("name", &HostViewRequest::name);
        field("filters", &HostViewRequest::filters);
        field("shared", &HostViewRequest::shared);
    }
};

namespace {

json::Value to_json(const store::HostListView& view, const Viewer& viewer) {
    json::Value out = json::Value::object();
    out["id"] = raw(view.id);
    out["name"] = view.name;
    out["filters"] = json::Value::parse(view.filters, nullptr, false);
    out["shared"] = view.shared;
    out["owner_id"] = raw(view.owner);
    out["owner_name"] = view.owner_name;
    out["own"] = view.owner == viewer.id;
    out["created_at"] = to_rfc3339(view.created_at);
    out["updated_at"] = to_rfc3339(view.updated_at);
    return out;
}

json::Value answer(const store::HostListView& view, const Viewer& viewer) {
    return json::Value{{"host_view", to_json(view, viewer)}};
}

Result<service::HostViewChanges> to_changes(const HostViewRequest& request) {
    service::HostViewChanges out{request.name, std::nullopt, request.shared};
    if (request.filters) {
        FLEET_CHECK(check_view_filters(*request.filters));
        out.filters = json::dump(*request.filters);
    }
    return out;
}

}  // namespace

std::span<const Row<HostViewApi>> HostViewApi::rows() {
    using Api = HostViewApi;
    static constexpr Row<Api> kRows[] = {
        rest::get<&Api::list>("/host_views", Who::user, "list_host_views"),
        rest::get<&Api::get>("/host_views/{id:uint}", Who::user, "get_host_view"),
        post<&Api::create>("/host_views", Who::user, "create_host_view"),
        patch<&Api::modify>("/host_views/{id:uint}", Who::user, "modify_host_view"),
        del<&Api::remove>("/host_views/{id:uint}", Who::user, "delete_host_view"),
    };
    return kRows;
}

Result<json::Value> HostViewApi::list(const Viewer& viewer, const Nothing&) {
    FLEET_TRY(const auto views, views_.list(viewer));
    json::Value out = json::Value::array();
    for (const store::HostListView& view : views)
        out.push_back(to_json(view, viewer));
    return json::Value{{"host_views", std::move(out)}};
}

Result<json::Value> HostViewApi::get(const Viewer& viewer, const HostViewIdParams& params) {
    FLEET_TRY(const store::HostListView view, views_.get(viewer, params.id));
    return answer(view, viewer);
}

Result<json::Value> HostViewApi::create(const Viewer& viewer, const HostViewRequest& request) {
    FLEET_TRY(const service::HostViewChanges in, to_changes(request));
    FLEET_TRY(const store::HostListView view, views_.create(viewer, in));
    return answer(view, viewer);
}

Result<json::Value> HostViewApi::modify(const Viewer& viewer, const HostViewRequest& request) {
    FLEET_TRY(const service::HostViewChanges in, to_changes(request));
    FLEET_TRY(const store::HostListView view, views_.modify(viewer, request.id, in));
    return answer(view, viewer);
}

Result<Empty> HostViewApi::remove(const Viewer& viewer, const HostViewIdParams& params) {
    FLEET_CHECK(views_.remove(viewer, params.id));
    return Empty{};
}

}  // namespace fleet::api::rest
