#include "application.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <vector>

#include "database.hpp"
#include "fleet/api/health/health_api.hpp"
#include "fleet/api/osquery/osquery_api.hpp"
#include "fleet/checkin/checkins.hpp"
#include "fleet/core/load_meter.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/paced_clock.hpp"
#include "fleet/core/worker_pool.hpp"
#include "fleet/http/server.hpp"
#include "fleet/live/campaigns.hpp"
#include "fleet/live/redis.hpp"
#include "fleet/logs/destination.hpp"
#include "fleet/store/carve_upload_store.hpp"
#include "fleet/store/checkin_store.hpp"
#include "fleet/store/migrations.hpp"
#include "fleet/store/schedule_store.hpp"
#include "fleet/telemetry/metrics.hpp"
#include "options.hpp"
#include "people.hpp"
#include "presence.hpp"
#include "readings.hpp"

namespace fleet::main {
namespace {

std::unique_ptr<logs::Destination> destination(
    const config::Config& config,
    std::string_view stream,
    const std::string& plugin,
    const std::string& path
) {
    auto opened = logs::open_destination(stream, plugin, file_options(config.filesystem, path));
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
}

std::unique_ptr<logs::Destination> audit_destination(const config::Config& config) {
    if (!config.activity.enable_audit_log) return nullptr;
    return destination(
        config, "audit", config.activity.audit_log_plugin, config.filesystem.audit_log_file
    );
}

/// Dropped, not run, when the loop stops first.
void run_later(
    boost::asio::io_context& loop, std::chrono::milliseconds delay, std::function<void()> run
) {
    auto timer = std::make_shared<boost::asio::steady_timer>(loop, delay);
    timer->async_wait([timer, run = std::move(run)](const boost::system::error_code& gone) {
        if (!gone) run();
    });
}

/// What was told to stop still has to let go of its connections on the loop: until there is nothing
/// left, or it takes too long.
void run_out(boost::asio::io_context& loop) {
    constexpr std::chrono::seconds kLimit{3};
    const auto deadline = std::chrono::steady_clock::now() + kLimit;
    while (!loop.stopped() && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    if (!loop.stopped()) log::warn("the event loop had to be stopped with work left");
    loop.stop();
}

/// Fails early, with the remedy, rather than at the first request.
void check_migrations(store::Database& db, const config::Config& config) {
    const store::MigrationState state = store::migration_state(db);
    if (state.missing.empty() || config.allow_missing_migrations) return;
    throw std::runtime_error(
        "the database lacks " + std::to_string(state.missing.size()) +
        " migrations; run: fleet-server prepare db"
    );
}

}  // namespace

struct Application::Parts {
    explicit Parts(const config::Config& config_in);

    void run_loop();

    const config::Config& config;
    SystemClock wall_clock{};
    PacedClock clock{wall_clock};
    telemetry::Metrics metrics{};
    std::unique_ptr<store::Database> db;

    boost::asio::io_context loop{static_cast<int>(loop_threads())};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> keep_running{
        loop.get_executor()};
    WorkerPool workers;
    LoadMeter load{};
    std::unique_ptr<live::Redis> redis;
    live::Campaigns campaigns;
    std::unique_ptr<logs::Destination> status_log;
    std::unique_ptr<logs::Destination> result_log;
    std::unique_ptr<logs::Destination> audit_log;  // none unless it is switched on

    store::CheckinStore checkin_store{
        *db,
        std::chrono::duration_cast<std::chrono::seconds>(
            config.osquery.min_software_last_opened_at_diff
        )};
    store::ScheduleStore schedule_store{*db};
    store::CarveUploadStore carve_store{*db};
    checkin::Checkins checkins;

