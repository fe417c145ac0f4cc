#pragma once

#include <span>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/store/enroll_secret_store.hpp"

namespace fleet::service {

/// The global enroll secrets (rest-api-a 11).
class EnrollSecretService {
public:
    struct Deps {
        store::Database& db;
        store::EnrollSecretStore& secrets;
        Activities& activities;
        const Clock& clock;
    };

    explicit EnrollSecretService(Deps deps) : deps_{deps} {}

    Result<std::vector<store::EnrollSecret>> list(const Viewer& viewer);
    /// Replaces the whole list.
    Result<> replace(const Viewer& viewer, std::span<const std::string> secrets);

private:
    Deps deps_;
};

}  // namespace fleet::service
