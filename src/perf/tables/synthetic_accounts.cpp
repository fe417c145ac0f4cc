#include <fmt/format.h>

#include <array>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf {
namespace {

struct Account {
    std::string_view name;
    int id;
    std::string_view home;
};

constexpr std::array kLinuxAccounts{
    Account{"root", 0, "/root"},
    Account{"daemon", 1, "/usr/sbin"},
    Account{"bin", 2, "/bin"},
    Account{"sys", 3, "/dev"},
    Account{"sync", 4, "/bin"},
    Account{"mail", 8, "/var/mail"},
    Account{"www-data", 33, "/var/www"},
    Account{"backup", 34, "/var/backups"},
    Account{"nobody", 65534, "/nonexistent"},
    Account{"systemd-network", 998, "/"},
    Account{"sshd", 106, "/run/sshd"},
};
constexpr std::array kMacAccounts{
    Account{"root", 0, "/var/root"},
    Account{"daemon", 1, "/var/root"},
    Account{"nobody", -2, "/var/empty"},
    Account{"_spotlight", 89, "/var/empty"},
    Account{"_windowserver", 88, "/var/empty"},
};
constexpr std::array<std::string_view, 3> kWindowsSpecial{
    "SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE"};

std::string text(std::int64_t number) {
    return std::to_string(number);
}

Row user(
    std::int64_t id,
    std::int64_t group,
    std::string name,
    std::string description,
    std::string home,
    std::string shell,
    std::string uuid,
    std::string type
) {
    const auto shown = text(id & 0xFFFFFFFF);
    return {
        shown,
        text(group & 0xFFFFFFFF),
        text(id),
        text(group),
        std::move(name),
        std::move(description),
        std::move(home),
        std::move(shell),
        std::move(uuid),
        std::move(type),
        "0"};
}

std::string second_user(const Profile& profile) {
    return draw(profile.key, "second user") % 3 == 0 ? "admin" : "";
}

Rows linux_users(const TableQuery& query) {
    const auto& profile = query.host.profile;
    Rows rows;
    for (const auto& account : kLinuxAccounts) {
        const char* shell = account.id == 0 ? "/bin/bash" : "/usr/sbin/nologin";
        if (account.name == "sync") shell = "/bin/sync";
        rows.push_back(user(
            account.id,
            account.id,
            std::string{account.name},
            std::string{account.name},
            std::string{account.home},
            shell,
            "",
            ""
        ));
    }
    rows.push_back(user(
        1000,
        1000,
        profile.username,
        profile.username,
        "/home/" + profile.username,
        "/bin/bash",
        "",
        ""
    ));
    if (const auto name = second_user(profile); !name.empty()) {
        rows.push_back(user(1001, 1001, name, name, "/home/" + name, "/bin/bash", "", ""));
    }
    return rows;
}

Rows darwin_users(const TableQuery& query) {
    const auto& profile = query.host.profile;
    Rows rows;
    for (const auto& account : kMacAccounts) {
        rows.push_back(user(
            account.id,
            account.id,
            std::string{account.name},
            std::string{account.name},
            std::string{account.home},
            "/usr/bin/false",
            fmt::format("FFFFEEEE-DDDD-CCCC-BBBB-AAAA{:08X}", account.id),
            ""
        ));
    }
    const auto uuid = uuid_from(draw(profile.key, "user uuid"), profile.key);
    rows.push_back(user(
        501,
        20,
        profile.username,
        profile.username,
        "/Users/" + profile.username,
        "/bin/zsh",
        uuid,
        ""
    ));
    if (const auto name = second_user(profile); !name.empty()) {
        const auto other = uuid_from(draw(profile.key, "admin uuid"), profile.key);
        rows.push_back(user(502, 20, name, name, "/Users/" + name, "/bin/zsh", other, ""));
    }
    return rows;
}

std::string sid_base(const Profile& profile) {
    return fmt::format(
        "S-1-5-21-{}-{}-{}",
        draw(profile.key, "sid a") % 4000000000U,
        draw(profile.key, "sid b") % 4000000000U,
        draw(profile.key, "sid c") % 4000000000U
    );
}

Rows windows_users(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto sid = sid_base(profile);
    Rows rows;
    for (std::size_t i = 0; i < kWindowsSpecial.size(); ++i) {
        const auto id = static_cast<std::int64_t>(18 + i);
        rows.push_back(user(
            id,
            id,
            std::string{kWindowsSpecial.at(i)},
            "",
            "%systemroot%\\system32\\config\\systemprofile",
            "C:\\Windows\\system32\\cmd.exe",
            fmt::format("S-1-5-{}", id),
            "special"
        ));
    }
    const auto add = [&](int id, const std::string& name) {
        rows.push_back(user(
            id,
            544,
            name,
            "",
            "C:\\Users\\" + name,
            "C:\\Windows\\system32\\cmd.exe",
            fmt::format("{}-{}", sid, id),
            "local"
        ));
    };
    add(500, "Administrator");
    add(501, "Guest");
    add(1001, profile.username);
    return rows;
}

Row group(std::int64_t id, std::string name, std::string sid = {}) {
    return {text(id & 0xFFFFFFFF), text(id), std::move(name), std::move(sid), "", "0"};
}

Rows groups(const TableQuery& query) {
    const auto& profile = query.host.profile;
    Rows rows;
    switch (profile.family) {
        case Family::darwin:
            rows = {
                group(0, "wheel"),
                group(1, "daemon"),
                group(20, "staff"),
                group(80, "admin"),
                group(-2, "nobody")};
            break;
        case Family::windows:
            rows = {
                group(544, "Administrators", "S-1-5-32-544"),
                group(545, "Users", "S-1-5-32-545"),
                group(546, "Guests", "S-1-5-32-546"),
                group(18, "SYSTEM", "S-1-5-18")};
            break;
        default:
            for (const auto& account : kLinuxAccounts) {
                rows.push_back(group(account.id, std::string{account.name}));
            }
            rows.push_back(group(27, "sudo"));
            rows.push_back(group(1000, profile.username));
            if (const auto name = second_user(profile); !name.empty())
                rows.push_back(group(1001, name));
    }
    return rows;
}

Rows user_groups(const TableQuery& query) {
    switch (query.host.profile.family) {
        case Family::darwin:
            return {{"0", "0"}, {"501", "20"}, {"501", "80"}};
        case Family::windows:
            return {{"500", "544"}, {"501", "546"}, {"1001", "544"}, {"1001", "545"}};
        default:
            return {{"0", "0"}, {"1000", "1000"}, {"1000", "27"}};
    }
}

Rows logged_in_users(const TableQuery& query) {
    const auto& host = query.host;
    const bool windows = host.profile.family == Family::windows;
    return {{
        windows ? "active" : "user",
        host.profile.username,
        windows ? "Console" : "tty2",
        windows ? host.profile.hostname : "",
        text(host.now - static_cast<std::int64_t>(draw(host.profile.key, "login") % 40000)),
        "1422",
        windows ? sid_base(host.profile) + "-1001" : "",
    }};
}

}  // namespace

void add_synthetic_accounts(TableSet& set, Family family) {
    auto* users = linux_users;
    if (family == Family::darwin) users = darwin_users;
    if (family == Family::windows) users = windows_users;
    set.push_back({"users", columns(shape::kUsers), users});
    set.push_back({"groups", columns(shape::kGroups), groups});
    set.push_back({"user_groups", columns(shape::kUserGroups), user_groups});
    set.push_back({"logged_in_users", columns(shape::kLoggedInUsers), logged_in_users});
}

}  // namespace fleet::perf
