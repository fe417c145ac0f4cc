#pragma once

#include <chrono>
#include <functional>

#include "fleet/api/rest/account_access.hpp"
#include "fleet/api/rest/accounts.hpp"
#include "fleet/api/rest/teams.hpp"
#include "fleet/mail/outbox.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/service/enroll_secret_service.hpp"
#include "fleet/service/invite_service.hpp"
#include "fleet/service/mailer.hpp"
#include "fleet/service/rate_limit.hpp"
#include "fleet/service/recovery_service.hpp"
#include "fleet/service/setup_service.hpp"
#include "fleet/service/sso_service.hpp"
#include "fleet/service/team_service.hpp"
#include "fleet/service/token_service.hpp"
#include "fleet/service/user_service.hpp"
#include "fleet/store/account_link_store.hpp"
#include "fleet/store/api_token_store.hpp"
#include "fleet/store/enroll_secret_store.hpp"
#include "fleet/store/invite_store.hpp"
#include "fleet/store/session_store.hpp"
#include "fleet/store/sso_store.hpp"
#include "people_shared.hpp"

namespace fleet::main {

/// Who may do what: setup, sessions, users, invitations, tokens, single sign-on, teams, secrets.
struct AccountParts {
    AccountParts(SharedParts& shared_in, std::function<service::ApiCatalog()> catalog);
    void add_to(api::rest::Endpoints& endpoints);

    SharedParts& shared;
    const config::Config& config = shared.config;
    People::Deps& deps = shared.deps;

    store::SessionStore sessions{deps.db};
    store::EnrollSecretStore secrets{deps.db};
    store::AccountLinkStore links{deps.db};
    store::ApiTokenStore api_tokens{deps.db};
    store::InviteStore invites{deps.db};
    store::SsoStore sso_requests{deps.db};
    mail::Outbox outbox{{.workers = deps.workers, .clock = deps.clock}};
    service::Mailer mailer{{shared.app_configs, outbox, config.server.url_prefix}};

    // rest-api-a 1.7: the burst is one less than the rate of the reference, whatever the rate.
    service::RateLimit login_limit{config.auth.login_rate_limit, 9};
    service::RateLimit second_step_limit{config.auth.login_rate_limit, 9};
    // Ten an hour; not limited when logins are not.
    service::RateLimit forgot_limit{
        config.auth.login_rate_limit == 0 ? 0 : 10, std::chrono::hours{1}, 9};
    service::RateLimit sso_start_limit;
    service::RateLimit sso_end_limit;

    service::AuthService auth;
    service::RecoveryService recovery;
    service::InviteService invite_service;
    service::TokenService token_service{
        {deps.db, api_tokens, shared.users, shared.activities, deps.clock}};
    service::SsoService sso;
    service::SetupService setup;
    service::UserService user_service;
    service::EnrollSecretService secret_service{
        {deps.db, secrets, shared.teams, shared.activities, deps.clock}};
    service::TeamService team_service;

    api::rest::SetupApi setup_api{setup};
    api::rest::SessionApi session_api{auth, user_service, team_service};
    api::rest::UserApi user_api{user_service, team_service};
    api::rest::RecoveryApi recovery_api{recovery};
    api::rest::InviteApi invite_api{invite_service};
    api::rest::ProgramApi program_api{user_service};
    api::rest::TokenApi token_api{token_service};
    api::rest::SsoApi sso_api{sso, config.server.url_prefix};
    api::rest::EnrollSecretApi secret_api{secret_service};
    api::rest::TeamApi team_api{team_service};
};

}  // namespace fleet::main
