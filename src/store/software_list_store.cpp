#include "fleet/store/software_list_store.hpp"

#include <array>
#include <unordered_map>

#include "sql_where.hpp"

namespace fleet::store {
namespace {

using Kind = SortKey::Kind;
enum class Counted : int { version = 0, title = 1 };

// The first is the default. What is known about vulnerabilities is nothing: all are equal.
constexpr std::array kVersionKeys{
    SortKey{"hosts_count", "c.hosts_count", Kind::number},
    SortKey{"name", "s.name"},
    SortKey{"cve_published", "s.id", Kind::number},
    SortKey{"cvss_score", "s.id", Kind::number},
    SortKey{"epss_probability", "s.id", Kind::number},
    SortKey{"cisa_known_exploit", "s.id", Kind::number},
};
constexpr std::array kTitleKeys{
    SortKey{"hosts_count", "c.hosts_count", Kind::number},
    SortKey{"name", "s.name"},
};

constexpr const char* kVersionColumns =
    "SELECT s.id, s.name, s.version, s.source, s.bundle_identifier, s.extension_id, "
    "s.extension_for, s.vendor, s.release_number, s.arch, s.upgrade_code, t.id, t.name, "
    "c.hosts_count";
constexpr const char* kVersionTables =
    " c JOIN software s ON s.id = c.item_id LEFT JOIN software_titles t "
    "ON t.digest = s.title_digest";
constexpr const char* kTitleColumns =
    "SELECT s.id, s.name, s.source, s.extension_for, s.bundle_identifier, c.hosts_count";
constexpr const char* kTitleTables = " c JOIN software_titles s ON s.id = c.item_id";

CountedSoftware to_version(const Row& row) {
    CountedSoftware out;
    out.id = row.u64(0);
    out.name = row.str(1);
    out.version = row.str(2);
    out.source = row.str(3);
    out.bundle_identifier = row.str(4);
    out.extension_id = row.str(5);
    out.extension_for = row.str(6);
    out.vendor = row.str(7);
    out.release = row.str(8);
    out.arch = row.str(9);
    out.upgrade_code = row.str(10);
    out.title = row.u64(11);
    out.title_name = row.str(12);
    out.hosts_count = row.u64(13);
    return out;
}

SoftwareTitle to_title(const Row& row) {
    return {row.u64(0), row.str(1), row.str(2), row.str(3), row.str(4), row.u64(5), {}};
}

/// The rows of software_counts that the filter's teams add up to, as a table, and its values.
/// For one of them the index software_counts_hosts holds the usual order.
std::string counts_table(Counted kind, const SoftwareFilter& filter, Where& where) {
    where.bind(static_cast<std::int64_t>(kind));
    constexpr std::int64_t kEverywhere = -1;
    const std::size_t teams = filter.teams ? filter.teams->size() : 1;
    if (!filter.teams) {
        where.bind(kEverywhere);
    } else if (teams == 0) {
        where.bind(nullptr);
    } else {
        for (Param& id : id_params<TeamId>(*filter.teams))
            where.bind(std::move(id));
    }
    if (teams <= 1) {
        return "(SELECT item_id, hosts_count FROM software_counts "
               "WHERE kind = ? AND team_key = ?)";
    }
    return "(SELECT item_id, CAST(SUM(hosts_count) AS UNSIGNED) AS hosts_count "
           "FROM software_counts WHERE kind = ? AND team_key IN " +
           placeholders(id_params<TeamId>(*filter.teams).size()) + " GROUP BY item_id)";
}

void add_conditions(
    const SoftwareFilter& filter, std::span<const std::string_view> searched, Where& where
) {
    if (filter.nothing) where.add("1 = 0");
    if (!filter.text.empty()) where.add_search(searched, filter.text);
}

constexpr std::array<std::string_view, 2> kVersionSearch{"s.name", "s.version"};
constexpr std::array<std::string_view, 1> kTitleSearch{"s.name"};

std::uint64_t count(Database& db, const char* name, const std::string& from, const Where& where) {
    std::uint64_t out = 0;
    db.read([&](Session& session) {
        session.select(
            Sql{name, "SELECT COUNT(*) FROM " + from + where.text()},
            where.values(),
            [&](const Row& row) { out = row.u64(0); }
        );
    });
    return out;
}

template <class Map>
auto all_rows(Database& db, const Sql& sql, const Where& where, Map map) {
    return with_read(db, [&](Session& session) {
        std::vector<std::invoke_result_t<Map, const Row&>> out;
        session.select(sql, where.values(), [&](const Row& row) { out.push_back(map(row)); });
        return out;
    });
}

/// The most common first unless something else is asked for.
Paging with_default_order(Paging paging) {
    if (paging.order_key.empty()) paging.order = Order::descending;
    return paging;
}

}  // namespace

Result<std::vector<CountedSoftware>> SoftwareListStore::versions(
    const SoftwareFilter& filter, const Paging& asked
) {
    const Paging paging = with_default_order(asked);
    FLEET_TRY(const SortKey key, sort_key(kVersionKeys, paging.order_key));
    Where where;
    const std::string counts = counts_table(Counted::version, filter, where);
    add_conditions(filter, kVersionSearch, where);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "s.id", paging);
    const Sql sql{
        "software_versions",
        std::string{kVersionColumns} + " FROM " + counts + kVersionTables + where.text() + page};
    return all_rows(db_, sql, where, to_version);
}

