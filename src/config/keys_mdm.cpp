// operations.md C.10, mdm.

#include "key_rows.hpp"

namespace fleet::config {
namespace {

using enum Type;
using enum Mark;

/// A certificate or key: as a file, or as PEM text in `<name>_bytes`.
void add_pem(std::vector<Key>& out, const std::string& name, const std::string& what) {
    add_section(
        out,
        "mdm",
        {
            {name, text, "", what + " (PEM file)."},
            {name + "_bytes", text, "", what + " (PEM text; not with " + name + ").", secret},
        }
    );
}

}  // namespace

void add_mdm_keys(std::vector<Key>& out) {
    add_pem(out, "apple_apns_cert", "Certificate for Apple's push service");
    add_pem(out, "apple_apns_key", "Key of that certificate");
    add_pem(out, "apple_scep_cert", "Certificate that signs devices");
    add_pem(out, "apple_scep_key", "Key of that certificate");
    add_pem(out, "apple_bm_server_token", "Token of Apple Business Manager");
    add_pem(out, "apple_bm_cert", "Certificate for Apple Business Manager");
    add_pem(out, "apple_bm_key", "Key of that certificate");
    add_pem(out, "windows_wstep_identity_cert", "Certificate that signs Windows devices");
    add_pem(out, "windows_wstep_identity_key", "Key of that certificate");
    add_section(
        out,
        "mdm",
        {
            {"apple_scep_challenge", text, "", "Challenge of device certificates.", secret},
            {"apple_vpp_app_metadata_api_bearer_token", text, "", "Token for app facts.", secret},
            {"apple_enable", boolean, "false", "Manage Apple devices."},
            {"apple_scep_signer_validity_days", integer, "365", "Life of device certificates."},
            {"apple_dep_sync_periodicity",
             duration,
             "1m0s",
             "How often new devices are asked for."},
            {"apple_apns_sweep_interval", duration, "0s", "How often pushes are sent again."},
            {"sso_rate_limit_per_minute", integer, "0", "Single sign-ons a minute; 0: as sign-in."},
            {"certificate_profiles_limit", integer, "100", "Profiles sent at once; 0: no limit."},
            {"enable_custom_os_updates_and_filevault",
             boolean,
             "false",
             "Old name of enable_custom_filevault."},
            {"enable_custom_filevault", boolean, "false", "Allow own FileVault profiles."},
            {"enable_custom_disk_encryption", boolean, "false", "Allow own encryption profiles."},
            {"allow_all_declarations", boolean, "false", "Allow every kind of declaration."},
            {"allow_custom_activations", boolean, "false", "Allow own activations."},
            {"allow_orbit_end_user_auth_bypass", boolean, "true", "Old agents skip the sign-in."},
            {"android_agent.package", text, "com.fleetdm.agent", "Android agent.", hidden},
            {"android_agent.signing_sha256",
             text,
             "x+IyvrwVbQEBYV/ojWmLavJE0VIZE1RAT2JmxeI5sFw=",
             "Digest of the Android agent's signing certificate.",
             hidden},
            {"android_batch_size", integer, "100", "Android devices a batch.", hidden},
        }
    );
}

}  // namespace fleet::config
