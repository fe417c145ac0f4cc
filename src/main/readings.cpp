#include "readings.hpp"

namespace fleet::main {

using telemetry::ReadKind;

void add_readings(telemetry::Metrics& metrics, ReadingsOf parts) {
    const auto add = [&](ReadKind kind,
                         const char* name,
                         const char* help,
                         auto value,
                         telemetry::Labels labels = {}) {
        metrics.read(kind, name, help, std::move(labels), [value] {
            return static_cast<double>(value());
        });
    };
    const auto gauge =
        [&](const char* name, const char* help, auto value, telemetry::Labels labels = {}) {
            add(ReadKind::gauge, name, help, value, std::move(labels));
        };
    const auto counter =
        [&](const char* name, const char* help, auto value, telemetry::Labels labels = {}) {
            add(ReadKind::counter, name, help, value, std::move(labels));
        };

    auto& db = parts.db;
    gauge("fleet_db_connections_open", "Connections to the database", [&db] {
        return db.stats().open;
    });
    gauge("fleet_db_connections_in_use", "Of these, busy", [&db] { return db.stats().in_use; });
    counter("fleet_db_waits_total", "Waits for a connection", [&db] { return db.stats().waits; });
    counter("fleet_db_refused_total", "Waits that ended without one", [&db] {
        return db.stats().refused;
    });
    counter("fleet_db_retries_total", "Transactions run again after a deadlock", [&db] {
        return db.stats().retries;
    });
    counter("fleet_db_reconnects_total", "Connections that had to be replaced", [&db] {
        return db.stats().reconnects;
    });

    auto& redis = parts.redis;
    gauge("fleet_redis_connected", "1 while Redis is connected", [&redis] {
        return redis.connected() ? 1 : 0;
    });
    counter("fleet_redis_commands_total", "Commands sent", [&redis] {
        return redis.stats().commands;
    });
    counter("fleet_redis_failures_total", "Commands without an answer", [&redis] {
        return redis.stats().failures;
    });
    counter("fleet_redis_reconnects_total", "Connections made again", [&redis] {
        return redis.stats().reconnects;
    });

    auto& campaigns = parts.campaigns;
    gauge("fleet_live_queries_active", "Running live queries", [&campaigns] {
        return campaigns.stats().active;
    });
    counter("fleet_live_answers_total", "Answers to live queries", [&campaigns] {
        return campaigns.stats().delivered;
    });
    counter(
        "fleet_live_answers_dropped_total",
        "Answers lost because Redis was away",
        [&campaigns] { return campaigns.stats().dropped; }
    );

    auto& checkins = parts.checkins;
    gauge("fleet_hosts", "Enrolled hosts", [&checkins] { return checkins.stats().hosts; });
    gauge("fleet_parked_reads", "Distributed reads held open until there is work", [&checkins] {
        return checkins.stats().parked;
    });
    const char* const queue_help = "Jobs waiting for their group commit";
    gauge(
        "fleet_checkin_queue",
        queue_help,
        [&checkins] { return checkins.stats().write_queue; },
        {{"queue", "writes"}}
    );
    gauge(
        "fleet_checkin_queue",
        queue_help,
        [&checkins] { return checkins.stats().log_queue; },
        {{"queue", "log_lines"}}
    );
    gauge(
        "fleet_checkin_queue",
        queue_help,
        [&checkins] { return checkins.stats().report_queue; },
        {{"queue", "reports"}}
    );
    gauge(
        "fleet_checkin_queue",
        queue_help,
        [&checkins] { return checkins.stats().enroll_queue; },
        {{"queue", "enrolments"}}
    );
    counter(
        "fleet_checkin_refused_total",
        "Agent writes refused because a queue was full",
        [&checkins] { return checkins.stats().refused; }
    );
    const auto lines = [&](const char* log, auto of) {
        counter(
            "fleet_log_lines_total",
            "Lines of agents that the log destination took",
            [&checkins, of] { return (checkins.stats().*of).written; },
            {{"log", log}}
        );
        counter(
            "fleet_log_lines_refused_total",
            "Lines that it did not take; agents keep them and send them again",
            [&checkins, of] { return (checkins.stats().*of).refused; },
            {{"log", log}}
        );
    };
    lines("status", &checkin::Checkins::Stats::status_lines);
    lines("result", &checkin::Checkins::Stats::result_lines);
    counter("fleet_checkin_commits_total", "Group commits", [&checkins] {
        return checkins.stats().commits;
    });

    auto& workers = parts.workers;
    gauge("fleet_workers_queued", "Requests waiting for a worker", [&workers] {
        return workers.queued();
    });
    counter(
        "fleet_workers_refused_total",
        "Requests refused because all workers were busy",
        [&workers] { return workers.refused(); }
    );

    auto& server = parts.server;
    gauge("fleet_connections", "Open client connections", [&server] {
        return server.stats().connections;
    });
    counter("fleet_connections_accepted_total", "Accepted connections", [&server] {
        return server.stats().accepted;
    });
    counter("fleet_connections_refused_total", "Connections over the limit", [&server] {
        return server.stats().refused;
    });
    counter("fleet_tls_failures_total", "Failed TLS handshakes", [&server] {
        return server.stats().tls_failures;
    });
    counter(
        "fleet_accept_pauses_total",
        "Times new connections had to wait because the event loop was late",
        [&server] { return server.stats().accept_pauses; }
    );
    counter(
        "fleet_connections_turned_away_total",
        "New connections closed before their handshake, because more came than can be served",
        [&server] { return server.stats().turned_away; }
    );
    counter(
        "fleet_requests_shed_total",
        "Requests of people and new sockets turned away while the server was overloaded",
        [&server] { return server.stats().shed; }
    );
    auto& load = parts.load;
    gauge("fleet_overloaded", "1 while work of people is turned away", [&load] {
        return load.overloaded() ? 1 : 0;
    });
    gauge("fleet_loop_lateness_seconds", "How late the event loop is, smoothed", [&load] {
        return static_cast<double>(load.lateness().count()) / 1e6;
    });
    counter("fleet_connection_timeouts_total", "Connections closed for being slow", [&server] {
        return server.stats().timeouts;
    });
}

}  // namespace fleet::main
