// operations.md C.10 without mdm.

#include "key_rows.hpp"

namespace fleet::config {
namespace {

using enum Type;
using enum Mark;

void add_mail_and_licence(std::vector<Key>& out) {
    add_section(out, "email", {{"backend", text, "", "ses, or empty for SMTP."}});
    add_section(
        out,
        "ses",
        {
            {"region", text, "", "AWS region."},
            {"endpoint_url", text, "", "Another endpoint than AWS's own."},
            {"access_key_id", text, "", "AWS access key id."},
            {"secret_access_key", text, "", "AWS secret access key.", secret},
            {"sts_assume_role_arn", text, "", "AWS role to assume."},
            {"sts_external_id", text, "", "External id of that role."},
            {"source_arn", text, "", "Identity that may send."},
            {"sender_domain", text, "", "Domain of the sender; empty: that of the server."},
        }
    );
    add_section(
        out,
        "license",
        {
            {"key", text, "", "Licence; empty: free tier.", secret},
            {"enforce_host_limit", boolean, "false", "Refuse hosts above the licence's limit."},
        }
    );
    add_section(
        out,
        "upgrades",
        {{"allow_missing_migrations",
          boolean,
          "false",
          "Start although the database is not up to date."}}
    );
}

void add_vulnerabilities(std::vector<Key>& out) {
    add_section(
        out,
        "vulnerabilities",
        {
            {"databases_path", text, "/tmp/vulndbs", "Folder of the feeds; empty: no processing."},
            {"periodicity", duration, "1h0m0s", "How often vulnerabilities are looked for."},
            {"cpe_database_url", text, "", "Another source of the CPE database."},
            {"cpe_translations_url", text, "", "Another source of the CPE translations."},
            {"cve_feed_prefix_url", text, "", "Another source of the CVE feed."},
            {"cisa_known_exploits_url", text, "", "Another source of the known exploits."},
            {"current_instance_checks", text, "auto", "auto, yes or no: does this instance work?"},
            {"disable_schedule", boolean, "false", "Run only from outside."},
            {"disable_data_sync", boolean, "false", "Download nothing."},
            {"recent_vulnerability_max_age", duration, "720h0m0s", "How long one counts as new."},
            {"disable_win_os_vulnerabilities", boolean, "false", "Leave out Windows itself."},
            {"osv_for_vulnerabilities", boolean, "true", "Use OSV rather than OVAL."},
            {"max_concurrency", integer, "1", "Database connections used at once."},
        }
    );
}

void add_small_sections(std::vector<Key>& out) {
    add_section(out, "sentry", {{"dsn", text, "", "Where errors are reported to.", secret}});
    add_section(out, "geoip", {{"database_path", text, "", "MaxMind database file."}});
    add_section(
        out,
        "prometheus",
        {
            {"basic_auth.username", text, "", "User name for /metrics."},
            {"basic_auth.password", text, "", "Password for /metrics.", secret},
            {"basic_auth.disable", boolean, "false", "Serve /metrics to everybody."},
        }
    );
    add_section(
        out,
        "packaging",
        {{"global_enroll_secret", text, "", "Enroll secret of pre-built installers.", secret}}
    );
    add_section(
        out,
        "calendar",
        {{"periodicity", duration, "0s", "How often calendars sync; 0: 5 minutes."}}
    );
    add_section(
        out,
        "google_workspace",
        {
            {"max_users", integer, "0", "Most users synced; 0: no limit.", hidden},
            {"max_groups", integer, "0", "Most groups synced; 0: no limit.", hidden},
            {"max_group_members", integer, "0", "Most members a group; 0: no limit.", hidden},
            {"max_group_memberships", integer, "0", "Most memberships; 0: no limit.", hidden},
        }
    );
    add_section(
        out,
        "partnerships",
        {
            {"enable_secureframe", boolean, "false", "Use Secureframe's transparency page."},
            {"enable_primo", boolean, "false", "Hide the management of several teams."},
        }
    );
    add_section(
        out,
        "microsoft_compliance_partner",
        {{"proxy_uri", text, "https://fleetdm.com", "Proxy for conditional access."}}
    );
    add_section(
        out,
        "conditional_access",
        {{"cert_serial_format", text, "hex", "How serial numbers are written: hex or decimal."}}
    );
}

}  // namespace

void add_feature_keys(std::vector<Key>& out) {
    add_mail_and_licence(out);
    add_vulnerabilities(out);
    add_small_sections(out);
}

}  // namespace fleet::config