std::uint64_t SoftwareListStore::count_versions(const SoftwareFilter& filter) {
    Where where;
    const std::string counts = counts_table(Counted::version, filter, where);
    add_conditions(filter, kVersionSearch, where);
    return count(db_, "count_software_versions", counts + kVersionTables, where);
}

std::optional<CountedSoftware> SoftwareListStore::version(
    std::uint64_t id, const SoftwareFilter& filter
) {
    Where where;
    const std::string counts = counts_table(Counted::version, filter, where);
    where.add("s.id = ?", id);
    const Sql sql{
        "software_version",
        std::string{kVersionColumns} + " FROM " + counts + kVersionTables + where.text()};
    auto found = all_rows(db_, sql, where, to_version);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<std::vector<SoftwareTitle>> SoftwareListStore::titles(
    const SoftwareFilter& filter, const Paging& asked
) {
    const Paging paging = with_default_order(asked);
    FLEET_TRY(const SortKey key, sort_key(kTitleKeys, paging.order_key));
    Where where;
    const std::string counts = counts_table(Counted::title, filter, where);
    add_conditions(filter, kTitleSearch, where);
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "s.id", paging);
    const Sql sql{
        "software_titles",
        std::string{kTitleColumns} + " FROM " + counts + kTitleTables + where.text() + page};
    auto out = all_rows(db_, sql, where, to_title);
    add_versions(out, filter);
    return out;
}

std::uint64_t SoftwareListStore::count_titles(const SoftwareFilter& filter) {
    Where where;
    const std::string counts = counts_table(Counted::title, filter, where);
    add_conditions(filter, kTitleSearch, where);
    return count(db_, "count_software_titles", counts + kTitleTables, where);
}

std::optional<SoftwareTitle> SoftwareListStore::title(
    std::uint64_t id, const SoftwareFilter& filter
) {
    Where where;
    const std::string counts = counts_table(Counted::title, filter, where);
    where.add("s.id = ?", id);
    const Sql sql{
        "software_title",
        std::string{kTitleColumns} + " FROM " + counts + kTitleTables + where.text()};
    auto found = all_rows(db_, sql, where, to_title);
    if (found.empty()) return std::nullopt;
    add_versions(found, filter);
    return std::move(found.front());
}

void SoftwareListStore::add_versions(
    std::vector<SoftwareTitle>& titles, const SoftwareFilter& filter
) {
    std::unordered_map<std::uint64_t, SoftwareTitle*> by_id;
    std::vector<std::uint64_t> ids;
    for (SoftwareTitle& title : titles) {
        by_id[title.id] = &title;
        ids.push_back(title.id);
    }
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const std::uint64_t> some{
            ids.data() + at, std::min(kMaxList, ids.size() - at)};
        Where where;
        const std::string counts = counts_table(Counted::version, filter, where);
        where.add_in("t.id", some);
        const Sql sql{
            "software_versions_of_titles",
            "SELECT t.id, s.id, s.version, c.hosts_count FROM " + counts + kVersionTables +
                where.text() + " ORDER BY c.hosts_count DESC, s.id"};
        const auto rows = all_rows(db_, sql, where, [](const Row& row) {
            return std::pair{row.u64(0), TitleVersion{row.u64(1), row.str(2), row.u64(3)}};
        });
        for (const auto& [title, version] : rows)
            by_id[title]->versions.push_back(version);
    }
}

std::optional<Time> SoftwareListStore::counted_at() {
    static const Sql sql{
        "software_counted_at", "SELECT counted_at FROM software_counted WHERE id = 1"};
    return with_read(db_, [](Session& session) {
        return session.one(sql, [](const Row& row) { return row.time(0); });
    });
}

}  // namespace fleet::store
