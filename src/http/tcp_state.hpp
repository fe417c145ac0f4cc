#pragma once

#include <cstdint>

namespace fleet::http {

/// How far the peer's machine has got with what we sent.
struct TcpState {
    int unacknowledged = 0;          // bytes sent or queued that it has not confirmed
    std::uint64_t acknowledged = 0;  // bytes that it has, ever
};

TcpState tcp_state(int socket);

}  // namespace fleet::http
