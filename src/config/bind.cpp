#include "bind.hpp"

#include <type_traits>

#include "rules.hpp"

namespace fleet::config {
namespace {

constexpr std::uint64_t kLogBodyDefault = 10u << 20;
constexpr std::uint64_t kDistributedBodyDefault = 5u << 20;

/// Reads values by the type of the field they go to, and remembers which keys were asked for.
class Binder {
public:
    explicit Binder(const Values& values) : values_{values} {}

    void section(std::string name) { section_ = std::move(name) + "."; }

    template <class T>
    void operator()(const char* name, T& out) {
        const std::string key = section_ + name;
        names_.push_back(key);
        if constexpr (std::is_same_v<T, std::string>) {
            out = values_.text(key);
        } else if constexpr (std::is_same_v<T, bool>) {
            out = values_.boolean(key);
        } else if constexpr (std::is_same_v<T, Nanos>) {
            out = values_.duration(key);
        } else if constexpr (std::is_same_v<T, std::chrono::seconds>) {
            out = std::chrono::seconds{values_.integer(key)};
        } else {
            out = static_cast<T>(values_.integer(key));
        }
    }

    std::uint64_t bytes(const char* name) {
        names_.push_back(section_ + name);
        return values_.bytes(names_.back());
    }
    const std::string& text(const char* name) {
        names_.push_back(section_ + name);
        return values_.text(names_.back());
    }

    std::vector<std::string> take_names() { return std::move(names_); }

private:
    const Values& values_;
    std::string section_{};
    std::vector<std::string> names_{};
};

void bind_mysql(Binder& read, Mysql& out) {
    read.section("mysql");
    read("protocol", out.protocol);
    read("address", out.address);
    read("username", out.username);
    read("password", out.password);
    read.text("password_path");
    read("database", out.database);
    read("tls_cert", out.tls_cert);
    read("tls_key", out.tls_key);
    read("tls_ca", out.tls_ca);
    read("tls_config", out.tls_config);
    read("max_open_conns", out.max_open_conns);
    read("max_idle_conns", out.max_idle_conns);
    read("conn_max_lifetime", out.conn_max_lifetime);
    read("sql_mode", out.sql_mode);
}

void bind_redis(Binder& read, Redis& out) {
    read.section("redis");
    read("address", out.address);
    read("username", out.username);
    read("password", out.password);
    read("database", out.database);
    read("duplicate_results", out.duplicate_results);
    read("connect_timeout", out.connect_timeout);
    read("read_timeout", out.read_timeout);
    read("live_query_small_target_threshold", out.live_query_small_target_threshold);
}

void bind_server(Binder& read, Server& out) {
    read.section("server");
    read("address", out.address);
    read("cert", out.cert);
    read("key", out.key);
    read("tls", out.tls);
    out.tls_modern = read.text("tls_compatibility") == "modern";
    read("gzip_responses", out.gzip_responses);
    out.url_prefix = normalise_url_prefix(read.text("url_prefix")).value();
    read("keepalive", out.keepalive);
    read("websockets_allow_unsafe_origin", out.websockets_allow_unsafe_origin);
    read("trusted_proxies", out.trusted_proxies);
    read("shutdown_timeout", out.shutdown_timeout);
    read("workers", out.workers);
}

HostIdentifier host_identifier(std::string_view word) {
    if (word == "instance") return HostIdentifier::instance;
    if (word == "uuid") return HostIdentifier::uuid;
    if (word == "hostname") return HostIdentifier::hostname;
    return HostIdentifier::provided;
}

void bind_osquery(Binder& read, Osquery& out) {
    read.section("osquery");
    read("node_key_size", out.node_key_size);
    out.host_identifier = host_identifier(read.text("host_identifier"));
    read("enroll_cooldown", out.enroll_cooldown);
    read("status_log_plugin", out.status_log_plugin);
    read("result_log_plugin", out.result_log_plugin);
    read("label_update_interval", out.label_update_interval);
    read("policy_update_interval", out.policy_update_interval);
    read("detail_update_interval", out.detail_update_interval);
    read("distributed_hold", out.distributed_hold);
    read("min_software_last_opened_at_diff", out.min_software_last_opened_at_diff);
    read("max_jitter_percent", out.max_jitter_percent);
    out.max_log_write_body_size = read.bytes("max_log_write_body_size");
    if (out.max_log_write_body_size == 0) out.max_log_write_body_size = kLogBodyDefault;
    out.max_distributed_write_body_size = read.bytes("max_distributed_write_body_size");
    if (out.max_distributed_write_body_size == 0) {
        out.max_distributed_write_body_size = kDistributedBodyDefault;
    }
    read("allow_body_auth_fallback", out.allow_body_auth_fallback);
    read.text("status_log_file");
    read.text("result_log_file");
    bool old_rotation = false;
    read("enable_log_rotation", old_rotation);
}

void bind_logs(Binder& read, Config& config) {
    read.section("live_query");
    read("results_retention", config.live_query.results_retention);
    read("disconnect_grace", config.live_query.disconnect_grace);
    read.section("activity");
    read("enable_audit_log", config.activity.enable_audit_log);
    read("audit_log_plugin", config.activity.audit_log_plugin);
    read.section("logging");
    read("debug", config.logging.debug);
    read("json", config.logging.json);
    Filesystem& files = config.filesystem;
    read.section("filesystem");
    read("status_log_file", files.status_log_file);
    read("result_log_file", files.result_log_file);
    read("audit_log_file", files.audit_log_file);
    read("enable_log_rotation", files.enable_log_rotation);
    read("enable_log_compression", files.enable_log_compression);
    read("max_size", files.max_size_mb);
    read("max_age", files.max_age_days);
    read("max_backups", files.max_backups);
}

void bind_accounts(Binder& read, Config& config) {
    read.section("auth");
    read("login_rate_limit", config.auth.login_rate_limit);
    read("sso_rate_limit_per_minute", config.auth.sso_rate_limit);
    read("sso_session_validity_period", config.auth.sso_session_validity);
    read.section("app");
    read("token_key_size", config.app.token_key_size);
    read("invite_token_validity_period", config.app.invite_token_validity);
    read.section("session");
    read("key_size", config.session.key_size);
    read("duration", config.session.duration);
    read.section("prometheus");
    read("basic_auth.username", config.prometheus.username);
    read("basic_auth.password", config.prometheus.password);
    read("basic_auth.disable", config.prometheus.disable_basic_auth);
    read.section("upgrades");
    read("allow_missing_migrations", config.allow_missing_migrations);
}

std::vector<std::string> bind_all(Config& config) {
    Binder read{config.values};
    bind_mysql(read, config.mysql);
    bind_redis(read, config.redis);
    bind_server(read, config.server);
    bind_osquery(read, config.osquery);
    bind_logs(read, config);
    bind_accounts(read, config);
    return read.take_names();
}

}  // namespace

void bind(Config& config) {
    bind_all(config);
}

std::vector<std::string> bound_keys() {
    Config config;
    return bind_all(config);
}

}  // namespace fleet::config
