#include <algorithm>
#include <map>
#include <unordered_map>

#include "fleet/core/utf8.hpp"
#include "fleet/store/checkin_store.hpp"
#include "host_columns.hpp"
#include "policy_answers.hpp"
#include "software_write.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

/// The columns that move with nearly every detail answer; written for all hosts in one statement.
struct Narrow {
    Time detail_updated{}, label_updated{}, policy_updated{};
    bool refetch = false;
    std::int64_t uptime = 0;
    std::optional<Time> last_restarted{};
    double disk_available = 0, disk_percent = 0, disk_total = 0;
    std::optional<double> disk_all{};
    std::int64_t distributed_interval = 0, config_tls_refresh = 0, logger_tls_period = 0;
    Time identity_changed{};
    TeamId team{};  // 0: none; not written
};

constexpr std::size_t kNarrowWidth = 15;

using NarrowRows = std::map<HostId, Narrow>;

/// Reads and locks the rows in id order, the order in which every transaction takes them.
NarrowRows lock_rows(Session& session, std::span<const HostUpdate> updates) {
    std::vector<HostId> ids;
    for (const HostUpdate& update : updates)
        ids.push_back(update.host);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    NarrowRows out;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const HostId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        session.select(
            Sql{"apply_lock",
                "SELECT id, detail_updated_at, label_updated_at, policy_updated_at, "
                "refetch_requested, uptime, last_restarted_at, gigs_disk_space_available, "
                "percent_disk_space_available, gigs_total_disk_space, gigs_all_disk_space, "
                "distributed_interval, config_tls_refresh, logger_tls_period, identity_changed_at, "
                "COALESCE(team_id, 0) FROM hosts WHERE id IN " +
                    placeholders(values.size()) + " ORDER BY id FOR UPDATE"},
            values,
            [&](const Row& row) {
                Narrow& narrow = out[row.id<HostId>(0)];
                narrow.detail_updated = row.time(1);
                narrow.label_updated = row.time(2);
                narrow.policy_updated = row.time(3);
                narrow.refetch = row.boolean(4);
                narrow.uptime = row.i64(5);
                narrow.last_restarted = row.opt_time(6);
                narrow.disk_available = row.real(7);
                narrow.disk_percent = row.real(8);
                narrow.disk_total = row.real(9);
                narrow.disk_all = row.opt_real(10);
                narrow.distributed_interval = row.i64(11);
                narrow.config_tls_refresh = row.i64(12);
                narrow.logger_tls_period = row.i64(13);
                narrow.identity_changed = row.time(14);
                narrow.team = row.id<TeamId>(15);
            }
        );
    }
    return out;
}

template <class T, class U>
void take(T& slot, const std::optional<U>& value) {
    if (value) slot = *value;
}

/// Folds an update into the narrow row; true when something changed.
void merge(Narrow& row, const HostUpdate& in) {
    if (in.details_fetched) row.detail_updated = in.at;
    if (in.labels_fetched) row.label_updated = in.at;
    if (in.policies_fetched) row.policy_updated = in.at;
    if (in.clear_refetch && row.refetch) {
        row.refetch = false;
        row.identity_changed = in.at;
    }
    if (in.vitals.uptime_ns) {
        row.uptime = *in.vitals.uptime_ns;
        const Time restarted = in.at - std::chrono::duration_cast<std::chrono::microseconds>(
                                           std::chrono::nanoseconds{row.uptime}
                                       );
        // agent-api B.8.1: small differences are only the clock.
        const auto off = row.last_restarted ? restarted - *row.last_restarted : 1h;
        if (off > 30s || off < -30s) row.last_restarted = restarted;
    }
    take(row.disk_available, in.vitals.gigs_disk_space_available);
    take(row.disk_percent, in.vitals.percent_disk_space_available);
    take(row.disk_total, in.vitals.gigs_total_disk_space);
    take(row.disk_all, in.vitals.gigs_all_disk_space);
    const auto intervals =
        std::tuple{row.distributed_interval, row.config_tls_refresh, row.logger_tls_period};
    take(row.distributed_interval, in.vitals.distributed_interval);
    take(row.config_tls_refresh, in.vitals.config_tls_refresh);
    take(row.logger_tls_period, in.vitals.logger_tls_period);
    if (intervals !=
        std::tuple{row.distributed_interval, row.config_tls_refresh, row.logger_tls_period}) {
        row.identity_changed = in.at;
    }
}

