#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/core/software.hpp"

/// What a host tells about its software that differs from host to host or moves by itself: kept
/// apart from the sets, which many hosts share.
namespace fleet {

/// Half a digest: enough to tell the software of one host apart.
using SoftwareKey = std::uint64_t;
SoftwareKey software_key(const ContentDigest& digest);

/// Where it is installed; a software may be there several times. Sorts.
using SoftwarePaths = std::vector<std::pair<SoftwareKey, std::string>>;
std::string pack_paths(SoftwarePaths paths);
SoftwarePaths unpack_paths(std::string_view packed);

/// When it was last opened, in seconds since 1970; the newest time of each. Sorts.
using SoftwareOpened = std::vector<std::pair<SoftwareKey, std::int64_t>>;
std::string pack_opened(SoftwareOpened opened);
SoftwareOpened unpack_opened(std::string_view packed);

/// Whether both name the same software and no time differs by more than `step` seconds.
bool about_equal(const SoftwareOpened& stored, const SoftwareOpened& reported, std::int64_t step);

}  // namespace fleet
