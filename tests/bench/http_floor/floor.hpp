#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "support/certificate.hpp"
#include "support/http_client.hpp"
#include "support/temp_dir.hpp"

namespace fleet::bench {

using Connections = test::HttpClient::Connections;

constexpr std::chrono::seconds kRun{5};
constexpr int kClients = 4;

/// CPU time of the calling thread, user and system.
double thread_cpu_seconds();
/// CPU time of ended child processes.
double children_cpu_seconds();

/// Lets the clients poll for kRun; how many answers they had.
int poll(const test::Endpoint& endpoint, Connections connections);

// Each gives microseconds of the server's CPU.

/// Server side of TLS 1.3 handshakes through memory: no socket, no request.
double bare_handshake(const test::Certificate& certificate);
/// The least a program can do over TCP: accept, handshake, read, answer, close; one by one.
double bare_loop(const test::Certificate& certificate);
/// fleet-server's listener with a handler that answers at once.
double listener_poll(const test::Certificate& certificate, Connections connections);
/// nginx answering a constant; nothing when it is not installed.
std::optional<double> nginx_poll(
    const test::TempDir& dir, const test::Certificate& certificate, Connections connections
);

/// Bytes of heap for each idle connection of the listener.
double idle_connection_bytes(const test::Certificate& certificate, int connections);
/// The child process of the above: opens connections, polls once on each, waits for its input to
/// end.
int hold_connections(int port, const char* ca_file, int connections);

}  // namespace fleet::bench
