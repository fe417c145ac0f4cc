#pragma once

#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/carve_store.hpp"

namespace fleet::service {

/// File carves, for global admins (rest-api-a 16).
class CarveService {
public:
    explicit CarveService(store::CarveStore& carves) : carves_{carves} {}

    Result<std::vector<store::Carve>> list(
        const Viewer& viewer, store::ExpiredCarves expired, const Paging& paging
    );
    Result<store::Carve> get(const Viewer& viewer, CarveId id);
    /// The raw bytes of a block.
    Result<std::string> block(const Viewer& viewer, CarveId id, std::int64_t block_id);

private:
    store::CarveStore& carves_;
};

}  // namespace fleet::service
