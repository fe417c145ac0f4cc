// Hosts per version and per title, counted set by set: what hosts share is looked at once.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "fleet/core/packed.hpp"
#include "fleet/store/software_upkeep.hpp"
#include "software_pages.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

constexpr std::int64_t kEverywhere = -1;
enum Kind : int { kVersion = 0, kTitle = 1 };

const Sql kMarker{
    "software_lists",
    "SELECT CONCAT(COUNT(*), ' ', BIT_XOR(CRC32(CONCAT_WS('-', s.host_id, s.set_id, h.team_id)))) "
    "FROM host_software s JOIN hosts h ON h.id = s.host_id"};
const Sql kHolders{
    "software_holders",
    "SELECT s.set_id, COALESCE(h.team_id, 0), COUNT(*) FROM host_software s "
    "JOIN hosts h ON h.id = s.host_id GROUP BY s.set_id, COALESCE(h.team_id, 0)"};
const Sql kTitles{
    "software_titles_of_software",
    "SELECT s.id, t.id FROM software s JOIN software_titles t ON t.digest = s.title_digest"};
const Sql kStored{
    "software_counts",
    "SELECT item_id, hosts_count FROM software_counts WHERE kind = ? AND team_key = ? "
    "ORDER BY item_id"};
const Sql kTeams{"software_count_teams", "SELECT DISTINCT kind, team_key FROM software_counts"};
const Sql kCounted{
    "software_counted",
    "INSERT INTO software_counted (id, counted_at) VALUES (1, ?) "
    "ON DUPLICATE KEY UPDATE counted_at = VALUES(counted_at)"};

using Counts = std::unordered_map<std::uint64_t, std::uint64_t>;
using Tally = std::map<std::pair<int, std::int64_t>, Counts>;  // (kind, team)

/// Reads buckets by id and keeps those that many sets have.
class Buckets {
public:
    explicit Buckets(Session& session) : session_{session} {}

    /// Makes the buckets of the next sets available.
    void fetch(std::vector<std::uint64_t> ids) {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        constexpr std::size_t kMostKept = 4'000'000;  // members, 8 bytes each
        if (kept_ > kMostKept) {
            members_.clear();
            kept_ = 0;
        }
        std::erase_if(ids, [&](std::uint64_t id) { return members_.contains(id); });
        for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
            const std::span<const std::uint64_t> some{
                ids.data() + at, std::min(kMaxList, ids.size() - at)};
            const std::vector<Param> values = id_params(some);
            session_.select(
                Sql{"software_buckets_of_sets",
                    "SELECT id, members FROM software_buckets WHERE id IN " +
                        placeholders(values.size())},
                values,
                [&](const Row& row) {
                    auto& members = members_[row.u64(0)] = unpack_ascending(row.str(1));
                    kept_ += members.size();
                }
            );
        }
    }
    const std::vector<std::uint64_t>& members(std::uint64_t bucket) { return members_[bucket]; }

private:
    Session& session_;
    std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> members_{};
    std::size_t kept_ = 0;
};

class Counter {
public:
    explicit Counter(Session& session) : session_{session}, buckets_{session} {
        session.select(kHolders, {}, [&](const Row& row) {
            holders_[row.u64(0)].emplace_back(row.i64(1), row.u64(2));
        });
        session.select(kTitles, {}, [&](const Row& row) { titles_[row.u64(0)] = row.u64(1); });
    }

    Tally run() {
        each_page(
            session_,
            "software_sets",
            "buckets",
            0,
            UINT64_MAX,
            [&](std::uint64_t id, const Row& row) {
                if (!holders_.contains(id)) return;
                waiting_.emplace_back(id, unpack_ascending(row.str(1)));
            }
        );
        constexpr std::size_t kSets = 200;
        for (std::size_t at = 0; at < waiting_.size(); at += kSets) {
            const std::span some{waiting_.data() + at, std::min(kSets, waiting_.size() - at)};
            std::vector<std::uint64_t> wanted;
            for (const auto& [id, buckets] : some)
                wanted.insert(wanted.end(), buckets.begin(), buckets.end());
            buckets_.fetch(std::move(wanted));
            for (const auto& [id, buckets] : some)
                count_set(id, buckets);
        }
        return std::move(tally_);
    }

private:
    void count_set(std::uint64_t set, const std::vector<std::uint64_t>& buckets) {
        ++round_;
        std::vector<std::uint64_t> titles;
        std::vector<std::uint64_t> versions;
        for (const std::uint64_t bucket : buckets) {
            for (const std::uint64_t id : buckets_.members(bucket)) {
                versions.push_back(id);
                const auto title = titles_.find(id);
                if (title == titles_.end()) continue;
                // A host with two versions of a title is one host of it.
                std::uint64_t& seen = seen_in_[title->second];
                if (std::exchange(seen, round_) != round_) titles.push_back(title->second);
            }
        }
        std::uint64_t everywhere = 0;
        for (const auto& [team, hosts] : holders_[set]) {
            everywhere += hosts;
            add(team, versions, titles, hosts);
        }
        add(kEverywhere, versions, titles, everywhere);
    }

