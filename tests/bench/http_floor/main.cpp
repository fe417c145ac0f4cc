// What the listener costs beside the handshake that nobody can avoid. Client and server share the
// machine; CPU is counted for the server's thread only, so the load of the clients does not enter
// the figures.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "http_floor/floor.hpp"

namespace {

void line(const char* what, double microseconds, double base) {
    std::printf("%-34s%8.1f us", what, microseconds);
    if (base > 0) std::printf("%6.0f %% of the bare loop", microseconds / base * 100);
    std::printf("\n");
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    using namespace fleet;
    using namespace fleet::bench;
    if (argc == 5 && std::string_view{argv[1]} == "hold") {
        return hold_connections(std::atoi(argv[2]), argv[3], std::atoi(argv[4]));
    }
    const test::TempDir dir;
    const test::Certificate certificate{dir};

    std::printf("server CPU for each\n");
    line("handshake in memory", bare_handshake(certificate), 0);
    const auto base = bare_loop(certificate);
    line("stock poll, bare loop over TCP", base, base);
    line("stock poll, listener", listener_poll(certificate, Connections::one_each), base);
    if (const auto nginx = nginx_poll(dir, certificate, Connections::one_each)) {
        line("stock poll, nginx", *nginx, base);
    }
    line("kept poll, listener", listener_poll(certificate, Connections::kept), 0);
    if (const auto nginx = nginx_poll(dir, certificate, Connections::kept)) {
        line("kept poll, nginx", *nginx, 0);
    }
    std::printf(
        "idle connection, heap             %8.0f bytes\n", idle_connection_bytes(certificate, 500)
    );
}
