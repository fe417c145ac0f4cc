#pragma once

#include <csignal>
#include <cstdint>
#include <string>

#include "support/child_process.hpp"
#include "support/temp_dir.hpp"

namespace fleet::test {

struct RedisOptions {
    std::string password{};  // of the default user; empty = none needed
    std::string user{};      // an ACL user with all rights, when set
    std::string user_password{};
    bool persistent = false;  // keeps its data over a restart
};

/// A Redis server of the test's own, without persistence unless asked.
class PrivateRedis {
public:
    explicit PrivateRedis(const RedisOptions& options = {});

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    void start();
    void stop();
    void restart();
    void kill9();
    /// Stuck, with its connections open, until thaw().
    void freeze() { process_.signal(SIGSTOP); }
    void thaw() { process_.signal(SIGCONT); }

    /// Sends one inline command and returns the raw reply (at most 64 KiB).
    [[nodiscard]] std::string command(const std::string& line) const;

private:
    TempDir dir_;
    std::uint16_t port_;
    std::string config_file_;
    ChildProcess process_;
};

}  // namespace fleet::test
