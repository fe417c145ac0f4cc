#pragma once

#include "fleet/core/json.hpp"
#include "fleet/service/software_service.hpp"

/// Software with the hosts that have it, and titles (rest-api-b 6, rest-api-a 13.23). What belongs
/// to vulnerabilities and installers is there, and empty.
namespace fleet::api::rest {

json::Value to_json(const store::CountedSoftware& software);
json::Value to_json(const store::SoftwareTitle& title);
json::Value to_json(const service::HostTitle& title);

}  // namespace fleet::api::rest
