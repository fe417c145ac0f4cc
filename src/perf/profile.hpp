#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fleet::perf {

/// Which set of tables a host has.
enum class Family : std::uint8_t { linux, darwin, windows, this_machine };

inline constexpr std::size_t kFamilies = 4;

/// A template of virtual hosts.
enum class Flavor : std::uint8_t { ubuntu, debian, rhel, macos, windows };

std::optional<Flavor> flavor_from_name(std::string_view name);
std::string_view flavor_name(Flavor flavor);

/// What os_version says about one release.
struct OsRelease {
    std::string_view name{};
    std::string_view version{};
    std::string_view major{};
    std::string_view minor{};
    std::string_view patch{};
    std::string_view build{};
    std::string_view platform{};
    std::string_view platform_like{};
    std::string_view codename{};
    std::string_view arch{};
    std::string_view kernel{};
};

struct Hardware {
    std::string_view vendor{};
    std::string_view model{};
    std::string_view cpu{};
    int cores{};
    std::int64_t memory_gib{};
    std::int64_t disk_gb{};
};

/// Everything that is fixed about a virtual host. It follows from (seed, index) alone, so it is
/// made when needed and thrown away: a sleeping host costs no memory for it.
struct Profile {
    Flavor flavor{};
    Family family{};
    std::uint64_t key{};
    std::uint32_t index{};
    const OsRelease* os{};
    const Hardware* hardware{};
    std::string hostname{};
    std::string uuid{};
    std::string instance_id{};
    std::string serial{};
    std::string mac{};
    std::string address{};
    std::string gateway{};
    std::string username{};

    bool on_linux() const { return family == Family::linux; }
};

Family family_of(Flavor flavor);

/// osquery's platform_type: 1 posix, 2 Windows, 8 Linux, 16 macOS, added up.
int platform_mask(Family family);

Profile make_profile(std::uint64_t seed, std::uint32_t index, Flavor flavor);

std::string uuid_from(std::uint64_t high, std::uint64_t low);

}  // namespace fleet::perf
