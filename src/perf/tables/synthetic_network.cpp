#include <fmt/format.h>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf {
namespace {

std::string text(std::int64_t number) {
    return std::to_string(number);
}

std::string loopback(Family family) {
    if (family == Family::darwin) return "lo0";
    return family == Family::windows ? "1" : "lo";
}

std::string ethernet(Family family) {
    if (family == Family::darwin) return "en0";
    return family == Family::windows ? "12" : "eth0";
}

/// A link-local address made of the MAC, as hosts make them.
std::string link_local(const Profile& profile) {
    const auto& mac = profile.mac;
    return fmt::format(
        "fe80::{}:{}ff:fe{}:{}{}",
        mac.substr(3, 2),
        mac.substr(6, 2),
        mac.substr(9, 2),
        mac.substr(12, 2),
        mac.substr(15, 2)
    );
}

Rows interface_addresses(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto family = profile.family;
    const bool windows = family == Family::windows;
    const auto* shown = windows ? "Ethernet" : "";
    return {
        {loopback(family),
         "127.0.0.1",
         "255.0.0.0",
         "",
         "",
         "",
         windows ? "Loopback Pseudo-Interface 1" : ""},
        {loopback(family), "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", "", "", ""},
        {ethernet(family), profile.address, "255.255.255.0", "", "", "dhcp", shown},
        {ethernet(family), link_local(profile), "ffff:ffff:ffff:ffff::", "", "", "", shown},
    };
}

Rows interface_details(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto packets = static_cast<std::int64_t>(draw(profile.key, "packets") % 1'000'000) +
                         query.host.now % 100'000;
    const bool windows = profile.family == Family::windows;
    Row lo{loopback(profile.family), "00:00:00:00:00:00", "772", "65536", "0", "65609"};
    Row eth{
        ethernet(profile.family),
        profile.mac,
        "1",
        "1500",
        "0",
        "69699",
        text(packets),
        text(packets / 2),
        text(packets * 900),
        text(packets * 300)};
    for (int i = 0; i < 5; ++i)
        eth.emplace_back("0");
    eth.insert(eth.end(), {text(query.host.now), "1000", ""});
    if (windows)
        eth.insert(
            eth.end(),
            {"Ethernet", "Intel(R) Ethernet Connection", "Intel", "Ethernet", "2", "1", "1"}
        );
    return {lo, eth};
}

Rows routes(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto family = profile.family;
    const auto network = profile.gateway.substr(0, profile.gateway.size() - 1) + "0";
    if (family == Family::windows) {
        // On Windows the column holds the address of the interface.
        return {
            {"0.0.0.0",
             "0",
             profile.gateway,
             "",
             "-1",
             profile.address,
             "1500",
             "25",
             "remote",
             "-1"},
            {network, "24", "0.0.0.0", "", "-1", profile.address, "1500", "281", "local", "-1"},
            {"127.0.0.0", "8", "0.0.0.0", "", "-1", "127.0.0.1", "-1", "331", "local", "-1"},
        };
    }
    return {
        {"0.0.0.0",
         "0",
         profile.gateway,
         profile.address,
         "0",
         ethernet(family),
         "0",
         "100",
         "gateway",
         "0"},
        {network, "24", "", profile.address, "0", ethernet(family), "0", "100", "local", "0"},
        {"127.0.0.0", "8", "", "127.0.0.1", "0", loopback(family), "0", "0", "local", "0"},
    };
}

Rows etc_hosts(const TableQuery& query) {
    return {
        {"127.0.0.1", "localhost"},
        {"127.0.1.1", query.host.profile.hostname},
        {"::1", "localhost ip6-localhost ip6-loopback"},
    };
}

Rows arp_cache(const TableQuery& query) {
    const auto& profile = query.host.profile;
    return {{profile.gateway, "02:00:00:00:00:01", ethernet(profile.family), "0"}};
}

Rows dns_resolvers(const TableQuery& query) {
    return {
        {"0", "nameserver", query.host.profile.gateway, "32", "705"},
        {"0", "search", "corp.example", "", "705"},
    };
}

}  // namespace

void add_synthetic_network(TableSet& set, Family family) {
    set.push_back({"interface_addresses", columns(shape::kInterfaceAddresses), interface_addresses}
    );
    set.push_back({"interface_details", columns(shape::kInterfaceDetails), interface_details});
    set.push_back({"routes", columns(shape::kRoutes), routes});
    set.push_back({"etc_hosts", columns(shape::kEtcHosts), etc_hosts});
    set.push_back({"arp_cache", columns(shape::kArpCache), arp_cache});
    if (family != Family::windows) {
        set.push_back({"dns_resolvers", columns(shape::kDnsResolvers), dns_resolvers});
    }
}

}  // namespace fleet::perf
