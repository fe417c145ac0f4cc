#include <algorithm>
#include <unordered_map>

#include "fleet/store/checkin_store.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

constexpr const char* kFactColumns = R"sql(
    SELECT h.id, h.node_key_digest, h.team_id, h.hostname, h.display_name, h.platform,
           h.os_version, h.generic_platform, COALESCE(s.seen_at, h.created_at),
           h.detail_updated_at, h.label_updated_at, h.policy_updated_at, h.refetch_requested,
           h.distributed_interval, h.config_tls_refresh, h.logger_tls_period, h.created_at
    FROM hosts h LEFT JOIN host_seen s ON s.host_id = h.id
)sql";

HostFacts to_facts(const Row& row) {
    HostFacts out;
    out.id = row.id<HostId>(0);
    const std::string key = row.str(1);
    std::copy_n(key.begin(), std::min(key.size(), out.key.size()), out.key.begin());
    out.team = row.opt_id<TeamId>(2);
    out.hostname = SharedText{row.str(3)};
    if (row.str(4) != out.hostname.str()) out.display_name = SharedText{row.str(4)};
    out.raw_platform = SharedText::common(row.str(5));
    out.os_version = SharedText::common(row.str(6));
    out.platform = generic_platform(row.str(7));
    out.seen = row.time(8);
    out.detail_updated = row.time(9);
    out.label_updated = out.label_asked = row.time(10);
    out.policy_updated = row.time(11);
    out.refetch = row.boolean(12);
    out.distributed_interval = row.i64(13);
    out.config_tls_refresh = row.i64(14);
    out.logger_tls_period = row.i64(15);
    out.created = row.time(16);
    return out;
}

std::optional<DigestKind> parse_kind(const std::string& name) {
    for (std::size_t i = 0; i < kDigestKinds; ++i) {
        if (digest_kind_name(static_cast<DigestKind>(i)) == name) return static_cast<DigestKind>(i);
    }
    return std::nullopt;
}

/// Adds the answers to policies that count. The schedule's revision is read first: what is dropped
/// later has a higher number.
void add_policies(
    Session& session,
    std::unordered_map<HostId, HostFacts>& hosts,
    const std::string& where,
    const std::vector<Param>& values
) {
    const std::uint64_t revision =
        session
            .one(
                Sql{"checkin_revision", "SELECT version FROM app_config WHERE id = 1"},
                [](const Row& row) { return row.u64(0); }
            )
            .value_or(0);
    for (auto& [id, facts] : hosts)
        facts.policies_revision = revision;
    // The version first: answers that are newer than it are compared with the database again.
    session.select(
        Sql{"checkin_policy_versions", "SELECT host_id, version FROM host_policy_state" + where},
        values,
        [&](const Row& row) {
            const auto found = hosts.find(row.id<HostId>(0));
            if (found != hosts.end()) found->second.policies_version = row.u64(1);
        }
    );
    session.select(
        Sql{"checkin_policies",
            "SELECT host_id, m.policy_id, m.passes FROM policy_membership m JOIN policies p ON "
            "p.id = m.policy_id AND m.revision >= p.answers_since" +
                where + " ORDER BY host_id, policy_id"},
        values,
        [&](const Row& row) {
            const auto found = hosts.find(row.id<HostId>(0));
            if (found == hosts.end()) return;
            const PolicyAnswer answer = row.is_null(2)   ? PolicyAnswer::none
                                        : row.boolean(2) ? PolicyAnswer::pass
                                                         : PolicyAnswer::fail;
            found->second.policies.set(row.id<PolicyId>(1), answer);
        }
    );
}

/// Adds labels and digests, each read with one statement for all hosts.
void add_details(
    Session& session,
    std::unordered_map<HostId, HostFacts>& hosts,
    const std::string& where,
    const std::vector<Param>& values
) {
    session.select(
        Sql{"checkin_labels",
            "SELECT host_id, label_id FROM label_membership" + where +
                " ORDER BY host_id, label_id"},
        values,
        [&](const Row& row) {
            const auto found = hosts.find(row.id<HostId>(0));
            if (found != hosts.end()) found->second.labels.push_back(row.id<LabelId>(1));
        }
    );
    add_policies(session, hosts, where, values);
    session.select(
        Sql{"checkin_digests", "SELECT host_id, kind, digest FROM host_digests" + where},
        values,
        [&](const Row& row) {
            const auto found = hosts.find(row.id<HostId>(0));
            const auto kind = parse_kind(row.str(1));
            if (found == hosts.end() || !kind) return;
            const std::string digest = row.str(2);
            ContentDigest& slot = found->second.digests[static_cast<std::size_t>(*kind)];
            std::copy_n(digest.begin(), std::min(digest.size(), slot.size()), slot.begin());
        }
    );
}

}  // namespace

std::string_view digest_kind_name(DigestKind kind) {
    constexpr std::string_view kNames[] = {
        "vitals",
        "users",
        "batteries",
        "certificates",
        "additional",
        "software",
        "software_paths",
        "software_opened"};
    return kNames[static_cast<std::size_t>(kind)];
}