void write_narrow(Session& session, const NarrowRows& rows) {
    std::vector<Param> values;
    values.reserve(rows.size() * kNarrowWidth);
    for (const auto& [id, row] : rows) {
        const std::vector<Param> one = params(
            id,
            row.detail_updated,
            row.label_updated,
            row.policy_updated,
            row.refetch,
            row.uptime,
            row.last_restarted,
            row.disk_available,
            row.disk_percent,
            row.disk_total,
            row.disk_all,
            row.distributed_interval,
            row.config_tls_refresh,
            row.logger_tls_period,
            row.identity_changed
        );
        values.insert(values.end(), one.begin(), one.end());
    }
    session.insert_many(
        "apply_narrow",
        "INSERT INTO hosts (id, detail_updated_at, label_updated_at, policy_updated_at, "
        "refetch_requested, uptime, last_restarted_at, gigs_disk_space_available, "
        "percent_disk_space_available, gigs_total_disk_space, gigs_all_disk_space, "
        "distributed_interval, config_tls_refresh, logger_tls_period, identity_changed_at) VALUES ",
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        " ON DUPLICATE KEY UPDATE detail_updated_at = VALUES(detail_updated_at), "
        "label_updated_at = VALUES(label_updated_at), "
        "policy_updated_at = VALUES(policy_updated_at), "
        "refetch_requested = VALUES(refetch_requested), uptime = VALUES(uptime), "
        "last_restarted_at = VALUES(last_restarted_at), "
        "gigs_disk_space_available = VALUES(gigs_disk_space_available), "
        "percent_disk_space_available = VALUES(percent_disk_space_available), "
        "gigs_total_disk_space = VALUES(gigs_total_disk_space), "
        "gigs_all_disk_space = VALUES(gigs_all_disk_space), "
        "distributed_interval = VALUES(distributed_interval), "
        "config_tls_refresh = VALUES(config_tls_refresh), "
        "logger_tls_period = VALUES(logger_tls_period), "
        "identity_changed_at = VALUES(identity_changed_at)",
        values,
        kNarrowWidth
    );
}

/// Deletes the old items of all hosts that bring new ones, then inserts those.
template <class Item, class ToParams>
void replace_inventory(
    Session& session,
    std::span<const HostUpdate* const> updates,
    Inventory<Item> HostUpdate::*member,
    const std::string& table,
    const std::string& columns,
    std::size_t width,
    ToParams to_params
) {
    std::vector<HostId> ids;
    std::vector<Param> values;
    for (const HostUpdate* update : updates) {
        const Inventory<Item>& inventory = update->*member;
        if (!inventory) continue;
        ids.push_back(update->host);
        for (const Item& item : *inventory) {
            const std::vector<Param> one = to_params(update->host, item);
            values.insert(values.end(), one.begin(), one.end());
        }
    }
    if (ids.empty()) return;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const HostId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> list = id_params(some);
        session.run(
            Sql{"clear_" + table,
                "DELETE FROM " + table + " WHERE host_id IN " + placeholders(list.size())},
            list
        );
    }
    if (values.empty()) return;
    std::string group = "(?";
    for (std::size_t i = 1; i < width; ++i)
        group += ", ?";
    group += ")";
    session.insert_many(
        "insert_" + table,
        "INSERT IGNORE INTO " + table + " (" + columns + ") VALUES ",
        group,
        "",
        values,
        width
    );
}

