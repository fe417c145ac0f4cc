#pragma once

#include <algorithm>
#include <chrono>
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

/// Whether the status can only be told with the times that memory holds.
bool needs_memory(const std::optional<HostStatusFilter>& status);

bool needs_memory(const HostSelection& selection);

/// The key with the newest times known.
store::HostKey current(store::HostKey key, const HostPresence& presence, Time now);
HostStatus current_status(store::HostRecord& host, const HostPresence& presence, Time now);
bool matches(
    HostStatusFilter status, const store::HostKey& key, const HostPresence& presence, Time now
);
/// By status and by when the host was last seen.
bool matches(
    const HostSelection& selection,
    const store::HostKey& key,
    const HostPresence& presence,
    Time now
);

bool sorts_by_memory(const Paging& paging);
Result<> sort_by_memory(std::vector<store::HostKey>& keys, const Paging& paging, Time now);
void cut_page(std::vector<store::HostKey>& keys, const Paging& paging);
std::vector<HostId> ids_of(const std::vector<store::HostKey>& keys);

}  // namespace fleet::service
