#include "http/guard.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <variant>

#include "http/url.hpp"

namespace fleet::http {
namespace {

constexpr std::size_t kMaxRequestId = 64;

bool is_plain_id(std::string_view text) {
    return !text.empty() && text.size() <= kMaxRequestId &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
           });
}

/// Unique, not secret, so no cryptographic generator is needed.
std::string new_request_id() {
    constexpr std::string_view kHex = "0123456789abcdef";
    thread_local std::mt19937_64 generator{[] {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32) | device();
    }()};
    auto bits = generator();
    std::string out(16, '0');
    for (auto& c : out) {
        c = kHex[bits & 15];
        bits >>= 4;
    }
    return out;
}

/// The authority of "scheme://authority/...", without a default port.
std::string_view origin_host(std::string_view origin) {
    const auto scheme_end = origin.find("://");
    if (scheme_end == std::string_view::npos) return {};
    const auto scheme = origin.substr(0, scheme_end);
    auto host = origin.substr(scheme_end + 3);
    host = host.substr(0, host.find('/'));
    if (scheme == "https" && host.ends_with(":443")) host.remove_suffix(4);
    if (scheme == "http" && host.ends_with(":80")) host.remove_suffix(3);
    return host;
}

}  // namespace

bool violates_cross_site_guard(const Route& route, const Request& request, bool has_body) {
    if (route.errors != ErrorStyle::rest || route.body != BodyKind::json || !has_body) return false;
    if (!std::holds_alternative<BlockingHandler>(route.handler)) return false;
    switch (request.method) {
        case Method::post:
        case Method::put:
        case Method::patch:
        case Method::del:
            break;
        default:
            return false;
    }
    if (!request.has_header("Origin") && !request.has_header("Referer")) return false;
    return request.header("Content-Type") != "application/json";
}

bool same_origin(const Request& request) {
    if (!request.has_header("Origin")) return true;
    const auto origin = request.header("Origin");
    auto host = request.header("Host");
    if (origin.starts_with("https://") && host.ends_with(":443")) host.remove_suffix(4);
    if (origin.starts_with("http://") && host.ends_with(":80")) host.remove_suffix(3);
    const auto asked_from = origin_host(origin);
    return !asked_from.empty() && equal_ignoring_case(asked_from, host);
}

std::string request_id_for(const Request& request) {
    const auto given = request.header("X-Request-Id");
    return is_plain_id(given) ? std::string{given} : new_request_id();
}

}  // namespace fleet::http
