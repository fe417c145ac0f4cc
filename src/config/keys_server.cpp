// operations.md C.2 to C.5, and the keys that only this server has.

#include "key_rows.hpp"

namespace fleet::config {
namespace {

using enum Type;
using enum Mark;

void add_mysql(std::vector<Key>& out, const std::string& section, std::string address) {
    add_section(
        out,
        section,
        {
            {"protocol", text, "tcp", "How to connect: tcp or unix."},
            {"address", text, std::move(address), "host:port, or the path of the unix socket."},
            {"username", text, "fleet", "Account to log in with."},
            {"password", text, "", "Password of the account.", secret},
            {"password_path", text, "", "File that holds the password; not with `password`."},
            {"database", text, "fleet", "Name of the schema."},
            {"tls_cert", text, "", "Client certificate (PEM file)."},
            {"tls_key", text, "", "Key of the client certificate (PEM file)."},
            {"tls_ca", text, "", "Certificate authorities to trust (PEM file)."},
            {"tls_server_name", text, "", "Name that the server's certificate must carry."},
            {"tls_config", text, "", "TLS mode: true, false, skip-verify or preferred."},
            {"max_open_conns", integer, "50", "Most connections open at once."},
            {"max_idle_conns", integer, "50", "Most connections kept open while idle."},
            {"conn_max_lifetime",
             integer,
             "0",
             "Seconds until a connection is replaced; 0: never."},
            {"sql_mode",
             text,
             "",
             "sql_mode of every session; empty keeps the server's own rules."},
            {"region", text, "", "AWS region; turns on IAM login."},
            {"sts_assume_role_arn", text, "", "AWS role for IAM login."},
            {"sts_external_id", text, "", "External id of that role."},
        }
    );
}

void add_redis(std::vector<Key>& out) {
    add_section(
        out,
        "redis",
        {
            {"address", text, "localhost:6379", "host:port, or the path of a unix socket."},
            {"username", text, "", "ACL user."},
            {"password", text, "", "Password.", secret},
            {"database", integer, "0", "Database index."},
            {"use_tls",
             boolean,
             "false",
             "Speak TLS to Redis: not supported yet, so true is refused."},
            {"duplicate_results", boolean, "false", "Also publish live results to LQDuplicate."},
            {"connect_timeout", duration, "5s", "Longest wait for a connection."},
            {"keep_alive", duration, "10s", "Interval of TCP keep-alive probes."},
            {"connect_retry_attempts",
             integer,
             "0",
             "Tries to connect again, with growing pauses."},
            {"cluster_follow_redirections", boolean, "true", "Follow redirections of a cluster."},
            {"cluster_read_from_replica", boolean, "false", "Prefer replicas for reads."},
            {"tls_cert", text, "", "Client certificate (PEM file)."},
            {"tls_key", text, "", "Key of the client certificate (PEM file)."},
            {"tls_ca", text, "", "Certificate authorities to trust (PEM file)."},
            {"tls_server_name", text, "", "Name that the server's certificate must carry."},
            {"tls_handshake_timeout", duration, "10s", "Longest TLS handshake."},
            {"max_idle_conns", integer, "3", "Most connections kept open while idle."},
            {"max_open_conns", integer, "0", "Most connections open at once; 0: no limit."},
            {"conn_max_lifetime",
             duration,
             "0s",
             "Age at which a connection is replaced; 0: never."},
            {"idle_timeout",
             duration,
             "4m0s",
             "Idle time after which a connection closes; 0: never."},
            {"conn_wait_timeout", duration, "0s", "Longest wait for a free connection; 0: none."},
            {"write_timeout", duration, "10s", "Longest write."},
            {"read_timeout", duration, "10s", "Longest wait for a reply."},
            {"region", text, "", "AWS region of an ElastiCache with IAM login."},
            {"cache_name", text, "", "Name of that ElastiCache."},
            {"sts_assume_role_arn", text, "", "AWS role for IAM login."},
            {"sts_external_id", text, "", "External id of that role."},
            {"host_cache_enabled", boolean, "true", "Remember hosts by node key."},
            {"host_cache_ttl", duration, "3m0s", "How long a host is remembered; above 0."},
            {"live_query_small_target_threshold",
             integer,
             "1000",
             "Live queries of up to this many hosts are indexed host by host; 0: never."},
        }
    );
}

void add_server(std::vector<Key>& out) {
    add_section(
        out,
        "server",
        {
            {"address", text, "0.0.0.0:8080", "Address and port to listen on."},
            {"cert", text, "./tools/osquery/fleet.crt", "TLS certificate chain (PEM file)."},
            {"key", text, "./tools/osquery/fleet.key", "Key of the certificate (PEM file)."},
            {"tls", boolean, "true", "Serve HTTPS."},
            {"tls_compatibility",
             text,
             "intermediate",
             "modern (TLS 1.3) or intermediate (1.2, 1.3)."},
            {"url_prefix", text, "", "Path in front of every URL, such as /fleet."},
            {"keepalive", boolean, "true", "Keep connections open between requests."},
            {"sandbox_enabled", boolean, "false", "Limits of a public trial instance.", hidden},
            {"websockets_allow_unsafe_origin",
             boolean,
             "false",
             "Do not compare a WebSocket's Origin with the host."},
            {"frequent_cleanups_enabled", boolean, "false", "Clean up every 15 minutes."},
            {"force_h2c", boolean, "false", "HTTP/2 without TLS."},
            {"private_key", text, "", "Encrypts stored secrets; 32 bytes or more.", secret},
            {"private_key_arn", text, "", "AWS secret that holds the private key."},
            {"private_key_region", text, "", "AWS region of that secret."},
            {"private_key_sts_assume_role_arn", text, "", "AWS role that may read that secret."},
            {"private_key_sts_external_id", text, "", "External id of that role."},
            {"vpp_verify_timeout", duration, "10m0s", "How long to wait for an app install."},
            {"vpp_verify_request_delay", duration, "5s", "Pause between two such checks."},
            {"vpp_install_reap_timeout",
             duration,
             "24h0m0s",
             "Age at which a stuck install fails."},
            {"cleanup_dist_targets_age",
             duration,
             "24h0m0s",
             "Age at which the targets of finished live queries are deleted."},
            {"max_installer_size", bytes, "10GiB", "Largest software installer."},
            {"trusted_proxies",
             text,
             "",
             "Where the client address comes from: none, a header, a hop count or CIDRs."},
            {"gzip_responses", boolean, "false", "Compress answers of the API."},
            {"default_max_request_body_size", bytes, "1MiB", "Largest request body by default."},
            {"endpoint_request_size_overrides",
             json,
             "",
             "Other limits: a list of {endpoint, max_request_size}."},
            {"allow_private_network_integrations",
             boolean,
             "false",
             "Let integrations reach private networks."},
            {"bypass_network_blocking", boolean, "false", "Let integrations reach any address."},
            {"shutdown_timeout",
             duration,
             "20s",
             "How long running requests may take at shutdown."},
            {"workers", integer, "0", "Threads for blocking work; 0: chosen by the server."},
        }
    );
}

void add_accounts(std::vector<Key>& out) {
    add_section(
        out,
        "auth",
        {
            {"bcrypt_cost", integer, "12", "Cost of hashing a password with bcrypt."},
            {"salt_key_size", integer, "24", "Bytes of salt."},
            {"login_rate_limit",
             integer,
             "10",
             "Sign-in attempts a minute and address; 0: no limit."},
            {"sso_session_validity_period", duration, "15m0s", "Time to finish a single sign-on."},
            {"require_http_message_signature", boolean, "false", "Refuse unsigned agents."},
            {"sso_rate_limit_per_minute", integer, "0", "Single sign-ons a minute; 0: as sign-in."},
        }
    );
    add_section(
        out,
        "app",
        {
            {"token_key", text, "CHANGEME", "Accepted, without effect.", secret},
            {"token_key_size", integer, "24", "Bytes of invite and password reset tokens."},
            {"invite_token_validity_period", duration, "120h0m0s", "Life of an invite."},
            {"enable_scheduled_query_stats", boolean, "true", "Collect statistics of queries."},
        }
    );
    add_section(
        out,
        "session",
        {
            {"key_size", integer, "64", "Bytes of a session token."},
            {"duration", duration, "120h0m0s", "Life of a session; use renews it."},
        }
    );
}

}  // namespace

void add_server_keys(std::vector<Key>& out) {
    add_mysql(out, "mysql", "localhost:3306");
    add_mysql(out, "mysql_read_replica", "");
    add_redis(out);
    add_server(out);
    add_accounts(out);
}

}  // namespace fleet::config
