#pragma once

#include <string>
#include <vector>

#include "fleet/config/config.hpp"
#include "fleet/core/result.hpp"

namespace fleet::config {

/// One leaf of the YAML file.
struct Entry {
    std::string key{};    // "server.address", as written
    std::string value{};  // a list is JSON text
    int line = 0;
};

/// All leaves of a document of nested maps; leaves without a value are left out.
/// The error's message says where the text is no such document.
Result<std::vector<Entry>> read_yaml(const std::string& text);

/// Reads server.endpoint_request_size_overrides; sizes are numbers or byte sizes.
Result<std::vector<BodyLimit>> read_body_limits(const std::string& json);

}  // namespace fleet::config
