// operations.md C.6 and C.7, and live queries.

#include "key_rows.hpp"

namespace fleet::config {
namespace {

using enum Type;
using enum Mark;

void add_osquery(std::vector<Key>& out) {
    add_section(
        out,
        "osquery",
        {
            {"node_key_size", integer, "24", "Bytes of a node key, before base64."},
            {"host_identifier",
             text,
             "provided",
             "What tells hosts apart: provided, instance, uuid or hostname."},
            {"enroll_cooldown", duration, "0s", "Shortest time between two enrolments; 0: none."},
            {"status_log_plugin", text, "filesystem", "Where status logs go."},
            {"result_log_plugin", text, "filesystem", "Where result logs go."},
            {"label_update_interval", duration, "1h0m0s", "How often hosts answer label queries."},
            {"policy_update_interval", duration, "1h0m0s", "How often hosts answer policies."},
            {"detail_update_interval", duration, "1h0m0s", "How often hosts send their details."},
            {"status_log_file", text, "", "Old name of filesystem.status_log_file."},
            {"result_log_file", text, "", "Old name of filesystem.result_log_file."},
            {"enable_log_rotation",
             boolean,
             "false",
             "Old name of filesystem.enable_log_rotation."},
            {"distributed_hold",
             duration,
             "13s",
             "How long a distributed read is held open for work to come; 0: not, 14s at most."},
            {"max_jitter_percent", integer, "10", "Spread added to the intervals, in percent."},
            {"enable_async_host_processing", text, "false", "true, false or task=bool&task=bool."},
            {"async_host_collect_interval", text, "30s", "A duration, or task=duration&..."},
            {"async_host_collect_max_jitter_percent", integer, "10", "Spread of that interval."},
            {"async_host_collect_lock_timeout", text, "1m0s", "A duration, or task=duration&..."},
            {"async_host_collect_log_stats_interval", duration, "1m0s", "0 turns it off."},
            {"async_host_insert_batch", integer, "2000", "Rows inserted at once."},
            {"async_host_delete_batch", integer, "2000", "Rows deleted at once."},
            {"async_host_update_batch", integer, "1000", "Rows updated at once."},
            {"async_host_redis_pop_count", integer, "1000", "Items taken from Redis at once."},
            {"async_host_redis_scan_keys_count", integer, "1000", "Keys scanned at once."},
            {"min_software_last_opened_at_diff",
             duration,
             "2m0s",
             "Smallest change of a last-opened time that is stored."},
            {"max_log_write_body_size", bytes, "0", "Largest log body; 0: 10 MiB."},
            {"max_distributed_write_body_size", bytes, "0", "Largest answer body; 0: 5 MiB."},
            {"allow_body_auth_fallback",
             boolean,
             "true",
             "true: agents sign in by node_key in the body; false: only by header."},
        }
    );
}

void add_logging(std::vector<Key>& out) {
    add_section(
        out,
        "live_query",
        {
            {"results_retention",
             duration,
             "1h0m0s",
             "How long the results of a live query stay readable."},
            {"disconnect_grace",
             duration,
             "30s",
             "How long a live query survives its browser tab."},
        }
    );
    add_section(
        out,
        "activity",
        {
            {"enable_audit_log", boolean, "false", "Stream activities to a log destination."},
            {"audit_log_plugin", text, "filesystem", "Where activities go."},
            {"fleet_initiated_release_per_minute",
             integer,
             "0",
             "Most activities a minute that automations may start on hosts; 0: no limit."},
        }
    );
    add_section(
        out,
        "logging",
        {
            {"debug", boolean, "false", "Log at debug level."},
            {"json", boolean, "false", "Log JSON objects instead of key=value."},
            {"disable_banner", boolean, "false", "Print no banner at start."},
            {"error_retention_period",
             duration,
             "24h0m0s",
             "How long errors are kept; 0: for ever, negative: not at all."},
            {"tracing_enabled", boolean, "false", "Export traces and metrics."},
            {"tracing_type", text, "", "elasticapm, or empty for OpenTelemetry."},
            {"otel_logs_enabled", boolean, "false", "Export logs too; needs tracing_enabled."},
            {"enable_topics", text, "", "Log topics to turn on, separated by commas."},
            {"disable_topics", text, "", "Log topics to turn off, separated by commas."},
        }
    );
}

}  // namespace

void add_osquery_keys(std::vector<Key>& out) {
    add_osquery(out);
    add_logging(out);
}

}  // namespace fleet::config
