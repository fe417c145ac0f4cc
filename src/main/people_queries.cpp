#include "people_queries.hpp"

#include "people_jobs.hpp"

namespace fleet::main {

QueryParts::QueryParts(SharedParts& shared_in, api::rest::Authenticator& authenticator)
    : shared{shared_in},
      policy_service{
          {.policies = shared.policies,
           .upkeep = policy_upkeep,
           .queries = shared.queries,
           .teams = shared.teams,
           .configs = shared.app_configs,
           .activities = shared.activities,
           .events = deps.events,
           .linter = linter,
           .clock = deps.clock}},
      live_queries{
          {.store = campaigns,
           .campaigns = deps.campaigns,
           .presence = deps.presence,
           .clock = deps.clock,
           .disabled = [this] { return live_queries_disabled(shared.app_configs); },
           .record =
               [this](const Activity& activity) {
                   deps.db.write([&](store::Session& session) {
                       shared.activity_rows.insert(session, activity);
                   });
               }}},
      live_query_sync_api{
          {.loop = deps.loop,
           .workers = deps.workers,
           .live_queries = live_queries,
           .hosts = shared.hosts,
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
               shared.config.live_query.disconnect_grace
           )}} {}

void QueryParts::add_to(api::rest::Endpoints& endpoints) {
    add_all(
        endpoints,
        query_api,
        query_spec_api,
        report_api,
        carve_api,
        policy_api,
        team_policy_api,
        live_query_api,
        pack_api,
        pack_schedule_api,
        schedule_api
    );
    live_query_sync_api.add_to(endpoints);
    endpoints.note(
        {.method = http::Method::get,
         .path = "/results/websocket",
         .name = "results_websocket",
         .who = api::rest::Who::anyone,  // the token comes in a message
         .options = {.success = 101}}
    );
}

}  // namespace fleet::main
