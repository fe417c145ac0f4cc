#include <malloc.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <string>

#include "http_floor/subject.hpp"

namespace fleet::bench {
namespace {

std::size_t heap_bytes() {
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

}  // namespace

double idle_connection_bytes(const test::Certificate& certificate, int connections) {
    Subject subject{certificate};
    std::array<int, 2> to_child{};
    std::array<int, 2> from_child{};
    if (::pipe(to_child.data()) != 0 || ::pipe(from_child.data()) != 0) return 0;

    std::string program = "/proc/self/exe";
    std::string verb = "hold";
    auto port = std::to_string(subject.endpoint().port);
    auto ca_file = certificate.cert_file;
    auto count = std::to_string(connections);
    std::array<char*, 6> args{
        program.data(), verb.data(), port.data(), ca_file.data(), count.data(), nullptr};
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, to_child[0], 0);
    ::posix_spawn_file_actions_adddup2(&files, from_child[1], 1);
    ::posix_spawn_file_actions_addclose(&files, to_child[1]);
    ::posix_spawn_file_actions_addclose(&files, from_child[0]);

    const auto before = heap_bytes();
    pid_t pid = 0;
    const int rc = ::posix_spawn(&pid, program.c_str(), &files, nullptr, args.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    ::close(to_child[0]);
    ::close(from_child[1]);
    char ready = 0;
    const bool ok = rc == 0 && ::read(from_child[0], &ready, 1) == 1;
    const auto after = heap_bytes();
    ::close(to_child[1]);
    ::close(from_child[0]);
    if (rc == 0) ::waitpid(pid, nullptr, 0);
    subject.finish();
    return ok ? static_cast<double>(after - before) / connections : 0;
}

int hold_connections(int port, const char* ca_file, int connections) {
    const test::Endpoint endpoint{.port = static_cast<std::uint16_t>(port), .ca_file = ca_file};
    std::deque<test::HttpClient> clients;
    for (int i = 0; i < connections; ++i) {
        auto& client = clients.emplace_back(endpoint);
        const auto response = client.send({.method = "POST", .target = "/read", .body = "{}"});
        if (response.status != 200) return 1;
    }
    char byte = 1;
    if (::write(STDOUT_FILENO, &byte, 1) != 1) return 1;
    while (::read(STDIN_FILENO, &byte, 1) > 0) {
    }
    return 0;
}

}  // namespace fleet::bench
