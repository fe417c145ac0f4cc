#include <fmt/format.h>

#include <array>

#include "perf/random.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

struct App {
    std::string_view name;
    std::string_view bundle;
    int major;
};

constexpr std::array kApps{
    App{"Google Chrome", "com.google.Chrome", 129},
    App{"Firefox", "org.mozilla.firefox", 131},
    App{"Slack", "com.tinyspeck.slackmacgap", 4},
    App{"zoom.us", "us.zoom.xos", 6},
    App{"Visual Studio Code", "com.microsoft.VSCode", 1},
    App{"Microsoft Word", "com.microsoft.Word", 16},
    App{"Microsoft Excel", "com.microsoft.Excel", 16},
    App{"Microsoft Outlook", "com.microsoft.Outlook", 16},
    App{"1Password", "com.1password.1password", 8},
    App{"Docker", "com.docker.docker", 4},
    App{"iTerm", "com.googlecode.iterm2", 3},
    App{"Postman", "com.postmanlabs.mac", 11},
    App{"Spotify", "com.spotify.client", 1},
    App{"Figma", "com.figma.Desktop", 124},
    App{"Notion", "notion.id", 3},
    App{"Safari", "com.apple.Safari", 18},
    App{"Utility", "org.example.utility", 2},
    App{"Helper", "org.example.helper", 5},
};

constexpr std::array<std::string_view, 4> kExtensions{
    "uBlock Origin Lite", "1Password", "React Developer Tools", "Zoom Extension"};

/// Nine in ten hosts run the newest minor version of an app.
std::string app_version(std::uint64_t key, std::size_t at, int major) {
    const auto bits = mix(key + at * 31);
    const auto minor = mix(at) % 60 + (bits % 10 == 0 ? 0U : 1U);
    return fmt::format("{}.{}.{}", major, minor, mix(at + 5) % 9);
}

/// The named apps first, then numbered ones.
struct Entry {
    std::string name;
    std::string bundle;
    std::string version;
};

std::vector<Entry> installed(const Profile& profile, std::size_t count) {
    std::vector<Entry> result;
    const auto key = draw(profile.key, "apps");
    for (std::size_t at = 0; at < count; ++at) {
        const auto& app = kApps.at(at % kApps.size());
        const auto round = at / kApps.size();
        Entry entry{
            std::string{app.name}, std::string{app.bundle}, app_version(key, at, app.major)};
        if (round > 0) {
            entry.name += fmt::format(" {}", round + 1);
            entry.bundle += fmt::format("{}", round + 1);
        }
        result.push_back(std::move(entry));
    }
    return result;
}

Rows apps(const TableQuery& query) {
    Rows rows;
    for (auto& entry : installed(query.host.profile, query.host.software.mac_apps)) {
        const auto opened =
            static_cast<double>(query.host.now / 86400 * 86400) -
            static_cast<double>(draw(query.host.profile.key, entry.bundle) % 5'000'000);
        const auto path = fmt::format("/Applications/{}.app", entry.name);
        rows.push_back(
            {entry.name + ".app",
             path,
             entry.name,
             entry.bundle,
             entry.name,
             entry.version,
             entry.version,
             "APPL",
             "",
             "1",
             "",
             "en",
             entry.name,
             "",
             "12.0",
             "public.app-category.productivity",
             "",
             "",
             fmt::format("{:.1f}", opened)}
        );
    }
    return rows;
}

Rows programs(const TableQuery& query) {
    Rows rows;
    for (auto& entry : installed(query.host.profile, 141)) {
        const auto id = uuid_from(draw(7, entry.bundle), draw(9, entry.bundle));
        rows.push_back(
            {entry.name,
             entry.version,
             "C:\\Program Files\\" + entry.name,
             "",
             "1033",
             "Example Publisher",
             fmt::format("MsiExec.exe /I{{{}}}", id),
             "20240917",
             fmt::format("{{{}}}", id),
             "",
             fmt::format("{{{}}}", uuid_from(draw(11, entry.bundle), 1))}
        );
    }
    return rows;
}

Rows homebrew_packages(const TableQuery& query) {
    constexpr std::array<std::string_view, 8> kFormulas{
        "git", "jq", "wget", "openssl@3", "python@3.12", "ripgrep", "node", "go"};
    Rows rows;
    for (std::size_t at = 0; at < kFormulas.size(); ++at) {
        const std::string name{kFormulas.at(at)};
        rows.push_back(
            {name,
             "/opt/homebrew/Cellar/" + name,
             app_version(query.host.profile.key, at, 2),
             "formula",
             "0",
             "",
             "/opt/homebrew"}
        );
    }
    return rows;
}

