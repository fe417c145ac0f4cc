#pragma once

#include "fleet/api/rest/endpoint.hpp"

namespace fleet::api::rest {

/// The endpoint as the catalogue names it: "/hosts/{id:uint}" is "/api/v1/fleet/hosts/:id".
ApiEndpoint catalog_name(const EndpointInfo& info);

}  // namespace fleet::api::rest
