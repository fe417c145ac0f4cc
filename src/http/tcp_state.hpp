#pragma once

#include <chrono>
#include <cstdint>

namespace fleet::http {

/// How far the peer's machine has got with what we sent.
struct TcpState {
    int unacknowledged = 0;          // bytes sent or queued that it has not confirmed
    std::uint64_t acknowledged = 0;  // bytes that it has, ever
};

TcpState tcp_state(int socket);

/// How long a connection that nothing has been sent on has been open; right after accept(), how
/// long it was in the kernel's queue.
std::chrono::milliseconds time_unserved(int socket);

}  // namespace fleet::http
