#include "people.hpp"

#include <chrono>
#include <optional>

#include "fleet/api/docs/docs_api.hpp"
#include "fleet/api/rest/account_access.hpp"
#include "fleet/api/rest/accounts.hpp"
#include "fleet/api/rest/carves.hpp"
#include "fleet/api/rest/config.hpp"
#include "fleet/api/rest/host_activities.hpp"
#include "fleet/api/rest/host_facts.hpp"
#include "fleet/api/rest/host_history.hpp"
#include "fleet/api/rest/host_lists.hpp"
#include "fleet/api/rest/host_views.hpp"
#include "fleet/api/rest/hosts.hpp"
#include "fleet/api/rest/label_specs.hpp"
#include "fleet/api/rest/labels.hpp"
#include "fleet/api/rest/live_query.hpp"
#include "fleet/api/rest/live_query_sync.hpp"
#include "fleet/api/rest/live_socket.hpp"
#include "fleet/api/rest/logos.hpp"
#include "fleet/api/rest/operations.hpp"
#include "fleet/api/rest/packs.hpp"
#include "fleet/api/rest/policies.hpp"
#include "fleet/api/rest/queries.hpp"
#include "fleet/api/rest/query_specs.hpp"
#include "fleet/api/rest/reports.hpp"
#include "fleet/api/rest/schedules.hpp"
#include "fleet/api/rest/software.hpp"
#include "fleet/api/rest/team_policies.hpp"
#include "fleet/api/rest/teams.hpp"
#include "fleet/api/rest/translate.hpp"
#include "fleet/api/web/web_ui.hpp"
#include "fleet/mail/outbox.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/app_config_service.hpp"
#include "fleet/service/audit_log.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/service/carve_service.hpp"
#include "fleet/service/enroll_secret_service.hpp"
#include "fleet/service/expiry_service.hpp"
#include "fleet/service/host_activities.hpp"
#include "fleet/service/host_email_service.hpp"
#include "fleet/service/host_history_service.hpp"
#include "fleet/service/host_service.hpp"
#include "fleet/service/host_view_service.hpp"
#include "fleet/service/invite_service.hpp"
#include "fleet/service/job_runner.hpp"
#include "fleet/service/label_service.hpp"
#include "fleet/service/live_query.hpp"
#include "fleet/service/logo_service.hpp"
#include "fleet/service/mailer.hpp"
#include "fleet/service/operations.hpp"
#include "fleet/service/pack_service.hpp"
#include "fleet/service/policy_service.hpp"
#include "fleet/service/query_service.hpp"
#include "fleet/service/rate_limit.hpp"
#include "fleet/service/recovery_service.hpp"
#include "fleet/service/report_service.hpp"
#include "fleet/service/setup_service.hpp"
#include "fleet/service/software_service.hpp"
#include "fleet/service/sso_service.hpp"
#include "fleet/service/team_service.hpp"
#include "fleet/service/token_service.hpp"
#include "fleet/service/translate_service.hpp"
#include "fleet/service/user_service.hpp"
#include "fleet/sql/linter.hpp"
#include "fleet/store/account_link_store.hpp"
#include "fleet/store/activity_store.hpp"
#include "fleet/store/api_token_store.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/campaign_store.hpp"
#include "fleet/store/carve_store.hpp"
#include "fleet/store/debug_store.hpp"
#include "fleet/store/enroll_secret_store.hpp"
#include "fleet/store/host_email_store.hpp"
#include "fleet/store/host_history_store.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/host_view_store.hpp"
#include "fleet/store/invite_store.hpp"
#include "fleet/store/job_store.hpp"
#include "fleet/store/label_store.hpp"
#include "fleet/store/logo_store.hpp"
#include "fleet/store/pack_store.hpp"
#include "fleet/store/policy_store.hpp"
#include "fleet/store/policy_upkeep.hpp"
#include "fleet/store/query_store.hpp"
#include "fleet/store/report_store.hpp"
#include "fleet/store/session_store.hpp"
#include "fleet/store/software_list_store.hpp"
#include "fleet/store/software_store.hpp"
#include "fleet/store/sso_store.hpp"
#include "fleet/store/team_store.hpp"
#include "fleet/store/user_store.hpp"
#include "fleet/telemetry/metrics.hpp"
#include "people_jobs.hpp"
#include "server_facts.hpp"

namespace fleet::main {

using namespace std::chrono_literals;

namespace {

int sso_rate(const config::Config& config) {
    return config.auth.sso_rate_limit > 0 ? config.auth.sso_rate_limit
                                          : config.auth.login_rate_limit;
}

std::optional<service::AuditLog> make_audit_log(store::AuditStore& rows, logs::Destination* to) {
    if (to == nullptr) return std::nullopt;
    return std::optional<service::AuditLog>{std::in_place, rows, *to};
}

}  // namespace

struct People::Parts {
    Parts(const config::Config& config_in, Deps deps_in);

