#include <fmt/format.h>

#include <array>
#include <span>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf {
namespace {

struct Program {
    std::string_view path;
    bool of_user;
    int port;  // 0: does not listen
};

constexpr std::array kLinuxPrograms{
    Program{"/usr/lib/systemd/systemd", false, 0},
    Program{"/usr/lib/systemd/systemd-journald", false, 0},
    Program{"/usr/lib/systemd/systemd-udevd", false, 0},
    Program{"/usr/lib/systemd/systemd-resolved", false, 53},
    Program{"/usr/bin/dbus-daemon", false, 0},
    Program{"/usr/sbin/cron", false, 0},
    Program{"/usr/sbin/sshd", false, 22},
    Program{"/usr/sbin/rsyslogd", false, 0},
    Program{"/usr/bin/containerd", false, 0},
    Program{"/usr/sbin/chronyd", false, 323},
    Program{"/opt/osquery/bin/osqueryd", false, 0},
    Program{"/usr/lib/systemd/systemd-logind", false, 0},
    Program{"/usr/bin/bash", true, 0},
    Program{"/usr/bin/gnome-shell", true, 0},
    Program{"/usr/lib/firefox/firefox", true, 0},
    Program{"/usr/bin/python3.11", true, 8000},
};
constexpr std::array kMacPrograms{
    Program{"/sbin/launchd", false, 0},
    Program{"/usr/sbin/syslogd", false, 0},
    Program{"/usr/libexec/logd", false, 0},
    Program{"/usr/sbin/mDNSResponder", false, 5353},
    Program{"/System/Library/CoreServices/loginwindow.app/Contents/MacOS/loginwindow", false, 0},
    Program{"/opt/osquery/lib/osquery.app/Contents/MacOS/osqueryd", false, 0},
    Program{"/System/Library/CoreServices/Finder.app/Contents/MacOS/Finder", true, 0},
    Program{"/System/Library/CoreServices/Dock.app/Contents/MacOS/Dock", true, 0},
    Program{"/Applications/Slack.app/Contents/MacOS/Slack", true, 0},
    Program{"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", true, 0},
    Program{
        "/System/Library/CoreServices/ControlCenter.app/Contents/MacOS/ControlCenter", true, 7000},
    Program{"/bin/zsh", true, 0},
};
constexpr std::array kWindowsPrograms{
    Program{"C:\\Windows\\System32\\smss.exe", false, 0},
    Program{"C:\\Windows\\System32\\csrss.exe", false, 0},
    Program{"C:\\Windows\\System32\\wininit.exe", false, 49664},
    Program{"C:\\Windows\\System32\\services.exe", false, 49668},
    Program{"C:\\Windows\\System32\\lsass.exe", false, 49665},
    Program{"C:\\Windows\\System32\\svchost.exe", false, 135},
    Program{"C:\\Windows\\System32\\spoolsv.exe", false, 49667},
    Program{"C:\\Program Files\\osquery\\osqueryd\\osqueryd.exe", false, 0},
    Program{"C:\\Windows\\explorer.exe", true, 0},
    Program{"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", true, 0},
    Program{"C:\\Windows\\System32\\cmd.exe", true, 0},
};

std::span<const Program> programs(Family family) {
    if (family == Family::darwin) return kMacPrograms;
    if (family == Family::windows) return kWindowsPrograms;
    return kLinuxPrograms;
}

std::string text(std::int64_t number) {
    return std::to_string(number);
}

std::string_view file_name(std::string_view path) {
    return path.substr(path.find_last_of("/\\") + 1);
}

/// The first program is number 1 (init), others have numbers of their own on every host.
std::int64_t pid_of(const Profile& profile, std::size_t at) {
    if (at == 0) return profile.family == Family::windows ? 4 : 1;
    return static_cast<std::int64_t>(300 + at * 37 + draw(profile.key, "pids") % 500);
}

std::int64_t user_id(Family family) {
    if (family == Family::darwin) return 501;
    return family == Family::windows ? 1001 : 1000;
}

Rows processes(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto list = programs(profile.family);
    const auto boot =
        query.host.now - static_cast<std::int64_t>(draw(profile.key, "process age") % 500000);
    Rows rows;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto& program = list[i];
        const auto uid = text(program.of_user ? user_id(profile.family) : 0);
        const auto size =
            static_cast<std::int64_t>(draw(profile.key + i, "memory") % 400'000'000 + 2'000'000);
        const auto cpu = static_cast<std::int64_t>(draw(profile.key + i, "cpu") % 100'000);
        rows.push_back({
            text(pid_of(profile, i)),
            std::string{file_name(program.path)},
            std::string{program.path},
            std::string{program.path},
            "S",
            "/",
            "/",
            uid,
            uid,
            uid,
            uid,
            uid,
            uid,
            "1",
            "0",
            text(size),
            text(size * 3),
            text(cpu),
            text(cpu / 3),
            text(cpu * 100),
            text(cpu * 40),
            text(boot + static_cast<std::int64_t>(i)),
            i == 0 ? "0" : text(pid_of(profile, 0)),
            text(pid_of(profile, i)),
            text(static_cast<std::int64_t>(1 + i % 7)),
            "0",
            text(query.host.now - boot),
        });
    }
    return rows;
}

Rows listening_ports(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto list = programs(profile.family);
    Rows rows;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto port = list[i].port;
        if (port == 0) continue;
        const bool udp = port == 53 || port == 323 || port == 5353;
        const auto address = port == 53 || port == 8000 ? "127.0.0.1" : "0.0.0.0";
        rows.push_back(
            {text(pid_of(profile, i)),
             text(port),
             udp ? "17" : "6",
             "2",
             address,
             text(static_cast<std::int64_t>(3 + i)),
             text(static_cast<std::int64_t>(20000 + i)),
             "",
             "0"}
        );
    }
    return rows;
}

