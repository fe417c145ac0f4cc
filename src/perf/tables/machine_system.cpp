#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <set>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using machine::field;
using machine::read_file;
using machine::read_line;

std::string text(std::int64_t number) {
    return std::to_string(number);
}

std::string dmi(const char* name) {
    return read_line(std::string{"/sys/class/dmi/id/"} + name);
}

struct Processors {
    std::string brand;
    std::string vendor;
    std::string model;
    std::string microcode;
    std::int64_t mhz{};
    std::size_t logical{};
    std::set<std::string> sockets;
    std::set<std::string> cores;
};

Processors processors() {
    Processors result;
    std::string socket;
    const auto info = read_file("/proc/cpuinfo");
    for (const auto line : machine::lines(info)) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const auto key = trim(line.substr(0, colon));
        const std::string value{trim(line.substr(colon + 1))};
        if (key == "processor") ++result.logical;
        if (key == "model name") result.brand = value;
        if (key == "vendor_id") result.vendor = value;
        if (key == "model") result.model = value;
        if (key == "microcode") result.microcode = value;
        if (key == "cpu MHz")
            result.mhz = static_cast<std::int64_t>(std::strtod(value.c_str(), nullptr));
        if (key == "physical id") result.sockets.insert(socket = value);
        if (key == "core id") result.cores.insert(socket + "/" + value);
    }
    return result;
}

Rows system_info(const TableQuery& query) {
    utsname kernel{};
    uname(&kernel);
    const auto cpu = processors();
    const auto memory = sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
    const auto& profile = query.host.profile;
    const auto physical = cpu.cores.empty() ? cpu.logical : cpu.cores.size();
    return {{
        profile.hostname,
        profile.uuid,
        kernel.machine,
        cpu.model,
        cpu.brand,
        std::to_string(physical),
        std::to_string(cpu.logical),
        std::to_string(std::max<std::size_t>(cpu.sockets.size(), 1)),
        cpu.microcode,
        text(memory),
        dmi("sys_vendor"),
        dmi("product_name"),
        dmi("product_version"),
        dmi("product_serial"),
        dmi("board_vendor"),
        dmi("board_name"),
        dmi("board_version"),
        dmi("board_serial"),
        profile.hostname,
        profile.hostname,
        "",
    }};
}

Rows os_version(const TableQuery& /*query*/) {
    utsname kernel{};
    uname(&kernel);
    const auto release = read_file("/etc/os-release");
    const auto id = field(release, "VERSION_ID", '=');
    const auto part = [&](std::size_t number) {
        std::size_t at = 0;
        for (; number > 0; --number) {
            at = id.find('.', at);
            if (at == std::string::npos) return std::string{"0"};
            ++at;
        }
        // "04" is 4: the column is a number.
        return text(parse_int(std::string_view{id}.substr(at, id.find('.', at) - at)).value_or(0));
    };
    return {{
        field(release, "NAME", '='),
        field(release, "VERSION", '='),
        part(0),
        part(1),
        part(2),
        field(release, "BUILD_ID", '='),
        field(release, "ID", '='),
        field(release, "ID_LIKE", '='),
        field(release, "VERSION_CODENAME", '='),
        kernel.machine,
        "",
    }};
}

Rows platform_info(const TableQuery& /*query*/) {
    const auto vendor = dmi("bios_vendor");
    if (vendor.empty()) return {};
    const bool uefi = access("/sys/firmware/efi", F_OK) == 0;
    return {
        {vendor,
         dmi("bios_version"),
         dmi("bios_date"),
         dmi("bios_release"),
         "",
         uefi ? "uefi" : "bios",
         "",
         "",
         "0"}};
}

Rows uptime(const TableQuery& /*query*/) {
    const auto up =
        static_cast<std::int64_t>(std::strtod(read_line("/proc/uptime").c_str(), nullptr));
    return {{text(up / 86400), text(up / 3600 % 24), text(up / 60 % 60), text(up % 60), text(up)}};
}

Rows kernel_info(const TableQuery& /*query*/) {
    utsname kernel{};
    uname(&kernel);
    std::string arguments;
    std::string image;
    std::string root;
    const auto line = read_line("/proc/cmdline");
    for (const auto word : words(line)) {
        if (word.starts_with("BOOT_IMAGE=")) {
            image = word.substr(11);
            continue;
        }
        if (word.starts_with("root=")) {
            root = word.substr(5);
            continue;
        }
        if (!arguments.empty()) arguments += ' ';
        arguments += word;
    }
    return {{kernel.release, arguments, image, root}};
}

Rows cpu_info(const TableQuery& /*query*/) {
    const auto cpu = processors();
    const auto sockets = std::max<std::size_t>(cpu.sockets.size(), 1);
    Rows rows;
    for (std::size_t i = 0; i < sockets; ++i) {
        const auto cores = cpu.cores.empty() ? cpu.logical : cpu.cores.size();
        rows.push_back(
            {fmt::format("CPU{}", i),
             cpu.brand,
             cpu.vendor,
             "3",
             "1",
             std::to_string(cores / sockets),
             std::to_string(cpu.logical / sockets),
             "64",
             text(cpu.mhz),
             text(cpu.mhz),
             fmt::format("CPU {}", i),
             "3"}
        );
    }
    return rows;
}

Rows memory_info(const TableQuery& /*query*/) {
    const auto info = read_file("/proc/meminfo");
    Row row;
    for (const auto* name :
         {"MemTotal",
          "MemFree",
          "MemAvailable",
          "Buffers",
          "Cached",
          "SwapCached",
          "Active",
          "Inactive",
          "SwapTotal",
          "SwapFree"}) {
        const auto value = field(info, name, ':');
        const auto kib = parse_int(std::string_view{value}.substr(0, value.find(' '))).value_or(0);
        row.push_back(text(kib * 1024));
    }
    return {row};
}

Rows load_average(const TableQuery& /*query*/) {
    const auto line = read_line("/proc/loadavg");
    const auto list = words(line);
    if (list.size() < 3) return {};
    Rows rows;
    for (std::size_t i = 0; i < 3; ++i) {
        constexpr const char* kPeriods[] = {"1m", "5m", "15m"};
        rows.push_back(
            {kPeriods[i], fmt::format("{:.6f}", std::strtod(std::string{list[i]}.c_str(), nullptr))}
        );
    }
    return rows;
}

Rows kernel_modules(const TableQuery& /*query*/) {
    Rows rows;
    const auto all = read_file("/proc/modules");
    for (const auto line : machine::lines(all)) {
        const auto list = words(line);
        if (list.size() < 6) continue;
        rows.push_back(
            {std::string{list[0]},
             std::string{list[1]},
             std::string{list[3]},
             std::string{list[4]},
             std::string{list[5]}}
        );
    }
    return rows;
}

}  // namespace

void add_machine_system(TableSet& set) {
    set.push_back({"system_info", columns(shape::kSystemInfo), system_info});
    set.push_back({"os_version", columns(shape::kOsVersion), os_version});
    set.push_back({"platform_info", columns(shape::kPlatformInfo), platform_info});
    set.push_back({"uptime", columns(shape::kUptime), uptime});
    set.push_back({"kernel_info", columns(shape::kKernelInfo), kernel_info});
    set.push_back({"cpu_info", columns(shape::kCpuInfo), cpu_info});
    set.push_back({"memory_info", columns(shape::kMemoryInfo), memory_info});
    set.push_back({"load_average", columns(shape::kLoadAverage), load_average});
    set.push_back({"kernel_modules", columns(shape::kKernelModules), kernel_modules});
}

}  // namespace fleet::perf
