#pragma once

#include <string>
#include <vector>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/http/route.hpp"

/// The API describes itself: /api/openapi.json for programs, /api/docs for people. Open to
/// everybody, like any documentation; nothing in it depends on this server's data.
namespace fleet::api::docs {

/// `url_prefix` is the server's ("/x" or empty). The document is made when it is first asked for.
http::Routes routes(std::vector<rest::EndpointInfo> endpoints, const std::string& url_prefix);

}  // namespace fleet::api::docs
