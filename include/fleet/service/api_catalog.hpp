#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"

namespace fleet::service {

/// An endpoint of this server that an API-only account can be limited to.
struct CatalogEntry {
    ApiEndpoint endpoint{};
    std::string display_name{};
};
using ApiCatalog = std::vector<CatalogEntry>;

/// The list as the catalogue spells it, whatever version or generation of names the client used.
/// 422 on `api_endpoints` when it is empty, too long, names one twice or one that is not there.
Result<std::vector<ApiEndpoint>> check_endpoints(
    const std::vector<ApiEndpoint>& wanted, const ApiCatalog& catalog
);

}  // namespace fleet::service
