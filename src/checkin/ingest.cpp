#include "fleet/checkin/ingest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "fleet/checkin/detail_queries.hpp"
#include "fleet/core/utf8.hpp"

namespace fleet::checkin {
namespace {

std::string text(const RowText& row, std::string_view column) {
    return clipped(value_of(row, column), 1'023);
}

std::optional<std::string> reported(const RowText& row, std::string_view column) {
    for (const auto& [name, value] : row) {
        if (name == column) return clipped(value, 1'023);
    }
    return std::nullopt;
}

std::int64_t number(std::string_view value) {
    std::int64_t out = 0;
    std::from_chars(value.data(), value.data() + value.size(), out);
    return out;
}

std::optional<std::int64_t> reported_number(const RowText& row, std::string_view column) {
    const std::string_view value = value_of(row, column);
    if (value.empty()) return std::nullopt;
    return number(value);
}

std::optional<double> reported_real(const RowText& row, std::string_view column) {
    const std::string value{value_of(row, column)};
    if (value.empty()) return std::nullopt;
    char* end = nullptr;
    const double out = std::strtod(value.c_str(), &end);
    if (end == value.c_str() || !(out >= 0) || out > 1e15) return std::nullopt;
    return out;
}

std::optional<Time> unix_time(std::string_view value) {
    const std::int64_t seconds = number(value);
    constexpr std::int64_t kYear9999 = 253'402'300'799;
    if (seconds <= 0 || seconds > kYear9999) return std::nullopt;
    return from_unix_seconds(seconds);
}

bool contains_ignoring_case(std::string_view haystack, std::string_view needle) {
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == b;
    };
    return std::search(haystack.begin(), haystack.end(), needle.begin(), needle.end(), same) !=
           haystack.end();
}

/// agent-api B.8.1: what vendors write when there is no serial.
std::optional<std::string> clean_serial(std::optional<std::string> serial) {
    if (!serial || *serial == "-1") return std::nullopt;
    for (const std::string_view filler : {"default", "serial", "string"}) {
        if (contains_ignoring_case(*serial, filler)) return std::string{};
    }
    return serial;
}

std::string version_of(const RowText& row, std::string_view platform) {
    const std::string version = text(row, "version");
    if (platform == "ubuntu") {
        std::string out = version.substr(0, version.find(" ("));
        return out;
    }
    if (platform == "chrome") return version;
    const std::string major = text(row, "major");
    const std::string minor = text(row, "minor");
    const std::string patch = text(row, "patch");
    const auto set = [](const std::string& part) { return !part.empty() && part != "0"; };
    std::string out;
    if (set(major) || set(minor) || set(patch)) {
        out = major + "." + minor + "." + patch;
    } else {
        out = text(row, "build");
    }
    while (!out.empty() && out.back() == '.')
        out.pop_back();
    return out;
}

void ingest_os_version(const RowText& row, HostVitals& out) {
    const std::string name = text(row, "name");
    std::string platform = text(row, "platform");
    if (platform.empty() && contains_ignoring_case(name, "centos")) platform = "centos";
    if (!platform.empty()) out.platform = platform;
    out.platform_like = reported(row, "platform_like");
    out.build = reported(row, "build");
    out.code_name = reported(row, "codename");
    std::string line = name;
    if (const std::string version = version_of(row, platform); !version.empty()) {
        line += (line.empty() ? "" : " ") + version;
    }
    if (const std::string extra = text(row, "extra"); !extra.empty()) line += " " + extra;
    if (!line.empty()) out.os_version = line;
}

void ingest_os_version_windows(const RowText& row, HostVitals& out) {
    std::string name = text(row, "name");
    constexpr std::string_view kVendor = "Microsoft ";
    if (name.starts_with(kVendor)) name.erase(0, kVendor.size());
    if (text(row, "installation_type") == "Server Core") name += " (Server Core)";
    if (const std::string version = text(row, "display_version"); !version.empty()) {
        name += " " + version;
    }
    if (const std::string kernel = text(row, "kernel_version"); !kernel.empty()) {
        name += " " + kernel;
        if (const std::string ubr = text(row, "ubr"); !ubr.empty()) name += "." + ubr;
    }
    out.os_version = name;
    const std::string platform = text(row, "platform");
    out.platform = platform.empty() ? "windows" : platform;
    out.build = reported(row, "build");
    out.code_name = reported(row, "codename");
    out.platform_like = reported(row, "platform_like");
}

void ingest_system_info(const RowText& row, HostVitals& out) {
    if (const std::string hostname = text(row, "hostname"); !hostname.empty()) {
        out.hostname = hostname;
    }
    if (const std::string uuid = text(row, "uuid"); !uuid.empty()) out.uuid = uuid;
    out.computer_name = reported(row, "computer_name");
    out.memory = reported_number(row, "physical_memory");
    out.cpu_type = reported(row, "cpu_type");
    out.cpu_subtype = reported(row, "cpu_subtype");
    out.cpu_brand = reported(row, "cpu_brand");
    out.cpu_physical_cores = reported_number(row, "cpu_physical_cores");
    out.cpu_logical_cores = reported_number(row, "cpu_logical_cores");
    constexpr std::int64_t kMostCores = 1'000'000;  // the column is an INT
    if (out.cpu_physical_cores) {
        out.cpu_physical_cores = std::clamp<std::int64_t>(*out.cpu_physical_cores, 0, kMostCores);
    }
    if (out.cpu_logical_cores) {
        out.cpu_logical_cores = std::clamp<std::int64_t>(*out.cpu_logical_cores, 0, kMostCores);
    }
    out.hardware_vendor = reported(row, "hardware_vendor");
    out.hardware_model = reported(row, "hardware_model");
    out.hardware_version = reported(row, "hardware_version");
    out.hardware_serial = clean_serial(reported(row, "hardware_serial"));
}

void ingest_flags(const std::vector<RowText>& rows, HostVitals& out) {
    std::optional<std::int64_t> config_refresh;
    constexpr std::int64_t kMostSeconds = 30 * 86'400;
    for (const RowText& row : rows) {
        const std::string_view name = value_of(row, "name");
        const std::int64_t value =
            std::clamp<std::int64_t>(number(value_of(row, "value")), 0, kMostSeconds);
        if (name == "distributed_interval") out.distributed_interval = value;
        if (name == "logger_tls_period") out.logger_tls_period = value;
        if (name == "config_refresh") config_refresh = value;
        if (name == "config_tls_refresh") out.config_tls_refresh = value;
    }
    // B.8.1: the alias wins when it is set.
    if (!out.config_tls_refresh || *out.config_tls_refresh == 0) {
        if (config_refresh) out.config_tls_refresh = config_refresh;
    }
}

void ingest_disk(const RowText& row, HostVitals& out) {
    out.percent_disk_space_available = reported_real(row, "percent_disk_space_available");
    out.gigs_disk_space_available = reported_real(row, "gigs_disk_space_available");
    out.gigs_total_disk_space = reported_real(row, "gigs_total_disk_space");
    out.gigs_all_disk_space = reported_real(row, "gigs_all_disk_space");
}

void ingest_users(const std::vector<RowText>& rows, HostUpdate& update) {
    std::vector<HostUser>& users = update.users.emplace();
    for (const RowText& row : rows) {
        HostUser user{
            number(value_of(row, "uid")),
            text(row, "username"),
            text(row, "type"),
            text(row, "groupname"),
            text(row, "shell")};
        if (!user.username.empty()) users.push_back(std::move(user));
    }
    std::sort(users.begin(), users.end(), [](const HostUser& a, const HostUser& b) {
        return std::tie(a.uid, a.username) < std::tie(b.uid, b.username);
    });
}

void ingest_battery(const std::vector<RowText>& rows, HostUpdate& update) {
    constexpr std::int64_t kWornCycles = 1'000;
    constexpr std::int64_t kWornPercent = 80;
    std::vector<HostBattery>& batteries = update.batteries.emplace();
    for (const RowText& row : rows) {
        HostBattery battery{text(row, "serial_number"), number(value_of(row, "cycle_count")), ""};
        battery.cycle_count = std::clamp<std::int64_t>(battery.cycle_count, 0, 1'000'000);
        const std::int64_t designed = number(value_of(row, "designed_capacity"));
        const std::int64_t now = number(value_of(row, "max_capacity"));
        if (designed <= 0 || now < 0) {
            battery.health = "Unknown";
        } else {
            const bool worn =
                now * 100 / designed < kWornPercent || battery.cycle_count >= kWornCycles;
            battery.health = worn ? "Service recommended" : "Normal";
        }
        batteries.push_back(std::move(battery));
    }
    std::sort(batteries.begin(), batteries.end(), [](const auto& a, const auto& b) {
        return a.serial_number < b.serial_number;
    });
}

void ingest_certificates(const std::vector<RowText>& rows, HostUpdate& update) {
    std::vector<HostCertificate>& out = update.certificates.emplace();
    for (const RowText& row : rows) {
        HostCertificate c;
        c.sha1 = text(row, "sha1");
        if (c.sha1.empty()) continue;
        c.common_name = text(row, "common_name");
        c.subject = text(row, "subject");
        c.issuer = text(row, "issuer");
        c.key_algorithm = text(row, "key_algorithm");
        c.key_usage = text(row, "key_usage");
        c.signing_algorithm = text(row, "signing_algorithm");
        c.serial = text(row, "serial");
        c.source = text(row, "source");
        c.username = text(row, "username");
        constexpr std::string_view kHomes = "/Users/";
        const std::string path = text(row, "path");
        if (c.username.empty() && path.starts_with(kHomes)) {
            c.username = path.substr(kHomes.size(), path.find('/', kHomes.size()) - kHomes.size());
        }
        c.key_strength =
            std::clamp<std::int64_t>(number(value_of(row, "key_strength")), 0, 1 << 20);
        c.authority = value_of(row, "ca") == "1";
        c.not_valid_before = unix_time(value_of(row, "not_valid_before"));
        c.not_valid_after = unix_time(value_of(row, "not_valid_after"));
        out.push_back(std::move(c));
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::tie(a.sha1, a.username) < std::tie(b.sha1, b.username);
    });
}

void ingest_query_stats(
    const std::vector<RowText>& rows, const ResolveQuery& resolve, HostUpdate& update
) {
    for (const RowText& row : rows) {
        ScheduledQueryStats stats;
        stats.executions = number(value_of(row, "executions"));
        if (stats.executions <= 0) continue;
        const auto query = resolve(value_of(row, "name"));
        if (!query) continue;
        stats.query = *query;
        stats.interval = number(value_of(row, "interval"));
        stats.average_memory = number(value_of(row, "average_memory"));
        stats.system_time = number(value_of(row, "system_time"));
        stats.user_time = number(value_of(row, "user_time"));
        stats.output_size = number(value_of(row, "output_size"));
        stats.denylisted = value_of(row, "denylisted") == "1";
        const std::string_view precise = value_of(row, "wall_time_ms");
        stats.wall_time =
            precise.empty() ? number(value_of(row, "wall_time")) * 1'000 : number(precise);
        stats.last_executed = unix_time(value_of(row, "last_executed"));
        update.query_stats.push_back(stats);
    }
}

}  // namespace

void ingest_detail(
    std::string_view name,
    const std::vector<RowText>& rows,
    const ResolveQuery& resolve,
    HostUpdate& update
) {
    const DetailQuery* query = find_detail_query(name);
    if (query == nullptr) return;
    if (query->host_column) update.details_fetched = true;
    HostVitals& vitals = update.vitals;
    static const RowText kNone{};
    const RowText& first = rows.empty() ? kNone : rows.front();
    if (name == "users") return ingest_users(rows, update);
    if (name == "battery") return ingest_battery(rows, update);
    if (name == "scheduled_query_stats") return ingest_query_stats(rows, resolve, update);
    if (name == "osquery_flags") return ingest_flags(rows, vitals);
    if (name.starts_with("certificates_")) return ingest_certificates(rows, update);
    if (name == "disk_encryption_linux") {
        // No row: the root device is not one that the table knows about.
        if (!rows.empty()) vitals.disk_encrypted = value_of(first, "encrypted") == "1";
        return;
    }
    if (name.starts_with("disk_encryption_")) {
        vitals.disk_encrypted = !rows.empty();
        return;
    }
    if (rows.empty()) return;
    if (name.starts_with("network_interface_")) {
        vitals.primary_ip = text(first, "address");
        vitals.primary_mac = text(first, "mac");
    } else if (name == "os_version") {
        ingest_os_version(first, vitals);
    } else if (name == "os_version_windows") {
        ingest_os_version_windows(first, vitals);
    } else if (name == "osquery_info") {
        vitals.osquery_version = reported(first, "version");
    } else if (name == "system_info") {
        ingest_system_info(first, vitals);
    } else if (name == "uptime") {
        constexpr std::int64_t kNanos = 1'000'000'000;
        constexpr std::int64_t kMostSeconds = 100LL * 365 * 86'400;
        const auto seconds = reported_number(first, "total_seconds");
        if (seconds)
            vitals.uptime_ns = std::clamp<std::int64_t>(*seconds, 0, kMostSeconds) * kNanos;
    } else if (name.starts_with("disk_space_")) {
        ingest_disk(first, vitals);
    }
}

void ingest_enrollment(const EnrollBody& body, HostVitals& vitals) {
    for (const auto& [table, row] : body.host_details) {
        if (table == "system_info") ingest_system_info(row, vitals);
        if (table == "osquery_info") vitals.osquery_version = reported(row, "version");
        if (table == "os_version") {
            const bool windows = value_of(row, "platform") == "windows";
            if (windows) {
                ingest_os_version_windows(row, vitals);
            } else {
                ingest_os_version(row, vitals);
            }
        }
    }
}

}  // namespace fleet::checkin
