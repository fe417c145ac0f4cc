#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/child_process.hpp"
#include "support/net.hpp"
#include "support/temp_dir.hpp"

namespace fleet::test {

/// Path of the program under test: FLEET_SERVER_BIN, or the one of this build.
std::string server_binary();

/// Whether it has been built; integration tests fail loudly when it has not.
bool server_is_built();

/// Resident memory in KiB; always 0 in a sanitized build, which keeps freed memory on purpose.
std::size_t resident_kib(const ChildProcess& process);

struct ServerOptions {
    std::vector<std::string> flags{};  // flags of the stores and of the test
    std::map<std::string, std::string> env{};
    std::string cert_file{};
    std::string key_file{};
};

/// The real fleet-server on a free port of loopback.
class ServerProcess {
public:
    explicit ServerProcess(ServerOptions options);

    /// Runs a sub-command (such as {"prepare", "db", "--no-prompt"}) with our flags to its end.
    [[nodiscard]] int run_command(const std::vector<std::string>& words) const;
    /// `prepare db`; throws with the log when it fails.
    void prepare_db() const;

    /// Starts and waits until /healthz answers 200; throws with the end of the log when it does
    /// not.
    void start();
    /// Starts without waiting.
    void launch();
    [[nodiscard]] bool healthy() const;

    /// SIGTERM: the exit code, nothing when it hung and had to be killed.
    std::optional<int> terminate(std::chrono::milliseconds limit = std::chrono::seconds{30});
    void kill9() { process_.kill9(); }
    void restart();

    [[nodiscard]] bool running() { return process_.running(); }
    [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
    [[nodiscard]] ChildProcess& process() { return process_; }

    /// Result and status log of the filesystem destination, as lines.
    [[nodiscard]] std::vector<std::string> result_lines() const;
    [[nodiscard]] std::vector<std::string> status_lines() const;
    [[nodiscard]] std::string result_log_file() const { return dir_.file("result.log"); }

    /// What the server wrote to stdout and stderr.
    [[nodiscard]] std::string log() const;
    [[nodiscard]] std::string log_tail() const;
    [[nodiscard]] const TempDir& dir() const { return dir_; }

private:
    [[nodiscard]] Command command(const std::vector<std::string>& words) const;

    ServerOptions options_;
    TempDir dir_;
    Endpoint endpoint_{};
    ChildProcess process_;
};

}  // namespace fleet::test
