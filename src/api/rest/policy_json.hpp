#pragma once

#include <string>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/core/time.hpp"
#include "fleet/store/policy_store.hpp"

/// Policies on the wire (rest-api-b 4.1).
namespace fleet::api::rest {

/// With its counts, which are those of `now`.
json::Value policy_json(const store::Policy& policy, Time now);

/// The answer that tells of one policy.
json::Value policy_answer(
    const store::Policy& policy, Time now, const std::vector<std::string>& warnings
);

/// As it stands in a host: without counts, with the host's answer.
json::Value host_policy_json(const store::HostPolicy& policy);

json::Value host_policies_json(const std::vector<store::HostPolicy>& policies);

}  // namespace fleet::api::rest
