#include "support/server_process.hpp"

#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "support/http_client.hpp"
#include "support/wait.hpp"

namespace fleet::test {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::string tail(const std::string& text) {
    constexpr std::size_t kShown = 4000;
    return text.size() <= kShown ? text : text.substr(text.size() - kShown);
}

/// A later flag wins over an earlier one of the same name.
void replace_or_add(std::vector<std::string>& flags, const std::string& flag) {
    const auto name = flag.substr(0, flag.find('=') + 1);
    for (auto& known : flags) {
        if (!name.empty() && known.starts_with(name)) {
            known = flag;
            return;
        }
    }
    flags.push_back(flag);
}

}  // namespace

std::string server_binary() {
    const char* chosen = std::getenv("FLEET_SERVER_BIN");
    return chosen == nullptr ? FLEET_TEST_SERVER_BIN : chosen;
}

bool server_is_built() {
    return !find_program(server_binary()).empty();
}

std::size_t resident_kib(const ChildProcess& process) {
    const std::string_view sanitizers = FLEET_TEST_SANITIZE;
    return sanitizers.empty() ? process.rss_kib() : 0;
}

ServerProcess::ServerProcess(ServerOptions options) : options_{std::move(options)} {
    endpoint_.port = free_port();
    endpoint_.ca_file = options_.cert_file;
}

Command ServerProcess::command(const std::vector<std::string>& words) const {
    Command result{
        .argv = {server_binary()}, .env = options_.env, .log_file = dir_.file("server.log")};
    result.argv.insert(result.argv.end(), words.begin(), words.end());
    std::vector<std::string> flags = {
        "--server_address=" + endpoint_.authority(),
        "--server_cert=" + options_.cert_file,
        "--server_key=" + options_.key_file,
        "--filesystem_result_log_file=" + result_log_file(),
        "--filesystem_status_log_file=" + dir_.file("status.log"),
        "--prometheus_basic_auth_disable=true",
        "--logging_json=true",
    };
    for (const auto& flag : options_.flags)
        replace_or_add(flags, flag);
    result.argv.insert(result.argv.end(), flags.begin(), flags.end());
    return result;
}

int ServerProcess::run_command(const std::vector<std::string>& words) const {
    return run(command(words));
}

void ServerProcess::prepare_db() const {
    if (run_command({"prepare", "db", "--no-prompt"}) != 0) {
        throw std::runtime_error("prepare db failed:\n" + log_tail());
    }
}

void ServerProcess::launch() {
    process_.start(command({"serve"}));
}

void ServerProcess::start() {
    launch();
    // Sanitised builds on a busy machine take their time.
    const bool up = eventually([this] { return !running() || healthy(); }, std::chrono::minutes{2});
    if (!up || !running()) throw std::runtime_error("fleet-server did not start:\n" + log_tail());
}

bool ServerProcess::healthy() const {
    try {
        HttpClient client{
            endpoint_, HttpClient::Connections::one_each, {.timeout = std::chrono::seconds{5}}};
        return client.get("/healthz").status == 200;
    } catch (const NetworkError&) {
        return false;
    }
}

std::optional<int> ServerProcess::terminate(std::chrono::milliseconds limit) {
    return process_.terminate(limit);
}

void ServerProcess::restart() {
    terminate();
    start();
}

std::vector<std::string> ServerProcess::result_lines() const {
    return lines_of(read_file(dir_.file("result.log")));
}

std::vector<std::string> ServerProcess::status_lines() const {
    return lines_of(read_file(dir_.file("status.log")));
}

std::string ServerProcess::log_tail() const {
    return tail(log());
}

std::string ServerProcess::log() const {
    return read_file(dir_.file("server.log"));
}

}  // namespace fleet::test
