#pragma once

#include <string>

#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/logo_store.hpp"

namespace fleet::service {

/// The organisation's uploaded logo (rest-api-a 10.8). `mode` is "light", "dark" or, for changes,
/// "all".
class LogoService {
public:
    struct Deps {
        store::Database& db;
        store::LogoStore& logos;
        store::AppConfigStore& configs;
        Activities& activities;
        const Clock& clock;
    };

    explicit LogoService(Deps deps) : deps_{deps} {}

    /// Keeps the image and points org_info at it.
    Result<> put(const Viewer& viewer, const std::string& mode, const std::string& image);
    Result<> remove(const Viewer& viewer, const std::string& mode);
    /// Open to anybody: it is on the login page.
    Result<store::Logo> get(const std::string& mode);

private:
    Deps deps_;
};

}  // namespace fleet::service