std::string local_user(Family family) {
    if (family == Family::darwin) return "501";
    return family == Family::windows ? "1001" : "1000";
}

Rows chrome_extensions(const TableQuery& query) {
    const auto& profile = query.host.profile;
    Rows rows;
    for (std::size_t at = 0; at < kExtensions.size(); ++at) {
        if (draw(profile.key + at, "extension") % 2 == 0) continue;
        auto id = hex_digest("MD5", kExtensions.at(at));
        for (auto& c : id)
            c = static_cast<char>(c <= '9' ? c - '0' + 'a' : c - 'a' + 'k');
        rows.push_back(
            {"chrome",
             local_user(profile.family),
             std::string{kExtensions.at(at)},
             "Default",
             "Default",
             id,
             id,
             app_version(profile.key, at, 2),
             "",
             "en",
             "en",
             "",
             "",
             "0",
             "Default/Extensions/" + id,
             "storage",
             "",
             "",
             "",
             "",
             "1",
             "true",
             "1",
             "",
             "1700000000"}
        );
    }
    return rows;
}

Rows certificates(const TableQuery& query) {
    const auto& profile = query.host.profile;
    const bool mac = profile.family == Family::darwin;
    const bool windows = profile.family == Family::windows;
    Rows rows;
    for (int i = 0; i < 3; ++i) {
        const auto name = i == 0 ? profile.hostname : fmt::format("Example Root CA {}", i);
        const auto start = 1'650'000'000 + i * 86400 * 30;
        const auto subject = fmt::format("/C=US/O=Example/CN={}", name);
        const auto* issuer = "/C=US/O=Example/CN=Example Root CA 1";
        rows.push_back({
            name,
            subject,
            subject,
            issuer,
            issuer,
            i == 0 ? "0" : "1",
            i == 1 ? "1" : "0",
            fmt::format("{}", start),
            fmt::format("{}", start + 86400 * 3650),
            "ecdsa-with-SHA256",
            "id-ecPublicKey",
            "256",
            i == 0 ? "Digital Signature" : "Key Cert Sign",
            "",
            "",
            sha1_hex(name),
            mac ? "/Library/Keychains/System.keychain" : "",
            fmt::format("{:016x}", draw(7, name)),
            windows ? "S-1-5-18" : "",
            windows ? "LocalMachine" : "",
            windows ? "Personal" : "",
            windows ? "SYSTEM" : "",
            "",
        });
    }
    return rows;
}

}  // namespace

void add_synthetic_apps(TableSet& set, Family family) {
    set.push_back(
        {"chrome_extensions",
         columns("browser_type uid:b name profile profile_path referenced_identifier identifier "
                 "version description default_locale current_locale update_url author persistent:i "
                 "path permissions permissions_json optional_permissions optional_permissions_json "
                 "manifest_hash referenced:b from_webstore state install_time install_timestamp:b"),
         chrome_extensions}
    );
    set.push_back(
        {"firefox_addons",
         columns("uid:b name identifier creator type version description source_url visible:i "
                 "active:i disabled:i autoupdate:i location path"),
         no_rows}
    );
    set.push_back(
        {"vscode_extensions",
         columns("name uuid version path publisher publisher_id installed_at:b prerelease:i uid:b "
                 "vscode_edition"),
         no_rows}
    );
    if (family != Family::linux) {
        set.push_back({"certificates", columns(shape::kCertificates), certificates});
    } else {
        set.push_back({"certificates", columns(shape::kCertificates), no_rows});
    }
    if (family == Family::windows) {
        set.push_back(
            {"programs",
             columns("name version install_location install_source language publisher "
                     "uninstall_string install_date identifying_number package_family_name "
                     "upgrade_code"),
             programs}
        );
        set.push_back(
            {"chocolatey_packages", columns("name version summary author license path"), no_rows}
        );
        set.push_back({"ie_extensions", columns("name registry_path version path"), no_rows});
    }
    if (family != Family::darwin) return;
    set.push_back(
        {"apps",
         columns(
             "name path bundle_executable bundle_identifier bundle_name bundle_short_version "
             "bundle_version bundle_package_type environment element compiler development_region "
             "display_name info_string minimum_system_version category applescript_enabled "
             "copyright last_opened_time:d"
         ),
         apps}
    );
    set.push_back(
        {"homebrew_packages",
         columns("name path version type auto_updates:i app_name prefix"),
         homebrew_packages}
    );
    set.push_back(
        {"safari_extensions",
         columns("uid:b name identifier version sdk description path bundle_version copyright"),
         no_rows}
    );
}

}  // namespace fleet::perf
