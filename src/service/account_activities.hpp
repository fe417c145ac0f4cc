#pragma once

#include <string>
#include <vector>

#include "fleet/core/user.hpp"
#include "fleet/service/activities.hpp"

namespace fleet::service {

/// What the feed says about accounts (rest-api-a 8.6).
namespace account_activity {

std::string login_details(const std::string& public_ip);
std::string failed_login_details(const std::string& email, const std::string& public_ip);
std::string user_details(const User& user);
std::string token_details(const User& user, const ApiToken& token);

}  // namespace account_activity

/// Records one activity for each role that `after` has and `before` had not, or the other way.
void record_role_changes(
    Activities& activities,
    store::Session& session,
    const Viewer& viewer,
    const User& before,
    const User& after
);

}  // namespace fleet::service
