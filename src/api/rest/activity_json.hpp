#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/api/rest/paging.hpp"
#include "fleet/service/activities.hpp"

namespace fleet::api::rest {

/// The activity object (rest-api-a 8.1).
struct ActivityAnswer {
    static constexpr const char* kShapeName = "Activity";
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

ActivityList to_answer(const service::ActivityPage& page);

}  // namespace fleet::api::rest
