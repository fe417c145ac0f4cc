// From a host to its software: set, buckets, software, and what differs from host to host.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "fleet/core/packed.hpp"
#include "fleet/core/software_facts.hpp"
#include "fleet/store/software_store.hpp"
#include "software_pages.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

using Ids = std::vector<std::uint64_t>;

void sort_unique(Ids& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

/// Runs `head` + "(...)" + `tail` for the ids, some at a time.
template <class Id, class Each>
void select_ids(
    Session& session,
    const char* name,
    const std::string& head,
    const std::vector<Id>& ids,
    Each each
) {
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const Id> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        session.select(Sql{name, head + placeholders(values.size())}, values, each);
    }
}

struct Found {
    SoftwareKey key = 0;
    std::shared_ptr<const SoftwareRecord> record{};
};

Found to_found(const Row& row) {
    auto record = std::make_shared<SoftwareRecord>();
    record->id = row.u64(0);
    ContentDigest digest{};
    const std::string bytes = row.str(1);
    std::copy_n(bytes.begin(), std::min(bytes.size(), digest.size()), digest.begin());
    record->name = row.str(2);
    record->version = row.str(3);
    record->source = row.str(4);
    record->bundle_identifier = row.str(5);
    record->extension_id = row.str(6);
    record->extension_for = row.str(7);
    record->vendor = row.str(8);
    record->release = row.str(9);
    record->arch = row.str(10);
    record->upgrade_code = row.str(11);
    record->title = row.u64(12);
    record->title_name = row.str(13);
    return {software_key(digest), std::move(record)};
}

bool by_name(const InstalledSoftware& a, const InstalledSoftware& b) {
    return std::tie(a.software->name, a.software->version, a.software->id) <
           std::tie(b.software->name, b.software->version, b.software->id);
}

/// What is read for some hosts together.
class Reading {
public:
    Reading(Session& session, std::span<const HostId> hosts) : session_{session} {
        hosts_.assign(hosts.begin(), hosts.end());
        read_sets();
        read_buckets();
        read_software();
        read_facts();
    }

    std::vector<std::pair<HostId, std::vector<InstalledSoftware>>> take() {
        std::vector<std::pair<HostId, std::vector<InstalledSoftware>>> out;
        for (const auto& [host, buckets] : sets_) {
            std::vector<InstalledSoftware> list;
            for (const std::uint64_t bucket : buckets) {
                for (const std::uint64_t id : buckets_[bucket]) {
                    const auto found = software_.find(id);
                    if (found != software_.end()) list.push_back(installed(host, found->second));
                }
            }
            std::sort(list.begin(), list.end(), by_name);
            out.emplace_back(host, std::move(list));
        }
        return out;
    }

private:
    void read_sets() {
        select_ids(
            session_,
            "software_sets_of_hosts",
            "SELECT h.host_id, s.buckets FROM host_software h JOIN software_sets s "
            "ON s.id = h.set_id WHERE h.host_id IN ",
            hosts_,
            [&](const Row& row) {
                sets_.emplace_back(row.id<HostId>(0), unpack_ascending(row.str(1)));
            }
        );
    }

    void read_buckets() {
        Ids wanted;
        for (const auto& [host, buckets] : sets_)
            wanted.insert(wanted.end(), buckets.begin(), buckets.end());
        sort_unique(wanted);
        select_ids(
            session_,
            "software_buckets_of_sets",
            "SELECT id, members FROM software_buckets WHERE id IN ",
            wanted,
            [&](const Row& row) { buckets_[row.u64(0)] = unpack_ascending(row.str(1)); }
        );
    }

    void read_software() {
        Ids wanted;
        for (const auto& [id, members] : buckets_)
            wanted.insert(wanted.end(), members.begin(), members.end());
        sort_unique(wanted);
        select_ids(
            session_,
            "software_by_id",
            "SELECT s.id, s.digest, s.name, s.version, s.source, s.bundle_identifier, "
            "s.extension_id, s.extension_for, s.vendor, s.release_number, s.arch, s.upgrade_code, "
            "t.id, t.name FROM software s LEFT JOIN software_titles t ON t.digest = s.title_digest "
            "WHERE s.id IN ",
            wanted,
            [&](const Row& row) { software_[row.u64(0)] = to_found(row); }
        );
    }

