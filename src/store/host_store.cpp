#include "fleet/store/host_store.hpp"

#include <array>
#include <unordered_map>

#include "label_criteria_sql.hpp"
#include "sql_where.hpp"

namespace fleet::store {
namespace {

using Kind = SortKey::Kind;

// Names that clients sort by (web-ui 3.3, rest-api-a 1.5). Without a key: by id.
constexpr std::array kSortKeys{
    SortKey{"id", "h.id", Kind::number},
    SortKey{"h.id", "h.id", Kind::number},
    SortKey{"created_at", "h.created_at", Kind::time},
    SortKey{"h.created_at", "h.created_at", Kind::time},
    SortKey{"updated_at", "h.updated_at", Kind::time},
    SortKey{"h.updated_at", "h.updated_at", Kind::time},
    SortKey{"software_updated_at", "h.detail_updated_at", Kind::time},
    SortKey{"detail_updated_at", "h.detail_updated_at", Kind::time},
    SortKey{"label_updated_at", "h.label_updated_at", Kind::time},
    SortKey{"policy_updated_at", "h.policy_updated_at", Kind::time},
    SortKey{"last_enrolled_at", "h.last_enrolled_at", Kind::time},
    SortKey{"last_restarted_at", "h.last_restarted_at", Kind::time},
    SortKey{"seen_time", "COALESCE(s.seen_at, h.created_at)", Kind::time},
    SortKey{"refetch_requested", "h.refetch_requested", Kind::number},
    SortKey{"hostname", "h.hostname"},
    SortKey{"display_text", "h.hostname"},
    SortKey{"display_name", "h.display_name"},
    SortKey{"computer_name", "h.computer_name"},
    SortKey{"uuid", "h.uuid"},
    SortKey{"platform", "h.platform"},
    SortKey{"platform_like", "h.platform_like"},
    SortKey{"osquery_version", "h.osquery_version"},
    SortKey{"os_version", "h.os_version"},
    SortKey{"build", "h.build"},
    SortKey{"code_name", "h.code_name"},
    SortKey{"uptime", "h.uptime", Kind::number},
    SortKey{"memory", "h.memory", Kind::number},
    SortKey{"cpu_type", "h.cpu_type"},
    SortKey{"cpu_subtype", "h.cpu_subtype"},
    SortKey{"cpu_brand", "h.cpu_brand"},
    SortKey{"cpu_physical_cores", "h.cpu_physical_cores", Kind::number},
    SortKey{"cpu_logical_cores", "h.cpu_logical_cores", Kind::number},
    SortKey{"hardware_vendor", "h.hardware_vendor"},
    SortKey{"hardware_model", "h.hardware_model"},
    SortKey{"hardware_version", "h.hardware_version"},
    SortKey{"hardware_serial", "h.hardware_serial"},
    SortKey{"public_ip", "h.public_ip"},
    SortKey{"primary_ip", "h.primary_ip"},
    SortKey{"primary_mac", "h.primary_mac"},
    SortKey{"distributed_interval", "h.distributed_interval", Kind::number},
    SortKey{"config_tls_refresh", "h.config_tls_refresh", Kind::number},
    SortKey{"logger_tls_period", "h.logger_tls_period", Kind::number},
    SortKey{"team_id", "h.team_id", Kind::number},
    SortKey{"fleet_id", "h.team_id", Kind::number},
    SortKey{"team_name", "t.name"},
    SortKey{"fleet_name", "t.name"},
    SortKey{"gigs_disk_space_available", "h.gigs_disk_space_available", Kind::number},
    SortKey{"percent_disk_space_available", "h.percent_disk_space_available", Kind::number},
    SortKey{"gigs_total_disk_space", "h.gigs_total_disk_space", Kind::number},
    SortKey{"issues", "COALESCE(ps.failing, 0)", Kind::number},
};

// HostNames knows the same columns. Of plain ASCII this collation folds the case and nothing else.
constexpr std::array<std::string_view, 6> kSearched{
    "h.hostname COLLATE utf8mb4_general_ci",
    "h.computer_name COLLATE utf8mb4_general_ci",
    "h.display_name COLLATE utf8mb4_general_ci",
    "h.hardware_serial COLLATE utf8mb4_general_ci",
    "h.uuid COLLATE utf8mb4_general_ci",
    "h.primary_ip COLLATE utf8mb4_general_ci"};

/// Of more hosts than these the database finds a page by itself.
constexpr std::size_t kMostCandidates = 4'000;

constexpr const char* kColumns = R"sql(
    SELECT h.id, h.created_at, h.updated_at, h.last_enrolled_at, h.detail_updated_at,
           h.label_updated_at, h.policy_updated_at, COALESCE(s.seen_at, h.created_at),
           h.refetch_requested, h.hostname, h.computer_name, h.display_name, h.uuid, h.platform,
           h.platform_like, h.osquery_version, h.os_version, h.build, h.code_name, h.uptime,
           h.last_restarted_at, h.memory, h.cpu_type, h.cpu_subtype, h.cpu_brand,
           h.cpu_physical_cores, h.cpu_logical_cores, h.hardware_vendor, h.hardware_model,
           h.hardware_version, h.hardware_serial, h.public_ip, h.primary_ip, h.primary_mac,
           h.distributed_interval, h.config_tls_refresh, h.logger_tls_period, h.team_id, t.name,
           h.gigs_disk_space_available, h.percent_disk_space_available, h.gigs_total_disk_space,
           h.gigs_all_disk_space, h.disk_encrypted, h.duplicate_identity
    FROM hosts h LEFT JOIN host_seen s ON s.host_id = h.id LEFT JOIN teams t ON t.id = h.team_id
)sql";

/// Reads columns one after the other, in the order of kColumns.
class Columns {
public:
    explicit Columns(const Row& row) : row_{row} {}
    void operator()(std::string& out) { out = row_.str(at_++); }
    void operator()(std::optional<std::string>& out) { out = row_.opt_str(at_++); }
    void operator()(std::int64_t& out) { out = row_.i64(at_++); }
    void operator()(bool& out) { out = row_.boolean(at_++); }
    void operator()(double& out) { out = row_.real(at_++); }
    void operator()(std::optional<double>& out) { out = row_.opt_real(at_++); }
    void operator()(Time& out) { out = row_.time(at_++); }
    void operator()(std::optional<Time>& out) { out = row_.opt_time(at_++); }
    void operator()(HostId& out) { out = row_.id<HostId>(at_++); }
    void operator()(std::optional<TeamId>& out) { out = row_.opt_id<TeamId>(at_++); }
    void operator()(std::optional<bool>& out) {
        if (!row_.is_null(at_)) out = row_.boolean(at_);
        ++at_;
    }

private:
    const Row& row_;
    unsigned at_ = 0;
};

HostRecord to_record(const Row& row) {
    HostRecord h;
    Columns next{row};
    next(h.id), next(h.created_at), next(h.updated_at), next(h.last_enrolled_at);
    next(h.detail_updated_at), next(h.label_updated_at), next(h.policy_updated_at);
    next(h.seen_time), next(h.refetch_requested), next(h.hostname), next(h.computer_name);
    next(h.display_name), next(h.uuid), next(h.platform), next(h.platform_like);
    next(h.osquery_version), next(h.os_version), next(h.build), next(h.code_name);
    next(h.uptime), next(h.last_restarted_at), next(h.memory), next(h.cpu_type);
    next(h.cpu_subtype), next(h.cpu_brand), next(h.cpu_physical_cores), next(h.cpu_logical_cores);
    next(h.hardware_vendor), next(h.hardware_model), next(h.hardware_version);
    next(h.hardware_serial), next(h.public_ip), next(h.primary_ip), next(h.primary_mac);
    next(h.distributed_interval), next(h.config_tls_refresh), next(h.logger_tls_period);
    next(h.team_id), next(h.team_name), next(h.gigs_disk_space_available);
    next(h.percent_disk_space_available), next(h.gigs_total_disk_space);
    next(h.gigs_all_disk_space), next(h.disk_encrypted), next(h.duplicate_identity);
    return h;
}

/// The text after SELECT ... that chooses hosts: tables and conditions.
struct Selection {
    std::string from{};
    Where where{};
};

/// Ids as one value.
template <class Id>
std::string json_list(const std::vector<Id>& ids) {
    std::string out = "[";
    for (const Id id : ids)
        out += (out.size() > 1 ? "," : "") + std::to_string(static_cast<std::uint64_t>(id));
    return out + "]";
}

/// A text with @ may also be an address of somebody who uses the host (13.2).
void add_text(Where& where, const std::string& text) {
    if (text.find('@') == std::string::npos) return where.add_search(kSearched, text);
    std::string any = "(h.id IN (SELECT e.host_id FROM host_emails e WHERE e.email LIKE ?)";
    for (const std::string_view column : kSearched)
        any += " OR " + std::string{column} + " LIKE ?";
    where.add(any + ")");
    const std::string pattern = like_anywhere(text);
    for (std::size_t i = 0; i <= kSearched.size(); ++i)
        where.bind(pattern);
}

constexpr const char* kAllHosts = " FROM hosts h";

enum class Seen { unused, joined };
enum class Teams { unused, joined };
enum class Issues { unused, joined };

Selection select_hosts(
    const HostFilter& filter, Seen seen, Teams teams, Issues issues = Issues::unused
) {
    Selection out;
    out.from = kAllHosts;
    if (filter.among) {
        // In this order: each is looked up, and the rest of the table is not read.
        out.from =
            " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) among "
            "STRAIGHT_JOIN hosts h ON h.id = among.id";
        out.where.bind(json_list(*filter.among));
    }
    if (filter.label) out.from += " JOIN label_membership m ON m.host_id = h.id";
    if (seen == Seen::joined) out.from += " LEFT JOIN host_seen s ON s.host_id = h.id";
    if (teams == Teams::joined) out.from += " LEFT JOIN teams t ON t.id = h.team_id";

    if (issues == Issues::joined) {
        out.from += " LEFT JOIN host_policy_state ps ON ps.host_id = h.id";
    }
    if (filter.policy) {
        // policy_membership_policy serves the choice.
        out.from +=
            " JOIN policy_membership pm ON pm.host_id = h.id "
            "JOIN policies pol ON pol.id = pm.policy_id AND pm.revision >= pol.answers_since";
    }

    Where& where = out.where;
    if (filter.policy) {
        where.add("pm.policy_id = ?", *filter.policy);
        if (filter.policy_passes) {
            where.add("pm.passes = ?", *filter.policy_passes);
        } else {
            where.add("pm.passes IS NOT NULL");
        }
    }
    if (filter.nothing) where.add("1 = 0");
    if (filter.label) where.add("m.label_id = ?", *filter.label);
    if (filter.visible) where.add_in<TeamId>("h.team_id", *filter.visible);
    if (filter.team) {
        if (raw(*filter.team) == 0) {
            where.add("h.team_id IS NULL");
        } else {
            where.add("h.team_id = ?", *filter.team);
        }
    }
    if (filter.platform == "linux") {
        where.add("h.generic_platform = 'linux'");
    } else if (!filter.platform.empty()) {
        where.add("h.platform = ?", filter.platform);
    }
    // The stored version starts with the name of the system: "Ubuntu 22.04.4 LTS".
    if (filter.os_name && filter.os_version) {
        where.add("h.os_version = ?", *filter.os_name + " " + *filter.os_version);
    }
    if (filter.labels) {
        HostCondition condition = label_condition(*filter.labels);
        where.add(condition.text);
        for (Param& value : condition.values)
            where.bind(std::move(value));
    }
    if (filter.created_since) where.add("h.created_at > ?", *filter.created_since);
    if (filter.created_before) where.add("h.created_at < ?", *filter.created_before);
    if (filter.low_disk_gigs) {
        // Zero means that the host has not told.
        where.add(
            "h.gigs_disk_space_available > 0 AND h.gigs_disk_space_available < ?",
            *filter.low_disk_gigs
        );
    }
    if (filter.software_sets) {
        // As one value: there may be as many sets as hosts.
        where.add(
            "h.id IN (SELECT hs.host_id FROM host_software hs JOIN JSON_TABLE(?, '$[*]' COLUMNS "
            "(id BIGINT UNSIGNED PATH '$')) wanted ON wanted.id = hs.set_id)",
            json_list(*filter.software_sets)
        );
    }
    if (!filter.text.empty()) add_text(where, filter.text);
    return out;
}

/// The key that holds all hosts in the order of a column; empty: none does.
std::string_view key_in_order_of(std::string_view column) {
    if (column == "h.display_name") return "hosts_display_name";
    if (column == "h.hostname") return "hosts_hostname";
    if (column == "h.created_at") return "hosts_created";
    return {};
}

/// All after the columns of a statement that lists hosts, and what it binds.
struct OrderedHosts {
    std::string text{};
    std::vector<Param> values{};
};

Result<OrderedHosts> ordered_hosts(const HostFilter& filter, Seen seen, const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kSortKeys, paging.order_key));
    const Teams teams = key.column == "t.name" ? Teams::joined : Teams::unused;
    const Issues issues = paging.order_key == "issues" ? Issues::joined : Issues::unused;
    Selection selection = select_hosts(filter, seen, teams, issues);
    FLEET_CHECK(add_cursor(selection.where, key, paging));
    const std::string page = page_text(selection.where, key, "h.id", paging);
    const std::string_view index = key_in_order_of(key.column);
    if (!index.empty() && selection.from == kAllHosts && selection.where.text().empty()) {
        // Left alone, the database sorts the whole table for a page in the middle of it.
        selection.from += " FORCE INDEX FOR ORDER BY (" + std::string{index} + ")";
    }
    return OrderedHosts{selection.from + selection.where.text() + page, selection.where.values()};
}

}  // namespace

