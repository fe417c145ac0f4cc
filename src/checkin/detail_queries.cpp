#include "fleet/checkin/detail_queries.hpp"

#include <algorithm>
#include <array>

#include "software_queries.hpp"

namespace fleet::checkin {
namespace {

constexpr unsigned kLinux = platform_bit(Platform::linux);
constexpr unsigned kDarwin = platform_bit(Platform::darwin);
constexpr unsigned kWindows = platform_bit(Platform::windows);
constexpr unsigned kChrome = platform_bit(Platform::chrome);
constexpr unsigned kUnix = kLinux | kDarwin;
constexpr unsigned kDesktop = kUnix | kWindows;

constexpr std::string_view kNetworkUnix = R"sql(
WITH candidate AS (
  SELECT a.address AS address, d.mac AS mac, r.metric AS metric,
         CASE WHEN instr(a.address, ':') > 0 THEN 6 ELSE 4 END AS family
  FROM routes r
  JOIN interface_addresses a ON a.interface = r.interface
  JOIN interface_details d ON d.interface = r.interface
  WHERE r.type = 'gateway' AND r.netmask = 0 AND r.destination IN ('0.0.0.0', '::', 'default')
)
SELECT address, mac FROM candidate
WHERE address LIKE '10.%' OR address LIKE '192.168.%' OR address LIKE 'fc%' OR address LIKE 'fd%'
   OR (address LIKE '172.%' AND CAST(substr(address, 5, 2) AS INTEGER) BETWEEN 16 AND 31)
   OR NOT EXISTS (SELECT 1 FROM candidate p WHERE p.address LIKE '10.%'
                  OR p.address LIKE '192.168.%' OR p.address LIKE '172.%')
ORDER BY CASE WHEN address LIKE 'fe80%' THEN 1 ELSE 0 END, metric, family LIMIT 1;)sql";

constexpr std::string_view kNetworkWindows = R"sql(
SELECT a.address AS address, d.mac AS mac
FROM routes r
JOIN interface_addresses a ON a.address = r.interface
JOIN interface_details d ON d.interface = a.interface
WHERE r.type = 'remote' AND r.netmask = 0 AND r.destination IN ('0.0.0.0', '::')
ORDER BY r.metric, CASE WHEN instr(a.address, ':') > 0 THEN 6 ELSE 4 END LIMIT 1;)sql";

constexpr std::string_view kOsWindows = R"sql(
SELECT o.name AS name, o.platform AS platform, o.platform_like AS platform_like,
       o.codename AS codename, o.build AS build, k.version AS kernel_version,
       (SELECT data FROM registry WHERE path =
         'HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\DisplayVersion')
         AS display_version,
       (SELECT data FROM registry WHERE path =
         'HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\UBR') AS ubr,
       (SELECT data FROM registry WHERE path =
         'HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\InstallationType')
         AS installation_type
FROM os_version o, kernel_info k;)sql";

constexpr std::string_view kDiskLinux = R"sql(
SELECT
  round(100.0 * r.blocks_available / r.blocks, 0) AS percent_disk_space_available,
  round(r.blocks_available * r.blocks_size * 1e-9, 2) AS gigs_disk_space_available,
  round(r.blocks * r.blocks_size * 1e-9, 2) AS gigs_total_disk_space,
  (SELECT round(sum(size) * 1e-9, 2) FROM (
     SELECT device, max(blocks * blocks_size) AS size FROM mounts
     WHERE type IN ('ext2','ext3','ext4','xfs','btrfs','ntfs','vfat','fuseblk','zfs')
       AND (device LIKE '/dev/sd%' OR device LIKE '/dev/hd%' OR device LIKE '/dev/vd%'
         OR device LIKE '/dev/nvme%' OR device LIKE '/dev/mapper%' OR device LIKE '/dev/md%'
         OR device LIKE '/dev/dm-%')
       AND path NOT LIKE '/media%' AND path NOT LIKE '/mnt%' AND path NOT LIKE '/dev%'
       AND path NOT LIKE '/proc%' AND path NOT LIKE '/sys%' AND path NOT LIKE '/run%'
       AND path NOT LIKE '/var/run%' AND path NOT LIKE '/boot%' AND path NOT LIKE '/snap%'
       AND path NOT LIKE '/var/snap%' AND path NOT LIKE '/var/lib/docker%'
       AND path NOT LIKE '/var/lib/containers%'
     GROUP BY device)) AS gigs_all_disk_space
FROM mounts r WHERE r.path = '/' AND r.blocks > 0 LIMIT 1;)sql";

constexpr std::string_view kDiskDarwin = R"sql(
SELECT round(100.0 * bytes_available / bytes_total, 0) AS percent_disk_space_available,
       round(bytes_available * 1e-9, 2) AS gigs_disk_space_available,
       round(bytes_total * 1e-9, 2) AS gigs_total_disk_space
