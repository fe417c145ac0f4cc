#include "schedule_packs.hpp"

#include <map>

namespace fleet::store {
namespace {

// Packs that belong to the server are sent as what they stand for: saved queries.
const Sql kPacks{
    "schedule_packs",
    "SELECT id, name, platform FROM packs WHERE disabled = 0 AND pack_type IS NULL"};
const Sql kQueries{
    "schedule_pack_queries",
    "SELECT pq.pack_id, pq.name, q.query, pq.schedule_interval, pq.snapshot, pq.removed, "
    "pq.denylist, pq.shard, pq.platform, pq.version FROM pack_queries pq "
    "JOIN queries q ON q.id = pq.query_id ORDER BY pq.pack_id, pq.name"};
const Sql kLabels{
    "schedule_pack_labels", "SELECT pack_id, label_id FROM pack_labels ORDER BY pack_id, label_id"};
const Sql kHosts{
    "schedule_pack_hosts", "SELECT pack_id, host_id FROM pack_hosts ORDER BY pack_id, host_id"};
const Sql kTeams{
    "schedule_pack_teams", "SELECT pack_id, team_id FROM pack_teams ORDER BY pack_id, team_id"};

std::optional<bool> opt_bool(const Row& row, unsigned column) {
    return row.is_null(column) ? std::nullopt : std::optional{row.boolean(column)};
}

ScheduledPackQuery to_query(const Row& row) {
    ScheduledPackQuery out;
    out.name = row.str(1);
    out.sql = row.str(2);
    out.interval = static_cast<std::uint32_t>(row.u64(3));
    out.snapshot = opt_bool(row, 4);
    out.removed = opt_bool(row, 5);
    out.denylist = opt_bool(row, 6);
    if (!row.is_null(7)) out.shard = static_cast<std::uint32_t>(row.u64(7));
    out.platform = row.opt_str(8);
    out.version = row.opt_str(9);
    return out;
}

}  // namespace

std::vector<ScheduledPack> load_packs(Session& session) {
    std::map<PackId, ScheduledPack> packs;
    session.select(kPacks, {}, [&](const Row& row) {
        ScheduledPack& pack = packs[row.id<PackId>(0)];
        pack.name = row.str(1);
        pack.platform = row.str(2);
    });
    if (packs.empty()) return {};
    const auto read = [&](const Sql& sql, auto add) {
        session.select(sql, {}, [&](const Row& row) {
            const auto found = packs.find(row.id<PackId>(0));
            if (found != packs.end()) add(found->second, row);
        });
    };
    read(kQueries, [](ScheduledPack& pack, const Row& row) {
        pack.queries.push_back(to_query(row));
    });
    read(kLabels, [](ScheduledPack& pack, const Row& row) {
        pack.labels.push_back(row.id<LabelId>(1));
    });
    read(kHosts, [](ScheduledPack& pack, const Row& row) {
        pack.hosts.push_back(row.id<HostId>(1));
    });
    read(kTeams, [](ScheduledPack& pack, const Row& row) {
        pack.teams.push_back(row.id<TeamId>(1));
    });
    std::vector<ScheduledPack> out;
    for (auto& [id, pack] : packs) {
        if (!pack.queries.empty()) out.push_back(std::move(pack));
    }
    return out;
}

}  // namespace fleet::store
