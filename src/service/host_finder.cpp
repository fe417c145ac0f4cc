#include "host_finder.hpp"

#include <algorithm>

#include "fleet/live/host_set.hpp"
#include "host_selection.hpp"

namespace fleet::service {
namespace {

/// So many hosts the database looks up one by one before reading an index from end to end is
/// faster.
constexpr std::size_t kFew = 4'000;
/// The longest part of a list that is read in the hope that the page is in it.
constexpr std::size_t kLongestStretch = 20'000;
constexpr std::size_t kShortestStretch = 1'000;

/// Whether it asks for no more than teams, which memory knows, too.
bool is_only_teams(store::HostFilter filter) {
    filter.visible.reset();
    filter.team.reset();
    return filter == store::HostFilter{};
}

void keep(std::vector<HostId>& ids, const live::HostSet& wanted) {
    std::erase_if(ids, [&](HostId id) { return !wanted.contains(id); });
}

}  // namespace

Result<std::vector<HostId>> HostFinder::page(const HostSelection& wanted, const Paging& paging) {
    const MemoryOrder order = memory_order(paging);
    const bool by_memory = order == MemoryOrder::seen || order == MemoryOrder::status;
    if (!by_memory && !needs_memory(wanted)) return hosts_.ids(wanted.filter, paging);
    Alive found = alive(wanted);
    if (order == MemoryOrder::none) return in_database_order(found, wanted.filter, paging);
    FLEET_CHECK(drop_before_cursor(found.hosts, paging));
    return in_memory_order(std::move(found.hosts), wanted.filter, paging);
}

std::uint64_t HostFinder::count(const HostSelection& wanted) {
    if (!needs_memory(wanted)) return hosts_.count(wanted.filter);
    const Alive found = alive(wanted);
    if (found.hosts.empty() || is_only_teams(wanted.filter)) return found.hosts.size();
    store::HostFilter filter = wanted.filter;
    if (found.hosts.size() <= kFew) {
        filter.among = ids_of(found.hosts);
        return hosts_.count(filter);
    }
    std::vector<HostId> ids = hosts_.ids(filter);
    keep(ids, live::HostSet::from_ids(ids_of(found.hosts)));
    return ids.size();
}

HostFinder::Alive HostFinder::alive(const HostSelection& wanted) const {
    Alive out;
    const CensusScope scope{wanted.filter.visible, wanted.filter.team, {}};
    presence_.each(scope, now_, [&](const SeenHost& host) {
        ++out.of;
        if (matches(wanted, host)) out.hosts.push_back(host);
    });
    return out;
}

std::vector<HostId> HostFinder::in_memory_order(
    std::vector<SeenHost> found, const store::HostFilter& filter, const Paging& paging
) {
    const std::size_t needed = page_end(paging);
    if (is_only_teams(filter) && paging.per_page.value_or(found.size()) <= kFew) {
        const std::size_t end = std::min(needed, found.size());
        sort_first(found, paging, end);
        std::vector<HostId> ids = ids_of(std::span{found}.first(end));
        cut_page(ids, paging);
        return confirmed(std::move(ids), filter);
    }
    // Among the hosts at the front there are usually enough that match the rest of the filter.
    const std::size_t stretch =
        needed < kFew ? std::min(found.size(), kShortestStretch + 4 * needed) : found.size();
    sort_first(found, paging, stretch);
    if (stretch <= kFew) {
        std::vector<HostId> ids = confirmed(ids_of(std::span{found}.first(stretch)), filter);
        if (ids.size() >= needed || stretch == found.size()) {
            cut_page(ids, paging);
            return ids;
        }
    }
    sort_first(found, paging, found.size());
    std::vector<HostId> ids = ids_of(found);
    if (filter != store::HostFilter{}) keep(ids, live::HostSet::from_ids(hosts_.ids(filter)));
    cut_page(ids, paging);
    return ids;
}

Result<std::vector<HostId>> HostFinder::in_database_order(
    const Alive& found, const store::HostFilter& filter, const Paging& paging
) {
    if (found.hosts.size() <= kFew) {
        store::HostFilter narrow = filter;
        narrow.among = ids_of(found.hosts);
        return hosts_.ids(narrow, paging);
    }
    const auto wanted = live::HostSet::from_ids(ids_of(found.hosts));
    Paging part = paging;
    part.page = 0;
    const std::size_t needed = page_end(paging);
    if (needed <= kLongestStretch) {
        const std::size_t stretch =
            kShortestStretch + 2 * needed * (found.of / found.hosts.size() + 1);
        part.per_page = std::min(stretch, kLongestStretch);
        FLEET_TRY(std::vector<HostId> ids, hosts_.ids(filter, part));
        const bool is_all = ids.size() < *part.per_page;
        keep(ids, wanted);
        if (ids.size() >= needed || is_all) {
            cut_page(ids, paging);
            return ids;
        }
    }
    part.per_page.reset();
    FLEET_TRY(std::vector<HostId> ids, hosts_.ids(filter, part));
    keep(ids, wanted);
    cut_page(ids, paging);
    return ids;
}

/// Those of the hosts that the filter admits, in the same order.
std::vector<HostId> HostFinder::confirmed(
    std::vector<HostId> ids, const store::HostFilter& filter
) {
    // Without a filter there is nothing to confirm: rows that are gone are not shown anyway.
    if (ids.empty() || filter == store::HostFilter{}) return ids;
    store::HostFilter narrow = filter;
    narrow.among = ids;
    keep(ids, live::HostSet::from_ids(hosts_.ids(narrow)));
    return ids;
}

}  // namespace fleet::service