void write_inventories(Session& session, std::span<const HostUpdate* const> updates) {
    replace_inventory<HostUser>(
        session,
        updates,
        &HostUpdate::users,
        "host_users",
        "host_id, uid, username, user_type, groupname, shell",
        6,
        [](HostId host, const HostUser& user) {
            return params(
                host,
                user.uid,
                clipped(user.username, 255),
                clipped(user.type, 64),
                clipped(user.groupname, 255),
                clipped(user.shell, 255)
            );
        }
    );
    replace_inventory<HostBattery>(
        session,
        updates,
        &HostUpdate::batteries,
        "host_batteries",
        "host_id, serial_number, cycle_count, health",
        4,
        [](HostId host, const HostBattery& battery) {
            return params(
                host,
                clipped(battery.serial_number, 255),
                battery.cycle_count,
                clipped(battery.health, 40)
            );
        }
    );
    replace_inventory<HostCertificate>(
        session,
        updates,
        &HostUpdate::certificates,
        "host_certificates",
        "host_id, sha1, common_name, subject, issuer, key_algorithm, key_strength, key_usage, "
        "signing_algorithm, serial, certificate_authority, not_valid_before, not_valid_after, "
        "source, username",
        15,
        [](HostId host, const HostCertificate& c) {
            return params(
                host,
                clipped(c.sha1, 64),
                clipped(c.common_name, 255),
                clipped(c.subject, 1023),
                clipped(c.issuer, 1023),
                clipped(c.key_algorithm, 255),
                c.key_strength,
                clipped(c.key_usage, 255),
                clipped(c.signing_algorithm, 255),
                clipped(c.serial, 255),
                c.authority,
                c.not_valid_before,
                c.not_valid_after,
                clipped(c.source, 16),
                clipped(c.username, 255)
            );
        }
    );
}

void write_digests(Session& session, std::span<const HostUpdate* const> updates) {
    std::vector<Param> values;
    for (const HostUpdate* update : updates) {
        for (const auto& [kind, digest] : update->digests) {
            // Moves all the time, and is compared with what is stored anyhow.
            if (kind == DigestKind::software_opened) continue;
            values.emplace_back(raw(update->host));
            values.emplace_back(std::string{digest_kind_name(kind)});
            values.emplace_back(std::string{digest.begin(), digest.end()});
            values.emplace_back(update->at);
        }
    }
    if (values.empty()) return;
    session.insert_many(
        "save_digests",
        "INSERT INTO host_digests (host_id, kind, digest, updated_at) VALUES ",
        "(?, ?, ?, ?)",
        " ON DUPLICATE KEY UPDATE digest = VALUES(digest), updated_at = VALUES(updated_at)",
        values,
        4
    );
}

void write_additional(Session& session, std::span<const HostUpdate* const> updates) {
    std::vector<Param> values;
    for (const HostUpdate* update : updates) {
        if (!update->additional) continue;
        values.emplace_back(raw(update->host));
        values.emplace_back(*update->additional);
    }
    if (values.empty()) return;
    session.insert_many(
        "save_additional",
        "INSERT INTO host_additional (host_id, additional) VALUES ",
        "(?, ?)",
        " ON DUPLICATE KEY UPDATE additional = VALUES(additional)",
        values,
        2
    );
}

void write_query_stats(Session& session, std::span<const HostUpdate* const> updates) {
    std::vector<QueryId> queries;
    for (const HostUpdate* update : updates) {
        for (const ScheduledQueryStats& stats : update->query_stats)
            queries.push_back(stats.query);
    }
    if (queries.empty()) return;
    const std::vector<QueryId> alive = existing_ids(session, "queries", std::move(queries));
    std::vector<Param> values;
    for (const HostUpdate* update : updates) {
        for (const ScheduledQueryStats& stats : update->query_stats) {
            if (!std::binary_search(alive.begin(), alive.end(), stats.query)) continue;
            const std::vector<Param> one = params(
                stats.query,
                update->host,
                stats.executions,
                stats.average_memory,
                stats.system_time,
                stats.user_time,
                stats.wall_time,
                stats.output_size,
                stats.denylisted,
                stats.interval,
                stats.last_executed
            );
            values.insert(values.end(), one.begin(), one.end());
        }
    }
    if (values.empty()) return;
    session.insert_many(
        "save_query_stats",
        "INSERT INTO query_stats (query_id, host_id, kind, executions, average_memory, "
        "system_time, user_time, wall_time, output_size, denylisted, schedule_interval, "
        "last_executed) VALUES ",
        "(?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        " ON DUPLICATE KEY UPDATE executions = VALUES(executions), "
        "average_memory = VALUES(average_memory), system_time = VALUES(system_time), "
        "user_time = VALUES(user_time), wall_time = VALUES(wall_time), "
        "output_size = VALUES(output_size), denylisted = VALUES(denylisted), "
        "schedule_interval = VALUES(schedule_interval), last_executed = VALUES(last_executed)",
        values,
        11
    );
}

