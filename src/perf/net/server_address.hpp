#pragma once

#include <sys/socket.h>

#include <string>

namespace fleet::perf {

/// Resolved address of the server.
struct ServerAddress {
    sockaddr_storage storage{};
    socklen_t length{};

    static ServerAddress resolve(const std::string& host, const std::string& port);
    bool is_loopback() const;

    /// A socket on its way to the server. `spread` chooses one of several local addresses on the
    /// loopback interface.
    int connect(std::uint32_t spread) const;
};

}  // namespace fleet::perf