    Presence presence{checkins.hosts()};
    CheckinEvents events{checkins};
    People people;
    std::unique_ptr<http::Server> server{};
    std::vector<std::thread> threads{};
    bool stopped = false;
};

Application::Parts::Parts(const config::Config& config_in)
    : config{config_in},
      db{store::open_database(
          database_options(config.mysql),
          [this](const store::StatementRecord& record) {
              metrics.statement(
                  record.name,
                  record.took,
                  record.failed ? telemetry::Outcome::failed : telemetry::Outcome::done
              );
          }
      )},
      workers{worker_threads(config), 4'096},
      redis{live::open_redis(loop, redis_options(config.redis))},
      campaigns{loop, *redis, campaign_options(config)},
      status_log{destination(
          config, "status", config.osquery.status_log_plugin, config.filesystem.status_log_file
      )},
      result_log{destination(
          config, "result", config.osquery.result_log_plugin, config.filesystem.result_log_file
      )},
      audit_log{audit_destination(config)},
      checkins{
          checkin_options(config.osquery),
          {.post = [this](std::function<void()> f) { boost::asio::post(loop, std::move(f)); },
           .after = [this](
                        std::chrono::milliseconds delay, std::function<void()> f
                    ) { run_later(loop, delay, std::move(f)); },
           .workers = workers,
           .store = checkin_store,
           .schedules = schedule_store,
           .carves = carve_store,
           .campaigns = campaigns,
           .redis = *redis,
           .status_log = *status_log,
           .result_log = *result_log,
           .clock = clock,
           .load = load}},
      people{
          config,
          {.db = *db,
           .redis = *redis,
           .campaigns = campaigns,
           .loop = loop,
           .workers = workers,
           .presence = presence,
           .events = events,
           .metrics = metrics,
           .clock = clock,
           .audit_log = audit_log.get()}} {
    check_migrations(*db, config);

    http::Routes routes = api::osquery::routes(
        checkins,
        {.log = static_cast<std::size_t>(config.osquery.max_log_write_body_size),
         .distributed_write =
             static_cast<std::size_t>(config.osquery.max_distributed_write_body_size)}
    );
    const auto add = [&](http::Routes more) {
        for (http::Route& route : more)
            routes.push_back(std::move(route));
    };
    add(api::health::routes(
        {{{"mysql", "datastore"},
          [this]() -> Result<> {
              try {
                  db->ping();
                  return {};
              } catch (const store::DbError& error) {
                  return fail(Error::unavailable(error.what()));
              }
          }},
         {{"redis", "query_result_store"}, [this] { return campaigns.check_store(); }}},
        {.mounted = config.prometheus.mounted(),
         .username = config.prometheus.username,
         .password = config.prometheus.password,
         .render = [this] { return metrics.render(); }}
    ));
    add(people.routes());
    server = std::make_unique<http::Server>(
        server_options(config),
        http::Server::Deps{
            .loop = loop,
            .workers = workers,
            .load = load,
            .routes = std::move(routes),
            .fallback = people.web_ui(),
            .observe =
                [this](const http::RequestRecord& record) {
                    metrics.request(
                        {record.route,
                         record.method,
                         record.status,
                         record.request_bytes,
                         record.response_bytes,
                         record.took}
                    );
                    log::debug(
                        "request",
                        {{"route", record.route},
                         {"status", record.status},
                         {"took_us", record.took.count() / 1'000},
                         {"request_id", record.request_id}}
                    );
                }}
    );
    add_readings(metrics, {*db, *redis, campaigns, checkins, workers, *server, load});
}

void Application::Parts::run_loop() {
    try {
        loop.run();
    } catch (const std::exception& error) {
        // A handler let an exception out: a bug. Going on would hide it and lose a thread.
        log::error("event loop failed", {{"detail", error.what()}});
        log::flush();
        std::terminate();
    }
}

Application::Application(const config::Config& config) : parts_{std::make_unique<Parts>(config)} {}

// A start that failed half-way leaves threads behind; they must end before what they use.
Application::~Application() {
    stop();
}

void Application::start() {
    Parts& p = *parts_;
    for (std::size_t i = 0; i < loop_threads(); ++i) {
        p.threads.emplace_back([&p] { p.run_loop(); });
    }
    p.redis->start();
    p.campaigns.start();
    p.checkins.start();
    p.people.start();
    p.server->start();
    log::info("listening", {{"address", p.config.server.address}, {"port", p.server->port()}});
}

void Application::stop() {
    Parts& p = *parts_;
    if (p.stopped) return;
    p.stopped = true;
    p.checkins.drain();
    p.server->stop(
        std::chrono::duration_cast<std::chrono::milliseconds>(p.config.server.shutdown_timeout)
    );
    p.people.stop();
    p.checkins.stop();
    p.workers.stop();
    p.campaigns.stop();
    p.redis->stop();
    p.metrics.stop_reading();
    p.keep_running.reset();
    run_out(p.loop);
    for (std::thread& thread : p.threads)
        thread.join();
    p.status_log->close();
    p.result_log->close();
    if (p.audit_log) p.audit_log->close();
}

void Application::reload() {
    parts_->status_log->reopen();
    parts_->result_log->reopen();
    if (parts_->audit_log) parts_->audit_log->reopen();
    try {
        parts_->server->reload_certificate();
    } catch (const std::exception& error) {
        log::error("certificate not reloaded", {{"detail", error.what()}});
    }
}

}  // namespace fleet::main