/// The same filter, with the search done as far as memory can.
HostFilter HostStore::narrowed(const HostFilter& filter) {
    HostFilter out = filter;
    if (!out.text.empty() && !out.among) out.among = names_.candidates(out.text, kMostCandidates);
    return out;
}

Result<std::vector<HostId>> HostStore::ids(const HostFilter& filter, const Paging& paging) {
    const Seen seen = paging.order_key == "seen_time" ? Seen::joined : Seen::unused;
    FLEET_TRY(const OrderedHosts hosts, ordered_hosts(narrowed(filter), seen, paging));
    const Sql sql{"host_ids", "SELECT h.id" + hosts.text};
    return with_read(db_, [&](Session& session) {
        std::vector<HostId> out;
        session.select(sql, hosts.values, [&](const Row& row) {
            out.push_back(row.id<HostId>(0));
        });
        return out;
    });
}

std::vector<HostId> HostStore::ids(const HostFilter& filter) {
    const Selection selection = select_hosts(narrowed(filter), Seen::unused, Teams::unused);
    const Sql sql{"host_ids_all", "SELECT h.id" + selection.from + selection.where.text()};
    return with_read(db_, [&](Session& session) {
        std::vector<HostId> out;
        session.select(sql, selection.where.values(), [&](const Row& row) {
            out.push_back(row.id<HostId>(0));
        });
        return out;
    });
}

