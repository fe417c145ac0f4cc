#pragma once

#include <string>
#include <string_view>

#include "fleet/http/route.hpp"

namespace fleet::http {

/// The cross-site guard (rest-api-a 1.3): a page of another site can make a browser post a form,
/// but not JSON. True when the request must be refused with 415.
bool violates_cross_site_guard(const Route& route, const Request& request, bool has_body);

/// True when the host of `Origin` is the host asked for, or there is no `Origin`: only browsers
/// send one (rest-api-b 3.3).
bool same_origin(const Request& request);

/// The peer's X-Request-Id when it is short and plain, else one of our own.
std::string request_id_for(const Request& request);

}  // namespace fleet::http
