#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <map>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

constexpr std::array<const char*, 13> kTcpStates{
    "UNKNOWN",
    "ESTABLISHED",
    "SYN_SENT",
    "SYN_RECV",
    "FIN_WAIT1",
    "FIN_WAIT2",
    "TIME_WAIT",
    "CLOSED",
    "CLOSE_WAIT",
    "LAST_ACK",
    "LISTEN",
    "CLOSING",
    "NEW_SYN_RECV",
};

struct Socket {
    std::int64_t inode{};
    int family{};
    int protocol{};
    std::string local{};
    std::string remote{};
    std::int64_t local_port{};
    std::int64_t remote_port{};
    std::string path{};
    std::string state{};
};

struct Owner {
    std::int64_t pid{};
    std::string fd{};
};

std::string text(std::int64_t number) {
    return std::to_string(number);
}

/// "0100007F" is 127.0.0.1: the kernel prints each 32-bit word of the address as it lies in memory.
std::string address(std::string_view hex) {
    std::array<std::uint32_t, 4> parts{};
    for (std::size_t i = 0; i * 8 < hex.size() && i < parts.size(); ++i) {
        parts.at(i) = static_cast<std::uint32_t>(parse_int(hex.substr(i * 8, 8), 16).value_or(0));
    }
    std::array<char, INET6_ADDRSTRLEN> out{};
    const int family = hex.size() > 8 ? AF_INET6 : AF_INET;
    inet_ntop(family, parts.data(), out.data(), out.size());
    return out.data();
}

void add_inet(std::vector<Socket>& out, const char* path, int family, int protocol) {
    const auto content = machine::read_file(path);
    bool heading = true;
    for (const auto line : machine::lines(content)) {
        if (std::exchange(heading, false)) continue;
        const auto list = words(line);
        if (list.size() < 10) continue;
        const auto local_colon = list[1].find(':');
        const auto remote_colon = list[2].find(':');
        if (local_colon == std::string_view::npos || remote_colon == std::string_view::npos)
            continue;
        Socket socket;
        socket.family = family;
        socket.protocol = protocol;
        socket.local = address(list[1].substr(0, local_colon));
        socket.remote = address(list[2].substr(0, remote_colon));
        socket.local_port = parse_int(list[1].substr(local_colon + 1), 16).value_or(0);
        socket.remote_port = parse_int(list[2].substr(remote_colon + 1), 16).value_or(0);
        socket.inode = parse_int(list[9]).value_or(0);
        const auto state = static_cast<std::size_t>(parse_int(list[3], 16).value_or(0));
        if (protocol == IPPROTO_TCP && state < kTcpStates.size())
            socket.state = kTcpStates.at(state);
        out.push_back(std::move(socket));
    }
}

void add_unix(std::vector<Socket>& out) {
    const auto content = machine::read_file("/proc/net/unix");
    bool heading = true;
    for (const auto line : machine::lines(content)) {
        if (std::exchange(heading, false)) continue;
        const auto list = words(line);
        if (list.size() < 7) continue;
        Socket socket;
        socket.family = AF_UNIX;
        socket.inode = parse_int(list[6]).value_or(0);
        if (list.size() > 7) socket.path = list[7];
        out.push_back(std::move(socket));
    }
}

std::vector<Socket> sockets() {
    std::vector<Socket> all;
    add_inet(all, "/proc/net/tcp", AF_INET, IPPROTO_TCP);
    add_inet(all, "/proc/net/tcp6", AF_INET6, IPPROTO_TCP);
    add_inet(all, "/proc/net/udp", AF_INET, IPPROTO_UDP);
    add_inet(all, "/proc/net/udp6", AF_INET6, IPPROTO_UDP);
    add_unix(all);
    return all;
}

std::multimap<std::int64_t, Owner> owners() {
    std::multimap<std::int64_t, Owner> result;
    for (const auto pid : machine::process_ids()) {
        const auto folder = fmt::format("/proc/{}/fd", pid);
        for (const auto& fd : machine::entries(folder)) {
            const auto target = machine::link_target(folder + "/" + fd);
            if (!target.starts_with("socket:[")) continue;
            const auto inode = parse_int(std::string_view{target}.substr(8, target.size() - 9));
            if (inode) result.emplace(*inode, Owner{pid, fd});
        }
    }
    return result;
}

/// Calls back for every socket and every process that holds it (once with pid -1 when none does).
template <class Visitor>
void each_socket(Visitor&& visit) {
    const auto held = owners();
    for (const auto& socket : sockets()) {
        const auto [first, last] = held.equal_range(socket.inode);
        if (first == last) visit(socket, Owner{-1, "-1"});
        for (auto at = first; at != last; ++at)
            visit(socket, at->second);
    }
}

Rows process_open_sockets(const TableQuery& /*query*/) {
    const auto space = machine::link_target("/proc/self/ns/net");
    const auto number = space.size() > 6 ? space.substr(5, space.size() - 6) : "0";
    Rows rows;
    each_socket([&](const Socket& socket, const Owner& owner) {
        rows.push_back(
            {text(owner.pid),
             owner.fd,
             text(socket.inode),
             text(socket.family),
             text(socket.protocol),
             socket.local,
             socket.remote,
             text(socket.local_port),
             text(socket.remote_port),
             socket.path,
             socket.state,
             number}
        );
    });
    return rows;
}

bool is_listening(const Socket& socket) {
    if (socket.family == AF_UNIX) return !socket.path.empty();
    if (socket.protocol == IPPROTO_TCP) return socket.state == "LISTEN";
    return socket.remote_port == 0;
}

Rows listening_ports(const TableQuery& /*query*/) {
    Rows rows;
    each_socket([&](const Socket& socket, const Owner& owner) {
        if (!is_listening(socket)) return;
        rows.push_back(
            {text(owner.pid),
             text(socket.local_port),
             text(socket.protocol),
             text(socket.family),
             socket.local,
             owner.fd,
             text(socket.inode),
             socket.path,
             "0"}
        );
    });
    return rows;
}

}  // namespace

void add_machine_sockets(TableSet& set) {
    set.push_back(
        {"process_open_sockets", columns(shape::kProcessOpenSockets), process_open_sockets}
    );
    set.push_back({"listening_ports", columns(shape::kListeningPorts), listening_ports});
}

}  // namespace fleet::perf