FROM disk_space LIMIT 1;)sql";

constexpr std::string_view kDiskDarwinMounts = R"sql(
SELECT round(100.0 * blocks_available / blocks, 0) AS percent_disk_space_available,
       round(blocks_available * blocks_size * 1e-9, 2) AS gigs_disk_space_available,
       round(blocks * blocks_size * 1e-9, 2) AS gigs_total_disk_space
FROM mounts WHERE path = '/' AND blocks > 0 LIMIT 1;)sql";

constexpr std::string_view kDiskWindows = R"sql(
SELECT round(100.0 * sum(free_space) / sum(size), 0) AS percent_disk_space_available,
       round(sum(free_space) * 1e-9, 2) AS gigs_disk_space_available,
       round(sum(size) * 1e-9, 2) AS gigs_total_disk_space
FROM logical_drives WHERE file_system = 'NTFS' HAVING sum(size) > 0;)sql";

constexpr std::string_view kFlags = R"sql(
SELECT name, value FROM osquery_flags WHERE name IN
  ('distributed_interval', 'config_tls_refresh', 'config_refresh', 'logger_tls_period');)sql";

constexpr std::string_view kUsers = R"sql(
SELECT u.uid AS uid, u.uuid AS uuid, u.username AS username, u.type AS type,
       g.groupname AS groupname, u.shell AS shell
FROM users u LEFT JOIN groups g ON g.gid = u.gid
WHERE u.type <> 'special'
  AND u.shell NOT LIKE '%/false' AND u.shell NOT LIKE '%/nologin'
  AND u.shell NOT LIKE '%/shutdown' AND u.shell NOT LIKE '%/halt'
  AND u.username NOT LIKE '%$' AND u.username NOT LIKE '\_%' ESCAPE '\'
  AND u.username <> 'sync'
GROUP BY u.uid, u.username;)sql";

constexpr std::string_view kStats = R"sql(
SELECT s.name AS name, s.interval AS interval, s.executions AS executions,
       s.last_executed AS last_executed, s.denylisted AS denylisted, s.output_size AS output_size,
       s.wall_time AS wall_time, s.wall_time_ms AS wall_time_ms, s.user_time AS user_time,
       s.system_time AS system_time, s.average_memory AS average_memory,
       (SELECT value FROM osquery_flags WHERE name = 'pack_delimiter') AS delimiter
FROM osquery_schedule s;)sql";

constexpr std::string_view kCertificatesDarwin = R"sql(
SELECT ca, common_name, subject, issuer, key_algorithm, key_strength, key_usage,
       signing_algorithm, not_valid_after, not_valid_before, serial, sha1, path,
       CASE WHEN path = '/Library/Keychains/System.keychain' THEN 'system' ELSE 'user' END AS source
FROM certificates WHERE path = '/Library/Keychains/System.keychain'
   OR path LIKE '/Users/%/Library/Keychains/login.keychain-db';)sql";

constexpr std::string_view kCertificatesWindows = R"sql(
SELECT ca, common_name, subject, issuer, key_algorithm, key_strength, key_usage,
       signing_algorithm, not_valid_after, not_valid_before, serial, sha1, username,
       CASE WHEN username = 'SYSTEM' THEN 'system' ELSE 'user' END AS source
FROM certificates WHERE store = 'Personal' GROUP BY sha1, username;)sql";

