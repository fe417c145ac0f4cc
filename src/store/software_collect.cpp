// Deletes sets that no host has, then buckets that no set has, then software that no bucket has.
#include <algorithm>
#include <unordered_set>

#include "fleet/core/packed.hpp"
#include "fleet/store/software_upkeep.hpp"
#include "software_pages.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

using Ids = std::vector<std::uint64_t>;

const Sql kAlone{
    "software_collect_alone", "SELECT generation FROM software_generation WHERE id = 1 FOR UPDATE"};
const Sql kNext{
    "software_next_generation",
    "UPDATE software_generation SET generation = generation + 1 WHERE id = 1"};

/// Rows of `child` that no packed list of `parent` names.
struct Level {
    const char* parent;
    const char* lists;
    const char* child;
};
constexpr Level kBuckets{"software_sets", "buckets", "software_buckets"};
constexpr Level kSoftware{"software_buckets", "members", "software"};

/// Runs with nobody adding software; until it ends, nobody starts to.
void alone(Database& db, const std::function<void(Session&)>& body) {
    db.write([&](Session& session) {
        session.select(kAlone, {}, [](const Row&) {});
        body(session);
    });
}

std::uint64_t newest(Session& session, const std::string& table) {
    const Sql sql{"newest_" + table, "SELECT COALESCE(MAX(id), 0) FROM " + table};
    return session.one(sql, [](const Row& row) { return row.u64(0); }).value_or(0);
}

/// Deletes rows by id; ids remembered elsewhere are void from then on.
std::uint64_t remove(Session& session, const std::string& table, const Ids& ids) {
    if (ids.empty()) return 0;
    const std::vector<Param> values = id_params(std::span{ids});
    session.execute(kNext);
    return session.run(
        Sql{"collect_" + table,
            "DELETE FROM " + table + " WHERE id IN " + placeholders(values.size())},
        values
    );
}

/// Candidates some at a time, each portion looked at again and deleted by itself: hosts that
/// report wait for no more than that.
template <class StillUnused>
std::uint64_t remove_portions(
    Database& db, const std::string& table, const Ids& candidates, StillUnused still_unused
) {
    std::uint64_t removed = 0;
    for (std::size_t at = 0; at < candidates.size(); at += kMaxList) {
        const std::size_t count = std::min(kMaxList, candidates.size() - at);
        const auto from = candidates.begin() + static_cast<std::ptrdiff_t>(at);
        const Ids portion{from, from + static_cast<std::ptrdiff_t>(count)};
        std::uint64_t now = 0;
        alone(db, [&](Session& session) {
            now = remove(session, table, still_unused(session, portion));
        });
        removed += now;
    }
    return removed;
}

/// For tables whose rows are referred to by a column with an index.
std::uint64_t collect_unreferenced(
    Database& db, const std::string& table, const std::string& unused
) {
    const auto ids_of = [](Session& session, const Sql& sql, const std::vector<Param>& values) {
        Ids out;
        session.select(sql, values, [&](const Row& row) { out.push_back(row.u64(0)); });
        return out;
    };
    const Ids candidates = with_read(db, [&](Session& session) {
        return ids_of(
            session,
            Sql{"unused_" + table, "SELECT id FROM " + table + " WHERE " + unused + " ORDER BY id"},
            {}
        );
    });
    return remove_portions(db, table, candidates, [&](Session& session, const Ids& portion) {
        const std::vector<Param> values = id_params(std::span{portion});
        return ids_of(
            session,
            Sql{"still_unused_" + table,
                "SELECT id FROM " + table + " WHERE id IN " + placeholders(values.size()) +
                    " AND " + unused},
            values
        );
    });
}

/// For tables whose rows are named in packed lists.
std::uint64_t collect_unlisted(Database& db, const Level& level) {
    std::uint64_t last_parent = 0;
    std::uint64_t last_child = 0;
    // Numbers are given in transactions that hold the lock: up to these all are committed.
    alone(db, [&](Session& session) {
        last_parent = newest(session, level.parent);
        last_child = newest(session, level.child);
    });
    std::unordered_set<std::uint64_t> listed;
    const auto read_lists = [&](Session& session, std::uint64_t after, std::uint64_t last) {
        each_page(
            session,
            level.parent,
            level.lists,
            after,
            last,
            [&](std::uint64_t, const Row& row) {
                for (const std::uint64_t id : unpack_ascending(row.str(1)))
                    listed.insert(id);
            }
        );
    };
    Ids candidates;
    db.read([&](Session& session) {
        candidates.clear();
        read_lists(session, 0, last_parent);
        each_page(session, level.child, "id", 0, last_child, [&](std::uint64_t id, const Row&) {
            if (!listed.contains(id)) candidates.push_back(id);
        });
    });
    return remove_portions(db, level.child, candidates, [&](Session& session, Ids portion) {
        // Lists added since may name a candidate; rows never change, so the others need no look.
        read_lists(session, last_parent, UINT64_MAX);
        last_parent = std::max(last_parent, newest(session, level.parent));
        std::erase_if(portion, [&](std::uint64_t id) { return listed.contains(id); });
        return portion;
    });
}

}  // namespace

SoftwareUpkeep::Collected SoftwareUpkeep::collect() {
    Collected out;
    out.sets = collect_unreferenced(
        db_,
        "software_sets",
        "NOT EXISTS (SELECT 1 FROM host_software h WHERE h.set_id = software_sets.id)"
    );
    out.buckets = collect_unlisted(db_, kBuckets);
    out.software = collect_unlisted(db_, kSoftware);
    out.titles = collect_unreferenced(
        db_,
        "software_titles",
        "NOT EXISTS (SELECT 1 FROM software s WHERE s.title_digest = software_titles.digest)"
    );
    return out;
}

}  // namespace fleet::store
