#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "http_floor/floor.hpp"

namespace fleet::bench {
namespace {

constexpr const char* kProgram = "/usr/sbin/nginx";

void write_settings(
    const std::string& file, const std::string& dir, const test::Certificate& certificate, int port
) {
    std::ofstream out{file};
    out << "daemon off; master_process off; worker_processes 1; error_log stderr crit;\n"
        << "pid " << dir << "/nginx.pid;\n"
        << "events { worker_connections 1024; }\n"
        << "http {\n  access_log off; client_body_temp_path " << dir << "/body;\n"
        << "  proxy_temp_path " << dir << "/p; fastcgi_temp_path " << dir << "/f;\n"
        << "  uwsgi_temp_path " << dir << "/u; scgi_temp_path " << dir << "/s;\n"
        << "  keepalive_requests 1000000; default_type application/json;\n"
        << "  server {\n    listen 127.0.0.1:" << port << " ssl;\n"
        << "    ssl_certificate " << certificate.cert_file << ";\n"
        << "    ssl_certificate_key " << certificate.key_file << ";\n"
        << "    ssl_protocols TLSv1.3; ssl_session_tickets off; ssl_session_cache off;\n"
        << "    location / { return 200 '{\"queries\":{}}'; }\n  }\n}\n";
}

bool answers(const test::Endpoint& endpoint) {
    for (int i = 0; i < 100; ++i) {
        try {
            if (test::HttpClient{endpoint}.get("/").status == 200) return true;
        } catch (const std::exception&) {
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
    }
    return false;
}

}  // namespace

std::optional<double> nginx_poll(
    const test::TempDir& dir, const test::Certificate& certificate, Connections connections
) {
    if (!std::filesystem::exists(kProgram)) return std::nullopt;
    const auto port = test::free_port();
    const std::string folder = dir.path();
    auto file = folder + "/nginx.conf";
    write_settings(file, folder, certificate, port);

    auto program = std::string{kProgram};
    auto option = std::string{"-c"};
    std::array<char*, 4> args{program.data(), option.data(), file.data(), nullptr};
    const auto before = children_cpu_seconds();
    pid_t pid = 0;
    if (::posix_spawn(&pid, kProgram, nullptr, nullptr, args.data(), environ) != 0)
        return std::nullopt;
    const test::Endpoint endpoint{.port = port, .ca_file = certificate.cert_file};
    const int polls = answers(endpoint) ? poll(endpoint, connections) : 0;
    ::kill(pid, SIGTERM);
    ::waitpid(pid, nullptr, 0);
    if (polls == 0) return std::nullopt;
    return (children_cpu_seconds() - before) * 1e6 / polls;
}

}  // namespace fleet::bench
