#include "rules.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "fleet/core/nearest.hpp"
#include "fleet/core/time.hpp"
#include "yaml.hpp"

namespace fleet::config {
namespace {

constexpr std::int64_t kMaxInt = std::numeric_limits<int>::max();

struct Range {
    std::string_view key;
    std::int64_t min;
    std::int64_t max;
};
constexpr std::array kRanges{
    Range{"auth.bcrypt_cost", 4, 31},
    Range{"auth.salt_key_size", 8, 1024},
    Range{"auth.login_rate_limit", 0, 1'000'000},
    Range{"app.token_key_size", 16, 1024},
    Range{"session.key_size", 16, 1024},
    Range{"osquery.node_key_size", 16, 128},
    Range{"osquery.max_jitter_percent", 0, 100},
    Range{"osquery.async_host_collect_max_jitter_percent", 0, 100},
    Range{"mysql.max_open_conns", 1, 100'000},
    Range{"mysql_read_replica.max_open_conns", 1, 100'000},
    Range{"redis.database", 0, 1'000'000},
    Range{"server.workers", 0, 1024},
};

struct Choice {
    std::string_view key;
    std::array<std::string_view, 4> words;  // shorter lists end with ""
};
constexpr std::array kChoices{
    Choice{"osquery.host_identifier", {"provided", "instance", "uuid", "hostname"}},
    Choice{"server.tls_compatibility", {"intermediate", "modern"}},
    Choice{"mysql.protocol", {"tcp", "unix"}},
    Choice{"mysql_read_replica.protocol", {"tcp", "unix"}},
    Choice{"conditional_access.cert_serial_format", {"hex", "decimal"}},
    Choice{"vulnerabilities.current_instance_checks", {"auto", "yes", "no", "0"}},
};

constexpr std::array<std::string_view, 10> kLogPlugins{
    "filesystem",
    "stdout",
    "firehose",
    "kinesis",
    "lambda",
    "pubsub",
    "kafkarest",
    "nats",
    "splunk",
    "webhook",
};

constexpr std::array<std::string_view, 7> kPositiveDurations{
    "session.duration",
    "osquery.label_update_interval",
    "osquery.policy_update_interval",
    "osquery.detail_update_interval",
    "live_query.results_retention",
    "redis.connect_timeout",
    "redis.read_timeout",
};

constexpr std::array<std::string_view, 7> kNotNegativeDurations{
    "osquery.enroll_cooldown",
    "osquery.min_software_last_opened_at_diff",
    "osquery.distributed_hold",
    "live_query.disconnect_grace",
    "server.shutdown_timeout",
    "redis.write_timeout",
    "app.invite_token_validity_period",
};

/// Keys that must not both be set.
struct Exclusive {
    std::string_view one;
    std::string_view other;
};
constexpr std::array kExclusive{
    Exclusive{"mysql.password", "mysql.password_path"},
    Exclusive{"mysql_read_replica.password", "mysql_read_replica.password_path"},
    Exclusive{"server.private_key", "server.private_key_arn"},
    Exclusive{"nats.cred_file", "nats.nkey_file"},
    Exclusive{"mdm.apple_apns_cert", "mdm.apple_apns_cert_bytes"},
    Exclusive{"mdm.apple_apns_key", "mdm.apple_apns_key_bytes"},
    Exclusive{"mdm.apple_scep_cert", "mdm.apple_scep_cert_bytes"},
    Exclusive{"mdm.apple_scep_key", "mdm.apple_scep_key_bytes"},
    Exclusive{"mdm.apple_bm_server_token", "mdm.apple_bm_server_token_bytes"},
    Exclusive{"mdm.apple_bm_cert", "mdm.apple_bm_cert_bytes"},
    Exclusive{"mdm.apple_bm_key", "mdm.apple_bm_key_bytes"},
};

std::string join(std::span<const std::string_view> words) {
    std::string out;
    for (const std::string_view word : words) {
        if (word.empty()) break;
        if (!out.empty()) out += ", ";
        out += word;
    }
    return out;
}

void check_numbers(const Values& values, Problems& problems) {
    for (const Key& key : keys()) {
        if (key.type != Type::integer) continue;
        const auto range = std::find_if(kRanges.begin(), kRanges.end(), [&](const Range& r) {
            return r.key == key.name;
        });
        const std::int64_t min = range == kRanges.end() ? 0 : range->min;
        const std::int64_t max = range == kRanges.end() ? kMaxInt : range->max;
        const std::int64_t value = values.integer(key.name);
        if (value < min || value > max) {
            problems.add(
                key.name, "must be between " + std::to_string(min) + " and " + std::to_string(max)
            );
        }
    }
}

void check_words(const Values& values, Problems& problems) {
    for (const Choice& choice : kChoices) {
        const std::string& value = values.text(choice.key);
        if (value.empty() ||
            std::find(choice.words.begin(), choice.words.end(), value) == choice.words.end()) {
            problems.add(
                std::string{choice.key}, "\"" + value + "\" is none of " + join(choice.words)
            );
        }
    }
}

void check_plugin(
    const Values& values, std::string_view stream, std::string_view key, Problems& problems
) {
    const std::string& plugin = values.text(key);
    const bool known =
        plugin.empty() ||
        std::find(kLogPlugins.begin(), kLogPlugins.end(), plugin) != kLogPlugins.end();
    const bool fits = plugin != "webhook" || stream != "audit";
    if (known && fits) return;
    std::string reason = "unknown " + std::string{stream} + " log plugin: " + plugin;
    if (const auto nearest = nearest_name(plugin, kLogPlugins); nearest && !known) {
        reason += "; did you mean " + std::string{*nearest} + "?";
    }
    problems.add(std::string{key}, std::move(reason));
}

void check_durations(const Values& values, Problems& problems) {
    for (const std::string_view key : kPositiveDurations) {
        if (values.duration(key).count() <= 0) problems.add(std::string{key}, "must be above 0");
    }
    for (const std::string_view key : kNotNegativeDurations) {
        if (values.duration(key).count() < 0) {
            problems.add(std::string{key}, "must not be negative");
        }
    }
    // osqueryd gives up a request after 16 s (agent-api E.3).
    constexpr std::chrono::seconds kLongestHold{14};
    if (values.duration("osquery.distributed_hold") > kLongestHold) {
        problems.add("osquery.distributed_hold", "must not be above 14s: agents would give up");
    }
    if (values.boolean("redis.host_cache_enabled") &&
        values.duration("redis.host_cache_ttl").count() <= 0) {
        problems.add(
            "redis.host_cache_ttl", "must be above 0 while redis.host_cache_enabled is true"
        );
    }
}

/// Most keys of features that are not there yet do nothing. One that somebody relies on for safety
/// is refused.
void check_promises(const Values& values, Problems& problems) {
    if (values.boolean("redis.use_tls")) {
        problems.add(
            "redis.use_tls",
            "TLS to Redis is not supported yet: use a unix socket, a private network or a tunnel"
        );
    }
}

void check_secrets(const Values& values, Problems& problems) {
    for (const Exclusive& pair : kExclusive) {
        if (!values.text(pair.one).empty() && !values.text(pair.other).empty()) {
            problems.add(
                std::string{pair.one}, "cannot be set together with " + std::string{pair.other}
            );
        }
    }
    const std::string& key = values.text("server.private_key");
    if (!key.empty() && key.size() < 32) {
        problems.add("server.private_key", "must have 32 bytes or more");
    }
    if (values.boolean("logging.otel_logs_enabled") && !values.boolean("logging.tracing_enabled")) {
        problems.add("logging.otel_logs_enabled", "needs logging.tracing_enabled");
    }
}

void check_installer_urls(const Values& values, Problems& problems) {
    const std::string& url = values.text("s3.software_installers_cloudfront_url");
    const bool id =
        !values.text("s3.software_installers_cloudfront_url_signing_public_key_id").empty();
    const bool key =
        !values.text("s3.software_installers_cloudfront_url_signing_private_key").empty();
    if (!url.empty() && !url.starts_with("https://")) {
        problems.add("s3.software_installers_cloudfront_url", "must begin with https://");
    }
    if ((!url.empty() || id || key) && (url.empty() || !id || !key)) {
        problems.add(
            "s3.software_installers_cloudfront_url",
            "the URL, the id of the signing key and the signing key must be set together"
        );
    }
    if (values.boolean("s3.software_installers_signed_url") &&
        (!values.text("s3.software_installers_endpoint_url")
              .starts_with("https://storage.googleapis.com") ||
         values.text("s3.software_installers_access_key_id").empty() ||
         values.text("s3.software_installers_secret_access_key").empty())) {
        problems.add(
            "s3.software_installers_signed_url",
            "needs an endpoint below https://storage.googleapis.com and an HMAC key"
        );
    }
}

void check_async_tasks(const Values& values, Problems& problems) {
    struct Setting {
        std::string_view key;
        Type type;
    };
    for (const Setting& setting : {
             Setting{"osquery.enable_async_host_processing", Type::boolean},
             Setting{"osquery.async_host_collect_interval", Type::duration},
             Setting{"osquery.async_host_collect_lock_timeout", Type::duration},
         }) {
        const auto result = check_task_values(values.text(setting.key), setting.type);
        if (!result) problems.add(std::string{setting.key}, result.error().fields.front().reason);
    }
}

bool is_prefix_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"_.~-"}.find(c) != std::string_view::npos;
}

bool fits_type(std::string_view text, Type type) {
    return type == Type::boolean ? parse_boolean(text).has_value()
                                 : parse_go_duration(text).has_value();
}

}  // namespace

Result<> check_task_values(std::string_view text, Type type) {
    static constexpr std::array<std::string_view, 4> kTasks{
        "label_membership", "policy_membership", "host_last_seen", "scheduled_query_stats"};
    const auto wrong = [](std::string reason) {
        return fail(Error::invalid("", std::move(reason)));
    };
    if (text.find('=') == std::string_view::npos) {
        if (fits_type(text, type)) return {};
        return wrong("\"" + std::string{text} + "\" is no " + std::string{type_name(type)});
    }
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view item = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t equal = std::min(item.find('='), item.size());
        const std::string_view task = item.substr(0, equal);
        if (std::find(kTasks.begin(), kTasks.end(), task) == kTasks.end()) {
            return wrong("unknown task \"" + std::string{task} + "\"; there are " + join(kTasks));
        }
        const std::string_view value = item.substr(std::min(equal + 1, item.size()));
        if (!fits_type(value, type)) {
            return wrong("\"" + std::string{value} + "\" is no " + std::string{type_name(type)});
        }
    }
    return {};
}

