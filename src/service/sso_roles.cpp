#include "sso_roles.hpp"

#include <algorithm>
#include <charconv>

namespace fleet::service {
namespace {

constexpr std::string_view kGlobal = "FLEET_JIT_USER_ROLE_GLOBAL";
constexpr std::string_view kTeamPrefixes[] = {
    "FLEET_JIT_USER_ROLE_TEAM_", "FLEET_JIT_USER_ROLE_FLEET_"};

/// "null" and nothing mean that the provider has no opinion.
std::string role_text(const std::vector<std::string>& values) {
    if (values.empty() || values.front() == "null") return {};
    return values.front();
}

std::optional<TeamId> team_of(std::string_view name) {
    for (const std::string_view prefix : kTeamPrefixes) {
        if (!name.starts_with(prefix)) continue;
        const std::string_view digits = name.substr(prefix.size());
        std::uint64_t id = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
        if (error == std::errc{} && end == digits.data() + digits.size() && id > 0) {
            return TeamId{id};
        }
    }
    return std::nullopt;
}

}  // namespace

Result<std::optional<Roles>> roles_of_attributes(const SsoAttributes& attributes) {
    std::string global;
    std::vector<RequestedTeamRole> teams;
    for (const auto& [name, values] : attributes) {
        const std::string role = role_text(values);
        if (role.empty()) continue;
        if (name == kGlobal) global = role;
        if (const auto team = team_of(name)) teams.push_back({.team = *team, .role = role});
    }
    if (global.empty() && teams.empty()) return std::optional<Roles>{};
    FLEET_TRY(Roles roles, check_roles(global, teams, false));
    return std::optional<Roles>{std::move(roles)};
}

std::string name_of_attributes(const SsoAttributes& attributes, const std::string& email) {
    constexpr std::size_t kLongest = 255;
    for (const char* name :
         {"name",
          "displayname",
          "displayName",
          "cn",
          "urn:oid:2.5.4.3",
          "urn:oid:2.16.840.1.113730.3.1.241",
          "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"}) {
        const auto found = attributes.find(name);
        if (found == attributes.end() || found->second.empty()) continue;
        const std::string& value = found->second.front();
        if (!value.empty() && value.size() <= kLongest) return value;
    }
    return email;
}

bool is_safe_relay(const std::string& relay_url, const std::string& server_url) {
    constexpr std::size_t kLongest = 2'048;
    const bool odd = std::any_of(relay_url.begin(), relay_url.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == '\\' || c == 0x7f;
    });
    if (odd || relay_url.empty() || relay_url.size() > kLongest) return false;
    if (relay_url.front() == '/') return relay_url.size() == 1 || relay_url[1] != '/';
    if (server_url.empty() || !relay_url.starts_with(server_url)) return false;
    const char next = relay_url.size() > server_url.size() ? relay_url[server_url.size()] : '/';
    return next == '/' || next == '?' || next == '#';
}

}  // namespace fleet::service
