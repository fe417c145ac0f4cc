#pragma once

#include <string>

#include "fleet/core/result.hpp"
#include "fleet/core/user.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/enroll_secret_store.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

struct SetupRequest {
    std::string admin_name{};
    std::string admin_email{};
    std::string admin_password{};
    std::string org_name{};
    std::string org_logo_url{};
    std::string server_url{};
    std::string enroll_secret{};  // empty: one is made up
};

/// The first user of a new server (rest-api-a 2.1).
class SetupService {
public:
    struct Deps {
        store::Database& db;
        store::UserStore& users;
        store::AppConfigStore& configs;
        store::EnrollSecretStore& secrets;
        AuthService& auth;
        const Clock& clock;
        bool parked_reads = false;  // osquery.distributed_hold is not 0
    };

    explicit SetupService(Deps deps) : deps_{deps} {}

    /// not_found when the server has a user already.
    Result<LoggedIn> set_up(const SetupRequest& in);

private:
    Deps deps_;
};

}  // namespace fleet::service
