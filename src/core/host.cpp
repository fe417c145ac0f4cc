#include "fleet/core/host.hpp"

#include <algorithm>
#include <array>

namespace fleet {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 8> kNames{
    "", "linux", "darwin", "windows", "chrome", "ios", "ipados", "android"};

// agent-api B.9.3, plus distributions that have appeared since.
constexpr std::array<std::string_view, 30> kLinux{
    "linux",  "ubuntu",   "debian",      "rhel",     "centos",        "sles",
    "kali",   "gentoo",   "amzn",        "pop",      "arch",          "linuxmint",
    "void",   "nixos",    "endeavouros", "manjaro",  "opensuse-leap", "opensuse-tumbleweed",
    "tuxedo", "neon",     "cachyos",     "fedora",   "rocky",         "almalinux",
    "ol",     "raspbian", "alpine",      "opensuse", "suse",          "slackware"};

constexpr auto kOnlineGrace = 30s;
constexpr auto kMissingAfter = 30 * 24h;

}  // namespace

std::string_view to_text(Platform platform) {
    return kNames[static_cast<std::size_t>(platform)];
}

Platform generic_platform(std::string_view raw, std::string_view platform_like, int mask) {
    for (std::size_t i = 1; i < kNames.size(); ++i) {
        if (kNames[i] == raw) return static_cast<Platform>(i);
    }
    const auto is_linux = [](std::string_view name) {
        return std::find(kLinux.begin(), kLinux.end(), name) != kLinux.end();
    };
    if (is_linux(raw)) return Platform::linux;
    // platform_like may list several names ("rhel fedora").
    std::size_t at = 0;
    while (at < platform_like.size()) {
        std::size_t end = platform_like.find_first_of(" ,", at);
        if (end == std::string_view::npos) end = platform_like.size();
        if (is_linux(platform_like.substr(at, end - at))) return Platform::linux;
        at = end + 1;
    }
    constexpr int kWindowsBit = 2;
    constexpr int kLinuxBit = 8;
    constexpr int kDarwinBit = 16;
    if ((mask & kLinuxBit) != 0) return Platform::linux;
    if ((mask & kDarwinBit) != 0) return Platform::darwin;
    if ((mask & kWindowsBit) != 0) return Platform::windows;
    return Platform::unknown;
}

std::chrono::seconds online_window(
    std::int64_t distributed_interval, std::int64_t config_tls_refresh
) {
    return std::chrono::seconds{std::min(distributed_interval, config_tls_refresh)} + kOnlineGrace;
}

HostStatus host_status(Time now, Time seen, std::chrono::seconds online_for) {
    if (now <= seen + online_for) return HostStatus::online;
    return now >= seen + kMissingAfter ? HostStatus::missing : HostStatus::offline;
}

HostStatus host_status(
    Time now, Time seen, std::int64_t distributed_interval, std::int64_t config_tls_refresh
) {
    return host_status(now, seen, online_window(distributed_interval, config_tls_refresh));
}

}  // namespace fleet
