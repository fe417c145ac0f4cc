#include <fmt/format.h>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf {
namespace {

constexpr std::int64_t kGib = 1024LL * 1024 * 1024;

std::string text(std::int64_t number) {
    return std::to_string(number);
}

/// Every host restarts now and then: after 2 to 40 days, each at its own time.
std::int64_t seconds_up(const HostContext& host) {
    constexpr std::int64_t kDay = 86400;
    const auto period = static_cast<std::int64_t>(2 + draw(host.profile.key, "reboot") % 39) * kDay;
    const auto phase = static_cast<std::int64_t>(draw(host.profile.key, "boot") % 1'000'000);
    return (host.now + phase) % period + 60;
}

Rows system_info(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto& hardware = *profile.hardware;
    const bool mac = profile.family == Family::darwin;
    const auto physical = mac ? hardware.cores : hardware.cores / 2;
    return {{
        profile.hostname,
        profile.uuid,
        mac ? "arm64e" : "x86_64",
        mac ? "ARM64E" : "85",
        std::string{hardware.cpu},
        text(physical),
        text(hardware.cores),
        mac ? "" : "1",
        mac ? "" : "0xde",
        text(hardware.memory_gib * kGib),
        std::string{hardware.vendor},
        std::string{hardware.model},
        "",
        profile.serial,
        std::string{hardware.vendor},
        "",
        "",
        "",
        mac ? profile.username + "'s Mac" : profile.hostname,
        mac ? profile.hostname + ".local" : profile.hostname,
        "",
    }};
}

Rows os_version(const TableQuery& query) {
    const auto& os = *query.host.profile.os;
    Row row;
    for (const auto cell :
         {os.name,
          os.version,
          os.major,
          os.minor,
          os.patch,
          os.build,
          os.platform,
          os.platform_like,
          os.codename,
          os.arch}) {
        row.emplace_back(cell);
    }
    row.emplace_back();
    return {row};
}

Rows platform_info(const TableQuery& query) {
    const auto& hardware = *query.host.profile.hardware;
    const auto minor = draw(query.host.profile.key, "firmware") % 20;
    return {{
        std::string{hardware.vendor},
        fmt::format("1.{}.0", minor),
        fmt::format("2024-0{}-15", minor % 9 + 1),
        fmt::format("1.{}", minor),
        "",
        "uefi",
        "0xf000",
        "16777216",
        "0",
    }};
}

Rows uptime(const TableQuery& query) {
    const auto up = seconds_up(query.host);
    return {{text(up / 86400), text(up / 3600 % 24), text(up / 60 % 60), text(up % 60), text(up)}};
}

Rows kernel_info(const TableQuery& query) {
    const auto& profile = query.host.profile;
    if (profile.on_linux()) {
        return {
            {std::string{profile.os->kernel},
             "ro quiet splash",
             fmt::format("/boot/vmlinuz-{}", profile.os->kernel),
             fmt::format("UUID={}", uuid_from(profile.key, mix(profile.key)))}};
    }
    // Windows counts the revision apart, as UBR in the registry.
    const bool windows = profile.family == Family::windows;
    return {{std::string{windows ? profile.os->version : profile.os->kernel}, "", "", ""}};
}

Rows cpu_info(const TableQuery& query) {
    const auto& hardware = *query.host.profile.hardware;
    return {{
        "CPU0",
        std::string{hardware.cpu},
        std::string{hardware.vendor},
        "3",
        "1",
        text(hardware.cores / 2),
        text(hardware.cores),
        "64",
        "2100",
        "4700",
        "CPU 0",
        "3",
        text(static_cast<std::int64_t>(draw(query.host.profile.key, "load") % 60)),
    }};
}

Rows memory_info(const TableQuery& query) {
    const auto total = query.host.profile.hardware->memory_gib * kGib;
    const auto free =
        total / static_cast<std::int64_t>(4 + draw(query.host.profile.key, "free") % 9);
    return {{
        text(total),
        text(free),
        text(free * 2),
        text(total / 50),
        text(total / 4),
        "0",
        text(total / 3),
        text(total / 5),
        text(4 * kGib),
        text(4 * kGib),
    }};
}

Rows load_average(const TableQuery& query) {
    const auto hundredths = draw(query.host.profile.key, "load") % 300;
    const auto average = [&](std::uint64_t extra) {
        const auto value = hundredths + extra;
        return fmt::format("{}.{:02}0000", value / 100, value % 100);
    };
    return {{"1m", average(11)}, {"5m", average(5)}, {"15m", average(0)}};
}

Rows battery(const TableQuery& query) {
    const auto key = query.host.profile.key;
    const auto cycles = draw(key, "cycles") % 1200;
    const std::int64_t designed = 5200;
    const auto maximum = designed - static_cast<std::int64_t>(cycles) * 2;
    return {{
        "SMP",
        "bq20z451",
        "F8Y" + query.host.profile.serial,
        text(static_cast<std::int64_t>(cycles)),
        "AC Power",
        "0",
        "1",
        text(designed),
        text(maximum),
        text(maximum),
        "100",
        "0",
        "12900",
        "-1",
        "0",
        "Li-Poly",
        cycles < 1000 ? "Good" : "Fair",
        "Normal",
        "0",
    }};
}

Rows secureboot(const TableQuery& query) {
    return {
        {draw(query.host.profile.key, "secureboot") % 10 < 8 ? "1" : "0", "0", "", "", "", "0"}};
}

}  // namespace

void add_synthetic_system(TableSet& set, Family family) {
    set.push_back({"system_info", columns(shape::kSystemInfo), system_info});
    set.push_back({"os_version", columns(shape::kOsVersion), os_version});
    set.push_back({"platform_info", columns(shape::kPlatformInfo), platform_info});
    set.push_back({"uptime", columns(shape::kUptime), uptime});
    set.push_back({"kernel_info", columns(shape::kKernelInfo), kernel_info});
    set.push_back({"cpu_info", columns(shape::kCpuInfo), cpu_info});
    set.push_back(
        {"secureboot",
         columns("secure_boot:i secure_mode:i description kernel_extensions:i mdm_operations:i "
                 "setup_mode:i"),
         secureboot}
    );
    if (family != Family::windows) {
        set.push_back({"load_average", columns(shape::kLoadAverage), load_average});
    }
    if (family == Family::linux) {
        set.push_back({"memory_info", columns(shape::kMemoryInfo), memory_info});
        set.push_back({"kernel_modules", columns(shape::kKernelModules), no_rows});
        return;
    }
    set.push_back(
        {"battery",
         columns("manufacturer model serial_number cycle_count:i state charging:i charged:i "
                 "designed_capacity:i max_capacity:i current_capacity:i percent_remaining:i "
                 "amperage:i voltage:i minutes_until_empty:i minutes_to_full_charge:i chemistry "
                 "health condition manufacture_date:i"),
         battery}
    );
}

}  // namespace fleet::perf
