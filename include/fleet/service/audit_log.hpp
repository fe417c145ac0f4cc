#pragma once

#include <cstdint>
#include <vector>

#include "fleet/core/activity.hpp"
#include "fleet/logs/destination.hpp"
#include "fleet/store/activity_store.hpp"

namespace fleet::service {

/// Writes the feed to a log destination, one JSON object a line, in the order of the ids
/// (operations.md D.1). Lines are marked before and after they are written; after a crash in
/// between, the destination is asked how far it had come, so that a file has each line once. A
/// destination that cannot tell gets the lines of the last batch again.
class AuditLog {
public:
    AuditLog(store::AuditStore& rows, logs::Destination& destination)
        : rows_{rows}, destination_{destination} {}

    /// Writes what is waiting, up to a bound. One caller at a time, on one instance. Throws when
    /// the destination does not take it; the next call goes on from there.
    void stream();

private:
    void settle_last_batch();
    bool write_some();

    store::AuditStore& rows_;
    logs::Destination& destination_;
    std::vector<std::uint64_t> written_{};  // of the batch that is not yet marked as written
};

/// The line of one activity.
std::string audit_line(const Activity& activity);

}  // namespace fleet::service
