#include <fmt/format.h>

#include <array>
#include <memory>

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

constexpr std::int64_t kDay = 86'400;

/// Which version of each package a host has. Most hosts share most versions: one in a hundred is
/// one behind. With churn a package has a new version every hundred days, and each host takes it
/// at some moment of that day.
struct Inventory {
    std::uint64_t key;
    std::size_t count;
    std::int64_t churn_at;  ///< unix seconds; 0: nothing ever changes

    std::uint64_t version(std::size_t at) const {
        return 2 + mix(at) % 9 + updates(at) - (mix(key ^ (at * 104729)) % 100 == 0 ? 1U : 0U);
    }

private:
    std::uint64_t updates(std::size_t at) const {
        if (churn_at == 0) return 0;
        const auto own = static_cast<std::int64_t>(mix(key + at) % kDay);
        const auto day = static_cast<std::int64_t>(mix(at * 31) % 100) * kDay;
        return static_cast<std::uint64_t>((churn_at + day + own) / (100 * kDay));
    }
};

Inventory inventory_of(const HostContext& host, std::size_t count) {
    return {draw(host.profile.key, "packages"), count, host.software.churn ? host.now : 0};
}

/// The rows of all versions that some host has had: making one costs more than copying it.
class RowCache {
public:
    explicit RowCache(Row (*make)(std::size_t at, std::uint64_t version)) : make_{make} {}

    Rows rows(const Inventory& inventory) {
        Rows rows;
        rows.reserve(inventory.count);
        if (known_.size() < inventory.count) known_.resize(inventory.count);
        for (std::size_t at = 0; at < inventory.count; ++at)
            rows.push_back(row(at, inventory.version(at)));
        return rows;
    }

private:
    const Row& row(std::size_t at, std::uint64_t version) {
        auto& versions = known_[at];
        for (const auto& [known, row] : versions) {
            if (known == version) return row;
        }
        if (versions.size() >= kMaxVersions) versions.clear();
        return versions.emplace_back(version, make_(at, version)).second;
    }

    static constexpr std::size_t kMaxVersions = 8;

    Row (*make_)(std::size_t, std::uint64_t);
    std::vector<std::vector<std::pair<std::uint64_t, Row>>> known_;
};

Row deb_row(std::size_t at, std::uint64_t version) {
    return {
        package_name(at),
        fmt::format("{}.{}.{}-{}", 1 + at % 7, at % 31, version, 1 + at % 4),
        "",
        text(static_cast<std::int64_t>(mix(at) % 9000 + 20)),
        "amd64",
        text(static_cast<std::int64_t>(1 + at % 4)),
        "install ok installed",
        "Distribution Developers <devel@example.org>",
        at < kNames.size() ? "utils" : "libs",
        at < 20 ? "required" : "optional",
        "/var/lib/dpkg"};
}

Row rpm_row(std::size_t at, std::uint64_t version) {
    return {
        package_name(at),
        fmt::format("{}.{}.{}", 1 + at % 7, at % 31, version),
        fmt::format("{}.el9", 1 + at % 9),
        "",
        text(static_cast<std::int64_t>(mix(at) % 9'000'000)),
        "",
        "x86_64",
        "0",
        text(1'700'000'000 + static_cast<std::int64_t>(at) * 60),
        "Red Hat, Inc.",
        "Unspecified"};
}

/// A table whose rows come from a cache that the table owns.
std::function<Rows(const TableQuery&)> cached(
    Row (*make)(std::size_t, std::uint64_t), std::size_t (*count)(Flavor)
) {
    return [cache = std::make_shared<RowCache>(make), count](const TableQuery& query) {
        const auto packages = count(query.host.profile.flavor);
        return packages == 0 ? Rows{} : cache->rows(inventory_of(query.host, packages));
    };
}

std::size_t deb_count(Flavor flavor) {
    if (flavor == Flavor::rhel) return 0;
    return flavor == Flavor::ubuntu ? 1688 : 420;
}

std::size_t rpm_count(Flavor flavor) {
    return flavor == Flavor::rhel ? 900 : 0;
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
    set.push_back({"deb_packages", columns(shape::kDebPackages), cached(deb_row, deb_count)});
    set.push_back({"rpm_packages", columns(shape::kRpmPackages), cached(rpm_row, rpm_count)});
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