    void add(
        std::int64_t team,
        const std::vector<std::uint64_t>& versions,
        const std::vector<std::uint64_t>& titles,
        std::uint64_t hosts
    ) {
        Counts& of_versions = tally_[{kVersion, team}];
        for (const std::uint64_t id : versions)
            of_versions[id] += hosts;
        Counts& of_titles = tally_[{kTitle, team}];
        for (const std::uint64_t id : titles)
            of_titles[id] += hosts;
    }

    Session& session_;
    Buckets buckets_;
    std::unordered_map<std::uint64_t, std::vector<std::pair<std::int64_t, std::uint64_t>>>
        holders_{};                                               // set -> (team, hosts)
    std::unordered_map<std::uint64_t, std::uint64_t> titles_{};   // of software
    std::unordered_map<std::uint64_t, std::uint64_t> seen_in_{};  // title -> round
    std::uint64_t round_ = 0;
    std::vector<std::pair<std::uint64_t, std::vector<std::uint64_t>>> waiting_{};
    Tally tally_{};
};

/// Brings the stored counts of one kind and team up to date; rows that stay are not touched.
void store_counts(Database& db, int kind, std::int64_t team, const Counts& fresh) {
    Counts left = fresh;
    std::vector<std::uint64_t> gone;
    db.read([&](Session& session) {
        left = fresh;
        gone.clear();
        const std::vector<Param> values = params(kind, team);
        session.select(kStored, values, [&](const Row& row) {
            const auto found = left.find(row.u64(0));
            if (found == left.end()) {
                gone.push_back(row.u64(0));
            } else if (found->second == row.u64(1)) {
                left.erase(found);
            }
        });
    });
    std::vector<std::pair<std::uint64_t, std::uint64_t>> changed{left.begin(), left.end()};
    std::sort(changed.begin(), changed.end());
    constexpr std::size_t kRows = 5'000;
    for (std::size_t at = 0; at < changed.size(); at += kRows) {
        std::vector<Param> rows;
        for (std::size_t i = at; i < std::min(at + kRows, changed.size()); ++i) {
            const std::vector<Param> one = params(kind, team, changed[i].first, changed[i].second);
            rows.insert(rows.end(), one.begin(), one.end());
        }
        db.write([&](Session& session) {
            session.insert_many(
                "save_software_counts",
                "INSERT INTO software_counts (kind, team_key, item_id, hosts_count) VALUES ",
                "(?, ?, ?, ?)",
                " ON DUPLICATE KEY UPDATE hosts_count = VALUES(hosts_count)",
                rows,
                4
            );
        });
    }
    for (std::size_t at = 0; at < gone.size(); at += kMaxList) {
        const std::span<const std::uint64_t> some{
            gone.data() + at, std::min(kMaxList, gone.size() - at)};
        std::vector<Param> values = params(kind, team);
        const std::vector<Param> list = id_params(some);
        values.insert(values.end(), list.begin(), list.end());
        db.write([&](Session& session) {
            session.run(
                Sql{"drop_software_counts",
                    "DELETE FROM software_counts WHERE kind = ? AND team_key = ? AND item_id IN " +
                        placeholders(list.size())},
                values
            );
        });
    }
}

}  // namespace

bool SoftwareUpkeep::count(Time now) {
    const auto marker = with_read(db_, [](Session& session) {
        return session.one(kMarker, [](const Row& row) { return row.str(0); }).value_or("");
    });
    const bool changed = marker != counted_;
    if (changed) {
        Tally tally;
        db_.read([&](Session& session) {
            tally = Counter{session}.run();
            // What nobody has any more must go, too.
            session.select(kTeams, {}, [&](const Row& row) {
                tally[{static_cast<int>(row.i64(0)), row.i64(1)}];
            });
        });
        for (const auto& [key, counts] : tally)
            store_counts(db_, key.first, key.second, counts);
        counted_ = marker;
    }
    db_.write([&](Session& session) { session.execute(kCounted, now); });
    return changed;
}

}  // namespace fleet::store