void CheckinStore::load_all(const std::function<void(HostFacts)>& each) {
    std::unordered_map<HostId, HostFacts> hosts;
    db_.read([&](Session& session) {
        hosts.clear();
        session.select(
            Sql{"checkin_load_all",
                std::string{kFactColumns} + " WHERE h.node_key_digest IS NOT NULL"},
            {},
            [&](const Row& row) {
                HostFacts facts = to_facts(row);
                hosts.emplace(facts.id, std::move(facts));
            }
        );
        add_details(session, hosts, "", {});
    });
    for (auto& [id, facts] : hosts)
        each(std::move(facts));
}

std::vector<HostFacts> CheckinStore::load(std::span<const HostId> ids) {
    std::vector<HostFacts> out;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const auto some = ids.subspan(at, std::min(kMaxList, ids.size() - at));
        const std::vector<Param> values = id_params(some);
        const std::string list = placeholders(values.size());
        std::unordered_map<HostId, HostFacts> hosts;
        db_.read([&](Session& session) {
            hosts.clear();
            session.select(
                Sql{"checkin_load", std::string{kFactColumns} + " WHERE h.id IN " + list},
                values,
                [&](const Row& row) {
                    HostFacts facts = to_facts(row);
                    hosts.emplace(facts.id, std::move(facts));
                }
            );
            add_details(session, hosts, " WHERE host_id IN " + list, values);
        });
        for (auto& [id, facts] : hosts)
            out.push_back(std::move(facts));
    }
    return out;
}

std::optional<HostFacts> CheckinStore::find_by_key(const Digest& key) {
    std::optional<HostId> id;
    db_.read([&](Session& session) {
        id = session.one(
            Sql{"checkin_find_key", "SELECT id FROM hosts WHERE node_key_digest = ?"},
            [](const Row& row) { return row.id<HostId>(0); },
            key
        );
    });
    if (!id) return std::nullopt;
    std::vector<HostFacts> found = load(std::span{&*id, 1});
    // The host may have enrolled again or gone between the two reads.
    if (found.empty() || found.front().key != key) return std::nullopt;
    return std::move(found.front());
}

std::vector<HostId> CheckinStore::changed_since(Time since) {
    return with_read(db_, [&](Session& session) {
        return session.rows(
            Sql{"checkin_changed", "SELECT id FROM hosts WHERE identity_changed_at >= ?"},
            [](const Row& row) { return row.id<HostId>(0); },
            since
        );
    });
}

std::vector<HostId> CheckinStore::deleted_since(Time since) {
    return with_read(db_, [&](Session& session) {
        return session.rows(
            Sql{"checkin_deleted", "SELECT host_id FROM host_deletions WHERE deleted_at >= ?"},
            [](const Row& row) { return row.id<HostId>(0); },
            since
        );
    });
}

std::vector<BuiltinLabel> CheckinStore::builtin_labels() {
    return with_read(db_, [&](Session& session) {
        return session.rows(
            Sql{"builtin_labels", "SELECT id, name, platform FROM labels WHERE label_type = 1"},
            [](const Row& row) {
                return BuiltinLabel{row.id<LabelId>(0), row.str(1), row.str(2)};
            }
        );
    });
}

std::vector<HostId> CheckinStore::label_members(LabelId label) {
    // The primary key, in its own order.
    return with_read(db_, [&](Session& session) {
        return session.rows(
            Sql{"checkin_label_members",
                "SELECT host_id FROM label_membership WHERE label_id = ? ORDER BY host_id"},
            [](const Row& row) { return row.id<HostId>(0); },
            label
        );
    });
}

void CheckinStore::save_seen(std::span<const std::pair<HostId, Time>> seen) {
    if (seen.empty()) return;
    std::vector<std::pair<HostId, Time>> sorted{seen.begin(), seen.end()};
    std::sort(sorted.begin(), sorted.end());
    constexpr std::size_t kBatch = 5'000;
    for (std::size_t at = 0; at < sorted.size(); at += kBatch) {
        const std::size_t count = std::min(kBatch, sorted.size() - at);
        const std::span some{sorted.data() + at, count};
        db_.write([&](Session& session) {
            // Rows of hosts deleted meanwhile must not come back: join with hosts decides.
            std::vector<HostId> ids;
            for (const auto& [id, time] : some)
                ids.push_back(id);
            const std::vector<HostId> alive = existing_ids(session, "hosts", ids);
            std::vector<Param> values;
            for (const auto& [id, time] : some) {
                if (!std::binary_search(alive.begin(), alive.end(), id)) continue;
                values.emplace_back(raw(id));
                values.emplace_back(time);
            }
            if (values.empty()) return;
            session.insert_many(
                "save_seen",
                "INSERT INTO host_seen (host_id, seen_at) VALUES ",
                "(?, ?)",
                " ON DUPLICATE KEY UPDATE seen_at = GREATEST(seen_at, VALUES(seen_at))",
                values,
                2
            );
        });
    }
}

}  // namespace fleet::store
