#pragma once

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"

namespace fleet::service {

/// What of this server's own settings decides which features may be switched on.
struct ConfigAbilities {
    bool windows_mdm = false;  // a certificate and key to enrol Windows devices
    bool private_key = false;  // what stored secrets are encrypted with
};

/// 422 by the rules of rest-api-a 10.7. `before` is what is stored: what was on may stay on.
Result<> check_config(
    const json::Value& config, const json::Value& before, const ConfigAbilities& abilities
);

}  // namespace fleet::service