Rows process_open_sockets(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto list = programs(profile.family);
    Rows rows;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto& program = list[i];
        const auto pid = text(pid_of(profile, i));
        const auto socket = text(static_cast<std::int64_t>(20000 + i));
        if (program.port != 0) {
            rows.push_back(
                {pid,
                 "3",
                 socket,
                 "2",
                 "6",
                 "0.0.0.0",
                 "0.0.0.0",
                 text(program.port),
                 "0",
                 "",
                 "LISTEN",
                 "0"}
            );
        }
        if (program.of_user || file_name(program.path).starts_with("osqueryd")) {
            const auto local =
                static_cast<std::int64_t>(33000 + draw(profile.key + i, "port") % 20000);
            rows.push_back(
                {pid,
                 "9",
                 socket,
                 "2",
                 "6",
                 profile.address,
                 fmt::format("203.0.113.{}", i + 1),
                 text(local),
                 "443",
                 "",
                 "ESTABLISHED",
                 "0"}
            );
        }
    }
    return rows;
}

Rows crontab(const TableQuery& /*query*/) {
    return {
        {"",
         "17",
         "*",
         "*",
         "*",
         "*",
         "root cd / && run-parts --report /etc/cron.hourly",
         "/etc/crontab"},
        {"", "25", "6", "*", "*", "*", "root run-parts --report /etc/cron.daily", "/etc/crontab"},
    };
}

Rows systemd_units(const TableQuery& query) {
    Rows rows;
    for (const auto& program : kLinuxPrograms) {
        if (program.of_user) continue;
        const auto name = fmt::format("{}.service", file_name(program.path));
        rows.push_back(
            {name,
             std::string{file_name(program.path)},
             "loaded",
             "active",
             "running",
             "enabled",
             "",
             "/org/freedesktop/systemd1/unit/" + name,
             "0",
             "",
             "/",
             "/usr/lib/systemd/system/" + name,
             query.host.profile.index % 2 == 0 ? "" : "root",
             ""}
        );
    }
    return rows;
}

}  // namespace

void add_synthetic_processes(TableSet& set, Family family) {
    set.push_back({"processes", columns(shape::kProcesses), processes});
    set.push_back({"listening_ports", columns(shape::kListeningPorts), listening_ports});
    set.push_back(
        {"process_open_sockets", columns(shape::kProcessOpenSockets), process_open_sockets}
    );
    set.push_back({"startup_items", columns("name path args type source status username"), no_rows}
    );
    if (family == Family::windows) return;
    set.push_back({"crontab", columns(shape::kCrontab), crontab});
    set.push_back({"process_open_files", columns("pid:b fd:b path"), no_rows});
    set.push_back({"process_envs", columns("pid:i key value"), no_rows});
    if (family == Family::linux) {
        set.push_back({"systemd_units", columns(shape::kSystemdUnits), systemd_units});
    }
}

}  // namespace fleet::perf
