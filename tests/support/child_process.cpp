#include "support/child_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "support/wait.hpp"

namespace fleet::test {

namespace {

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (auto& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& added) {
    std::vector<std::string> result;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text{*entry};
        // Settings of the test run, or of the shell it was started from, are not the child's.
        if (text.starts_with("FLEET_")) continue;
        if (!added.contains(std::string{text.substr(0, text.find('='))})) result.emplace_back(text);
    }
    for (const auto& [name, value] : added)
        result.push_back(name + "=" + value);
    return result;
}

}  // namespace

ChildProcess::~ChildProcess() {
    kill9();
}

void ChildProcess::start(const Command& command) {
    if (running()) throw std::logic_error("already running: " + command.argv.at(0));
    // Everything that allocates happens before the fork: after it only system calls are safe.
    auto args = command.argv;
    args.at(0) = find_program(args[0]);
    if (args[0].empty()) throw std::runtime_error("not installed: " + command.argv[0]);
    auto env = environment_with(command.env);
    const auto argv = pointers_to(args);
    const auto envp = pointers_to(env);
    const int log =
        ::open(command.log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (log < 0) throw std::runtime_error("cannot open " + command.log_file);
    const pid_t parent = ::getpid();

    exit_code_.reset();
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);
        const int nothing = ::open("/dev/null", O_RDONLY);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(log, STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(log);
    if (pid_ < 0) throw std::runtime_error("fork failed");
}

void ChildProcess::signal(int number) const {
    if (pid_ > 0) ::kill(pid_, number);
}

void ChildProcess::kill9() {
    if (!running()) return;
    signal(SIGKILL);
    wait(std::chrono::seconds{10});
}

bool ChildProcess::running() {
    if (pid_ <= 0) return false;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return true;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    pid_ = -1;
    return false;
}

std::optional<int> ChildProcess::wait(std::chrono::milliseconds limit) {
    if (!eventually([this] { return !running(); }, limit)) return std::nullopt;
    return exit_code_;
}

std::optional<int> ChildProcess::terminate(std::chrono::milliseconds limit) {
    signal(SIGTERM);
    const auto code = wait(limit);
    if (!code) kill9();
    return code;
}

std::size_t ChildProcess::rss_kib() const {
    std::ifstream status{"/proc/" + std::to_string(pid_) + "/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    }
    return 0;
}

std::size_t ChildProcess::open_files() const {
    std::size_t count = 0;
    const std::filesystem::path folder{"/proc/" + std::to_string(pid_) + "/fd"};
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{folder})
        ++count;
    return count;
}

int run(const Command& command, std::chrono::milliseconds limit) {
    ChildProcess child;
    child.start(command);
    const auto code = child.wait(limit);
    if (!code) throw std::runtime_error("did not end in time: " + command.argv.at(0));
    return *code;
}

std::string find_program(const std::string& name) {
    if (name.find('/') != std::string::npos) return std::filesystem::exists(name) ? name : "";
    const char* path = std::getenv("PATH");
    std::string folders = path == nullptr ? "" : path;
    folders += ":/usr/local/bin:/usr/bin:/usr/sbin:/sbin";
    for (std::size_t begin = 0; begin < folders.size();) {
        const auto end = std::min(folders.find(':', begin), folders.size());
        const auto candidate = folders.substr(begin, end - begin) + "/" + name;
        if (::access(candidate.c_str(), X_OK) == 0) return candidate;
        begin = end + 1;
    }
    return "";
}

}  // namespace fleet::test