constexpr std::array kQueries{
    DetailQuery{"network_interface_unix", kUnix, "", true, kNetworkUnix},
    DetailQuery{"network_interface_windows", kWindows, "", true, kNetworkWindows},
    DetailQuery{
        "network_interface_chrome",
        kChrome,
        "network_interfaces",
        true,
        "SELECT ipv4 AS address, mac FROM network_interfaces LIMIT 1;"},
    DetailQuery{"os_version", ~kWindows, "", true, "SELECT * FROM os_version LIMIT 1;"},
    DetailQuery{"os_version_windows", kWindows, "", true, kOsWindows},
    DetailQuery{"osquery_flags", ~kChrome, "", true, kFlags},
    DetailQuery{"osquery_info", kEveryPlatform, "", true, "SELECT * FROM osquery_info LIMIT 1;"},
    DetailQuery{"system_info", kEveryPlatform, "", true, "SELECT * FROM system_info LIMIT 1;"},
    DetailQuery{"uptime", ~kChrome, "", true, "SELECT * FROM uptime LIMIT 1;"},
    DetailQuery{"disk_space_unix", kLinux, "", true, kDiskLinux},
    DetailQuery{"disk_space_darwin", kDarwin, "disk_space", true, kDiskDarwin},
    DetailQuery{"disk_space_darwin_legacy", kDarwin, "mounts", true, kDiskDarwinMounts},
    DetailQuery{"disk_space_windows", kWindows, "", true, kDiskWindows},
    DetailQuery{"users", kDesktop, "", false, kUsers},
    DetailQuery{
        "battery",
        kDarwin | kWindows,
        "battery",
        false,
        "SELECT serial_number, cycle_count, designed_capacity, max_capacity FROM battery;"},
    DetailQuery{
        "disk_encryption_darwin",
        kDarwin,
        "",
        false,
        "SELECT 1 FROM disk_encryption WHERE user_uuid <> '' AND "
        "filevault_status = 'on' LIMIT 1;"},
    DetailQuery{
        "disk_encryption_linux",
        kLinux,
        "",
        false,
        "SELECT e.encrypted AS encrypted, m.path AS path FROM disk_encryption e "
        "JOIN mounts m ON m.device_alias = e.name WHERE m.path = '/';"},
    DetailQuery{
        "disk_encryption_windows",
        kWindows,
        "bitlocker_info",
        false,
        "SELECT 1 FROM bitlocker_info WHERE drive_letter = 'C:' AND "
        "protection_status = 1;"},
    DetailQuery{"certificates_darwin", kDarwin, "", false, kCertificatesDarwin},
    DetailQuery{"certificates_windows", kWindows, "", false, kCertificatesWindows},
    DetailQuery{"scheduled_query_stats", ~kChrome, "", false, kStats},
    DetailQuery{"software_macos", kDarwin, "", false, kSoftwareMacos},
    DetailQuery{"software_linux", kLinux, "", false, kSoftwareLinux},
    DetailQuery{"software_windows", kWindows, "", false, kSoftwareWindows},
    DetailQuery{"software_chrome", kChrome, "", false, kSoftwareChrome},
    DetailQuery{"software_python_packages", kDesktop, "python_packages", false, kPythonPackages},
    // Older versions fail it, for want of the column uid: then the query above has the answer.
    DetailQuery{
        "software_python_packages_with_users_dir",
        kDesktop,
        "python_packages",
        false,
        kPythonPackagesOfUsers},
    DetailQuery{
        "software_vscode_extensions", kDesktop, "vscode_extensions", false, kVscodeExtensions},
    DetailQuery{
        "software_jetbrains_plugins", kDesktop, "jetbrains_plugins", false, kJetbrainsPlugins},
};

void append_escaped(std::string& out, std::string_view text) {
    constexpr char kHex[] = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\r') {
            out += "\\r";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4U];
            out += kHex[byte & 0xFU];
        } else {
            out += c;
        }
    }
}

}  // namespace

std::span<const DetailQuery> detail_queries() {
    return kQueries;
}

const DetailQuery* find_detail_query(std::string_view name) {
    const auto* found = std::find_if(kQueries.begin(), kQueries.end(), [&](const DetailQuery& q) {
        return q.name == name;
    });
    return found == kQueries.end() ? nullptr : found;
}

DetailText detail_text(Platform platform, const DetailSettings& settings) {
    DetailText out;
    for (const DetailQuery& query : kQueries) {
        // A platform that nobody knows gets only what every platform understands.
        const bool applies = platform == Platform::unknown
                                 ? query.platforms == kEveryPlatform ||
                                       query.platforms == ~kWindows || query.platforms == ~kChrome
                                 : (query.platforms & platform_bit(platform)) != 0;
        if (!applies) continue;
        if (!settings.software && query.name.starts_with("software_")) continue;
        const std::string name = std::string{kDetailPrefix} + std::string{query.name};
        const auto replaced = settings.overrides.find(std::string{query.name});
        const std::string_view sql =
            replaced == settings.overrides.end() ? query.sql : std::string_view{replaced->second};
        // osquery drops a whole answer that holds an empty query (agent-api F.15).
        if (sql.empty()) continue;
        append_member(out.queries, name, sql);
        std::string discovery = "SELECT 1";
        if (query.name == "disk_space_darwin_legacy") {
            // Only where the extension's own table, which knows about purgeable space, is absent.
            discovery =
                "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM osquery_registry WHERE active = 1 AND "
                "registry = 'table' AND name = 'disk_space')";
        } else if (!query.needs_table.empty()) {
            discovery =
                "SELECT 1 FROM osquery_registry WHERE active = 1 AND registry = 'table' "
                "AND name = '" +
                std::string{query.needs_table} + "'";
        }
        append_member(out.discovery, name, discovery);
    }
    for (const auto& [name, sql] : settings.additional) {
        const std::string wire_name = std::string{kAdditionalPrefix} + name;
        append_member(out.queries, wire_name, sql);
        append_member(out.discovery, wire_name, "SELECT 1");
    }
    return out;
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
    if (!out.empty()) out += ',';
    out += '"';
    append_escaped(out, name);
    out += "\":\"";
    append_escaped(out, text);
    out += '"';
}

}  // namespace fleet::checkin
