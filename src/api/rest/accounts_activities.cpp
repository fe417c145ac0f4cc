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

/// The activity object (rest-api-a 8.1).
struct ActivityAnswer {
    Time created_at{};
    std::uint64_t id = 0;
    std::optional<std::string> actor_full_name{};
    std::optional<UserId> actor_id{};
    std::optional<std::string> actor_gravatar{};
    std::optional<std::string> actor_email{};
    std::string type{};
    bool fleet_initiated = false;
    json::Value details{};

    static void fields(auto&& field) {
        field("created_at", &ActivityAnswer::created_at);
        field("id", &ActivityAnswer::id);
        field("actor_full_name", &ActivityAnswer::actor_full_name);
        field("actor_id", &ActivityAnswer::actor_id);
        field("actor_gravatar", &ActivityAnswer::actor_gravatar);
        field("actor_email", &ActivityAnswer::actor_email);
        field("type", &ActivityAnswer::type);
        field("fleet_initiated", &ActivityAnswer::fleet_initiated);
        field("details", &ActivityAnswer::details);
    }
};

struct ActivityList {
    std::vector<ActivityAnswer> activities{};
    PageMeta meta{};

    static void fields(auto&& field) {
        field("activities", &ActivityList::activities);
        field("meta", &ActivityList::meta);
    }
};

namespace {

ActivityAnswer to_activity(const Activity& activity) {
    ActivityAnswer out;
    out.created_at = activity.created_at;
    out.id = activity.id;
    if (activity.actor) {
        out.actor_full_name = activity.actor->name;
        out.actor_id = activity.actor->id;
        out.actor_gravatar = "";
        out.actor_email = activity.actor->email;
    }
    out.type = activity.type;
    out.fleet_initiated = activity.fleet_initiated;
    out.details = json::Value::parse(activity.details, nullptr, false);
    if (!out.details.is_object()) out.details = json::Value::object();
    return out;
}

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

    ActivityList out;
    for (const Activity& activity : page.activities) {
        out.activities.push_back(to_activity(activity));
    }
    out.meta.has_next_results = page.has_next;
    out.meta.has_previous_results = page.has_previous;
    return out;
}

}  // namespace fleet::api::rest
