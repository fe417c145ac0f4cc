#include "server_facts.hpp"

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <vector>

namespace fleet::main {

namespace {

/// One member of a plugin's settings, and the configuration key that it shows.
struct Shown {
    const char* member;
    const char* key;
};

struct Plugin {
    std::string_view name;
    std::vector<Shown> settings;
};

// rest-api-a 10.5.
const std::vector<Plugin>& plugins() {
    static const std::vector<Plugin> all{
        {"firehose",
         {{"region", "firehose.region"},
          {"status_stream", "firehose.status_stream"},
          {"result_stream", "firehose.result_stream"},
          {"audit_stream", "firehose.audit_stream"}}},
        {"kinesis",
         {{"region", "kinesis.region"},
          {"status_stream", "kinesis.status_stream"},
          {"result_stream", "kinesis.result_stream"},
          {"audit_stream", "kinesis.audit_stream"}}},
        {"lambda",
         {{"region", "lambda.region"},
          {"status_function", "lambda.status_function"},
          {"result_function", "lambda.result_function"},
          {"audit_function", "lambda.audit_function"}}},
        {"pubsub",
         {{"project", "pubsub.project"},
          {"status_topic", "pubsub.status_topic"},
          {"result_topic", "pubsub.result_topic"},
          {"audit_topic", "pubsub.audit_topic"}}},
        {"kafkarest",
         {{"status_topic", "kafkarest.status_topic"},
          {"result_topic", "kafkarest.result_topic"},
          {"audit_topic", "kafkarest.audit_topic"},
          {"proxyhost", "kafkarest.proxyhost"}}},
        {"nats",
         {{"status_subject", "nats.status_subject"},
          {"result_subject", "nats.result_subject"},
          {"audit_subject", "nats.audit_subject"},
          {"server", "nats.server"}}},
        {"webhook", {{"status_url", "webhook.status_url"}, {"result_url", "webhook.result_url"}}},
        {"splunk", {{"url", "splunk.url"}, {"index", "splunk.index"}}}};
    return all;
}

service::LogFacts log_facts(const config::Config& config, const std::string& plugin) {
    service::LogFacts out{.plugin = plugin.empty() ? "filesystem" : plugin};
    if (out.plugin == "filesystem") {
        out.settings = {
            {"status_log_file", config.filesystem.status_log_file},
            {"result_log_file", config.filesystem.result_log_file},
            {"audit_log_file", config.filesystem.audit_log_file},
            {"enable_log_rotation", config.filesystem.enable_log_rotation},
            {"enable_log_compression", config.filesystem.enable_log_compression}};
    }
    for (const Plugin& known : plugins()) {
        if (known.name != out.plugin) continue;
        out.settings = json::Value::object();
        for (const Shown& shown : known.settings)
            out.settings[shown.member] = config.values.text(shown.key);
    }
    return out;
}

json::Value vulnerability_facts(const config::Values& values) {
    const auto key = [](const char* name) { return std::string{"vulnerabilities."} + name; };
    json::Value out = json::Value::object();
    out["databases_path"] = values.text(key("databases_path"));
    out["periodicity"] = values.duration(key("periodicity")).count();
    for (const char* name :
         {"cpe_database_url",
          "cpe_translations_url",
          "cve_feed_prefix_url",
          "current_instance_checks"}) {
        out[name] = values.text(key(name));
    }
    for (const char* name : {"disable_data_sync", "disable_schedule"})
        out[name] = values.boolean(key(name));
    out["recent_vulnerability_max_age"] =
        values.duration(key("recent_vulnerability_max_age")).count();
    out["disable_win_os_vulnerabilities"] = values.boolean(key("disable_win_os_vulnerabilities"));
    return out;
}

json::Value email_facts(const config::Values& values) {
    if (values.text("email.backend") != "ses") return nullptr;
    return {
        {"backend", "ses"},
        {"config",
         {{"region", values.text("ses.region")}, {"source_arn", values.text("ses.source_arn")}}}};
}

/// Whether one of the keys is set.
bool any_set(const config::Values& values, std::initializer_list<const char*> keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const char* key) {
        return !values.text(key).empty();
    });
}

}  // namespace

service::ServerFacts server_facts(const config::Config& config) {
    const config::Values& values = config.values;
    return {
        .osquery_detail = config.osquery.detail_update_interval,
        .osquery_policy = config.osquery.policy_update_interval,
        .debug = config.logging.debug,
        .json = config.logging.json,
        .sandbox = values.boolean("server.sandbox_enabled"),
        .result = log_facts(config, config.osquery.result_log_plugin),
        .status = log_facts(config, config.osquery.status_log_plugin),
        .audit = log_facts(config, config.activity.audit_log_plugin),
        .vulnerabilities = vulnerability_facts(values),
        .email = email_facts(values),
        .windows_mdm =
            any_set(
                values, {"mdm.windows_wstep_identity_cert", "mdm.windows_wstep_identity_cert_bytes"}
            ) &&
            any_set(
                values, {"mdm.windows_wstep_identity_key", "mdm.windows_wstep_identity_key_bytes"}
            ),
        .private_key = any_set(values, {"server.private_key", "server.private_key_arn"})};
}

std::function<Result<std::string>()> certificate_reader(const config::Server& server) {
    // Read at each call: the file may have been renewed.
    return [path = server.tls ? server.cert : std::string{}]() -> Result<std::string> {
        std::ifstream file{path, std::ios::binary};
        if (path.empty() || !file) {
            return fail(Error::internal("the server has no certificate of its own to show"));
        }
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
}

}  // namespace fleet::main