    void read_facts() {
        select_ids(
            session_,
            "software_paths_of_hosts",
            "SELECT host_id, paths FROM host_software_paths WHERE host_id IN ",
            hosts_,
            [&](const Row& row) {
                auto& of_host = paths_[row.id<HostId>(0)];
                for (auto& [key, path] : unpack_paths(row.str(1)))
                    of_host[key].push_back(std::move(path));
            }
        );
        select_ids(
            session_,
            "software_opened_of_hosts",
            "SELECT host_id, opened FROM host_software_opened WHERE host_id IN ",
            hosts_,
            [&](const Row& row) {
                auto& of_host = opened_[row.id<HostId>(0)];
                for (const auto& [key, seconds] : unpack_opened(row.str(1)))
                    of_host[key] = from_unix_seconds(seconds);
            }
        );
    }

    InstalledSoftware installed(HostId host, const Found& found) {
        InstalledSoftware out{.software = found.record};
        auto& paths = paths_[host];
        if (const auto at = paths.find(found.key); at != paths.end()) out.paths = at->second;
        auto& opened = opened_[host];
        if (const auto at = opened.find(found.key); at != opened.end()) {
            out.last_opened = at->second;
        }
        return out;
    }

    Session& session_;
    std::vector<HostId> hosts_{};
    std::vector<std::pair<HostId, Ids>> sets_{};
    std::unordered_map<std::uint64_t, Ids> buckets_{};
    std::unordered_map<std::uint64_t, Found> software_{};
    std::unordered_map<HostId, std::unordered_map<SoftwareKey, std::vector<std::string>>> paths_{};
    std::unordered_map<HostId, std::unordered_map<SoftwareKey, Time>> opened_{};
};

}  // namespace

std::vector<std::pair<HostId, std::vector<InstalledSoftware>>> SoftwareStore::of_hosts(
    std::span<const HostId> hosts
) {
    return with_read(db_, [&](Session& session) { return Reading{session, hosts}.take(); });
}

std::vector<std::uint64_t> SoftwareStore::sets_with_version(std::uint64_t version) {
    return sets_with({version});
}

std::vector<std::uint64_t> SoftwareStore::sets_with_title(std::uint64_t title) {
    static const Sql sql{
        "software_of_title",
        "SELECT s.id FROM software_titles t JOIN software s ON s.title_digest = t.digest "
        "WHERE t.id = ?"};
    return sets_with(with_read(db_, [&](Session& session) {
        return session.rows(
            sql, [](const Row& row) { return row.u64(0); }, title
        );
    }));
}

std::vector<std::uint64_t> SoftwareStore::sets_with(Ids versions) {
    if (versions.empty()) return {};
    std::sort(versions.begin(), versions.end());
    const auto any_in = [](const Ids& packed, const auto& contains) {
        return std::any_of(packed.begin(), packed.end(), contains);
    };
    return with_read(db_, [&](Session& session) {
        std::unordered_set<std::uint64_t> buckets;
        each_page(
            session,
            "software_buckets",
            "members",
            0,
            UINT64_MAX,
            [&](std::uint64_t id, const Row& row) {
                if (any_in(unpack_ascending(row.str(1)), [&](std::uint64_t member) {
                        return std::binary_search(versions.begin(), versions.end(), member);
                    })) {
                    buckets.insert(id);
                }
            }
        );
        Ids sets;
        each_page(
            session,
            "software_sets",
            "buckets",
            0,
            UINT64_MAX,
            [&](std::uint64_t id, const Row& row) {
                if (any_in(unpack_ascending(row.str(1)), [&](std::uint64_t bucket) {
                        return buckets.contains(bucket);
                    })) {
                    sets.push_back(id);
                }
            }
        );
        return sets;
    });
}

}  // namespace fleet::store
