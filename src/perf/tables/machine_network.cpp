#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <array>
#include <bit>
#include <memory>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using machine::read_line;

std::string text(std::int64_t number) {
    return std::to_string(number);
}

struct FreeAddresses {
    void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

std::string address_text(const sockaddr* address) {
    if (address == nullptr) return {};
    std::array<char, INET6_ADDRSTRLEN> out{};
    const void* bytes = nullptr;
    if (address->sa_family == AF_INET)
        bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
    if (address->sa_family == AF_INET6)
        bytes = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
    if (bytes == nullptr || inet_ntop(address->sa_family, bytes, out.data(), out.size()) == nullptr)
        return {};
    return out.data();
}

Rows interface_addresses(const TableQuery& /*query*/) {
    ifaddrs* raw = nullptr;
    if (getifaddrs(&raw) != 0) return {};
    const std::unique_ptr<ifaddrs, FreeAddresses> list{raw};
    Rows rows;
    for (const auto* at = list.get(); at != nullptr; at = at->ifa_next) {
        auto address = address_text(at->ifa_addr);
        if (address.empty()) continue;
        const bool broadcast =
            (at->ifa_flags & IFF_BROADCAST) != 0 && at->ifa_addr->sa_family == AF_INET;
        const bool point = (at->ifa_flags & IFF_POINTOPOINT) != 0;
        rows.push_back(
            {at->ifa_name,
             std::move(address),
             address_text(at->ifa_netmask),
             broadcast ? address_text(at->ifa_broadaddr) : "",
             point ? address_text(at->ifa_dstaddr) : "",
             "unknown",
             ""}
        );
    }
    return rows;
}

Rows interface_details(const TableQuery& query) {
    Rows rows;
    for (const auto& name : machine::entries("/sys/class/net")) {
        const auto folder = "/sys/class/net/" + name;
        const auto value = [&](const char* entry) { return read_line(folder + "/" + entry); };
        if (value("type").empty()) continue;  // not an interface ("bonding_masters")
        const auto counter = [&](const char* entry) {
            return read_line(folder + "/statistics/" + entry);
        };
        const auto flags = parse_int(std::string_view{value("flags")}.substr(2), 16).value_or(0);
        const auto speed = value("speed");
        rows.push_back(
            {name,
             value("address"),
             value("type"),
             value("mtu"),
             "0",
             text(flags),
             counter("rx_packets"),
             counter("tx_packets"),
             counter("rx_bytes"),
             counter("tx_bytes"),
             counter("rx_errors"),
             counter("tx_errors"),
             counter("rx_dropped"),
             counter("tx_dropped"),
             counter("collisions"),
             text(query.host.now),
             speed.empty() || speed == "-1" ? "0" : speed}
        );
    }
    return rows;
}

std::string ipv4(std::string_view hex) {
    const auto word = static_cast<std::uint32_t>(parse_int(hex, 16).value_or(0));
    std::array<char, INET_ADDRSTRLEN> out{};
    inet_ntop(AF_INET, &word, out.data(), out.size());
    return out.data();
}

std::string ipv6(std::string_view hex) {
    std::array<unsigned char, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size() && i * 2 + 2 <= hex.size(); ++i) {
        bytes.at(i) = static_cast<unsigned char>(parse_int(hex.substr(i * 2, 2), 16).value_or(0));
    }
    std::array<char, INET6_ADDRSTRLEN> out{};
    inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
    return out.data();
}

constexpr std::int64_t kGatewayFlag = 2;
constexpr std::int64_t kUpFlag = 1;
constexpr std::int64_t kLocalFlag = 0x80000000;

