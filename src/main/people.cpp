#include "people.hpp"

#include <chrono>

#include "fleet/api/docs/docs_api.hpp"
#include "fleet/api/rest/accounts.hpp"
#include "fleet/api/rest/carves.hpp"
#include "fleet/api/rest/config.hpp"
#include "fleet/api/rest/host_lists.hpp"
#include "fleet/api/rest/hosts.hpp"
#include "fleet/api/rest/labels.hpp"
#include "fleet/api/rest/live_query.hpp"
#include "fleet/api/rest/live_query_sync.hpp"
#include "fleet/api/rest/live_socket.hpp"
#include "fleet/api/rest/queries.hpp"
#include "fleet/api/rest/query_specs.hpp"
#include "fleet/api/rest/reports.hpp"
#include "fleet/api/rest/software.hpp"
#include "fleet/api/web/web_ui.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/app_config_service.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/service/carve_service.hpp"
#include "fleet/service/enroll_secret_service.hpp"
#include "fleet/service/host_service.hpp"
#include "fleet/service/job_runner.hpp"
#include "fleet/service/label_service.hpp"
#include "fleet/service/live_query.hpp"
#include "fleet/service/query_service.hpp"
#include "fleet/service/rate_limit.hpp"
#include "fleet/service/report_service.hpp"
#include "fleet/service/setup_service.hpp"
#include "fleet/service/software_service.hpp"
#include "fleet/service/user_service.hpp"
#include "fleet/sql/linter.hpp"
#include "fleet/store/activity_store.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/campaign_store.hpp"
#include "fleet/store/carve_store.hpp"
#include "fleet/store/enroll_secret_store.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/job_store.hpp"
#include "fleet/store/label_store.hpp"
#include "fleet/store/query_store.hpp"
#include "fleet/store/report_store.hpp"
#include "fleet/store/session_store.hpp"
#include "fleet/store/software_list_store.hpp"
#include "fleet/store/software_store.hpp"
#include "fleet/store/user_store.hpp"
#include "fleet/telemetry/metrics.hpp"
#include "people_jobs.hpp"
#include "server_facts.hpp"

namespace fleet::main {

using namespace std::chrono_literals;

struct People::Parts {
    Parts(const config::Config& config_in, Deps deps_in);

    const config::Config& config;
    Deps deps;

    store::UserStore users{deps.db};
    store::SessionStore sessions{deps.db};
    store::EnrollSecretStore secrets{deps.db};
    store::ActivityStore activity_rows{deps.db};
    store::AppConfigStore app_configs{deps.db};
    store::HostStore hosts{deps.db};
    store::LabelStore labels{deps.db};
    store::SoftwareStore software{deps.db};
    store::SoftwareListStore software_lists{deps.db};
    store::QueryStore queries{deps.db};
    store::ReportStore reports{deps.db};
    store::CarveStore carves{deps.db};
    store::CampaignStore campaigns{deps.db};
    store::JobStore jobs{deps.db};
    store::ExpiryStore expiry{deps.db};
    store::SoftwareUpkeep software_upkeep{deps.db};
    sql::Linter linter{};

    service::Activities activities{activity_rows, deps.clock};
    // rest-api-a 1.7: the burst is one less than the rate of the reference, whatever the rate.
    service::RateLimit login_limit{config.auth.login_rate_limit, 9};
    service::AuthService auth;
    service::SetupService setup;
    service::AppConfigService app_config_service;
    service::UserService user_service;
    service::EnrollSecretService secret_service;
    service::HostService host_service;
    service::LabelService label_service{labels};
    service::QueryService query_service;
    service::ReportService report_service{{reports, queries, hosts}};
    service::SoftwareService software_service{{software_lists, software, hosts}};
    service::CarveService carve_service{carves};
    service::LiveQueryService live_queries;

    api::rest::SessionAuthenticator authenticator{auth};
    api::rest::Endpoints endpoints{authenticator};
    api::rest::SetupApi setup_api{setup};
    api::rest::SessionApi session_api{auth, user_service};
    api::rest::UserApi user_api{user_service};
    api::rest::EnrollSecretApi secret_api{secret_service};
    api::rest::ConfigApi config_api{app_config_service};
    api::rest::ActivityApi activity_api{activities};
    api::rest::HostApi host_api{host_service};
    api::rest::HostListApi host_list_api{host_service, software_service, deps.clock};
    api::rest::SoftwareApi software_api{software_service};
    api::rest::LabelApi label_api{label_service};
    api::rest::QueryApi query_api{query_service};
    api::rest::QuerySpecApi query_spec_api{query_service};
    api::rest::ReportApi report_api{report_service};
    api::rest::CarveApi carve_api{carve_service};
    api::rest::LiveQueryApi live_query_api{live_queries, hosts};
    api::rest::LiveQuerySyncApi live_query_sync_api;
    api::rest::LiveSockets sockets;

    api::web::WebUi web_ui;

    service::JobRunner job_runner;
};

People::Parts::Parts(const config::Config& config_in, Deps deps_in)
    : config{config_in},
      deps{deps_in},
      auth{
          {deps.db, users, sessions, activities, login_limit, deps.clock},
          {.token_bytes = config.session.key_size, .session_duration = config.session.duration}},
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
           .certificate = certificate_reader(config.server)}},
      user_service{{deps.db, users, sessions, auth, activities}},
      secret_service{{deps.db, secrets, activities, deps.clock}},
      host_service{
          {.hosts = hosts,
           .labels = labels,
           .software = software,
           .activities = activities,
           .presence = deps.presence,
           .events = deps.events,
           .workers = deps.workers,
           .clock = deps.clock}},
      query_service{{queries, activities, deps.events, linter}},
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
              {live_queries, expiry, queries, software_upkeep, deps.clock, config.session.duration}
          )} {
    const auto add = [this](auto& api) {
        endpoints.add(std::remove_reference_t<decltype(api)>::rows(), api);
    };
    add(setup_api);
    add(session_api);
    add(user_api);
    add(secret_api);
    add(config_api);
    add(activity_api);
    add(host_api);
    add(host_list_api);
    add(software_api);
    add(label_api);
    add(query_api);
    add(query_spec_api);
    add(report_api);
    add(carve_api);
    add(live_query_api);
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
}

}  // namespace fleet::main
