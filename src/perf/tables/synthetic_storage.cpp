#include <fmt/format.h>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

constexpr std::int64_t kBlock = 4096;

std::string text(std::int64_t number) {
    return std::to_string(number);
}

std::int64_t disk_bytes(const Profile& profile) {
    return profile.hardware->disk_gb * 1'000'000'000;
}

/// Between 10 and 80 percent free, changing a little every hour.
std::int64_t free_bytes(const HostContext& host) {
    const auto percent = static_cast<std::int64_t>(10 + draw(host.profile.key, "disk") % 70);
    const auto drift = (host.now / 3600) % 50 * 4'000'000;
    return disk_bytes(host.profile) / 100 * percent - drift;
}

Row mount(
    const std::string& device,
    const std::string& path,
    const std::string& type,
    std::int64_t bytes,
    std::int64_t free,
    const std::string& flags
) {
    return {
        device,
        device,
        path,
        type,
        text(kBlock),
        text(bytes / kBlock),
        text(free / kBlock),
        text(free / kBlock),
        text(bytes / 16384),
        text(free / 16384),
        flags};
}

Rows mounts(const TableQuery& query) {
    const auto& host = query.host;
    const auto total = disk_bytes(host.profile);
    const auto free = free_bytes(host);
    if (host.profile.family == Family::darwin) {
        return {
            mount("/dev/disk3s1s1", "/", "apfs", total, free, "75550720"),
            mount("devfs", "/dev", "devfs", 200'000, 0, "68161536"),
            mount("/dev/disk3s5", "/System/Volumes/Data", "apfs", total, free, "76583936"),
        };
    }
    const auto* root_type = host.profile.flavor == Flavor::rhel ? "xfs" : "ext4";
    const auto* root =
        host.profile.flavor == Flavor::rhel ? "/dev/mapper/rhel-root" : "/dev/nvme0n1p2";
    return {
        mount("sysfs", "/sys", "sysfs", 0, 0, "rw,nosuid,nodev,noexec,relatime"),
        mount("proc", "/proc", "proc", 0, 0, "rw,nosuid,nodev,noexec,relatime"),
        mount("tmpfs", "/run", "tmpfs", 1'600'000'000, 1'590'000'000, "rw,nosuid,nodev,noexec"),
        mount(root, "/", root_type, total, free, "rw,relatime"),
        mount("/dev/nvme0n1p1", "/boot/efi", "vfat", 535'805'952, 529'000'000, "rw,relatime"),
    };
}

Rows block_devices(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const auto uuid = uuid_from(draw(profile.key, "block"), profile.key);
    const auto sectors = disk_bytes(profile) / 512;
    if (profile.family == Family::darwin) {
        return {{"/dev/disk0", "", "", "APPLE SSD", "", text(sectors), "512", uuid, "", ""}};
    }
    return {
        {"/dev/nvme0n1",
         "",
         "",
         "SAMSUNG MZVL2512",
         "S6" + profile.serial,
         text(sectors),
         "512",
         "",
         "",
         ""},
        {"/dev/nvme0n1p1", "/dev/nvme0n1", "", "", "", "1048576", "512", uuid, "vfat", ""},
        {"/dev/nvme0n1p2",
         "/dev/nvme0n1",
         "",
         "",
         "",
         text(sectors - 1048576),
         "512",
         uuid,
         "ext4",
         ""},
    };
}

bool is_encrypted(const Profile& profile) {
    return draw(profile.key, "encrypted") % 100 < 85;
}

Rows disk_encryption(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const bool on = is_encrypted(profile);
    const auto status = on ? "encrypted" : "not encrypted";
    if (profile.family == Family::darwin) {
        const auto user = uuid_from(draw(profile.key, "user uuid"), profile.key);
        return {
            {"/dev/disk3s1s1",
             uuid_from(profile.key, 7),
             on ? "1" : "0",
             on ? "APFS Encryption" : "",
             status,
             "501",
             on ? user : "",
             on ? "on" : "off"}};
    }
    return {
        {"/dev/nvme0n1", "", "0", "", "not encrypted", "", "", ""},
        {"/dev/nvme0n1p2",
         uuid_from(profile.key, 9),
         on ? "1" : "0",
         on ? "CRYPT-LUKS2" : "",
         status,
         "",
         "",
         ""},
    };
}

Rows logical_drives(const TableQuery& query) {
    return {
        {"C:",
         "Local Fixed Disk",
         "Local Fixed Disk",
         text(free_bytes(query.host)),
         text(disk_bytes(query.host.profile)),
         "NTFS",
         "1"},
    };
}

Rows bitlocker_info(const TableQuery& query) {
    const bool on = is_encrypted(query.host.profile);
    return {
        {"\\\\?\\Volume{c}",
         "C:",
         uuid_from(query.host.profile.key, 3),
         on ? "1" : "0",
         on ? "1" : "0",
         on ? "XTS-AES-128" : "None",
         on ? "1,3" : "",
         "2",
         on ? "100" : "0",
         "0"}};
}

/// A virtual host has the files it is asked for by exact name, if they look like real ones.
Rows file(const TableQuery& query) {
    Rows rows;
    for (const auto& path : query.values(0, Constraint::Op::equals)) {
        const auto slash = path.find_last_of("/\\");
        const bool there =
            slash != std::string::npos && draw(query.host.profile.key, path) % 10 < 8;
        if (!there) continue;
        const auto bits = draw(query.host.profile.key, path);
        const auto changed = text(1'700'000'000 + static_cast<std::int64_t>(bits % 20'000'000));
        rows.push_back(
            {path,
             path.substr(0, slash),
             path.substr(slash + 1),
             text(static_cast<std::int64_t>(bits % 1'000'000)),
             "0",
             "0",
             "0644",
             "0",
             text(static_cast<std::int64_t>(bits % 100'000)),
             "4096",
             changed,
             changed,
             changed,
             changed,
             "1",
             "0",
             "regular",
             ""}
        );
    }
    return rows;
}

Rows hash(const TableQuery& query) {
    Rows rows;
    for (const auto& path : query.values(0, Constraint::Op::equals)) {
        const auto slash = path.find_last_of("/\\");
        if (slash == std::string::npos) continue;
        const auto content =
            text(static_cast<std::int64_t>(draw(query.host.profile.key, path) % 4)) + path;
        rows.push_back(
            {path,
             path.substr(0, slash),
             hex_digest("MD5", content),
             hex_digest("SHA1", content),
             hex_digest("SHA256", content)}
        );
    }
    return rows;
}

}  // namespace

void add_synthetic_storage(TableSet& set, Family family) {
    set.push_back({"file", columns(shape::kFile), file, {0, 1}});
    set.push_back({"hash", columns(shape::kHash), hash, {0, 1}});
    if (family == Family::windows) {
        set.push_back(
            {"logical_drives",
             columns("device_id type description free_space:b size:b file_system boot_partition:i"),
             logical_drives}
        );
        set.push_back(
            {"bitlocker_info",
             columns("device_id drive_letter persistent_volume_id conversion_status:i "
                     "protection_status:i encryption_method protector_types version:i "
                     "percentage_encrypted:i lock_status:i"),
             bitlocker_info}
        );
        return;
    }
    set.push_back({"mounts", columns(shape::kMounts), mounts});
    set.push_back({"block_devices", columns(shape::kBlockDevices), block_devices});
    set.push_back({"disk_encryption", columns(shape::kDiskEncryption), disk_encryption});
}

}  // namespace fleet::perf