std::uint64_t HostStore::count(const HostFilter& filter) {
    const Selection selection = select_hosts(narrowed(filter), Seen::unused, Teams::unused);
    const Sql sql{"host_count", "SELECT COUNT(*)" + selection.from + selection.where.text()};
    std::uint64_t out = 0;
    db_.read([&](Session& session) {
        session.select(sql, selection.where.values(), [&](const Row& row) { out = row.u64(0); });
    });
    return out;
}

std::vector<HostRecord> HostStore::load(std::span<const HostId> ids) {
    std::vector<HostRecord> out;
    out.reserve(ids.size());
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const auto some = ids.subspan(at, std::min(kMaxList, ids.size() - at));
        const std::vector<Param> values = id_params(some);
        const Sql sql{
            "load_hosts", std::string{kColumns} + " WHERE h.id IN " + placeholders(values.size())};
        std::unordered_map<HostId, HostRecord> found;
        db_.read([&](Session& session) {
            found.clear();
            session.select(sql, values, [&](const Row& row) {
                HostRecord record = to_record(row);
                const HostId id = record.id;
                found.emplace(id, std::move(record));
            });
        });
        for (const HostId id : some) {
            if (const auto hit = found.find(id); hit != found.end()) {
                out.push_back(std::move(hit->second));
                found.erase(hit);
            }
        }
    }
    return out;
}

