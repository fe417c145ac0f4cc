#include "people_accounts.hpp"

namespace fleet::main {
namespace {

int sso_rate(const config::Config& config) {
    return config.auth.sso_rate_limit > 0 ? config.auth.sso_rate_limit
                                          : config.auth.login_rate_limit;
}

}  // namespace

AccountParts::AccountParts(SharedParts& shared_in, std::function<service::ApiCatalog()> catalog)
    : shared{shared_in},
      sso_start_limit{10 * sso_rate(config), 99},
      sso_end_limit{sso_rate(config), 9},
      auth{
          {deps.db,
           shared.users,
           sessions,
           shared.activities,
           login_limit,
           deps.clock,
           api_tokens,
           links,
           mailer,
           second_step_limit},
          {.token_bytes = config.session.key_size,
           .link_bytes = config.app.token_key_size,
           .session_duration = config.session.duration}},
      recovery{
          {deps.db, shared.users, sessions, links, mailer, forgot_limit, deps.clock},
          {.token_bytes = config.app.token_key_size}},
      invite_service{
          {deps.db, invites, shared.users, shared.activities, mailer, deps.clock},
          {.token_bytes = config.app.token_key_size, .life = config.app.invite_token_validity}},
      sso{{.db = deps.db,
           .configs = shared.app_configs,
           .requests = sso_requests,
           .users = shared.users,
           .auth = auth,
           .activities = shared.activities,
           .start_limit = sso_start_limit,
           .end_limit = sso_end_limit,
           .clock = deps.clock},
          {.life = config.auth.sso_session_validity, .url_prefix = config.server.url_prefix}},
      setup{
          {deps.db,
           shared.users,
           shared.app_configs,
           secrets,
           auth,
           deps.clock,
           config.osquery.distributed_hold.count() > 0}},
      user_service{
          {.db = deps.db,
           .users = shared.users,
           .sessions = sessions,
           .auth = auth,
           .activities = shared.activities,
           .invites = invites,
           .links = links,
           .mailer = mailer,
           .clock = deps.clock,
           .catalog = std::move(catalog),
           .link_bytes = config.app.token_key_size}},
      team_service{
          {.db = deps.db,
           .teams = shared.teams,
           .users = shared.users,
           .secrets = secrets,
           .configs = shared.app_configs,
           .hosts = shared.hosts,
           .activities = shared.activities,
           .host_events = deps.events,
           .schedule_events = deps.events,
           .clock = deps.clock}} {}

void AccountParts::add_to(api::rest::Endpoints& endpoints) {
    add_all(
        endpoints,
        setup_api,
        session_api,
        user_api,
        recovery_api,
        invite_api,
        program_api,
        token_api,
        sso_api,
        secret_api,
        team_api
    );
}

}  // namespace fleet::main
