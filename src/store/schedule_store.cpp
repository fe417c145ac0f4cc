#include "fleet/store/schedule_store.hpp"

#include <unordered_map>

#include "policy_rows.hpp"
#include "schedule_packs.hpp"

namespace fleet::store {
namespace {

const Sql kRevision{"schedule_revision", "SELECT version FROM app_config WHERE id = 1"};
const Sql kAppConfig{
    "schedule_app_config", "SELECT config, version, no_team_config FROM app_config WHERE id = 1"};
const Sql kTeams{"schedule_teams", "SELECT id, config FROM teams ORDER BY id"};
const Sql kQueries{
    "schedule_queries",
    "SELECT id, team_id, name, query, platform, min_osquery_version, logging, schedule_interval, "
    "automations_enabled, discard_data FROM queries WHERE saved = 1 ORDER BY id"};
const Sql kQueryLabels{
    "schedule_query_labels",
    "SELECT query_id, label_id, require_all, exclude FROM query_labels "
    "ORDER BY query_id, label_id"};
const Sql kLabels{
    "schedule_labels",
    "SELECT id, query, platform, team_id, asked_since FROM labels "
    "WHERE label_type = 0 AND membership = 0 AND query <> '' ORDER BY id"};
const Sql kLabelVersions{
    "schedule_label_versions",
    "SELECT id, membership_version FROM labels WHERE label_type = 0 ORDER BY id"};
const Sql kBump{
    "bump_revision",
    "INSERT INTO app_config (id, config, version) VALUES (1, '{}', 1) "
    "ON DUPLICATE KEY UPDATE version = version + 1"};

}  // namespace

std::uint64_t ScheduleStore::revision() {
    return with_read(db_, [](Session& session) {
        return session.one(kRevision, [](const Row& row) { return row.u64(0); }).value_or(0);
    });
}

ScheduleData ScheduleStore::load() {
    return with_read(db_, [](Session& session) {
        ScheduleData out;
        // The revision first: a change that comes in between is then seen as newer and read again.
        session.select(kAppConfig, {}, [&](const Row& row) {
            out.app_config = row.str(0);
            out.revision = row.u64(1);
            out.no_team_config = row.str(2);
        });
        session.select(kTeams, {}, [&](const Row& row) {
            out.team_configs.emplace_back(row.id<TeamId>(0), row.str(1));
        });
        std::unordered_map<QueryId, std::size_t> positions;
        session.select(kQueries, {}, [&](const Row& row) {
            ScheduledQuery query;
            query.id = row.id<QueryId>(0);
            query.team = row.opt_id<TeamId>(1);
            query.name = row.str(2);
            query.sql = row.str(3);
            query.platform = row.str(4);
            query.min_version = row.str(5);
            query.logging = row.str(6);
            query.interval = static_cast<std::uint32_t>(row.u64(7));
            query.automations = row.boolean(8);
            query.discard_data = row.boolean(9);
            positions.emplace(query.id, out.queries.size());
            out.queries.push_back(std::move(query));
        });
        session.select(kQueryLabels, {}, [&](const Row& row) {
            const auto found = positions.find(row.id<QueryId>(0));
            if (found == positions.end()) return;
            ScheduledQuery& query = out.queries[found->second];
            auto& labels = row.boolean(3)   ? query.labels_exclude
                           : row.boolean(2) ? query.labels_all
                                            : query.labels_any;
            labels.push_back(row.id<LabelId>(1));
        });
        session.select(kLabels, {}, [&](const Row& row) {
            out.labels.push_back(
                {row.id<LabelId>(0), row.str(1), row.str(2), row.opt_id<TeamId>(3), row.time(4)}
            );
        });
        session.select(kLabelVersions, {}, [&](const Row& row) {
            out.label_versions.push_back({row.id<LabelId>(0), row.u64(1)});
        });
        out.policies = policy_queries(session);
        out.packs = load_packs(session);
        return out;
    });
}

void bump_revision(Session& session) {
    session.execute(kBump);
}

}  // namespace fleet::store
