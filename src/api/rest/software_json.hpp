#pragma once

#include <string>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/store/software_store.hpp"

/// Software on the wire. What is known of vulnerabilities is nothing so far: null.
namespace fleet::api::rest {

/// An entry of a host's list (rest-api-a 13.1.3).
json::Value to_json(const store::InstalledSoftware& installed);

/// Adds "software" to a host that is already written.
void append_software(std::string& host, const std::vector<store::InstalledSoftware>& list);

}  // namespace fleet::api::rest
