#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace fleet::test {

/// Any failure of a connection: refused, reset, closed too early, too slow.
class NetworkError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Where a server listens and which certificate proves it.
struct Endpoint {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    std::string ca_file{};

    [[nodiscard]] std::string authority() const { return host + ":" + std::to_string(port); }
};

/// A port nobody listens on. It lies below the kernel's range for outgoing connections, so that a
/// busy client cannot take it before the server binds it.
std::uint16_t free_port();

/// A connected, non-blocking TCP socket. Throws NetworkError.
int connect_tcp(const std::string& host, std::uint16_t port, std::chrono::milliseconds limit);

/// Waits until the socket can be read (or written); false when the time is over.
bool wait_readable(int fd, std::chrono::milliseconds limit);
bool wait_writable(int fd, std::chrono::milliseconds limit);

/// Whether something at that port accepts and, when asked, speaks first (as MySQL does).
bool port_answers(std::uint16_t port);
bool port_greets(std::uint16_t port);

}  // namespace fleet::test