/// Labels that look at attributes of hosts, for the hosts that told about theirs.
std::vector<CriteriaVerdict> judge_attributes(
    Session& session, std::span<const HostUpdate* const> updates
) {
    std::vector<HostId> hosts;
    for (const HostUpdate* update : updates) {
        if (update->details_fetched) hosts.push_back(update->host);
    }
    if (hosts.empty()) return {};
    return apply_label_criteria(session, hosts);
}

std::map<HostId, TeamId> teams_of(const NarrowRows& rows) {
    std::map<HostId, TeamId> out;
    for (const auto& [id, row] : rows)
        out.emplace(id, row.team);
    return out;
}

bool new_set(const HostUpdate& update) {
    return update.software != nullptr && update.software->set_changed;
}

}  // namespace

CheckinStore::Applied CheckinStore::apply(std::span<const HostUpdate> updates) {
    if (updates.empty()) return {};
    Applied out;
    std::vector<PolicyStanding>& standings = out.policies;
    const bool brings_sets = std::any_of(updates.begin(), updates.end(), new_set);
    SoftwareCatalog::Learned learned;
    db_.write([&](Session& session) {
        learned = {};
        out = {};
        const std::uint64_t generation = brings_sets ? enter_generation(session, catalog_) : 0;
        NarrowRows rows = lock_rows(session, updates);
        std::vector<const HostUpdate*> alive;
        for (const HostUpdate& update : updates) {
            const auto row = rows.find(update.host);
            if (row == rows.end()) continue;  // deleted meanwhile: nothing to write, nothing wrong
            merge(row->second, update);
            alive.push_back(&update);
        }
        if (alive.empty()) return;
        // Every table is written in the order of its hosts.
        std::sort(alive.begin(), alive.end(), [](const HostUpdate* a, const HostUpdate* b) {
            return a->host < b->host;
        });
        write_narrow(session, rows);
        for (const HostUpdate* update : alive) {
            update_vitals(session, update->host, update->vitals, update->at);
        }
        write_inventories(session, alive);
        write_additional(session, alive);
        write_digests(session, alive);
        write_query_stats(session, alive);
        write_software_facts(session, alive, opened_step_);
        PolicyCountChanges policy_counts;
        standings = write_policy_reports(session, alive, teams_of(rows), policy_counts);
        LabelChanges changes;
        for (const HostUpdate* update : alive) {
            for (const LabelId label : update->joined)
                changes[label].joined.push_back(update->host);
            for (const LabelId label : update->left)
                changes[label].left.push_back(update->host);
        }
        write_label_changes(session, changes);
        out.labels = judge_attributes(session, alive);
        std::erase_if(alive, [](const HostUpdate* update) { return !new_set(*update); });
        if (!alive.empty()) learned = write_software_sets(session, catalog_, generation, alive);
        write_policy_counts(session, policy_counts);
    });
    catalog_.learn(std::move(learned));
    return out;
}

std::size_t CheckinStore::unknown_software(const HostUpdate& update) const {
    if (!new_set(update)) return 0;
    const auto& news = update.software->news;
    return static_cast<std::size_t>(std::count_if(news.begin(), news.end(), [&](const auto& n) {
        return !catalog_.knows(n.first);
    }));
}

}  // namespace fleet::store
