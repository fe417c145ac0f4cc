#include "process_stats.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

namespace fleet::telemetry {
namespace {

std::string read_all(const char* path) {
    std::ifstream in{path};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

/// The fields of /proc/self/stat after the program's name, which may itself hold spaces.
std::vector<double> stat_fields() {
    const std::string text = read_all("/proc/self/stat");
    std::vector<double> out;
    const std::size_t name_end = text.rfind(')');
    if (name_end == std::string::npos || name_end + 4 > text.size()) return out;
    std::istringstream in{text.substr(name_end + 4)};  // behind ") S "
    for (double value = 0; in >> value;) {
        out.push_back(value);
    }
    return out;
}

/// When the machine started, in seconds since 1970.
std::optional<double> boot_time() {
    std::ifstream in{"/proc/stat"};
    for (std::string word; in >> word;) {
        double value = 0;
        if (word == "btime" && in >> value) return value;
    }
    return std::nullopt;
}

std::optional<double> count_open_files() {
    std::error_code error;
    double count = 0;
    for (std::filesystem::directory_iterator it{"/proc/self/fd", error}, end; !error && it != end;
         it.increment(error)) {
        ++count;
    }
    if (error) return std::nullopt;
    return count;
}

}  // namespace

ProcessStats read_process_stats() {
    ProcessStats out;
    // Positions count from "ppid", field 4 of proc(5).
    constexpr std::size_t kUserTime = 10;
    constexpr std::size_t kSystemTime = 11;
    constexpr std::size_t kThreads = 16;
    constexpr std::size_t kStartTime = 18;
    constexpr std::size_t kVirtualSize = 19;
    constexpr std::size_t kResidentPages = 20;
    const std::vector<double> fields = stat_fields();
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    if (fields.size() > kResidentPages && ticks > 0) {
        out.cpu_seconds = (fields[kUserTime] + fields[kSystemTime]) / ticks;
        out.threads = fields[kThreads];
        out.virtual_bytes = fields[kVirtualSize];
        out.resident_bytes = fields[kResidentPages] * static_cast<double>(::sysconf(_SC_PAGESIZE));
        if (const auto boot = boot_time())
            out.start_time_seconds = *boot + fields[kStartTime] / ticks;
    }
    out.open_files = count_open_files();
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        out.max_files = static_cast<double>(limit.rlim_cur);
    }
    return out;
}

}  // namespace fleet::telemetry
