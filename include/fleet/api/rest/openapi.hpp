#pragma once

#include <span>
#include <string>

#include "fleet/api/rest/endpoint.hpp"

namespace fleet::api::rest {

/// The OpenAPI 3.1 document of these endpoints: each path once, in the newer words, below a server
/// address whose version is a variable. `url_prefix` is the server's, possibly empty.
json::Value openapi_document(
    std::span<const EndpointInfo> endpoints, const std::string& url_prefix
);

}  // namespace fleet::api::rest
