#include "server_facts.hpp"

#include <fstream>
#include <iterator>

namespace fleet::main {

service::ServerFacts server_facts(const config::Config& config) {
    const auto log = [&](const std::string& plugin) {
        return service::LogFacts{
            .plugin = plugin,
            .status_file = config.filesystem.status_log_file,
            .result_file = config.filesystem.result_log_file,
            .audit_file = config.filesystem.audit_log_file,
            .rotation = config.filesystem.enable_log_rotation,
            .compression = config.filesystem.enable_log_compression};
    };
    return {
        .osquery_detail = config.osquery.detail_update_interval,
        .osquery_policy = config.osquery.policy_update_interval,
        .debug = config.logging.debug,
        .json = config.logging.json,
        .result = log(config.osquery.result_log_plugin),
        .status = log(config.osquery.status_log_plugin),
        .audit = log("filesystem")};
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