std::optional<HostRecord> HostStore::find(HostId id) {
    static const Sql sql{"find_host", std::string{kColumns} + " WHERE h.id = ?"};
    return with_read(db_, [&](Session& session) { return session.one(sql, to_record, id); });
}

std::optional<HostId> HostStore::find_identifier(const std::string& identifier) {
    // One indexed look-up a branch; names need not be unique, then the oldest host wins.
    static const Sql sql{
        "find_host_identifier",
        R"sql(
        SELECT id FROM (
            (SELECT id, 1 AS rank_ FROM hosts WHERE osquery_host_id = ?)
            UNION ALL (SELECT id, 2 FROM hosts WHERE node_key_digest = ?)
            UNION ALL (SELECT id, 3 FROM hosts WHERE uuid = ? ORDER BY id LIMIT 1)
            UNION ALL (SELECT id, 4 FROM hosts WHERE hardware_serial = ? ORDER BY id LIMIT 1)
            UNION ALL (SELECT id, 5 FROM hosts WHERE hostname = ? ORDER BY id LIMIT 1)
            UNION ALL (SELECT id, 6 FROM hosts WHERE display_name = ? ORDER BY id LIMIT 1)
        ) AS found ORDER BY rank_, id LIMIT 1
    )sql"};
    if (identifier.empty()) return std::nullopt;
    return with_read(db_, [&](Session& session) {
        return session.one(
            sql,
            [](const Row& row) { return row.id<HostId>(0); },
            identifier,
            sha256(identifier),
            identifier,
            identifier,
            identifier,
            identifier
        );
    });
}

}  // namespace fleet::store