    const config::Config& config;
    Deps deps;

    store::UserStore users{deps.db};
    store::SessionStore sessions{deps.db};
    store::EnrollSecretStore secrets{deps.db};
    store::TeamStore teams{deps.db};
    store::ActivityStore activity_rows{deps.db};
    store::AppConfigStore app_configs{deps.db};
    store::HostStore hosts{deps.db};
    store::LabelStore labels{deps.db};
    store::HostEmailStore host_emails{deps.db};
    store::HostViewStore host_views{deps.db};
    store::HostHistoryStore host_hours{deps.db};
    store::SoftwareStore software{deps.db};
    store::SoftwareListStore software_lists{deps.db};
    store::QueryStore queries{deps.db};
    store::ReportStore reports{deps.db};
    store::CarveStore carves{deps.db};
    store::CampaignStore campaigns{deps.db};
    store::JobStore jobs{deps.db};
    store::ExpiryStore expiry{deps.db};
    store::SoftwareUpkeep software_upkeep{deps.db};
    store::PolicyStore policies{deps.db};
    store::PolicyUpkeep policy_upkeep{deps.db};
    sql::Linter linter{};

    store::AccountLinkStore account_links{deps.db};
    store::ApiTokenStore api_tokens{deps.db};
    store::InviteStore invites{deps.db};
    store::SsoStore sso_requests{deps.db};
    mail::Outbox outbox{{.workers = deps.workers, .clock = deps.clock}};
    service::Mailer mailer{{app_configs, outbox, config.server.url_prefix}};

    service::Activities activities{activity_rows, deps.clock};
    // rest-api-a 1.7: the burst is one less than the rate of the reference, whatever the rate.
    service::RateLimit login_limit{config.auth.login_rate_limit, 9};
    service::RateLimit second_step_limit{config.auth.login_rate_limit, 9};
    // Ten an hour; not limited when logins are not.
    service::RateLimit forgot_limit{config.auth.login_rate_limit == 0 ? 0 : 10, 1h, 9};
    service::RateLimit sso_start_limit{10 * sso_rate(config), 99};
    service::RateLimit sso_end_limit{sso_rate(config), 9};
    service::AuthService auth;
    service::RecoveryService recovery;
    service::InviteService invite_service;
    service::TokenService token_service{{deps.db, api_tokens, users, activities, deps.clock}};
    service::SsoService sso;
    service::SetupService setup;
    service::AppConfigService app_config_service;
    service::UserService user_service;
    service::EnrollSecretService secret_service;
    service::TeamService team_service;
    service::HostService host_service;
    service::LabelService label_service{{labels, activities, deps.events, deps.events, deps.clock}};
    service::HostEmailService host_email_service{{host_emails, hosts, activities}};
    service::HostViewService host_view_service{host_views};
    service::HostHistoryService host_history_service{
        {host_hours, teams, deps.presence, deps.clock}};
    service::TranslateService translate_service{{users, labels, hosts}};
    service::QueryService query_service;
    service::ReportService report_service{{reports, queries, hosts}};
    service::SoftwareService software_service{{software_lists, software, hosts}};
    service::CarveService carve_service{carves};
    service::PolicyService policy_service;
    service::LiveQueryService live_queries;

    // Settings, packs, what is too old, the audit log.
    store::PackStore packs{deps.db};
    store::LogoStore logos{deps.db};
    store::AuditStore audit_rows{deps.db};
    store::DebugStore debug_rows{deps.db};
    service::PackService pack_service{{packs, queries, activities, deps.events}};
    service::LogoService logo_service{{deps.db, logos, app_configs, activities, deps.clock}};
    service::HostActivities host_activities{{activities, hosts}};
    service::ExpiryService old_things;
    std::optional<service::AuditLog> audit_log{};

