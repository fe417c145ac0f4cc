#include "fleet/service/carve_service.hpp"

#include "fleet/core/roles.hpp"

namespace fleet::service {

Result<std::vector<store::Carve>> CarveService::list(
    const Viewer& viewer, store::ExpiredCarves expired, const Paging& paging
) {
    FLEET_CHECK(authorize(viewer, Action::read_carves, Object::global()));
    return carves_.list(expired, paging);
}

Result<store::Carve> CarveService::get(const Viewer& viewer, CarveId id) {
    FLEET_CHECK(authorize(viewer, Action::read_carves, Object::global()));
    auto carve = carves_.find(id);
    if (!carve) return fail(Error::not_found("Carve", to_text(id)));
    return std::move(*carve);
}

Result<std::string> CarveService::block(const Viewer& viewer, CarveId id, std::int64_t block_id) {
    FLEET_TRY(const store::Carve carve, get(viewer, id));
    if (carve.expired) return fail(Error::bad_request("cannot get block for expired carve"));
    if (block_id > carve.max_block && block_id < carve.block_count) {
        return fail(Error::bad_request("block not yet available"));
    }
    auto data = carves_.block(id, block_id);
    if (!data) return fail(Error::not_found("Carve block", std::to_string(block_id)));
    return std::move(*data);
}

}  // namespace fleet::service
