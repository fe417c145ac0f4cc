#pragma once

#include <cstdint>
#include <string>

#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"

namespace fleet {

/// On the wire, id 0 stands for the hosts of no team (rest-api-a 12.1).
inline constexpr TeamId kNoTeam{0};
inline constexpr const char* kNoTeamName = "No team";

/// A group of hosts with settings, secrets and members of its own.
struct Team {
    TeamId id{};
    std::string name{};
    std::string description{};
    std::string config{};  // JSON text; empty: nothing but defaults
    Time created_at{};
    std::uint64_t user_count = 0;
    std::uint64_t host_count = 0;
};

}  // namespace fleet
