#include <grp.h>
#include <pwd.h>
#include <utmpx.h>

#include <array>
#include <cstring>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

std::string text(std::int64_t number) {
    return std::to_string(number);
}

// The getpw*/getgr*/getutx* families keep global state. Only the thread of this machine's host
// reads these tables.

Rows users(const TableQuery& /*query*/) {
    Rows rows;
    setpwent();
    while (const auto* entry = getpwent()) {
        const auto uid = text(entry->pw_uid);
        const auto gid = text(entry->pw_gid);
        rows.push_back(
            {uid,
             gid,
             text(static_cast<std::int32_t>(entry->pw_uid)),
             text(static_cast<std::int32_t>(entry->pw_gid)),
             entry->pw_name,
             entry->pw_gecos,
             entry->pw_dir,
             entry->pw_shell,
             "",
             "",
             "0"}
        );
    }
    endpwent();
    return rows;
}

Rows groups(const TableQuery& /*query*/) {
    Rows rows;
    setgrent();
    while (const auto* entry = getgrent()) {
        rows.push_back(
            {text(entry->gr_gid),
             text(static_cast<std::int32_t>(entry->gr_gid)),
             entry->gr_name,
             "",
             "",
             "0"}
        );
    }
    endgrent();
    return rows;
}

Rows user_groups(const TableQuery& /*query*/) {
    struct User {
        std::string name;
        uid_t uid;
        gid_t gid;
    };
    std::vector<User> list;
    setpwent();
    while (const auto* entry = getpwent())
        list.push_back({entry->pw_name, entry->pw_uid, entry->pw_gid});
    endpwent();
    Rows rows;
    for (const auto& user : list) {
        std::array<gid_t, 256> ids{};
        int count = ids.size();
        if (getgrouplist(user.name.c_str(), user.gid, ids.data(), &count) < 0) continue;
        for (int i = 0; i < count; ++i) {
            rows.push_back({text(user.uid), text(ids.at(static_cast<std::size_t>(i)))});
        }
    }
    return rows;
}

const char* login_type(short type) {
    switch (type) {
        case BOOT_TIME:
            return "boot_time";
        case RUN_LVL:
            return "runlevel";
        case LOGIN_PROCESS:
            return "login";
        case INIT_PROCESS:
            return "init";
        case USER_PROCESS:
            return "user";
        default:
            return "";
    }
}

template <std::size_t kSize>
std::string bounded(const char (&field)[kSize]) {
    return {field, strnlen(field, kSize)};
}

Rows logged_in_users(const TableQuery& /*query*/) {
    Rows rows;
    setutxent();
    while (const auto* entry = getutxent()) {
        const std::string type = login_type(entry->ut_type);
        if (type.empty()) continue;
        rows.push_back(
            {type,
             bounded(entry->ut_user),
             bounded(entry->ut_line),
             bounded(entry->ut_host),
             text(entry->ut_tv.tv_sec),
             text(entry->ut_pid),
             "",
             ""}
        );
    }
    endutxent();
    return rows;
}

void add_cron_line(Rows& rows, std::string_view line, const std::string& path) {
    line = trim(line);
    if (line.empty() || line.front() == '#') return;
    const auto list = words(line);
    const auto rest = [&](std::size_t from) {
        const auto* begin = list[from].data();
        return std::string{begin, static_cast<std::size_t>(line.data() + line.size() - begin)};
    };
    if (line.front() == '@') {
        if (list.size() < 2) return;
        rows.push_back({std::string{list[0]}, "", "", "", "", "", rest(1), path});
        return;
    }
    // Settings such as SHELL=/bin/sh have no five fields of time before them.
    if (list.size() < 6 || list[0].find('=') != std::string_view::npos) return;
    Row row{""};
    for (std::size_t i = 0; i < 5; ++i)
        row.emplace_back(list[i]);
    row.push_back(rest(5));
    row.push_back(path);
    rows.push_back(std::move(row));
}

Rows crontab(const TableQuery& /*query*/) {
    std::vector<std::string> paths{"/etc/crontab"};
    for (const std::string folder :
         {"/etc/cron.d", "/var/spool/cron/crontabs", "/var/spool/cron"}) {
        for (const auto& name : machine::entries(folder)) {
            if (name != ".placeholder") paths.push_back(folder + "/" + name);
        }
    }
    Rows rows;
    for (const auto& path : paths) {
        const auto content = machine::read_file(path);
        for (const auto line : machine::lines(content))
            add_cron_line(rows, line, path);
    }
    return rows;
}

}  // namespace

void add_machine_accounts(TableSet& set) {
    set.push_back({"users", columns(shape::kUsers), users});
    set.push_back({"groups", columns(shape::kGroups), groups});
    set.push_back({"user_groups", columns(shape::kUserGroups), user_groups});
    set.push_back({"logged_in_users", columns(shape::kLoggedInUsers), logged_in_users});
    set.push_back({"crontab", columns(shape::kCrontab), crontab});
}

}  // namespace fleet::perf
