#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/store/enroll_secret_store.hpp"
#include "fleet/store/team_store.hpp"

namespace fleet::service {

/// Enroll secrets, global and of teams (rest-api-a 11).
class EnrollSecretService {
public:
    struct Deps {
        store::Database& db;
        store::EnrollSecretStore& secrets;
        store::TeamStore& teams;
        Activities& activities;
        const Clock& clock;
    };

    explicit EnrollSecretService(Deps deps) : deps_{deps} {}

    Result<std::vector<store::EnrollSecret>> list(const Viewer& viewer);
    Result<std::vector<store::EnrollSecret>> list(const Viewer& viewer, TeamId team);
    /// Replaces the whole list.
    Result<> replace(const Viewer& viewer, std::span<const store::WantedSecret> secrets);
    Result<> replace(
        const Viewer& viewer, TeamId team, std::span<const store::WantedSecret> secrets
    );

private:
    Deps deps_;
};

}  // namespace fleet::service
