#include "fleet/store/activity_store.hpp"

#include <algorithm>

#include "list_query.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

const Sql kInsert{"insert_activity", R"sql(
    INSERT INTO activities (created_at, actor_id, actor_name, actor_email, actor_ip,
        actor_api_only, activity_type, details, fleet_initiated)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql"};

const std::string kColumnsRead = R"sql(
    SELECT a.id, a.created_at, a.actor_id, a.actor_name, a.actor_email, a.activity_type,
        a.details, a.fleet_initiated, a.actor_ip, a.actor_api_only)sql";
const std::string kSelect = kColumnsRead + " FROM activities a";
// By the primary key (host_id, activity_id).
const std::string kSelectOfHost =
    kColumnsRead + " FROM host_activities ha JOIN activities a ON a.id = ha.activity_id";

// Index activities_streamed.
const Sql kUnwritten{
    "unwritten_activities", kSelect + " WHERE a.streamed = 0 ORDER BY a.id LIMIT ?"};
const Sql kOnTheirWay{
    "activities_on_their_way", "SELECT id FROM activities WHERE streamed = 2 ORDER BY id"};
// Index activities_created.
const Sql kDelete{
    "expire_activities", "DELETE FROM activities WHERE created_at < ? ORDER BY created_at LIMIT ?"};
const Sql kDeleteWritten{
    "expire_written_activities",
    "DELETE FROM activities WHERE created_at < ? AND streamed = 1 ORDER BY created_at LIMIT ?"};

constexpr std::uint64_t kDeletedAtOnce = 1'000;

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
        activity.actor = Actor{
            .id = row.id<UserId>(2),
            .name = row.str(3),
            .email = row.str(4),
            .ip = row.str(8),
            .api_only = row.boolean(9)};
    }
    return activity;
}

void link_hosts(Session& session, std::uint64_t activity, std::vector<HostId> hosts) {
    if (hosts.empty()) return;
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    std::vector<Param> values;
    for (const HostId host : hosts) {
        for (Param& value : params(host, activity))
            values.push_back(std::move(value));
    }
    session.insert_many(
        "insert_host_activities",
        "INSERT INTO host_activities (host_id, activity_id) VALUES ",
        "(?, ?)",
        "",
        values,
        2
    );
}

void mark(Database& db, std::span<const std::uint64_t> ids, int state) {
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const std::uint64_t> some =
            ids.subspan(at, std::min(kMaxList, ids.size() - at));
        std::vector<Param> values = params(state);
        for (Param& id : id_params(some))
            values.push_back(std::move(id));
        const Sql sql{
            "mark_activities",
            "UPDATE activities SET streamed = ? WHERE id IN " + placeholders(values.size() - 1)};
        db.write([&](Session& session) { session.run(sql, values); });
    }
}

}  // namespace

std::uint64_t ActivityStore::insert(Session& session, const Activity& activity) {
    std::optional<UserId> id;
    std::optional<std::string> name;
    std::optional<std::string> email;
    std::optional<std::string> ip;
    bool api_only = false;
    if (activity.actor) {
        id = activity.actor->id;
        name = activity.actor->name;
        email = activity.actor->email;
        if (!activity.actor->ip.empty()) ip = activity.actor->ip;
        api_only = activity.actor->api_only;
    }
    std::optional<std::string> details;
    if (!activity.details.empty()) details = activity.details;
    const std::uint64_t inserted = session.insert(
        kInsert,
        activity.created_at,
        id,
        name,
        email,
        ip,
        api_only,
        activity.type,
        details,
        activity.fleet_initiated
    );
    link_hosts(session, inserted, activity.hosts);
    return inserted;
}

std::vector<Activity> ActivityStore::list(const Paging& paging, const ActivityFilter& filter) {
    ListQuery query{
        filter.host ? "list_host_activities" : "list_activities",
        filter.host ? kSelectOfHost : kSelect};
    if (filter.host) query.where("ha.host_id = ?", *filter.host);
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

bool ActivityStore::delete_before(Time limit, bool keep_unstreamed) {
    return with_write(db_, [&](Session& session) {
        const Sql& sql = keep_unstreamed ? kDeleteWritten : kDelete;
        return session.execute(sql, limit, kDeletedAtOnce) == kDeletedAtOnce;
    });
}

std::vector<Activity> AuditStore::take(std::uint64_t most) {
    auto out = with_read(db_, [&](Session& session) {
        return session.rows(kUnwritten, to_activity, most);
    });
    std::vector<std::uint64_t> ids;
    for (const Activity& activity : out)
        ids.push_back(activity.id);
    mark(db_, ids, 2);
    return out;
}

std::vector<std::uint64_t> AuditStore::on_their_way() {
    return with_read(db_, [](Session& session) {
        return session.rows(kOnTheirWay, [](const Row& row) { return row.u64(0); });
    });
}

void AuditStore::mark_written(std::span<const std::uint64_t> ids) {
    mark(db_, ids, 1);
}

void AuditStore::give_back(std::span<const std::uint64_t> ids) {
    mark(db_, ids, 0);
}

}  // namespace fleet::store
