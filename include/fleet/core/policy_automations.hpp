#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/ids.hpp"

namespace fleet {

/// Policies whose failures go to a webhook or become tickets (rest-api-b 4.2), sorted. `config`:
/// the document of the organisation or of a team. None while no such automation is on.
std::vector<PolicyId> policies_with_webhook(std::string_view config);

/// The document without these policies in its list; nothing when none of them is in there.
std::optional<std::string> without_webhook(
    std::string_view config, std::span<const PolicyId> policies
);

}  // namespace fleet
