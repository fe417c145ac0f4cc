#pragma once

#include <optional>
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

private:
    Database& db_;
};

}  // namespace fleet::store