    api::rest::SessionAuthenticator authenticator{auth};
    api::rest::Endpoints endpoints{authenticator};
    api::rest::SetupApi setup_api{setup};
    api::rest::SessionApi session_api{auth, user_service, team_service};
    api::rest::UserApi user_api{user_service, team_service};
    api::rest::RecoveryApi recovery_api{recovery};
    api::rest::InviteApi invite_api{invite_service};
    api::rest::ProgramApi program_api{user_service};
    api::rest::TokenApi token_api{token_service};
    api::rest::SsoApi sso_api{sso, config.server.url_prefix};
    api::rest::EnrollSecretApi secret_api{secret_service};
    api::rest::ConfigApi config_api{app_config_service};
    api::rest::ActivityApi activity_api{activities};
    api::rest::TeamApi team_api{team_service};
    api::rest::HostTransferApi host_transfer_api{host_service};
    api::rest::HostApi host_api{host_service};
    api::rest::HostListApi host_list_api{host_service, software_service, deps.clock};
    api::rest::SoftwareApi software_api{software_service};
    api::rest::LabelApi label_api{label_service};
    api::rest::LabelSpecApi label_spec_api{label_service};
    api::rest::HostFactsApi host_facts_api{host_service, host_email_service};
    api::rest::HostViewApi host_view_api{host_view_service};
    api::rest::HostHistoryApi host_history_api{host_history_service};
    api::rest::TranslateApi translate_api{translate_service};
    api::rest::QueryApi query_api{query_service};
    api::rest::QuerySpecApi query_spec_api{query_service};
    api::rest::ReportApi report_api{report_service};
    api::rest::CarveApi carve_api{carve_service};
    api::rest::PolicyApi policy_api{policy_service, deps.clock};
    api::rest::TeamPolicyApi team_policy_api{policy_service, deps.clock};
    api::rest::LiveQueryApi live_query_api{live_queries, hosts};
    api::rest::LiveQuerySyncApi live_query_sync_api;
    api::rest::LiveSockets sockets;

    api::web::WebUi web_ui;

    service::JobRunner job_runner;
    service::Operations operations{{job_runner, deps.db, debug_rows}};

