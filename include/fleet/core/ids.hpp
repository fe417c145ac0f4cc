#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace fleet {

/// Row ids as distinct types, so that a host id cannot be passed where a label id is meant.
/// All are positive; 0 means "none".
enum class HostId : std::uint64_t {};
enum class UserId : std::uint64_t {};
enum class SessionId : std::uint64_t {};
enum class TeamId : std::uint64_t {};
enum class LabelId : std::uint64_t {};
enum class QueryId : std::uint64_t {};
enum class CampaignId : std::uint64_t {};
enum class CarveId : std::uint64_t {};
enum class HostViewId : std::uint64_t {};
enum class PolicyId : std::uint64_t {};
enum class InviteId : std::uint64_t {};
enum class ApiTokenId : std::uint64_t {};
enum class PackId : std::uint64_t {};
enum class PackQueryId : std::uint64_t {};

template <class Id>
constexpr std::uint64_t raw(Id id) noexcept {
    return static_cast<std::uint64_t>(id);
}

template <class Id>
std::string to_text(Id id) {
    return std::to_string(raw(id));
}

}  // namespace fleet