Result<std::string> normalise_url_prefix(std::string_view prefix) {
    if (prefix.empty()) return std::string{};
    const auto wrong = [&] {
        return fail(Error::invalid(
            "server.url_prefix",
            "\"" + std::string{prefix} + "\" is no path such as /fleet or /tools/fleet"
        ));
    };
    std::string_view rest = prefix;
    if (rest.front() == '/') rest.remove_prefix(1);
    if (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
    if (rest.empty()) return wrong();
    char last = '/';
    for (const char c : rest) {
        if (c == '/' ? last == '/' : !is_prefix_char(c)) return wrong();
        last = c;
    }
    if (last == '/') return wrong();
    return "/" + std::string{rest};
}

void check_rules(const Values& values, Problems& problems, std::vector<std::string>& warnings) {
    check_numbers(values, problems);
    check_words(values, problems);
    check_plugin(values, "status", "osquery.status_log_plugin", problems);
    check_plugin(values, "result", "osquery.result_log_plugin", problems);
    check_plugin(values, "audit", "activity.audit_log_plugin", problems);
    check_durations(values, problems);
    check_promises(values, problems);
    check_secrets(values, problems);
    check_installer_urls(values, problems);
    check_async_tasks(values, problems);
    if (const auto prefix = normalise_url_prefix(values.text("server.url_prefix")); !prefix) {
        problems.add(prefix.error());
    }
    if (const auto limits = read_body_limits(values.json("server.endpoint_request_size_overrides"));
        !limits) {
        problems.add(
            "server.endpoint_request_size_overrides", limits.error().fields.front().reason
        );
    }
    if (values.boolean("filesystem.enable_log_compression") &&
        !values.boolean("filesystem.enable_log_rotation")) {
        warnings.emplace_back(
            "filesystem.enable_log_compression has no effect without filesystem.enable_log_rotation"
        );
    }
}

}  // namespace fleet::config
