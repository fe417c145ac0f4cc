#include <fmt/format.h>

#include <array>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf {
namespace {

constexpr std::array<std::string_view, 48> kNames{
    "adduser",
    "apt",
    "bash",
    "base-files",
    "bind9-dnsutils",
    "bsdutils",
    "bzip2",
    "ca-certificates",
    "coreutils",
    "cron",
    "curl",
    "dash",
    "dbus",
    "dpkg",
    "e2fsprogs",
    "findutils",
    "git",
    "gnupg",
    "grep",
    "gzip",
    "hostname",
    "init",
    "iproute2",
    "iputils-ping",
    "jq",
    "kmod",
    "less",
    "login",
    "logrotate",
    "mount",
    "nano",
    "ncurses-base",
    "openssh-server",
    "openssl",
    "passwd",
    "perl",
    "procps",
    "python3",
    "rsyslog",
    "sed",
    "sudo",
    "systemd",
    "tar",
    "tzdata",
    "util-linux",
    "vim",
    "wget",
    "zlib1g",
};
constexpr std::array<std::string_view, 30> kLibraries{
    "acl",  "apparmor", "archive", "audit", "blkid",  "cairo", "cap", "curl",   "dbus",    "drm",
    "edit", "event",    "expat",   "ffi",   "gcrypt", "glib",  "gmp", "gnutls", "hogweed", "idn",
    "jpeg", "krb5",     "ldap",    "lzma",  "nettle", "pcre",  "png", "sqlite", "xml",     "zstd",
};
constexpr std::array<std::string_view, 6> kKinds{"", "-dev", "-bin", "-data", "-doc", "-common"};

std::string text(std::int64_t number) {
    return std::to_string(number);
}

/// Name of the package number `at` of a big, shared list.
std::string package_name(std::size_t at) {
    if (at < kNames.size()) return std::string{kNames.at(at)};
    at -= kNames.size();
    const auto library = kLibraries.at(at % kLibraries.size());
    at /= kLibraries.size();
    return fmt::format("lib{}{}{}", library, at / kKinds.size() + 1, kKinds.at(at % kKinds.size()));
}

/// How many packages, and which of them are one version behind: most hosts share most versions.
struct Inventory {
    std::uint64_t key;
    std::size_t count;

    bool has(std::size_t at) const { return mix(key + at * 7919) % 50 != 0; }
    std::uint64_t version(std::size_t at) const {
        return 2 + mix(at) % 9 - (mix(key ^ (at * 104729)) % 100 == 0 ? 1U : 0U);
    }
};

Rows deb_packages(const TableQuery& query) {
    const auto& profile = query.host.profile;
    if (profile.flavor == Flavor::rhel) return {};
    const Inventory inventory{
        draw(profile.key, "packages"), profile.flavor == Flavor::ubuntu ? 1688U : 420U};
    Rows rows;
    rows.reserve(inventory.count);
    for (std::size_t at = 0; at < inventory.count; ++at) {
        if (!inventory.has(at)) continue;
        const auto version = inventory.version(at);
        auto name = package_name(at);
        const char* section = at < kNames.size() ? "utils" : "libs";
        rows.push_back(
            {std::move(name),
             fmt::format("{}.{}.{}-{}", 1 + at % 7, at % 31, version, 1 + at % 4),
             "",
             text(static_cast<std::int64_t>(mix(at) % 9000 + 20)),
             "amd64",
             text(static_cast<std::int64_t>(1 + at % 4)),
             "install ok installed",
             "Distribution Developers <devel@example.org>",
             section,
             at < 20 ? "required" : "optional",
             "/var/lib/dpkg"}
        );
    }
    return rows;
}

Rows rpm_packages(const TableQuery& query) {
    const auto& profile = query.host.profile;
    if (profile.flavor != Flavor::rhel) return {};
    const Inventory inventory{draw(profile.key, "packages"), 900};
    Rows rows;
    rows.reserve(inventory.count);
    for (std::size_t at = 0; at < inventory.count; ++at) {
        if (!inventory.has(at)) continue;
        const auto version = inventory.version(at);
        rows.push_back(
            {package_name(at),
             fmt::format("{}.{}.{}", 1 + at % 7, at % 31, version),
             fmt::format("{}.el{}", 1 + at % 9, profile.os->major),
             "",
             text(static_cast<std::int64_t>(mix(at) % 9'000'000)),
             "",
             "x86_64",
             "0",
             text(1'700'000'000 + static_cast<std::int64_t>(at) * 60),
             "Red Hat, Inc.",
             "Unspecified"}
        );
    }
    return rows;
}

Rows python_packages(const TableQuery& query) {
    constexpr std::array<std::string_view, 7> kPackages{
        "pip", "setuptools", "wheel", "requests", "urllib3", "idna", "certifi"};
    const bool windows = query.host.profile.family == Family::windows;
    const std::string base =
        windows ? "C:\\Python311\\Lib\\site-packages" : "/usr/lib/python3/dist-packages";
    Rows rows;
    for (std::size_t at = 0; at < kPackages.size(); ++at) {
        const std::string name{kPackages.at(at)};
        const auto patch = draw(query.host.profile.key + at, "python") % 3;
        rows.push_back(
            {name,
             "0",
             fmt::format("{}.{}.{}", 2 + at, at * 3, patch),
             name + " for Python",
             "",
             "MIT",
             base + (windows ? "\\" : "/") + name,
             base}
        );
    }
    return rows;
}

}  // namespace

void add_synthetic_packages(TableSet& set, Family family) {
    set.push_back({"python_packages", columns(shape::kPythonPackages), python_packages});
    set.push_back(
        {"npm_packages",
         columns(
             "name version description author license homepage path directory depth:i max_depth:i"
         ),
         no_rows}
    );
    if (family != Family::linux) return;
    set.push_back({"deb_packages", columns(shape::kDebPackages), deb_packages});
    set.push_back({"rpm_packages", columns(shape::kRpmPackages), rpm_packages});
    set.push_back(
        {"portage_packages",
         columns("package version slot build_time:b repository eapi:b size:b world:i"),
         no_rows}
    );
    set.push_back(
        {"apt_sources",
         columns("name source base_uri release version maintainer components architectures"),
         no_rows}
    );
    set.push_back(
        {"yum_sources",
         columns("name source baseurl mirrorlist metalink enabled gpgcheck gpgkey"),
         no_rows}
    );
}

}  // namespace fleet::perf