void add_ipv4_routes(Rows& rows) {
    const auto content = machine::read_file("/proc/net/route");
    bool heading = true;
    for (const auto line : machine::lines(content)) {
        if (std::exchange(heading, false)) continue;
        const auto list = words(line);
        if (list.size() < 9) continue;
        const auto flags = parse_int(list[3], 16).value_or(0);
        const auto mask = static_cast<std::uint32_t>(parse_int(list[7], 16).value_or(0));
        const bool gateway = (flags & kGatewayFlag) != 0;
        rows.push_back(
            {ipv4(list[1]),
             text(std::popcount(mask)),
             gateway ? ipv4(list[2]) : "",
             "",
             text(flags),
             std::string{list[0]},
             std::string{list[8]},
             std::string{list[6]},
             "gateway",
             "0"}
        );
    }
}

void add_ipv6_routes(Rows& rows) {
    const auto content = machine::read_file("/proc/net/ipv6_route");
    for (const auto line : machine::lines(content)) {
        const auto list = words(line);
        if (list.size() < 10) continue;
        const auto flags = parse_int(list[8], 16).value_or(0);
        if ((flags & kUpFlag) == 0) continue;
        const bool gateway = (flags & kGatewayFlag) != 0;
        const bool local = (flags & kLocalFlag) != 0;
        rows.push_back(
            {ipv6(list[0]),
             text(parse_int(list[1], 16).value_or(0)),
             gateway ? ipv6(list[4]) : "",
             "",
             text(flags),
             std::string{list[9]},
             "0",
             text(parse_int(list[5], 16).value_or(0)),
             local ? "local" : "gateway",
             "0"}
        );
    }
}

Rows routes(const TableQuery& /*query*/) {
    Rows rows;
    add_ipv4_routes(rows);
    add_ipv6_routes(rows);
    return rows;
}

Rows etc_hosts(const TableQuery& /*query*/) {
    Rows rows;
    const auto content = machine::read_file("/etc/hosts");
    for (const auto line : machine::lines(content)) {
        const auto list = words(line.substr(0, line.find('#')));
        if (list.size() < 2) continue;
        std::string names;
        for (std::size_t i = 1; i < list.size(); ++i) {
            if (!names.empty()) names += ' ';
            names += list[i];
        }
        rows.push_back({std::string{list[0]}, std::move(names)});
    }
    return rows;
}

Rows arp_cache(const TableQuery& /*query*/) {
    Rows rows;
    const auto content = machine::read_file("/proc/net/arp");
    bool heading = true;
    for (const auto line : machine::lines(content)) {
        if (std::exchange(heading, false)) continue;
        const auto list = words(line);
        if (list.size() < 6) continue;
        const bool permanent = (parse_int(list[2].substr(2), 16).value_or(0) & 4) != 0;
        rows.push_back(
            {std::string{list[0]},
             std::string{list[3]},
             std::string{list[5]},
             permanent ? "1" : "0"}
        );
    }
    return rows;
}

Rows dns_resolvers(const TableQuery& /*query*/) {
    Rows rows;
    const auto content = machine::read_file("/etc/resolv.conf");
    for (const auto line : machine::lines(content)) {
        const auto list = words(line);
        if (list.size() < 2) continue;
        const bool server = list[0] == "nameserver";
        if (!server && list[0] != "search") continue;
        for (std::size_t i = 1; i < list.size(); ++i) {
            rows.push_back(
                {std::to_string(rows.size()),
                 std::string{list[0]},
                 std::string{list[i]},
                 server ? "32" : "",
                 "705"}
            );
        }
    }
    return rows;
}

}  // namespace

void add_machine_network(TableSet& set) {
    set.push_back({"interface_addresses", columns(shape::kInterfaceAddresses), interface_addresses}
    );
    set.push_back({"interface_details", columns(shape::kInterfaceDetails), interface_details});
    set.push_back({"routes", columns(shape::kRoutes), routes});
    set.push_back({"etc_hosts", columns(shape::kEtcHosts), etc_hosts});
    set.push_back({"arp_cache", columns(shape::kArpCache), arp_cache});
    set.push_back({"dns_resolvers", columns(shape::kDnsResolvers), dns_resolvers});
}

}  // namespace fleet::perf
