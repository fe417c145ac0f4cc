#include "activity_json.hpp"

namespace fleet::api::rest {
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

}  // namespace

ActivityList to_answer(const service::ActivityPage& page) {
    ActivityList out;
    for (const Activity& activity : page.activities)
        out.activities.push_back(to_activity(activity));
    out.meta.has_next_results = page.has_next;
    out.meta.has_previous_results = page.has_previous;
    return out;
}

}  // namespace fleet::api::rest
