#pragma once

#include <string_view>

/// What is installed (agent-api B.8.4). A column that a source lacks is empty, and absent when none
/// has it. Tables that list per user are joined with users, or they would show one user only.
namespace fleet::checkin {

inline constexpr std::string_view kSoftwareMacos = R"sql(
SELECT name, COALESCE(NULLIF(bundle_short_version, ''), bundle_version) AS version,
       'apps' AS source, bundle_identifier, '' AS extension_id, '' AS extension_for,
       last_opened_time AS last_opened_at, path AS installed_path
FROM apps
UNION ALL
SELECT c.name, c.version, 'chrome_extensions', '', c.identifier, c.browser_type, 0, c.path
FROM users u CROSS JOIN chrome_extensions c ON c.uid = u.uid
UNION ALL
SELECT f.name, f.version, 'firefox_addons', '', f.identifier, 'firefox', 0, f.path
FROM users u CROSS JOIN firefox_addons f ON f.uid = u.uid
UNION ALL
SELECT s.name, s.version, 'safari_extensions', '', s.identifier, 'safari', 0, s.path
FROM users u CROSS JOIN safari_extensions s ON s.uid = u.uid
UNION ALL
SELECT name, version, 'homebrew_packages', '', '', '', 0, path
FROM homebrew_packages
WHERE type = 'formula' OR (type = 'cask' AND COALESCE(app_name, '') = '')
UNION ALL
SELECT name, version, 'npm_packages', '', '', '', 0, path FROM npm_packages;)sql";

inline constexpr std::string_view kSoftwareLinux = R"sql(
SELECT name, version, 'deb_packages' AS source, '' AS extension_id, '' AS extension_for,
       '' AS vendor, '' AS release, arch, '' AS installed_path
FROM deb_packages WHERE status LIKE '% ok installed'
UNION ALL
SELECT name, version, 'rpm_packages', '', '', vendor, release, arch, '' FROM rpm_packages
UNION ALL
SELECT package, version, 'portage_packages', '', '', '', '', '', '' FROM portage_packages
UNION ALL
SELECT name, version, 'npm_packages', '', '', '', '', '', path FROM npm_packages
UNION ALL
SELECT c.name, c.version, 'chrome_extensions', c.identifier, c.browser_type, '', '', '', c.path
FROM users u CROSS JOIN chrome_extensions c ON c.uid = u.uid
UNION ALL
SELECT f.name, f.version, 'firefox_addons', f.identifier, 'firefox', '', '', '', f.path
FROM users u CROSS JOIN firefox_addons f ON f.uid = u.uid;)sql";

inline constexpr std::string_view kSoftwareWindows = R"sql(
SELECT name, version, 'programs' AS source, '' AS extension_id, '' AS extension_for,
       publisher AS vendor, upgrade_code, install_location AS installed_path
FROM programs
UNION ALL
SELECT name, version, 'ie_extensions', '', '', '', '', path FROM ie_extensions
UNION ALL
SELECT c.name, c.version, 'chrome_extensions', c.identifier, c.browser_type, '', '', c.path
FROM users u CROSS JOIN chrome_extensions c ON c.uid = u.uid
UNION ALL
SELECT f.name, f.version, 'firefox_addons', f.identifier, 'firefox', '', '', f.path
FROM users u CROSS JOIN firefox_addons f ON f.uid = u.uid
UNION ALL
SELECT name, version, 'chocolatey_packages', '', '', '', '', path
FROM chocolatey_packages;)sql";

inline constexpr std::string_view kSoftwareChrome = R"sql(
SELECT name, version, 'chrome_extensions' AS source, identifier AS extension_id,
       browser_type AS extension_for
FROM chrome_extensions;)sql";

// python_packages learnt to look into the directories of users in osquery 5.16. The version is
// asked here and not by discovery, where a mistake would cost the whole answer (agent-api F.13);
// CROSS JOIN keeps the tables in this order, so that the other versions do not look for packages at
// all.
inline constexpr std::string_view kPythonPackages = R"sql(
SELECT p.name AS name, p.version AS version, 'python_packages' AS source,
       p.path AS installed_path
FROM osquery_info i CROSS JOIN python_packages p
WHERE CAST(i.version AS INTEGER) * 1000 +
      CAST(substr(i.version, instr(i.version, '.') + 1) AS INTEGER) < 5016;)sql";

inline constexpr std::string_view kPythonPackagesOfUsers = R"sql(
SELECT name, version, 'python_packages' AS source, path AS installed_path FROM python_packages
UNION
SELECT p.name, p.version, 'python_packages', p.path
FROM users u CROSS JOIN python_packages p ON p.uid = u.uid;)sql";

inline constexpr std::string_view kVscodeExtensions = R"sql(
SELECT v.name AS name, v.version AS version, 'vscode_extensions' AS source,
       v.uuid AS extension_id, v.publisher AS vendor, v.vscode_edition AS extension_for,
       v.path AS installed_path
FROM users u CROSS JOIN vscode_extensions v ON v.uid = u.uid;)sql";

inline constexpr std::string_view kJetbrainsPlugins = R"sql(
SELECT j.name AS name, j.version AS version, 'jetbrains_plugins' AS source, j.vendor AS vendor,
       j.product_type AS extension_for, j.path AS installed_path
FROM users u CROSS JOIN jetbrains_plugins j ON j.uid = u.uid;)sql";

}  // namespace fleet::checkin
