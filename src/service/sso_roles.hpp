#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "user_rules.hpp"

namespace fleet::service {

using SsoAttributes = std::map<std::string, std::vector<std::string>>;

/// The roles that the provider's attributes ask for; nothing when they name none. 422 like
/// check_roles().
Result<std::optional<Roles>> roles_of_attributes(const SsoAttributes& attributes);

/// The name to show for whoever signed on; the address when the provider tells none.
std::string name_of_attributes(const SsoAttributes& attributes, const std::string& email);

/// A place on this server: a path, or an address below `server_url`. Everything else could lead a
/// browser away or run as a script.
bool is_safe_relay(const std::string& relay_url, const std::string& server_url);

}  // namespace fleet::service
