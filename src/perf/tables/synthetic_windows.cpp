#include <fmt/format.h>

#include <array>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf {
namespace {

constexpr auto kCurrentVersion =
    R"(HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion)";

bool is_eleven(const Profile& profile) {
    return profile.os->build == "22631";
}

/// The handful of values that servers read. The real registry answers only for the keys asked
/// for; here the condition is left to SQLite.
Rows registry(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const std::string key = kCurrentVersion;
    const auto value = [&](const char* name, const char* type, std::string data) {
        return Row{key, key + "\\" + name, name, type, std::move(data), "1700000000"};
    };
    const auto kernel = profile.os->kernel;
    return {
        value("DisplayVersion", "REG_SZ", is_eleven(profile) ? "23H2" : "22H2"),
        value("UBR", "REG_DWORD", std::string{kernel.substr(kernel.rfind('.') + 1)}),
        value("InstallationType", "REG_SZ", "Client"),
        value("CurrentBuild", "REG_SZ", std::string{profile.os->build}),
        value(
            "ProductName", "REG_SZ", is_eleven(profile) ? "Windows 10 Enterprise" : "Windows 10 Pro"
        ),
    };
}

Rows optional_features(const TableQuery& /*query*/) {
    return {
        {"BitLocker", "BitLocker Drive Encryption", "1", "Enabled"},
        {"SMB1Protocol", "SMB 1.0/CIFS File Sharing Support", "2", "Disabled"},
        {"TelnetClient", "Telnet Client", "2", "Disabled"},
    };
}

Rows update_history(const TableQuery& query) {
    constexpr std::array<int, 4> kUpdates{5031455, 5034765, 5036893, 5043145};
    Rows rows;
    for (std::size_t at = 0; at < kUpdates.size(); ++at) {
        const auto date =
            query.host.now / 86400 * 86400 - static_cast<std::int64_t>(at) * 86400 * 30;
        const bool done = draw(query.host.profile.key + at, "update") % 10 != 0;
        rows.push_back(
            {"UpdateOrchestrator",
             std::to_string(date),
             "",
             "0",
             "Installation",
             done ? "Succeeded" : "Failed",
             "Windows Update",
             "",
             "https://support.example.com",
             fmt::format("2024-0{} Cumulative Update for Windows (KB{})", at + 1, kUpdates.at(at)),
             uuid_from(draw(1, "update") + at, at),
             "1"}
        );
    }
    return rows;
}

Rows patches(const TableQuery& query) {
    return {
        {query.host.profile.hostname,
         "KB5043145",
         "",
         "Security Update",
         "",
         "NT AUTHORITY\\SYSTEM",
         "",
         "9/26/2024"}};
}

Rows services(const TableQuery& /*query*/) {
    constexpr std::array<std::array<std::string_view, 2>, 6> kServices{{
        {"Dnscache", "DNS Client"},
        {"EventLog", "Windows Event Log"},
        {"LanmanServer", "Server"},
        {"osqueryd", "osqueryd"},
        {"Spooler", "Print Spooler"},
        {"WinDefend", "Microsoft Defender Antivirus Service"},
    }};
    Rows rows;
    for (const auto& [name, shown] : kServices) {
        rows.push_back(
            {std::string{name},
             "OWN_PROCESS",
             std::string{shown},
             "RUNNING",
             "1200",
             "AUTO_START",
             "0",
             "0",
             "C:\\Windows\\System32\\svchost.exe",
             "",
             std::string{shown},
             "LocalSystem"}
        );
    }
    return rows;
}

Rows security_center(const TableQuery& query) {
    const bool good = draw(query.host.profile.key, "defender") % 10 != 0;
    return {{"Good", "Good", good ? "Good" : "Poor", "Good", "Good", "Good", "Good"}};
}

Rows security_products(const TableQuery& query) {
    const bool good = draw(query.host.profile.key, "defender") % 10 != 0;
    return {
        {"Antivirus",
         "Microsoft Defender Antivirus",
         good ? "On" : "Off",
         "",
         "windowsdefender://",
         good ? "1" : "0"}};
}

}  // namespace

void add_synthetic_windows(TableSet& set) {
    set.push_back({"registry", columns("key path name type data mtime:b"), registry});
    set.push_back(
        {"windows_optional_features", columns("name caption state:i statename"), optional_features}
    );
    set.push_back(
        {"windows_update_history",
         columns(
             "client_app_id date:b description hresult:b operation result_code server_selection "
             "service_id support_url title update_id update_revision:b"
         ),
         update_history}
    );
    set.push_back(
        {"patches",
         columns("csname hotfix_id caption description fix_comments installed_by install_date "
                 "installed_on"),
         patches}
    );
    set.push_back(
        {"services",
         columns("name service_type display_name status pid:i start_type win32_exit_code:i "
                 "service_exit_code:i path module_path description user_account"),
         services}
    );
    set.push_back(
        {"windows_security_center",
         columns("firewall autoupdate antivirus antispyware internet_settings "
                 "windows_security_center_service user_account_control"),
         security_center}
    );
    set.push_back(
        {"windows_security_products",
         columns("type name state state_timestamp remediation_path signatures_up_to_date:i"),
         security_products}
    );
}

}  // namespace fleet::perf
