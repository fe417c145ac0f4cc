#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fleet::test {

/// A program to run: argv[0] is its path or a name in PATH; output goes to the log file.
struct Command {
    std::vector<std::string> argv{};
    std::map<std::string, std::string> env{};  // added to ours
    std::string log_file = "/dev/null";
};

/// A child that is killed with its owner, also when the test program itself dies.
/// Start it from a thread that lives as long as the child: the kernel watches the thread.
class ChildProcess {
public:
    ChildProcess() = default;
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    void start(const Command& command);
    void signal(int number) const;
    void kill9();

    [[nodiscard]] bool running();
    [[nodiscard]] pid_t pid() const { return pid_; }

    /// The exit code once it ended (128 + signal when killed), nothing when time is over.
    std::optional<int> wait(std::chrono::milliseconds limit);

    /// SIGTERM, then wait; kills it when it does not obey.
    std::optional<int> terminate(std::chrono::milliseconds limit);

    [[nodiscard]] std::size_t rss_kib() const;
    [[nodiscard]] std::size_t open_files() const;

private:
    pid_t pid_ = -1;
    std::optional<int> exit_code_{};
};

/// Runs a program to its end and returns its exit code.
int run(const Command& command, std::chrono::milliseconds limit = std::chrono::minutes{2});

/// Full path of a program in PATH or the usual system folders; "" when not installed.
std::string find_program(const std::string& name);

}  // namespace fleet::test
