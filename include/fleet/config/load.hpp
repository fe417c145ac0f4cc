#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleet/config/config.hpp"
#include "fleet/core/result.hpp"

namespace fleet::config {

/// What the configuration is made of, strongest last.
struct Sources {
    std::optional<std::string> file{};  // path of the YAML file
    std::vector<std::pair<std::string, std::string>> environment{};
    std::vector<std::pair<std::string, std::string>> flags{};  // key name and value
};

/// The FLEET_* part of an environ.
std::vector<std::pair<std::string, std::string>> fleet_environment(const char* const* environ);

struct Loaded {
    Config config{};
    std::vector<std::string> warnings{};
};

/// Merges and checks everything. An error lists every problem, one field each.
Result<Loaded> load(const Sources& sources);

/// The effective configuration as YAML, secrets masked.
std::string dump(const Values& values);
/// The reference of all keys as Markdown, kept in docs/configuration.md.
std::string document();
/// "; did you mean X?" or nothing.
std::string suggest_key(std::string_view name);
std::string suggest_flag(std::string_view flag);

}  // namespace fleet::config
