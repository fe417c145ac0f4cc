#include "activity_json.hpp"
#include "fleet/api/rest/accounts.hpp"
#include "fleet/api/rest/paging.hpp"

namespace fleet::api::rest {

struct ActivityParams : PageParams {
    std::string activity_type{};
    std::optional<std::string> start_created_at{};
    std::optional<std::string> end_created_at{};

    static void fields(auto&& field) {
        page_fields<ActivityParams>(field);
        field("activity_type", &ActivityParams::activity_type, json::in_query);
        field("start_created_at", &ActivityParams::start_created_at, json::in_query);
        field("end_created_at", &ActivityParams::end_created_at, json::in_query);
    }
};

namespace {

Result<std::optional<Time>> to_time(const std::optional<std::string>& text, const char* name) {
    if (!text) return std::optional<Time>{};
    const auto time = parse_rfc3339(*text);
    if (!time) return fail(Error::bad_request(std::string{name} + " must be an RFC 3339 time"));
    return time;
}

}  // namespace

std::span<const Row<ActivityApi>> ActivityApi::rows() {
    static constexpr Row<ActivityApi> kRows[] = {
        get<&ActivityApi::list>("/activities", Who::user, "list_activities"),
    };
    return kRows;
}

Result<ActivityList> ActivityApi::list(const Viewer& viewer, const ActivityParams& params) {
    FLEET_TRY(Paging paging, to_paging(params));
    // "page=0" alone means everything (rest-api-a 8.2).
    if (!params.per_page && paging.page == 0) paging.per_page.reset();
    store::ActivityFilter filter;
    filter.type = params.activity_type;
    FLEET_TRY(filter.from, to_time(params.start_created_at, "start_created_at"));
    FLEET_TRY(filter.to, to_time(params.end_created_at, "end_created_at"));
    FLEET_TRY(const service::ActivityPage page, activities_.list(viewer, paging, filter));

    return to_answer(page);
}

}  // namespace fleet::api::rest
