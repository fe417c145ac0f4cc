#include "people.hpp"

#include <chrono>
#include <optional>

#include "fleet/api/docs/docs_api.hpp"
#include "fleet/api/rest/config.hpp"
#include "fleet/api/rest/logos.hpp"
#include "fleet/api/rest/operations.hpp"
#include "fleet/api/web/web_ui.hpp"
#include "fleet/service/app_config_service.hpp"
#include "fleet/service/audit_log.hpp"
#include "fleet/service/expiry_service.hpp"
#include "fleet/service/job_runner.hpp"
#include "fleet/service/logo_service.hpp"
#include "fleet/service/operations.hpp"
#include "fleet/store/debug_store.hpp"
#include "fleet/store/job_store.hpp"
#include "fleet/store/logo_store.hpp"
#include "fleet/telemetry/metrics.hpp"
#include "people_accounts.hpp"
#include "people_hosts.hpp"
#include "people_jobs.hpp"
#include "people_queries.hpp"
#include "people_shared.hpp"
#include "server_facts.hpp"

namespace fleet::main {
namespace {

std::optional<service::AuditLog> make_audit_log(store::AuditStore& rows, logs::Destination* to) {
    if (to == nullptr) return std::nullopt;
    return std::optional<service::AuditLog>{std::in_place, rows, *to};
}

}  // namespace

/// The topics, and what is about the server as a whole: its settings, jobs, web page.
struct People::Parts {
    Parts(const config::Config& config_in, Deps deps_in);

    SharedParts shared;
    const config::Config& config = shared.config;
    Deps& deps = shared.deps;

    AccountParts accounts;
    api::rest::SessionAuthenticator authenticator{accounts.auth};
    api::rest::Endpoints endpoints{authenticator};
    HostParts hosts{shared};
    QueryParts queries{shared, authenticator};

    store::JobStore jobs{deps.db};
    store::ExpiryStore expiry{deps.db};
    store::SoftwareUpkeep software_upkeep{deps.db};
    store::LogoStore logos{deps.db};
    store::AuditStore audit_rows{deps.db};
    store::DebugStore debug_rows{deps.db};

    service::AppConfigService app_config_service;
    service::LogoService logo_service{
        {deps.db, logos, shared.app_configs, shared.activities, deps.clock}};
    service::ExpiryService old_things;
    std::optional<service::AuditLog> audit_log{};
    service::JobRunner job_runner;
    service::Operations operations{{job_runner, deps.db, debug_rows}};

    api::rest::ConfigApi config_api{app_config_service};
    api::rest::ActivityApi activity_api{shared.activities};
    api::rest::LogoApi logo_api{logo_service};
    api::rest::OperationsApi operations_api{operations, endpoints};
    api::web::WebUi web_ui;
};

People::Parts::Parts(const config::Config& config_in, Deps deps_in)
    : shared{config_in, deps_in},
      accounts{shared, [this] { return api::rest::catalog_of(endpoints.infos()); }},
      app_config_service{
          {.db = deps.db,
           .configs = shared.app_configs,
           .activities = shared.activities,
           .events = deps.events,
           .facts = server_facts(config),
           .certificate = certificate_reader(config.server),
           .test_mail = [this](
                            const json::Value& document, const std::string& to
                        ) { return accounts.mailer.send_test(document, to); }}},
      old_things{
          {.configs = shared.app_configs,
           .expiry = expiry,
           .hosts = shared.hosts,
           .feed = shared.activity_rows,
           .activities = shared.activities,
           .presence = deps.presence,
           .events = deps.events,
           .clock = deps.clock,
           .audit_log = deps.audit_log != nullptr}},
      audit_log{make_audit_log(audit_rows, deps.audit_log)},
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
              {queries.live_queries,
               expiry,
               shared.queries,
               software_upkeep,
               queries.policy_upkeep,
               old_things,
               audit_log ? &*audit_log : nullptr,
               deps.clock,
               config.session.duration,
               hosts.label_service,
               accounts.links,
               accounts.sso_requests,
               hosts.history_service}
          )},
      web_ui{
          {.url_prefix = config.server.url_prefix,
           .tls = config.server.tls,
           .is_set_up = [this] { return accounts.auth.is_set_up(); }},
          web::assets()} {
    accounts.add_to(endpoints);
    add_all(endpoints, config_api, activity_api, logo_api, operations_api);
    hosts.add_to(endpoints);
    queries.add_to(endpoints);
}

People::People(const config::Config& config, Deps deps)
    : parts_{std::make_unique<Parts>(config, deps)} {}

People::~People() = default;

http::Routes People::routes() {
    http::Routes out = parts_->endpoints.take();
    for (http::Route& route : parts_->queries.sockets.routes())
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
    parts_->deps.campaigns.on_orphan([&sockets = parts_->queries.sockets](CampaignId id) {
        sockets.end_forgotten(id);
    });
    parts_->job_runner.start();
}

void People::stop() {
    parts_->queries.sockets.stop();
    parts_->job_runner.stop();
    parts_->accounts.outbox.stop();
}

}  // namespace fleet::main
