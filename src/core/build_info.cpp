#include "fleet/core/build_info.hpp"

namespace fleet {

BuildInfo build_info() noexcept {
    return {
        .version = FLEET_VERSION,
        .branch = FLEET_BUILD_BRANCH,
        .revision = FLEET_BUILD_REVISION,
        .build_date = FLEET_BUILD_DATE,
        .build_user = FLEET_BUILD_USER,
        .compiler = FLEET_BUILD_COMPILER,
    };
}

}  // namespace fleet
