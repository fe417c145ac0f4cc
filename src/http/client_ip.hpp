#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/http/message.hpp"

namespace fleet::http {

/// Decides which address a request counts as coming from (`server.trusted_proxies`):
/// empty (the first of True-Client-IP, X-Real-IP, X-Forwarded-For, peer), "none" (the peer), the
/// name of a header, a number of proxies, or a list of trusted addresses and networks.
class ClientIpRule {
public:
    /// Throws std::invalid_argument when the text is none of the above.
    explicit ClientIpRule(std::string_view trusted_proxies);

    std::string find(const Request& request, const std::string& peer) const;

private:
    enum class Kind { legacy, peer, header, hops, networks };
    using Bytes = std::array<std::uint8_t, 16>;
    struct Network {
        Bytes address{};
        int bits = 128;
    };

    static std::optional<Bytes> parse(std::string_view address);
    static std::optional<Network> parse_network(std::string_view text);
    bool trusted(std::string_view address) const;
    std::string from_networks(const Request& request, const std::string& peer) const;
    std::string from_hops(const Request& request, const std::string& peer) const;

    Kind kind_ = Kind::legacy;
    std::string header_{};
    std::size_t hops_ = 0;
    std::vector<Network> networks_{};
};

}  // namespace fleet::http
