#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/host.hpp"
#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"

namespace fleet {

/// Which hosts are counted.
struct CensusScope {
    std::optional<std::vector<TeamId>> visible{};  // hosts of these teams only; none: all hosts
    std::optional<TeamId> team{};                  // of this team; 0: of no team
    std::string platform{};  // osquery's name, "linux" for all Linux; empty: all
};

/// A host's sign of life at one moment.
struct SeenHost {
    HostId id{};
    Time seen{};
    HostStatus status = HostStatus::offline;
};
using VisitSeen = std::function<void(const SeenHost&)>;

struct PlatformCount {
    std::string platform{};
    bool is_linux = false;
    std::uint64_t hosts = 0;
};

/// How many hosts there are, and how many of them are alive, at one moment.
struct HostCensus {
    std::uint64_t total = 0;
    std::uint64_t online = 0;
    std::uint64_t missing = 0;               // part of those that are not online
    std::uint64_t fresh = 0;                 // created since the asked moment
    std::vector<PlatformCount> platforms{};  // most frequent first
};

}  // namespace fleet
