// Alone in its file: the kernel's tcp_info knows tcpi_bytes_acked, the C library's does not, and
// the two headers cannot be included together.
#include "http/tcp_state.hpp"

#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace fleet::http {

TcpState tcp_state(int socket) {
    TcpState out;
    ::ioctl(socket, SIOCOUTQ, &out.unacknowledged);
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0) {
        out.acknowledged = info.tcpi_bytes_acked;
    }
    return out;
}

std::chrono::milliseconds time_unserved(int socket) {
    tcp_info info{};
    socklen_t size = sizeof info;
    // Counts from the connection's beginning until the first bytes have gone out.
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return {};
    return std::chrono::milliseconds{info.tcpi_last_data_sent};
}

}  // namespace fleet::http
