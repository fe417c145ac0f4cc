#pragma once

#include <cstdint>
#include <string>
#include <vector>

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

/// One of `server.endpoint_request_size_overrides`.
struct BodyLimit {
    std::string endpoint{};
    std::uint64_t max_request_size = 0;
};

/// Reads server.endpoint_request_size_overrides; sizes are numbers or byte sizes.
Result<std::vector<BodyLimit>> read_body_limits(const std::string& json);

}  // namespace fleet::config
