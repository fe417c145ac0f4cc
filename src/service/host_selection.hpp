#pragma once

#include <algorithm>
#include <chrono>
#include <span>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/service/host_presence.hpp"
#include "fleet/service/host_service.hpp"

/// What a selection of hosts means beyond SQL: the viewer's teams, and what only memory knows.
namespace fleet::service {

/// A host is new for a day (rest-api-a 13.1.5).
inline constexpr std::chrono::hours kNewFor{24};

/// Adds the viewer's own limits. 403 when a team is asked for that the viewer may not see.
Result<HostSelection> narrowed(HostSelection selection, const Viewer& viewer, Action action);

/// Turns "new" into a date, which the database can filter by.
HostSelection dated(HostSelection selection, Time now);

/// Whether only memory knows which hosts match: by status or by when they were last seen.
bool needs_memory(const HostSelection& selection);
bool matches(const HostSelection& selection, const SeenHost& host);

/// The status of a row, which gets the newest sign of life that is known.
HostStatus current_status(store::HostRecord& host, const HostPresence& presence, Time now);

/// Orders for which memory suffices; ids break ties.
enum class MemoryOrder { none, id, seen, status };
MemoryOrder memory_order(const Paging& paging);
/// Leaves what comes after the cursor, if there is one.
Result<> drop_before_cursor(std::vector<SeenHost>& hosts, const Paging& paging);
/// Puts the first `count` hosts of the order to the front; the rest follows in any order.
void sort_first(std::vector<SeenHost>& hosts, const Paging& paging, std::size_t count);

/// How many hosts of the list there are up to the end of the page; without one, the most possible.
std::size_t page_end(const Paging& paging);
void cut_page(std::vector<HostId>& ids, const Paging& paging);
std::vector<HostId> ids_of(std::span<const SeenHost> hosts);

}  // namespace fleet::service
