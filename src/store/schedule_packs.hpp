#pragma once

#include <vector>

#include "fleet/store/schedule_store.hpp"

namespace fleet::store {

/// The packs of the old kind that agents get, in the order of their ids.
std::vector<ScheduledPack> load_packs(Session& session);

}  // namespace fleet::store
