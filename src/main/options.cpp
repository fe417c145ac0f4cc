#include "options.hpp"

#include <sched.h>

#include <algorithm>

namespace fleet::main {
namespace {

template <class To, class From>
To to(From duration) {
    return std::chrono::duration_cast<To>(duration);
}

}  // namespace

std::size_t loop_threads() {
    // Those that the process may use, which in a container or under taskset are fewer than there
    // are. More threads than processors would only hand work to each other.
    cpu_set_t usable;
    CPU_ZERO(&usable);
    if (::sched_getaffinity(0, sizeof usable, &usable) != 0) return 1;
    return std::max<std::size_t>(1, static_cast<std::size_t>(CPU_COUNT(&usable)));
}

std::size_t worker_threads(const config::Config& config) {
    if (config.server.workers > 0) return config.server.workers;
    constexpr std::size_t kPerCore = 8;  // they mostly wait for the database
    return std::min<std::size_t>(
        std::max<std::size_t>(kPerCore * loop_threads(), 8), config.mysql.max_open_conns
    );
}

http::ServerOptions server_options(const config::Config& config) {
    http::ServerOptions out;
    out.address = config.server.address;
    out.loop_threads = loop_threads();
    out.tls = config.server.tls;
    out.cert_file = config.server.cert;
    out.key_file = config.server.key;
    out.tls_modern = config.server.tls_modern;
    out.gzip_responses = config.server.gzip_responses;
    out.url_prefix = config.server.url_prefix;
    out.trusted_proxies = config.server.trusted_proxies;
    out.keepalive = config.server.keepalive;
    out.websockets_allow_unsafe_origin = config.server.websockets_allow_unsafe_origin;
    return out;
}

live::RedisOptions redis_options(const config::Redis& redis) {
    live::RedisOptions out;
    out.address = redis.address;
    out.username = redis.username;
    out.password = redis.password;
    out.database = redis.database;
    out.connect_timeout = to<std::chrono::milliseconds>(redis.connect_timeout);
    out.command_timeout = to<std::chrono::milliseconds>(redis.read_timeout);
    return out;
}

live::CampaignOptions campaign_options(const config::Config& config) {
    live::CampaignOptions out;
    out.results_retention = to<std::chrono::seconds>(config.live_query.results_retention);
    out.small_target_threshold = config.redis.live_query_small_target_threshold;
    out.duplicate_results = config.redis.duplicate_results;
    return out;
}

checkin::CheckinOptions checkin_options(const config::Osquery& osquery) {
    checkin::CheckinOptions out;
    out.loop_threads = loop_threads();
    out.node_key_size = osquery.node_key_size;
    switch (osquery.host_identifier) {
        case config::HostIdentifier::provided:
            out.host_identifier = checkin::IdentifierSource::provided;
            break;
        case config::HostIdentifier::instance:
            out.host_identifier = checkin::IdentifierSource::instance;
            break;
        case config::HostIdentifier::uuid:
            out.host_identifier = checkin::IdentifierSource::uuid;
            break;
        case config::HostIdentifier::hostname:
            out.host_identifier = checkin::IdentifierSource::hostname;
            break;
    }
    out.enroll_cooldown = osquery.enroll_cooldown;
    out.detail_interval = to<std::chrono::seconds>(osquery.detail_update_interval);
    out.label_interval = to<std::chrono::seconds>(osquery.label_update_interval);
    out.policy_interval = to<std::chrono::seconds>(osquery.policy_update_interval);
    out.distributed_hold = to<std::chrono::milliseconds>(osquery.distributed_hold);
    out.max_jitter_percent = osquery.max_jitter_percent;
    out.body_key_allowed = osquery.allow_body_auth_fallback;
    return out;
}

logs::FileOptions file_options(const config::Filesystem& filesystem, const std::string& path) {
    logs::FileOptions out;
    out.path = path;
    out.rotate = filesystem.enable_log_rotation;
    out.compress = filesystem.enable_log_compression;
    out.max_size_mb = filesystem.max_size_mb;
    out.max_age_days = filesystem.max_age_days;
    out.max_backups = filesystem.max_backups;
    return out;
}

}  // namespace fleet::main
