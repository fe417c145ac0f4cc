#include "support/net.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <random>

namespace fleet::test {

namespace {

sockaddr_in address_of(const std::string& host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    const auto numeric = host == "localhost" ? std::string{"127.0.0.1"} : host;
    if (::inet_pton(AF_INET, numeric.c_str(), &address.sin_addr) != 1) {
        throw NetworkError("not an IPv4 address: " + host);
    }
    return address;
}

const sockaddr* generic(const sockaddr_in& address) {
    return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

bool wait_for(int fd, short events, std::chrono::milliseconds limit) {
    pollfd entry{.fd = fd, .events = events, .revents = 0};
    const auto ready = ::poll(&entry, 1, static_cast<int>(std::max<long>(limit.count(), 0)));
    return ready > 0;
}

}  // namespace

std::uint16_t free_port() {
    static std::mt19937 random{std::random_device{}()};
    std::uniform_int_distribution<int> ports{10240, 32000};
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const auto port = static_cast<std::uint16_t>(ports(random));
        const auto address = address_of("127.0.0.1", port);
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool is_free = ::bind(fd, generic(address), sizeof address) == 0;
        ::close(fd);
        if (is_free) return port;
    }
    throw NetworkError("no free port found");
}

int connect_tcp(const std::string& host, std::uint16_t port, std::chrono::milliseconds limit) {
    const auto address = address_of(host, port);
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) throw NetworkError(std::string{"socket: "} + std::strerror(errno));
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(fd, generic(address), sizeof address) == 0) return fd;

    int error = errno;
    if (error == EINPROGRESS) {
        socklen_t size = sizeof error;
        error = ETIMEDOUT;
        if (wait_writable(fd, limit)) ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    }
    if (error == 0) return fd;
    ::close(fd);
    throw NetworkError(
        "connect to " + host + ":" + std::to_string(port) + ": " + std::strerror(error)
    );
}

bool wait_readable(int fd, std::chrono::milliseconds limit) {
    return wait_for(fd, POLLIN, limit);
}

bool wait_writable(int fd, std::chrono::milliseconds limit) {
    return wait_for(fd, POLLOUT, limit);
}

bool port_answers(std::uint16_t port) {
    try {
        ::close(connect_tcp("127.0.0.1", port, std::chrono::seconds{1}));
        return true;
    } catch (const NetworkError&) {
        return false;
    }
}

bool port_greets(std::uint16_t port) {
    try {
        const int fd = connect_tcp("127.0.0.1", port, std::chrono::seconds{1});
        char byte = 0;
        const bool greeted =
            wait_readable(fd, std::chrono::seconds{1}) && ::recv(fd, &byte, 1, 0) == 1;
        ::close(fd);
        return greeted;
    } catch (const NetworkError&) {
        return false;
    }
}

}  // namespace fleet::test
