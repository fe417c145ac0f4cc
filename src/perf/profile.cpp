#include "perf/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "perf/random.hpp"

namespace fleet::perf {
namespace {

constexpr std::array kUbuntu{
    OsRelease{
        "Ubuntu",
        "22.04.4 LTS (Jammy Jellyfish)",
        "22",
        "4",
        "0",
        "",
        "ubuntu",
        "debian",
        "jammy",
        "x86_64",
        "5.15.0-105-generic"},
    OsRelease{
        "Ubuntu",
        "24.04.1 LTS (Noble Numbat)",
        "24",
        "4",
        "0",
        "",
        "ubuntu",
        "debian",
        "noble",
        "x86_64",
        "6.8.0-45-generic"},
};
constexpr std::array kDebian{
    OsRelease{
        "Debian GNU/Linux",
        "12 (bookworm)",
        "12",
        "0",
        "0",
        "",
        "debian",
        "",
        "bookworm",
        "x86_64",
        "6.1.0-25-amd64"},
    OsRelease{
        "Debian GNU/Linux",
        "11 (bullseye)",
        "11",
        "0",
        "0",
        "",
        "debian",
        "",
        "bullseye",
        "x86_64",
        "5.10.0-32-amd64"},
};
constexpr std::array kRhel{
    OsRelease{
        "Red Hat Enterprise Linux",
        "9.4 (Plow)",
        "9",
        "4",
        "0",
        "",
        "rhel",
        "fedora",
        "Plow",
        "x86_64",
        "5.14.0-427.13.1.el9_4.x86_64"},
    OsRelease{
        "Red Hat Enterprise Linux",
        "8.10 (Ootpa)",
        "8",
        "10",
        "0",
        "",
        "rhel",
        "fedora",
        "Ootpa",
        "x86_64",
        "4.18.0-553.el8_10.x86_64"},
};
constexpr std::array kMacos{
    OsRelease{
        "macOS", "14.6.1", "14", "6", "1", "23G93", "darwin", "darwin", "", "arm64", "23.6.0"},
    OsRelease{"macOS", "15.1", "15", "1", "0", "24B83", "darwin", "darwin", "", "arm64", "24.1.0"},
};
constexpr std::array kWindows{
    OsRelease{
        "Microsoft Windows 11 Enterprise",
        "10.0.22631",
        "10",
        "0",
        "",
        "22631",
        "windows",
        "windows",
        "",
        "64-bit",
        "10.0.22631.4317"},
    OsRelease{
        "Microsoft Windows 10 Pro",
        "10.0.19045",
        "10",
        "0",
        "",
        "19045",
        "windows",
        "windows",
        "",
        "64-bit",
        "10.0.19045.5011"},
};

constexpr std::array kPcs{
    Hardware{"Dell Inc.", "Latitude 7440", "13th Gen Intel(R) Core(TM) i7-1365U", 12, 16, 512},
    Hardware{
        "LENOVO",
        "ThinkPad T14 Gen 4",
        "AMD Ryzen 7 PRO 7840U w/ Radeon 780M Graphics",
        16,
        32,
        1000},
    Hardware{
        "HP", "HP EliteBook 840 14 inch G10", "13th Gen Intel(R) Core(TM) i5-1345U", 10, 16, 256},
};
constexpr std::array kServers{
    Hardware{
        "Dell Inc.", "PowerEdge R650", "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", 32, 128, 1920},
    Hardware{"QEMU", "Standard PC (Q35 + ICH9, 2009)", "AMD EPYC 7763 64-Core Processor", 4, 8, 80},
    Hardware{
        "HPE", "ProLiant DL360 Gen10", "Intel(R) Xeon(R) Silver 4214 CPU @ 2.20GHz", 24, 64, 960},
};
constexpr std::array kMacs{
    Hardware{"Apple Inc.", "Mac14,9", "Apple M2 Pro", 10, 16, 512},
    Hardware{"Apple Inc.", "Mac15,12", "Apple M3", 8, 16, 256},
    Hardware{"Apple Inc.", "MacBookPro18,3", "Apple M1 Pro", 10, 32, 1000},
};

constexpr std::array<std::string_view, 24> kPeople{
    "alex",   "amina", "ben",   "carla", "chen",  "dana", "emil", "fatima",
    "george", "hana",  "ivan",  "jo",    "karim", "lena", "marc", "nora",
    "omar",   "pia",   "quinn", "ravi",  "sofia", "tom",  "uma",  "yuki"};

struct Template {
    std::string_view name;
    std::string_view host_prefix;
    Family family;
    std::span<const OsRelease> releases;
    std::span<const Hardware> hardware;
};

const std::array kTemplates{
    Template{"ubuntu", "ubuntu", Family::linux, kUbuntu, kPcs},
    Template{"debian", "debian", Family::linux, kDebian, kServers},
    Template{"rhel", "rhel", Family::linux, kRhel, kServers},
    Template{"macos", "mac", Family::darwin, kMacos, kMacs},
    Template{"windows", "win", Family::windows, kWindows, kPcs},
};

const Template& template_of(Flavor flavor) {
    return kTemplates.at(static_cast<std::size_t>(flavor));
}

std::string make_serial(std::uint64_t bits) {
    constexpr std::string_view kLetters = "0123456789BCDFGHJKLMNPQRSTVWXYZ";
    std::string serial;
    for (int i = 0; i < 10; ++i) {
        serial += kLetters[bits % kLetters.size()];
        bits /= kLetters.size();
    }
    return serial;
}

std::string make_mac(std::uint64_t bits) {
    // Locally administered, so that no vendor's address is taken.
    return fmt::format(
        "02:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}",
        bits & 0xFFU,
        (bits >> 8U) & 0xFFU,
        (bits >> 16U) & 0xFFU,
        (bits >> 24U) & 0xFFU,
        (bits >> 32U) & 0xFFU
    );
}

}  // namespace

std::optional<Flavor> flavor_from_name(std::string_view name) {
    for (std::size_t i = 0; i < kTemplates.size(); ++i) {
        if (kTemplates.at(i).name == name) return static_cast<Flavor>(i);
    }
    if (name == "darwin") return Flavor::macos;
    return std::nullopt;
}

std::string_view flavor_name(Flavor flavor) {
    return template_of(flavor).name;
}

Family family_of(Flavor flavor) {
    return template_of(flavor).family;
}

int platform_mask(Family family) {
    switch (family) {
        case Family::darwin:
            return 21;
        case Family::windows:
            return 2;
        case Family::linux:
        case Family::this_machine:
            break;
    }
    return 9;
}

std::string uuid_from(std::uint64_t high, std::uint64_t low) {
    return fmt::format(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32U,
        (high >> 16U) & 0xFFFFU,
        high & 0xFFFU,
        0x8000U | ((low >> 48U) & 0x3FFFU),
        low & 0xFFFFFFFFFFFFU
    );
}

Profile make_profile(std::uint64_t seed, std::uint32_t index, Flavor flavor) {
    const auto& from = template_of(flavor);
    Profile profile;
    profile.flavor = flavor;
    profile.family = from.family;
    profile.index = index;
    profile.key = mix(mix(seed) ^ (index + 1ULL));
    const auto key = profile.key;
    profile.os = &from.releases[draw(key, "os") % from.releases.size()];
    profile.hardware = &from.hardware[draw(key, "hardware") % from.hardware.size()];
    profile.hostname = fmt::format("{}-{:05}", from.host_prefix, index);
    profile.uuid = uuid_from(draw(key, "uuid high"), draw(key, "uuid low"));
    if (from.family != Family::linux) {
        std::transform(profile.uuid.begin(), profile.uuid.end(), profile.uuid.begin(), [](char c) {
            return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
        });
    }
    profile.instance_id = uuid_from(draw(key, "instance high"), draw(key, "instance low"));
    profile.serial = make_serial(draw(key, "serial"));
    profile.mac = make_mac(draw(key, "mac"));
    // 10.x.y.z spelled from the index: distinct for the first 16 million hosts.
    const auto third = (index / 250) % 256;
    profile.address = fmt::format("10.{}.{}.{}", (index / 64000) % 256, third, index % 250 + 2);
    profile.gateway = fmt::format("10.{}.{}.1", (index / 64000) % 256, third);
    profile.username = kPeople.at(draw(key, "user") % kPeople.size());
    return profile;
}

}  // namespace fleet::perf
