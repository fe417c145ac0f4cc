#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/activity.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

struct ActivityFilter {
    std::string type{};
    std::optional<Time> from{};
    std::optional<Time> to{};
    std::optional<HostId> host{};  // only those in that host's own feed
};

/// The feed of what happened.
class ActivityStore {
public:
    explicit ActivityStore(Database& db) : db_{db} {}

    /// In the transaction of what it tells about; `id` is ignored. Returns the new id.
    std::uint64_t insert(Session& session, const Activity& activity);
    /// Newest first unless `paging` names an order; its `query` searches actors. One row more than
    /// a page, so that the caller knows whether there are more.
    std::vector<Activity> list(const Paging& paging, const ActivityFilter& filter);

    /// Deletes some of the old ones; those that the audit log still waits for stay when asked to.
    /// True when there may be more.
    bool delete_before(Time limit, bool keep_unstreamed);

private:
    Database& db_;
};

/// The audit log's view of the feed: what is still to be written to it.
class AuditStore {
public:
    explicit AuditStore(Database& db) : db_{db} {}

    /// The oldest that are not in the log, now marked as on their way.
    std::vector<Activity> take(std::uint64_t most);
    /// Taken, and never said to be written: a crash came between.
    std::vector<std::uint64_t> on_their_way();
    void mark_written(std::span<const std::uint64_t> ids);
    /// They were not written: take() brings them again.
    void give_back(std::span<const std::uint64_t> ids);

private:
    Database& db_;
};

}  // namespace fleet::store
