#include "fleet/api/rest/host_activities.hpp"

#include "activity_json.hpp"

namespace fleet::api::rest {

struct HostActivityParams : PageParams {
    HostId id{};
    static void fields(auto&& field) {
        page_fields<HostActivityParams>(field);
        field("id", &HostActivityParams::id, json::in_path);
    }
};

struct CancelActivityParams {
    HostId id{};
    std::string activity_id{};
    static void fields(auto&& field) {
        field("id", &CancelActivityParams::id, json::in_path);
        field("activity_id", &CancelActivityParams::activity_id, json::in_path);
    }
};

namespace {

constexpr std::uint64_t kDefaultPerPage = 20;

Result<Paging> host_paging(const HostActivityParams& params) {
    FLEET_TRY(Paging paging, to_paging(params));
    if (!paging.per_page) paging.per_page = kDefaultPerPage;
    return paging;
}

}  // namespace

std::span<const Row<HostActivityApi>> HostActivityApi::rows() {
    using Api = HostActivityApi;
    constexpr RowOptions kNoContent{.success = 204};
    static constexpr Row<Api> kRows[] = {
        rest::get<&Api::past>("/hosts/{id:uint}/activities", Who::user, "list_host_activities"),
        rest::get<&Api::upcoming>(
            "/hosts/{id:uint}/activities/upcoming", Who::user, "list_upcoming_activities"
        ),
        del<&Api::cancel>(
            "/hosts/{id:uint}/activities/upcoming/{activity_id}",
            Who::user,
            "cancel_upcoming_activity",
            kNoContent
        ),
    };
    return kRows;
}

Result<ActivityList> HostActivityApi::past(const Viewer& viewer, const HostActivityParams& params) {
    FLEET_TRY(const Paging paging, host_paging(params));
    FLEET_TRY(const service::ActivityPage page, activities_.past(viewer, params.id, paging));
    return to_answer(page);
}

Result<json::Value> HostActivityApi::upcoming(
    const Viewer& viewer, const HostActivityParams& params
) {
    FLEET_TRY(const Paging paging, host_paging(params));
    FLEET_TRY(const service::ActivityPage page, activities_.upcoming(viewer, params.id, paging));
    json::Value out = json::Value::object();
    out["count"] = page.activities.size();
    out["activities"] = json::Value::array();
    out["meta"] = json::encode(PageMeta{page.has_next, page.has_previous});
    return out;
}

Result<Empty> HostActivityApi::cancel(const Viewer& viewer, const CancelActivityParams& params) {
    FLEET_CHECK(activities_.cancel(viewer, params.id, params.activity_id));
    return Empty{};
}

}  // namespace fleet::api::rest
