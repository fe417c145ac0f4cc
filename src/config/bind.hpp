#pragma once

#include <string>
#include <vector>

#include "fleet/config/config.hpp"

namespace fleet::config {

/// Fills the typed structs from `config.values`, which must have passed the rules.
void bind(Config& config);

/// The keys that bind() reads: those that this server acts on.
std::vector<std::string> bound_keys();

}  // namespace fleet::config
