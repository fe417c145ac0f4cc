#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using machine::field;
using machine::read_file;

std::string text(std::int64_t number) {
    return std::to_string(number);
}

/// /proc/PID/stat after the command name, whose blanks and brackets are the process's own choice.
/// Element 0 is the state, which is field 3 of the manual page.
std::vector<std::string> stat_fields(const std::string& folder) {
    const auto stat = read_file(folder + "/stat");
    const auto bracket = stat.rfind(')');
    if (bracket == std::string::npos) return {};
    std::vector<std::string> result;
    for (const auto word : words(std::string_view{stat}.substr(bracket + 1)))
        result.emplace_back(word);
    return result;
}

std::string command_line(const std::string& folder) {
    auto line = read_file(folder + "/cmdline");
    while (!line.empty() && line.back() == '\0')
        line.pop_back();
    std::replace(line.begin(), line.end(), '\0', ' ');
    return line;
}

/// "Uid: real effective saved file"
std::vector<std::string> ids(const std::string& status, const char* key) {
    const auto line = field(status, key, ':');
    std::vector<std::string> result;
    for (const auto word : words(line))
        result.emplace_back(word);
    result.resize(4, "0");
    return result;
}

std::optional<Row> process(std::int64_t pid, std::int64_t boot) {
    const auto folder = fmt::format("/proc/{}", pid);
    const auto stat = stat_fields(folder);
    if (stat.size() < 22) return std::nullopt;  // gone in the meantime
    const auto status = read_file(folder + "/status");
    const auto number = [&](std::size_t field_number) {
        return parse_int(stat[field_number - 3]).value_or(0);
    };
    const auto ticks = sysconf(_SC_CLK_TCK);
    const auto page = sysconf(_SC_PAGESIZE);
    auto path = machine::link_target(folder + "/exe");
    const bool deleted = path.ends_with(" (deleted)");
    if (deleted) path.resize(path.size() - 10);
    const bool on_disk = !path.empty() && access(path.c_str(), F_OK) == 0;
    const auto uid = ids(status, "Uid");
    const auto gid = ids(status, "Gid");
    const auto io = read_file(folder + "/io");
    const auto started = boot + number(22) / ticks;
    return Row{
        text(pid),
        field(status, "Name", ':'),
        path,
        command_line(folder),
        stat[0],
        machine::link_target(folder + "/cwd"),
        machine::link_target(folder + "/root"),
        uid[0],
        gid[0],
        uid[1],
        gid[1],
        uid[2],
        gid[2],
        path.empty() ? "-1" : (on_disk ? "1" : "0"),
        "0",
        text(number(24) * page),
        text(number(23)),
        text(number(14) * 1000 / ticks),
        text(number(15) * 1000 / ticks),
        field(io, "read_bytes", ':'),
        field(io, "write_bytes", ':'),
        text(started),
        text(number(4)),
        text(number(5)),
        text(number(20)),
        text(number(19)),
        "",
    };
}

Rows processes(const TableQuery& query) {
    constexpr std::size_t kStartTime = 21;
    const auto stat = read_file("/proc/stat");
    std::int64_t boot = 0;
    for (const auto line : machine::lines(stat)) {
        if (line.starts_with("btime ")) boot = parse_int(line.substr(6)).value_or(0);
    }
    Rows rows;
    for (const auto pid : machine::process_ids()) {
        auto row = process(pid, boot);
        if (!row) continue;
        row->back() = text(query.host.now - parse_int((*row)[kStartTime]).value_or(query.host.now));
        rows.push_back(std::move(*row));
    }
    return rows;
}

Rows open_files(const TableQuery& /*query*/) {
    Rows rows;
    for (const auto pid : machine::process_ids()) {
        const auto folder = fmt::format("/proc/{}/fd", pid);
        for (const auto& fd : machine::entries(folder)) {
            auto target = machine::link_target(folder + "/" + fd);
            if (target.starts_with("/")) rows.push_back({text(pid), fd, std::move(target)});
        }
    }
    return rows;
}

}  // namespace

void add_machine_processes(TableSet& set) {
    set.push_back({"processes", columns(shape::kProcesses), processes});
    set.push_back({"process_open_files", columns("pid:b fd:b path"), open_files});
}

}  // namespace fleet::perf
