// What belongs to a host beside its row.
#include <array>

#include "fleet/store/host_store.hpp"
#include "sql_where.hpp"

namespace fleet::store {
namespace {

constexpr std::array kCertificateKeys{
    SortKey{"common_name", "common_name"},
    SortKey{"not_valid_after", "not_valid_after", SortKey::Kind::time},
    SortKey{"not_valid_before", "not_valid_before", SortKey::Kind::time},
    SortKey{"id", "id", SortKey::Kind::number},
};

/// Runs `head` + " WHERE host_id IN (...)" + `tail` for the hosts, some at a time.
template <class Map>
auto rows_of_hosts(
    Database& db,
    const char* name,
    const std::string& head,
    const std::string& tail,
    std::span<const HostId> hosts,
    Map map
) {
    std::vector<std::pair<HostId, std::invoke_result_t<Map, const Row&>>> out;
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const auto some = hosts.subspan(at, std::min(kMaxList, hosts.size() - at));
        const std::vector<Param> values = id_params(some);
        const Sql sql{name, head + " WHERE host_id IN " + placeholders(values.size()) + tail};
        const std::size_t before = out.size();
        db.read([&](Session& session) {
            out.resize(before);
            session.select(sql, values, [&](const Row& row) {
                out.emplace_back(row.id<HostId>(0), map(row));
            });
        });
    }
    return out;
}

}  // namespace

std::vector<std::pair<HostId, HostUser>> HostStore::users(std::span<const HostId> hosts) {
    return rows_of_hosts(
        db_,
        "host_users",
        "SELECT host_id, uid, username, user_type, groupname, shell FROM host_users",
        " ORDER BY host_id, uid, username",
        hosts,
        [](const Row& row) {
            return HostUser{row.i64(1), row.str(2), row.str(3), row.str(4), row.str(5)};
        }
    );
}

std::vector<std::pair<HostId, HostLabel>> HostStore::labels(std::span<const HostId> hosts) {
    return rows_of_hosts(
        db_,
        "host_labels",
        "SELECT m.host_id, l.id, l.name, l.description, l.query, l.platform, l.label_type, "
        "l.membership, l.created_at, l.updated_at "
        "FROM label_membership m JOIN labels l ON l.id = m.label_id",
        " ORDER BY m.host_id, l.id",
        hosts,
        [](const Row& row) {
            return HostLabel{
                .id = row.id<LabelId>(1),
                .name = row.str(2),
                .description = row.str(3),
                .query = row.str(4),
                .platform = row.str(5),
                .builtin = row.i64(6) == 1,
                .membership = static_cast<int>(row.i64(7)),
                .created_at = row.time(8),
                .updated_at = row.time(9)};
        }
    );
}

std::vector<std::pair<HostId, std::string>> HostStore::additional(std::span<const HostId> hosts) {
    return rows_of_hosts(
        db_,
        "host_additional",
        "SELECT host_id, additional FROM host_additional",
        "",
        hosts,
        [](const Row& row) { return row.str(1); }
    );
}

std::vector<HostBattery> HostStore::batteries(HostId host) {
    static const Sql sql{
        "host_batteries",
        "SELECT serial_number, cycle_count, health FROM host_batteries WHERE host_id = ? "
        "ORDER BY serial_number"};
    return with_read(db_, [&](Session& session) {
        return session.rows(
            sql,
            [](const Row& row) {
                return HostBattery{row.str(0), row.i64(1), row.str(2)};
            },
            host
        );
    });
}

std::vector<HostQueryStats> HostStore::query_stats(HostId host) {
    static const Sql sql{
        "host_query_stats",
        "SELECT q.id, q.name, q.description, q.team_id, q.discard_data, q.automations_enabled, "
        "s.executions, s.average_memory, s.system_time, s.user_time, s.wall_time, s.output_size, "
        "s.schedule_interval, s.denylisted, s.last_executed, r.last_fetched "
        "FROM query_stats s JOIN queries q ON q.id = s.query_id "
        "LEFT JOIN query_results r ON r.query_id = s.query_id AND r.host_id = s.host_id "
        "WHERE s.host_id = ? AND s.kind = 0 AND q.saved = 1 ORDER BY q.team_key, q.name"};
    return with_read(db_, [&](Session& session) {
        return session.rows(
            sql,
            [](const Row& row) {
                HostQueryStats out;
                out.query = out.stats.query = row.id<QueryId>(0);
                out.query_name = row.str(1);
                out.description = row.str(2);
                out.team = row.opt_id<TeamId>(3);
                out.discard_data = row.boolean(4);
                out.automations = row.boolean(5);
                out.stats.executions = row.i64(6);
                out.stats.average_memory = row.i64(7);
                out.stats.system_time = row.i64(8);
                out.stats.user_time = row.i64(9);
                out.stats.wall_time = row.i64(10);
                out.stats.output_size = row.i64(11);
                out.stats.interval = row.i64(12);
                out.stats.denylisted = row.boolean(13);
                out.stats.last_executed = row.opt_time(14);
                out.last_fetched = row.opt_time(15);
                return out;
            },
            host
        );
    });
}

Result<std::vector<StoredCertificate>> HostStore::certificates(HostId host, const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kCertificateKeys, paging.order_key));
    Where where;
    where.add("host_id = ?", host);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "id", paging);
    const Sql sql{
        "host_certificates",
        "SELECT id, sha1, common_name, subject, issuer, key_algorithm, key_strength, key_usage, "
        "signing_algorithm, serial, certificate_authority, not_valid_before, not_valid_after, "
        "source, username FROM host_certificates" +
            where.text() + page};
    return with_read(db_, [&](Session& session) {
        std::vector<StoredCertificate> out;
        session.select(sql, where.values(), [&](const Row& row) {
            StoredCertificate c;
            c.id = row.u64(0);
            c.sha1 = row.str(1);
            c.common_name = row.str(2);
            c.subject = row.str(3);
            c.issuer = row.str(4);
            c.key_algorithm = row.str(5);
            c.key_strength = row.i64(6);
            c.key_usage = row.str(7);
            c.signing_algorithm = row.str(8);
            c.serial = row.str(9);
            c.authority = row.boolean(10);
            c.not_valid_before = row.opt_time(11);
            c.not_valid_after = row.opt_time(12);
            c.source = row.str(13);
            c.username = row.str(14);
            out.push_back(std::move(c));
        });
        return out;
    });
}

std::uint64_t HostStore::count_certificates(HostId host) {
    static const Sql sql{
        "count_host_certificates", "SELECT COUNT(*) FROM host_certificates WHERE host_id = ?"};
    return with_read(db_, [&](Session& session) {
        return session
            .one(
                sql, [](const Row& row) { return row.u64(0); }, host
            )
            .value_or(0);
    });
}

}  // namespace fleet::store
