#include "software_write.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "fleet/core/packed.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

using Known = SoftwareCatalog::Known;
using Learned = SoftwareCatalog::Learned;

// A bucket holds about this much software, so that one changed package rewrites little.
constexpr std::size_t kBucketSize = 32;
constexpr std::size_t kMaxBuckets = 32;
// What fewer than one in so many comparable hosts have goes into a bucket of the host's own:
// spread over all buckets it would make every one of them unique.
constexpr std::uint64_t kRareBelow = 8;

const Sql kGeneration{
    "software_generation",
    "SELECT generation FROM software_generation WHERE id = 1 LOCK IN SHARE MODE"};

std::string bytes_of(const ContentDigest& digest) {
    return {digest.begin(), digest.end()};
}

ContentDigest digest_of(const std::string& bytes) {
    ContentDigest out{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
    return out;
}

/// Runs `head` + "(...)" for the digests, some at a time. The first column must be the digest.
template <class Each>
void select_digests(
    Session& session,
    const char* name,
    const std::string& head,
    const std::vector<ContentDigest>& digests,
    Each each
) {
    for (std::size_t at = 0; at < digests.size(); at += kMaxList) {
        const std::size_t count = std::min(kMaxList, digests.size() - at);
        std::vector<Param> values;
        for (std::size_t i = 0; i < count; ++i)
            values.emplace_back(bytes_of(digests[at + i]));
        values.resize(std::bit_ceil(count), values.back());
        session.select(Sql{name, head + placeholders(values.size())}, values, [&](const Row& row) {
            each(digest_of(row.str(0)), row);
        });
    }
}

/// Content that may be stored already: by digest, in the order in which it is inserted.
using Blobs = std::map<ContentDigest, std::string>;

/// Inserts what is not there yet and returns the ids of all. `table` is a constant with columns
/// id, digest and `column`.
SoftwareCatalog::Map<std::uint64_t> store_blobs(
    Session& session, const std::string& table, const std::string& column, const Blobs& blobs
) {
    std::vector<Param> values;
    std::vector<ContentDigest> digests;
    for (const auto& [digest, blob] : blobs) {
        values.emplace_back(bytes_of(digest));
        values.emplace_back(blob);
        digests.push_back(digest);
    }
    session.insert_many(
        "insert_" + table,
        "INSERT IGNORE INTO " + table + " (digest, " + column + ") VALUES ",
        "(?, ?)",
        "",
        values,
        2
    );
    SoftwareCatalog::Map<std::uint64_t> out;
    select_digests(
        session,
        "find_software_blobs",
        "SELECT digest, id FROM " + table + " WHERE digest IN ",
        digests,
        [&](const ContentDigest& digest, const Row& row) { out[digest] = row.u64(1); }
    );
    return out;
}

/// The sets of one transaction.
class SetWriter {
public:
    SetWriter(Session& session, SoftwareCatalog& catalog, std::uint64_t generation)
        : session_{session}, catalog_{catalog} {
        learned_.generation = generation;
    }

    Learned write(std::span<const HostUpdate* const> updates) {
        for (const HostUpdate* update : updates)
            want(*update->software);
        find_sets();
        resolve_members();
        store_buckets();
        store_sets();
        write_hosts(updates);
        return std::move(learned_);
    }

private:
    void want(const SoftwareReport& report) {
        if (const auto id = catalog_.set(report.digest)) {
            sets_[report.digest] = *id;
        } else {
            missing_.emplace(report.digest, &report);
        }
    }

    void find_sets() {
        std::vector<ContentDigest> digests;
        for (const auto& [digest, report] : missing_)
            digests.push_back(digest);
        select_digests(
            session_,
            "find_software_sets",
            "SELECT digest, id FROM software_sets WHERE digest IN ",
            digests,
            [&](const ContentDigest& digest, const Row& row) {
                sets_[digest] = learned_.sets[digest] = row.u64(1);
                missing_.erase(digest);
            }
        );
    }

    /// Makes sure that every member of a missing set has an id.
    void resolve_members() {
        std::map<ContentDigest, const Software*> unknown;
        for (const auto& [digest, report] : missing_) {
            for (const ContentDigest& member : report->members) {
                if (!catalog_.knows(member)) unknown.emplace(member, nullptr);
            }
        }
        find_software(unknown);
        std::erase_if(unknown, [&](const auto& u) { return learned_.software.contains(u.first); });
        if (unknown.empty()) return;
        for (const auto& [digest, report] : missing_) {
            for (const auto& [member, text] : report->news) {
                if (const auto found = unknown.find(member); found != unknown.end()) {
                    found->second = &text;
                }
            }
        }
        insert_software(unknown);
        find_software(unknown);
    }

    void find_software(const std::map<ContentDigest, const Software*>& wanted) {
        std::vector<ContentDigest> digests;
        for (const auto& [digest, text] : wanted)
            digests.push_back(digest);
        select_digests(
            session_,
            "find_software",
            "SELECT s.digest, s.id, s.title_digest, c.hosts_count FROM software s LEFT JOIN "
            "software_counts c ON c.kind = 0 AND c.team_key = -1 AND c.item_id = s.id "
            "WHERE s.digest IN ",
            digests,
            [&](const ContentDigest& digest, const Row& row) {
                // The list that brings it is counted when the set is split.
                learned_.software[digest] = {
                    .id = row.u64(1),
                    .holders = static_cast<std::uint32_t>(row.u64(3)),
                    .slot = digest_of(row.str(2)).front()};
            }
        );
    }

    void insert_software(const std::map<ContentDigest, const Software*>& texts) {
        std::vector<Param> rows;
        std::map<ContentDigest, const Software*> titles;
        for (const auto& [digest, text] : texts) {
            if (text == nullptr) {
                throw DbError{
                    DbFault::busy, 0, "software was collected while a host reported it; try again"};
            }
            const Software& s = *text;
            const ContentDigest title = title_digest(view_of(s));
            if (!catalog_.knows_title(title)) titles.emplace(title, text);
            for (const std::string& value :
                 {bytes_of(digest),
                  bytes_of(title),
                  s.name,
                  s.version,
                  s.source,
                  s.bundle_identifier,
                  s.extension_id,
                  s.extension_for,
                  s.vendor,
                  s.release,
                  s.arch,
                  s.upgrade_code})
                rows.emplace_back(value);
        }
        insert_titles(titles);
        session_.insert_many(
            "insert_software",
            "INSERT IGNORE INTO software (digest, title_digest, name, version, source, "
            "bundle_identifier, extension_id, extension_for, vendor, release_number, arch, "
            "upgrade_code) VALUES ",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "",
            rows,
            12
        );
    }

    void insert_titles(const std::map<ContentDigest, const Software*>& titles) {
        std::vector<Param> rows;
        for (const auto& [digest, text] : titles) {
            for (const std::string& value :
                 {bytes_of(digest),
                  text->name,
                  text->source,
                  text->extension_for,
                  text->bundle_identifier})
                rows.emplace_back(value);
            learned_.titles.insert(digest);
        }
        session_.insert_many(
            "insert_software_titles",
            "INSERT IGNORE INTO software_titles (digest, name, source, extension_for, "
            "bundle_identifier) VALUES ",
            "(?, ?, ?, ?, ?)",
            "",
            rows,
            5
        );
    }

    static SoftwareView view_of(const Software& s) {
        return {
            .name = s.name,
            .source = s.source,
            .bundle_identifier = s.bundle_identifier,
            .extension_for = s.extension_for};
    }

    Known member(const ContentDigest& digest) {
        if (const auto known = catalog_.take(digest)) return *known;
        Known& known = learned_.software.at(digest);
        ++known.holders;
        return known;
    }

    /// Divides a set so that what hosts have in common lies in the same buckets. Any division is
    /// right; the better it is, the more is shared.
    std::vector<std::string> split(const SoftwareReport& report) {
        std::vector<Known> members;
        std::vector<std::uint32_t> holders;
        for (const ContentDigest& digest : report.members) {
            members.push_back(member(digest));
            holders.push_back(members.back().holders);
        }
        if (members.empty()) return {};
        // How many lists there were of hosts like this one: what most of its software has seen.
        const auto typical = holders.begin() + static_cast<std::ptrdiff_t>(holders.size() / 4 * 3);
        std::nth_element(holders.begin(), typical, holders.end());
        const std::size_t count =
            std::bit_floor(std::clamp<std::size_t>(members.size() / kBucketSize, 1, kMaxBuckets));
        std::vector<std::vector<std::uint64_t>> buckets(count + 1);
        for (const Known& known : members) {
            const bool rare = known.holders * kRareBelow < *typical;
            buckets[rare ? count : known.slot % count].push_back(known.id);
        }
        std::vector<std::string> out;
        for (auto& bucket : buckets) {
            if (bucket.empty()) continue;
            std::sort(bucket.begin(), bucket.end());
            out.push_back(pack_ascending(bucket));
        }
        return out;
    }

    void store_buckets() {
        Blobs blobs;
        for (const auto& [digest, report] : missing_) {
            for (std::string& blob : split(*report)) {
                const ContentDigest bucket = content_digest(blob);
                parts_[digest].push_back(bucket);
                if (const auto id = catalog_.bucket(bucket)) {
                    buckets_[bucket] = *id;
                } else {
                    blobs.emplace(bucket, std::move(blob));
                }
            }
        }
        for (const auto& [digest, id] : store_blobs(session_, "software_buckets", "members", blobs))
            buckets_[digest] = learned_.buckets[digest] = id;
    }

    void store_sets() {
        Blobs blobs;
        for (const auto& [digest, report] : missing_) {
            std::vector<std::uint64_t> ids;
            for (const ContentDigest& bucket : parts_[digest])
                ids.push_back(buckets_.at(bucket));
            std::sort(ids.begin(), ids.end());
            blobs.emplace(digest, pack_ascending(ids));
        }
        for (const auto& [digest, id] : store_blobs(session_, "software_sets", "buckets", blobs))
            sets_[digest] = learned_.sets[digest] = id;
    }

    void write_hosts(std::span<const HostUpdate* const> updates) {
        std::vector<Param> rows;
        for (const HostUpdate* update : updates) {
            rows.emplace_back(raw(update->host));
            rows.emplace_back(sets_.at(update->software->digest));
            rows.emplace_back(update->at);
        }
        session_.insert_many(
            "save_host_software",
            "INSERT INTO host_software (host_id, set_id, updated_at) VALUES ",
            "(?, ?, ?)",
            " ON DUPLICATE KEY UPDATE set_id = VALUES(set_id), updated_at = VALUES(updated_at)",
            rows,
            3
        );
    }

    Session& session_;
    SoftwareCatalog& catalog_;
    Learned learned_{};
    std::map<ContentDigest, const SoftwareReport*> missing_{};
    std::map<ContentDigest, std::vector<ContentDigest>> parts_{};  // buckets of missing sets
    SoftwareCatalog::Map<std::uint64_t> sets_{}, buckets_{};
};

}  // namespace

std::uint64_t enter_generation(Session& session, SoftwareCatalog& catalog) {
    const auto generation = session.one(kGeneration, [](const Row& row) { return row.u64(0); });
    if (!generation) throw DbError{DbFault::other, 0, "software_generation has lost its row"};
    catalog.enter(*generation);
    return *generation;
}

SoftwareCatalog::Learned write_software_sets(
    Session& session,
    SoftwareCatalog& catalog,
    std::uint64_t generation,
    std::span<const HostUpdate* const> updates
) {
    return SetWriter{session, catalog, generation}.write(updates);
}

}  // namespace fleet::store
