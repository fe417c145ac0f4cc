#pragma once

#include <string>
#include <utility>

#include "fleet/core/error.hpp"

namespace fleet::config {

/// Collects everything that is wrong, so that an operator mends a file in one go.
class Problems {
public:
    void add(std::string key, std::string reason) {
        error_.fields.push_back({std::move(key), std::move(reason)});
    }
    void add(const Error& error) {
        error_.fields.insert(error_.fields.end(), error.fields.begin(), error.fields.end());
    }
    bool any() const { return !error_.fields.empty(); }
    Error take() {
        error_.kind = ErrorKind::invalid;
        error_.message = "invalid configuration";
        return std::move(error_);
    }

private:
    Error error_{};
};

}  // namespace fleet::config
