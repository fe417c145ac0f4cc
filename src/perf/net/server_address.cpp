#include "perf/net/server_address.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace fleet::perf {
namespace {

/// Local addresses used on the loopback interface. One address has 28,000 ports, and each
/// connection occupies one for a minute after it has closed.
constexpr std::uint32_t kLoopbackSources = 32;

void spread_source(int fd, std::uint32_t spread) {
    const int one = 1;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    sockaddr_in source{};
    source.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + spread % kLoopbackSources);
    bind(fd, reinterpret_cast<const sockaddr*>(&source), sizeof source);
}

}  // namespace

ServerAddress ServerAddress::resolve(const std::string& host, const std::string& port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &list);
    if (error != 0) throw std::runtime_error("cannot resolve " + host + ": " + gai_strerror(error));
    // An IPv4 address first: "localhost" often has both and servers listen on one.
    const addrinfo* chosen = list;
    for (const auto* at = list; at != nullptr; at = at->ai_next) {
        if (at->ai_family == AF_INET) {
            chosen = at;
            break;
        }
    }
    ServerAddress address;
    std::memcpy(&address.storage, chosen->ai_addr, chosen->ai_addrlen);
    address.length = chosen->ai_addrlen;
    freeaddrinfo(list);
    return address;
}

bool ServerAddress::is_loopback() const {
    if (storage.ss_family != AF_INET) return false;
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(storage);
    return (ntohl(v4.sin_addr.s_addr) >> 24U) == 127;
}

int ServerAddress::connect(std::uint32_t spread) const {
    const int fd = socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        throw std::runtime_error(std::string{"cannot open a socket: "} + std::strerror(errno));
    const int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (is_loopback()) spread_source(fd, spread);
    // A refusal shows up as an event.
    ::connect(fd, reinterpret_cast<const sockaddr*>(&storage), length);
    return fd;
}

}  // namespace fleet::perf
