#include "fleet/store/campaign_store.hpp"

#include <algorithm>
#include <cmath>

#include "sql_list.hpp"

namespace fleet::store {
namespace {

const Sql kFindQuery{
    "live_find_query",
    "SELECT id, team_id, name, query, saved, observer_can_run FROM queries WHERE id = ?"};
const Sql kInsertQuery{
    "live_insert_unsaved_query",
    "INSERT INTO queries (name, description, query, saved, logging, author_id, author_name, "
    "author_email) VALUES (?, '', ?, 0, 'snapshot', ?, ?, ?)"};
const Sql kInsertCampaign{
    "live_insert_campaign",
    "INSERT INTO distributed_query_campaigns (query_id, user_id, status) VALUES (?, ?, 0)"};
const Sql kSetCount{
    "live_set_targets_count",
    "UPDATE distributed_query_campaigns SET targets_count = ? WHERE id = ?"};
const std::string kCampaignColumns =
    "SELECT c.id, c.status, c.targets_count, c.user_id, u.name, u.email, q.id, q.team_id, q.name, "
    "q.query, q.saved, q.observer_can_run FROM distributed_query_campaigns c "
    "LEFT JOIN queries q ON q.id = c.query_id LEFT JOIN users u ON u.id = c.user_id ";
const Sql kFindCampaign{"live_find_campaign", kCampaignColumns + "WHERE c.id = ?"};
const Sql kRecent{
    "live_recent_campaigns", kCampaignColumns + "WHERE c.user_id = ? ORDER BY c.id DESC LIMIT ?"};
const Sql kSelection{
    "live_selection",
    "SELECT type, target_id FROM distributed_query_campaign_targets WHERE campaign_id = ? "
    "ORDER BY id"};
const Sql kSetRunning{
    "live_set_running",
    "UPDATE distributed_query_campaigns SET status = 1 WHERE id = ? AND status = 0"};
const Sql kComplete{
    "live_complete",
    "UPDATE distributed_query_campaigns SET status = 2, completed_at = UTC_TIMESTAMP(6) "
    "WHERE id = ? AND status < 2"};
// Index campaigns_status.
const Sql kForgotten{
    "live_forgotten",
    "SELECT id FROM distributed_query_campaigns "
    "WHERE (status = 0 AND created_at < ?) OR (status = 1 AND created_at < ?) ORDER BY id LIMIT "
    "500"};
const Sql kAddStats{
    "live_count_stats",
    "SELECT COUNT(*), COALESCE(SUM(executions), 0) FROM query_stats "
    "WHERE query_id = ? AND executions > 0"};
const Sql kSystemTimeAt{
    "live_system_time_at",
    "SELECT system_time / executions AS t FROM query_stats WHERE query_id = ? AND executions > 0 "
    "ORDER BY t LIMIT 1 OFFSET ?"};
const Sql kUserTimeAt{
    "live_user_time_at",
    "SELECT user_time / executions AS t FROM query_stats WHERE query_id = ? AND executions > 0 "
    "ORDER BY t LIMIT 1 OFFSET ?"};
const Sql kSaveAggregated{
    "live_save_aggregated",
    "INSERT INTO query_aggregated_stats (query_id, system_time_p50, system_time_p95, "
    "user_time_p50, user_time_p95, total_executions) VALUES (?, ?, ?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE system_time_p50 = VALUES(system_time_p50), "
    "system_time_p95 = VALUES(system_time_p95), user_time_p50 = VALUES(user_time_p50), "
    "user_time_p95 = VALUES(user_time_p95), total_executions = VALUES(total_executions)"};

constexpr std::size_t kStatsPerTransaction = 1'000;  // rest-api-b 3.8

enum TargetType : std::int64_t { kLabelTarget = 0, kHostTarget = 1, kTeamTarget = 2 };

RunnableQuery to_query(const Row& row, unsigned first) {
    return {
        .id = row.id<QueryId>(first),
        .team = row.opt_id<TeamId>(first + 1),
        .name = row.str(first + 2),
        .sql = row.str(first + 3),
        .saved = row.boolean(first + 4),
        .observer_can_run = row.boolean(first + 5),
    };
}

CampaignRecord to_campaign(const Row& row) {
    return {
        .id = row.id<CampaignId>(0),
        .status = static_cast<CampaignStatus>(row.i64(1)),
        .targets_count = row.u64(2),
        .user = row.opt_id<UserId>(3),
        .user_name = row.str(4),
        .user_email = row.str(5),
        .query = to_query(row, 6),
    };
}

void write_stats(Session& session, QueryId query, const std::vector<LiveStats>& stats, Time now) {
    std::vector<HostId> hosts;
    for (const auto& one : stats)
        hosts.push_back(one.host);
    const auto alive = existing_ids(session, "hosts", hosts);
    std::vector<Param> values;
    for (const auto& one : stats) {
        if (!std::binary_search(alive.begin(), alive.end(), one.host)) continue;
        for (auto&& value : params(
                 query,
                 one.host,
                 one.memory,
                 one.system_time,
                 one.user_time,
                 one.wall_time_ms,
                 one.output_size,
                 now
             )) {
            values.push_back(std::move(value));
        }
    }
    if (values.empty()) return;
    // `executions` is raised last: the average needs its old value, and MySQL assigns in order.
    session.insert_many(
        "live_add_stats",
        "INSERT INTO query_stats (query_id, host_id, kind, executions, average_memory, "
        "system_time, user_time, wall_time, output_size, last_executed) VALUES ",
        "(?, ?, 1, 1, ?, ?, ?, ?, ?, ?)",
        " ON DUPLICATE KEY UPDATE "
        "average_memory = (average_memory * executions + VALUES(average_memory)) DIV "
        "(executions + 1), system_time = system_time + VALUES(system_time), "
        "user_time = user_time + VALUES(user_time), wall_time = wall_time + VALUES(wall_time), "
        "output_size = output_size + VALUES(output_size), last_executed = VALUES(last_executed), "
        "executions = executions + 1",
        values,
        8
    );
}

AggregatedStats aggregate(Session& session, QueryId query) {
    AggregatedStats out;
    std::uint64_t hosts = 0;
    session.select(kAddStats, params(query), [&](const Row& row) {
        hosts = row.u64(0);
        out.total_executions = row.real(1);
    });
    const auto at = [&](const Sql& sql, double share) {
        const auto offset = static_cast<std::uint64_t>(
            std::floor(share * static_cast<double>(hosts == 0 ? 0 : hosts - 1))
        );
        return session.one(
            sql, [](const Row& row) { return row.real(0); }, query, offset
        );
    };
    out.system_time_p50 = at(kSystemTimeAt, 0.5);
    out.system_time_p95 = at(kSystemTimeAt, 0.95);
    out.user_time_p50 = at(kUserTimeAt, 0.5);
    out.user_time_p95 = at(kUserTimeAt, 0.95);
    return out;
}

}  // namespace

std::optional<RunnableQuery> CampaignStore::find_query(QueryId id) {
    return with_read(db_, [&](Session& session) {
        return session.one(
            kFindQuery, [](const Row& row) { return to_query(row, 0); }, id
        );
    });
}

QueryId CampaignStore::insert_unsaved_query(
    const std::string& name, const std::string& sql, const Viewer& by
) {
    return with_write(db_, [&](Session& session) {
        return static_cast<QueryId>(
            session.insert(kInsertQuery, name, sql, by.id, by.name, by.email)
        );
    });
}

CampaignId CampaignStore::insert_campaign(
    QueryId query, UserId user, const TargetSelection& targets
) {
    return with_write(db_, [&](Session& session) {
        const auto id = session.insert(kInsertCampaign, query, user);
        std::vector<Param> values;
        const auto add = [&](TargetType type, std::uint64_t target) {
            for (auto&& value : params(id, static_cast<std::int64_t>(type), target)) {
                values.push_back(std::move(value));
            }
        };
        for (const auto label : targets.labels)
            add(kLabelTarget, raw(label));
        for (const auto host : targets.hosts)
            add(kHostTarget, raw(host));
        for (const auto team : targets.teams)
            add(kTeamTarget, raw(team));
        if (!values.empty()) {
            session.insert_many(
                "live_insert_targets",
                "INSERT INTO distributed_query_campaign_targets (campaign_id, type, target_id) "
                "VALUES ",
                "(?, ?, ?)",
                "",
                values,
                3
            );
        }
        return static_cast<CampaignId>(id);
    });
}

void CampaignStore::set_targets_count(CampaignId id, std::uint64_t count) {
    db_.write([&](Session& session) { session.execute(kSetCount, count, id); });
}

std::optional<CampaignRecord> CampaignStore::find_campaign(CampaignId id) {
    return with_read(db_, [&](Session& session) {
        return session.one(kFindCampaign, to_campaign, id);
    });
}

std::vector<CampaignRecord> CampaignStore::recent(UserId user, std::size_t limit) {
    return with_read(db_, [&](Session& session) {
        return session.rows(kRecent, to_campaign, user, limit);
    });
}

TargetSelection CampaignStore::selection(CampaignId id) {
    return with_read(db_, [&](Session& session) {
        TargetSelection out;
        session.select(kSelection, params(id), [&](const Row& row) {
            if (row.i64(0) == kLabelTarget) out.labels.push_back(row.id<LabelId>(1));
            if (row.i64(0) == kHostTarget) out.hosts.push_back(row.id<HostId>(1));
            if (row.i64(0) == kTeamTarget) out.teams.push_back(row.id<TeamId>(1));
        });
        return out;
    });
}

void CampaignStore::set_running(CampaignId id) {
    db_.write([&](Session& session) { session.execute(kSetRunning, id); });
}

bool CampaignStore::complete(CampaignId id) {
    return with_write(db_, [&](Session& session) { return session.execute(kComplete, id) > 0; });
}

std::vector<CampaignId> CampaignStore::forgotten(Time now) {
    return with_read(db_, [&](Session& session) {
        return session.rows(
            kForgotten,
            [](const Row& row) { return row.id<CampaignId>(0); },
            Time{now - std::chrono::minutes{1}},
            Time{now - std::chrono::hours{24}}
        );
    });
}

std::vector<CampaignId> CampaignStore::ended_among(const std::vector<CampaignId>& ids) {
    std::vector<CampaignId> open;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const CampaignId> some{
            ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const auto values = id_params(some);
        db_.read([&](Session& session) {
            session.select(
                Sql{"live_open_among",
                    "SELECT id FROM distributed_query_campaigns WHERE status < 2 AND id IN " +
                        placeholders(values.size())},
                values,
                [&](const Row& row) { open.push_back(row.id<CampaignId>(0)); }
            );
        });
    }
    std::sort(open.begin(), open.end());
    std::vector<CampaignId> ended;
    for (const auto id : ids) {
        if (!std::binary_search(open.begin(), open.end(), id)) ended.push_back(id);
    }
    return ended;
}

AggregatedStats CampaignStore::add_stats(QueryId query, std::vector<LiveStats> stats, Time now) {
    std::sort(stats.begin(), stats.end(), [](const auto& a, const auto& b) {
        return a.host < b.host;
    });
    const auto second = std::chrono::time_point_cast<std::chrono::seconds>(now);
    for (std::size_t at = 0; at < stats.size(); at += kStatsPerTransaction) {
        const auto end = std::min(at + kStatsPerTransaction, stats.size());
        const std::vector<LiveStats> some(
            stats.begin() + static_cast<std::ptrdiff_t>(at),
            stats.begin() + static_cast<std::ptrdiff_t>(end)
        );
        db_.write([&](Session& session) { write_stats(session, query, some, Time{second}); });
    }
    return with_write(db_, [&](Session& session) {
        const auto out = aggregate(session, query);
        session.execute(
            kSaveAggregated,
            query,
            out.system_time_p50,
            out.system_time_p95,
            out.user_time_p50,
            out.user_time_p95,
            out.total_executions
        );
        return out;
    });
}

}  // namespace fleet::store
