#include <map>

#include "fleet/core/software_facts.hpp"
#include "software_write.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

using OnHost = std::vector<std::pair<HostId, const std::string*>>;

void save_facts(
    Session& session, const std::string& table, const std::string& column, const OnHost& facts
) {
    std::vector<Param> rows;
    for (const auto& [host, packed] : facts) {
        rows.emplace_back(raw(host));
        rows.emplace_back(*packed);
    }
    session.insert_many(
        "save_" + table,
        "INSERT INTO " + table + " (host_id, " + column + ") VALUES ",
        "(?, ?)",
        " ON DUPLICATE KEY UPDATE " + column + " = VALUES(" + column + ")",
        rows,
        2
    );
}

/// Leaves out the hosts whose stored times are near enough.
void drop_small_steps(Session& session, OnHost& opened, std::chrono::seconds step) {
    std::vector<HostId> ids;
    for (const auto& [host, packed] : opened)
        ids.push_back(host);
    std::map<HostId, std::string> stored;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const HostId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> list = id_params(some);
        session.select(
            Sql{"find_software_opened",
                "SELECT host_id, opened FROM host_software_opened WHERE host_id IN " +
                    placeholders(list.size())},
            list,
            [&](const Row& row) { stored[row.id<HostId>(0)] = row.str(1); }
        );
    }
    std::erase_if(opened, [&](const auto& entry) {
        const auto found = stored.find(entry.first);
        return found != stored.end() &&
               about_equal(
                   unpack_opened(found->second), unpack_opened(*entry.second), step.count()
               );
    });
}

}  // namespace

void write_software_facts(
    Session& session, std::span<const HostUpdate* const> updates, std::chrono::seconds step
) {
    OnHost paths;
    OnHost opened;
    for (const HostUpdate* update : updates) {
        const SoftwareReport* report = update->software.get();
        if (report == nullptr) continue;
        if (report->paths_changed) paths.emplace_back(update->host, &report->paths);
        if (report->opened_changed) opened.emplace_back(update->host, &report->opened);
    }
    if (!paths.empty()) save_facts(session, "host_software_paths", "paths", paths);
    if (opened.empty()) return;
    drop_small_steps(session, opened, step);
    if (!opened.empty()) save_facts(session, "host_software_opened", "opened", opened);
}

}  // namespace fleet::store