    api::rest::PackApi pack_api{pack_service};
    api::rest::PackScheduleApi pack_schedule_api{pack_service};
    api::rest::ScheduleApi schedule_api{query_service};
    api::rest::LogoApi logo_api{logo_service};
    api::rest::HostActivityApi host_activity_api{host_activities};
    api::rest::OperationsApi operations_api{operations, endpoints};
};

People::Parts::Parts(const config::Config& config_in, Deps deps_in)
    : config{config_in},
      deps{deps_in},
      auth{
          {deps.db,
           users,
           sessions,
           activities,
           login_limit,
           deps.clock,
           api_tokens,
           account_links,
           mailer,
           second_step_limit},
          {.token_bytes = config.session.key_size,
           .link_bytes = config.app.token_key_size,
           .session_duration = config.session.duration}},
      recovery{
          {deps.db, users, sessions, account_links, mailer, forgot_limit, deps.clock},
          {.token_bytes = config.app.token_key_size}},
      invite_service{
          {deps.db, invites, users, activities, mailer, deps.clock},
          {.token_bytes = config.app.token_key_size, .life = config.app.invite_token_validity}},
      sso{{.db = deps.db,
           .configs = app_configs,
           .requests = sso_requests,
           .users = users,
           .auth = auth,
           .activities = activities,
           .start_limit = sso_start_limit,
           .end_limit = sso_end_limit,
           .clock = deps.clock},
          {.life = config.auth.sso_session_validity, .url_prefix = config.server.url_prefix}},
      setup{
          {deps.db,
           users,
           app_configs,
           secrets,
           auth,
           deps.clock,
           config_in.osquery.distributed_hold.count() > 0}},
      app_config_service{
          {.db = deps.db,
           .configs = app_configs,
           .activities = activities,
           .events = deps.events,
           .facts = server_facts(config),
           .certificate = certificate_reader(config.server),
           .test_mail = [this](
                            const json::Value& document, const std::string& to
                        ) { return mailer.send_test(document, to); }}},
      user_service{
          {.db = deps.db,
           .users = users,
           .sessions = sessions,
           .auth = auth,
           .activities = activities,
           .invites = invites,
           .links = account_links,
           .mailer = mailer,
           .clock = deps.clock,
           .catalog = [this] { return api::rest::catalog_of(endpoints.infos()); },
           .link_bytes = config.app.token_key_size}},
      secret_service{{deps.db, secrets, teams, activities, deps.clock}},
      team_service{
          {.db = deps.db,
           .teams = teams,
           .users = users,
           .secrets = secrets,
           .configs = app_configs,
           .hosts = hosts,
           .activities = activities,
           .host_events = deps.events,
           .schedule_events = deps.events,
           .clock = deps.clock}},
      host_service{
          {.hosts = hosts,
           .labels = labels,
           .software = software,
           .teams = teams,
           .emails = host_emails,
           .policies = policies,
           .activities = activities,
           .presence = deps.presence,
           .events = deps.events,
           .workers = deps.workers,
           .clock = deps.clock}},
      query_service{{queries, activities, deps.events, linter, deps.clock}},
      policy_service{
          {.policies = policies,
           .upkeep = policy_upkeep,
           .queries = queries,
           .teams = teams,
           .configs = app_configs,
           .activities = activities,
           .events = deps.events,
           .linter = linter,
           .clock = deps.clock}},
      live_queries{
          {.store = campaigns,
           .campaigns = deps.campaigns,
           .presence = deps.presence,
           .clock = deps.clock,
           .disabled = [this] { return live_queries_disabled(app_configs); },
           .record =
               [this](const Activity& activity) {
                   deps.db.write([&](store::Session& session) {
                       activity_rows.insert(session, activity);
                   });
               }}},
      old_things{
          {.configs = app_configs,
           .expiry = expiry,
           .hosts = hosts,
           .feed = activity_rows,
           .activities = activities,
           .presence = deps.presence,
           .events = deps.events,
           .clock = deps.clock,
           .audit_log = deps.audit_log != nullptr}},
      audit_log{make_audit_log(audit_rows, deps.audit_log)},
      live_query_sync_api{
          {.loop = deps.loop,
           .workers = deps.workers,
           .live_queries = live_queries,
           .hosts = hosts,
           .redis = deps.redis,
           .wait = live_query_wait()}},
      sockets{
          {.loop = deps.loop,
           .workers = deps.workers,
           .authenticator = authenticator,
           .live_queries = live_queries,
           .redis = deps.redis,
           .clock = deps.clock,
           .disconnect_grace = std::chrono::duration_cast<std::chrono::milliseconds>(
               config.live_query.disconnect_grace
           )}},
      web_ui{
          {.url_prefix = config.server.url_prefix,
           .tls = config.server.tls,
           .is_set_up = [this] { return auth.is_set_up(); }},
          web::assets()},
      job_runner{
          {.store = jobs,
           .clock = deps.clock,
           .observe =
               [this](const std::string& name, std::chrono::nanoseconds took, bool ok) {
                   deps.metrics.job(
                       name, took, ok ? telemetry::Outcome::done : telemetry::Outcome::failed
                   );
               }},
          background_jobs(
              {live_queries,
               expiry,
               queries,
               software_upkeep,
               policy_upkeep,
               old_things,
               audit_log ? &*audit_log : nullptr,
               deps.clock,
               config.session.duration,
               label_service,
               account_links,
               sso_requests,
               host_history_service}
          )} {
    const auto add = [this](auto& api) {
        endpoints.add(std::remove_reference_t<decltype(api)>::rows(), api);
    };
    add(setup_api);
    add(session_api);
    add(user_api);
    add(recovery_api);
    add(invite_api);
    add(program_api);
    add(token_api);
    add(sso_api);
    add(secret_api);
    add(config_api);
    add(activity_api);
    add(team_api);
    add(host_transfer_api);
    add(host_api);
    add(host_list_api);
    add(software_api);
    add(label_api);
    add(label_spec_api);
    add(host_facts_api);
    add(host_view_api);
    add(host_history_api);
    add(translate_api);
    add(query_api);
    add(query_spec_api);
    add(report_api);
    add(carve_api);
    add(policy_api);
    add(team_policy_api);
    add(live_query_api);
    add(pack_api);
    add(pack_schedule_api);
    add(schedule_api);
    add(logo_api);
    add(host_activity_api);
    add(operations_api);
    live_query_sync_api.add_to(endpoints);
    endpoints.note(
        {.method = http::Method::get,
         .path = "/results/websocket",
         .name = "results_websocket",
         .who = api::rest::Who::anyone,  // the token comes in a message
         .options = {.success = 101}}
    );
}

People::People(const config::Config& config, Deps deps)
    : parts_{std::make_unique<Parts>(config, deps)} {}

People::~People() = default;

http::Routes People::routes() {
    http::Routes out = parts_->endpoints.take();
    for (http::Route& route : parts_->sockets.routes())
        out.push_back(std::move(route));
    const std::string& prefix = parts_->config.server.url_prefix;
    for (http::Route& route : api::docs::routes(parts_->endpoints.infos(), prefix))
        out.push_back(std::move(route));
    return out;
}

http::BlockingHandler People::web_ui() {
    return [this](const http::Request& request) { return parts_->web_ui.answer(request); };
}

void People::start() {
    parts_->deps.campaigns.on_orphan([&sockets = parts_->sockets](CampaignId id) {
        sockets.end_forgotten(id);
    });
    parts_->job_runner.start();
}

void People::stop() {
    parts_->sockets.stop();
    parts_->job_runner.stop();
    parts_->outbox.stop();
}

}  // namespace fleet::main
