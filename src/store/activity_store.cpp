#include "fleet/store/activity_store.hpp"

#include "list_query.hpp"

namespace fleet::store {
namespace {

const Sql kInsert{"insert_activity", R"sql(
    INSERT INTO activities (created_at, actor_id, actor_name, actor_email, activity_type, details,
        fleet_initiated)
    VALUES (?, ?, ?, ?, ?, ?, ?)
)sql"};

constexpr const char* kSelect = R"sql(
    SELECT a.id, a.created_at, a.actor_id, a.actor_name, a.actor_email, a.activity_type,
        a.details, a.fleet_initiated
    FROM activities a)sql";

// Indexes activities_created and activities_type.
constexpr SortColumn kColumns[] = {
    {"created_at", "a.created_at"},
    {"id", "a.id"},
    {"a.id", "a.id"},
    {"activity_type", "a.activity_type"},
};

Activity to_activity(const Row& row) {
    Activity activity{
        .id = row.u64(0),
        .created_at = row.time(1),
        .actor = {},
        .type = row.str(5),
        .details = row.str(6),
        .fleet_initiated = row.boolean(7),
    };
    if (!row.is_null(2)) {
        activity.actor = Actor{.id = row.id<UserId>(2), .name = row.str(3), .email = row.str(4)};
    }
    return activity;
}

}  // namespace

std::uint64_t ActivityStore::insert(Session& session, const Activity& activity) {
    std::optional<UserId> id;
    std::optional<std::string> name;
    std::optional<std::string> email;
    if (activity.actor) {
        id = activity.actor->id;
        name = activity.actor->name;
        email = activity.actor->email;
    }
    std::optional<std::string> details;
    if (!activity.details.empty()) details = activity.details;
    return session.insert(
        kInsert,
        activity.created_at,
        id,
        name,
        email,
        activity.type,
        details,
        activity.fleet_initiated
    );
}

std::vector<Activity> ActivityStore::list(const Paging& paging, const ActivityFilter& filter) {
    ListQuery query{"list_activities", kSelect};
    if (!filter.type.empty()) query.where("a.activity_type = ?", filter.type);
    if (filter.from) query.where("a.created_at >= ?", *filter.from);
    if (filter.to) query.where("a.created_at <= ?", *filter.to);
    if (!paging.query.empty()) {
        const std::string pattern = like_pattern(paging.query);
        query.where("a.actor_name LIKE ? OR a.actor_email LIKE ?", pattern, pattern);
    }
    Paging ordered = paging;
    if (paging.order_key.empty()) ordered.order = Order::descending;
    query.page(ordered, kColumns, kColumns[0], "a.id", 1);
    return with_read(db_, [&](Session& session) {
        std::vector<Activity> activities;
        session.select(query.sql(), query.values(), [&](const Row& row) {
            activities.push_back(to_activity(row));
        });
        return activities;
    });
}

}  // namespace fleet::store
