#pragma once

#include <chrono>
#include <span>

#include "fleet/core/host.hpp"
#include "fleet/store/db.hpp"
#include "fleet/store/software_catalog.hpp"

namespace fleet::store {

/// Keeps the collection of unused software away until the transaction ends, and forgets what it
/// has collected. Must take the first lock of its transaction: the collection, too, takes it first.
std::uint64_t enter_generation(Session& session, SoftwareCatalog& catalog);

/// Writes the software of many hosts: what is new of software, buckets and sets once each, in the
/// order of their digests, then a row a host. Returns what `catalog` may learn after the commit.
/// Throws DbError (busy) when a report leaves out text that was collected meanwhile.
SoftwareCatalog::Learned write_software_sets(
    Session& session,
    SoftwareCatalog& catalog,
    std::uint64_t generation,
    std::span<const HostUpdate* const> updates
);

/// Where software is installed, and when it was last opened. Times that moved by no more than
/// `step` since they were stored are not written.
void write_software_facts(
    Session& session, std::span<const HostUpdate* const> updates, std::chrono::seconds step
);

}  // namespace fleet::store
