#include "http/client_ip.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "http/url.hpp"

namespace fleet::http {
namespace {

/// The address in one entry of a forwarding header: without port, brackets and zone; empty when
/// it is not an address.
std::string clean_address(std::string_view text) {
    text = trim(text);
    if (text.starts_with('[')) {
        text = text.substr(1, text.find(']') - 1);
    } else if (std::count(text.begin(), text.end(), ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    text = text.substr(0, text.find('%'));

    std::string out{text};
    std::array<std::uint8_t, 16> bytes{};
    if (inet_pton(AF_INET, out.c_str(), bytes.data()) == 1) return out;
    if (inet_pton(AF_INET6, out.c_str(), bytes.data()) == 1) return out;
    return {};
}

std::vector<std::string_view> split_commas(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        out.push_back(trim(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

/// All X-Forwarded-For entries, left to right, over repeated headers.
std::vector<std::string_view> forwarded_for(const Request& request) {
    std::vector<std::string_view> out;
    for (const auto& [name, value] : request.headers) {
        if (!equal_ignoring_case(name, "X-Forwarded-For")) continue;
        const auto entries = split_commas(value);
        out.insert(out.end(), entries.begin(), entries.end());
    }
    return out;
}

bool is_header_name(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    });
}

}  // namespace

ClientIpRule::ClientIpRule(std::string_view trusted_proxies) {
    const auto text = trim(trusted_proxies);
    if (text.empty()) return;
    if (equal_ignoring_case(text, "none")) {
        kind_ = Kind::peer;
        return;
    }
    if (const auto [end, error] = std::from_chars(text.begin(), text.end(), hops_);
        error == std::errc{} && end == text.end()) {
        if (hops_ == 0) throw std::invalid_argument{"trusted_proxies: a count must be above 0"};
        kind_ = Kind::hops;
        return;
    }
    kind_ = Kind::networks;
    for (const auto part : split_commas(text)) {
        const auto network = parse_network(part);
        if (network) {
            networks_.push_back(*network);
        } else if (networks_.empty() && is_header_name(text)) {
            kind_ = Kind::header;
            header_ = text;
            return;
        } else {
            throw std::invalid_argument{
                "trusted_proxies: \"" + std::string{part} + "\" is not an address or network"};
        }
    }
}

std::optional<ClientIpRule::Bytes> ClientIpRule::parse(std::string_view address) {
    const std::string text{address};
    Bytes bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) != 1) return std::nullopt;
    bytes[10] = bytes[11] = 0xFF;  // IPv4 as its IPv6-mapped form
    return bytes;
}

std::optional<ClientIpRule::Network> ClientIpRule::parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse(text.substr(0, slash));
    if (!address) return std::nullopt;
    const bool v4 = text.substr(0, slash).find(':') == std::string_view::npos;
    Network network{.address = *address, .bits = 128};
    if (slash == std::string_view::npos) return network;

    int bits = 0;
    const auto digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), bits);
    if (error != std::errc{} || end != digits.end() || bits < 0 || bits > (v4 ? 32 : 128)) {
        return std::nullopt;
    }
    network.bits = v4 ? bits + 96 : bits;
    return network;
}

bool ClientIpRule::trusted(std::string_view address) const {
    const auto bytes = parse(address);
    if (!bytes) return false;
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        const auto whole = static_cast<std::size_t>(network.bits / 8);
        const int rest = network.bits % 8;
        if (std::memcmp(bytes->data(), network.address.data(), whole) != 0) return false;
        if (rest == 0) return true;
        const int mask = (0xFF << (8 - rest)) & 0xFF;
        return ((*bytes)[whole] & mask) == (network.address[whole] & mask);
    });
}

std::string ClientIpRule::from_hops(const Request& request, const std::string& peer) const {
    const auto entries = forwarded_for(request);
    if (entries.size() < hops_) return peer;
    auto address = clean_address(entries[entries.size() - hops_]);
    return address.empty() ? peer : address;
}

std::string ClientIpRule::from_networks(const Request& request, const std::string& peer) const {
    if (!trusted(peer)) return peer;
    const auto entries = forwarded_for(request);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        auto address = clean_address(*entry);
        if (address.empty()) break;
        if (!trusted(address)) return address;
    }
    return peer;
}

std::string ClientIpRule::find(const Request& request, const std::string& peer) const {
    switch (kind_) {
        case Kind::peer:
            return peer;
        case Kind::hops:
            return from_hops(request, peer);
        case Kind::networks:
            return from_networks(request, peer);
        case Kind::header: {
            auto address = clean_address(request.header(header_));
            return address.empty() ? peer : address;
        }
        case Kind::legacy:
            break;
    }
    for (const std::string_view name : {"True-Client-IP", "X-Real-IP", "X-Forwarded-For"}) {
        const auto value = request.header(name);
        if (value.empty()) continue;
        if (auto address = clean_address(value.substr(0, value.find(','))); !address.empty()) {
            return address;
        }
    }
    return peer;
}

}  // namespace fleet::http
