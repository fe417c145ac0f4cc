#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "fleet/config/values.hpp"

namespace fleet::config {

using Nanos = std::chrono::nanoseconds;

/// `password` is already read from `password_path`.
struct Mysql {
    std::string protocol{};
    std::string address{};
    std::string username{};
    std::string password{};
    std::string database{};
    std::string tls_cert{};
    std::string tls_key{};
    std::string tls_ca{};
    std::string tls_config{};
    std::size_t max_open_conns = 0;
    std::size_t max_idle_conns = 0;
    std::chrono::seconds conn_max_lifetime{};
    std::string sql_mode{};
};

struct Redis {
    std::string address{};
    std::string username{};
    std::string password{};
    int database = 0;
    bool duplicate_results = false;
    Nanos connect_timeout{};
    Nanos read_timeout{};
    std::size_t live_query_small_target_threshold = 0;
};

struct Server {
    std::string address{};
    std::string cert{};
    std::string key{};
    bool tls = true;
    bool tls_modern = false;
    bool gzip_responses = false;
    std::string url_prefix{};  // "/x/y" or empty
    bool keepalive = true;
    bool websockets_allow_unsafe_origin = false;
    std::string trusted_proxies{};
    Nanos shutdown_timeout{};
    std::size_t workers = 0;
};

struct Auth {
    int login_rate_limit = 0;  // per minute and address; 0 = off
    int sso_rate_limit = 0;    // per minute; 0: as login
    Nanos sso_session_validity{};
};

struct App {
    std::size_t token_key_size = 0;
    Nanos invite_token_validity{};
};

struct Session {
    std::size_t key_size = 0;
    Nanos duration{};
};

enum class HostIdentifier { provided, instance, uuid, hostname };

struct Osquery {
    std::size_t node_key_size = 0;
    HostIdentifier host_identifier = HostIdentifier::provided;
    Nanos enroll_cooldown{};
    std::string status_log_plugin{};
    std::string result_log_plugin{};
    Nanos label_update_interval{};
    Nanos policy_update_interval{};
    Nanos detail_update_interval{};
    Nanos distributed_hold{};
    Nanos min_software_last_opened_at_diff{};
    int max_jitter_percent = 0;
    std::uint64_t max_log_write_body_size = 0;          // resolved: never 0
    std::uint64_t max_distributed_write_body_size = 0;  // resolved: never 0
    bool allow_body_auth_fallback = true;
};

struct LiveQuery {
    Nanos results_retention{};
    Nanos disconnect_grace{};
};

/// The audit log: the feed of activities, written to a log destination.
struct Activity {
    bool enable_audit_log = false;
    std::string audit_log_plugin{};
};

struct Logging {
    bool debug = false;
    bool json = false;
};

/// The old osquery.* spellings are already merged in.
struct Filesystem {
    std::string status_log_file{};
    std::string result_log_file{};
    std::string audit_log_file{};
    bool enable_log_rotation = false;
    bool enable_log_compression = false;
    std::size_t max_size_mb = 0;
    int max_age_days = 0;
    int max_backups = 0;
};

struct Prometheus {
    std::string username{};
    std::string password{};
    bool disable_basic_auth = false;
    /// /metrics exists only with credentials or with an explicit "open to everybody".
    bool mounted() const { return disable_basic_auth || (!username.empty() && !password.empty()); }
};

/// The effective configuration: typed for what the server uses, by name for all keys.
struct Config {
    Mysql mysql{};
    Redis redis{};
    Server server{};
    Auth auth{};
    App app{};
    Session session{};
    Osquery osquery{};
    LiveQuery live_query{};
    Activity activity{};
    Logging logging{};
    Filesystem filesystem{};
    Prometheus prometheus{};
    bool allow_missing_migrations = false;
    Values values{};
};

}  // namespace fleet::config
