#include "fleet/service/setup_service.hpp"

#include <string_view>

#include "fleet/checkin/default_options.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/core/json.hpp"
#include "fleet/service/passwords.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kSecretBytes = 24;
constexpr std::size_t kMaxSecret = 255;

Result<> check(const SetupRequest& in, const std::string& email) {
    FLEET_CHECK(check_email(email));
    if (in.admin_password.empty()) {
        return fail(Error::invalid("password", "Password cannot be empty"));
    }
    FLEET_CHECK(check_password("password", in.admin_password));
    if (in.org_name.empty()) {
        return fail(Error::invalid("org_name", "organization name cannot be empty"));
    }
    const std::string_view url = in.server_url;
    if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://")) {
        return fail(Error::invalid("server_url", "must start with https:// or http://"));
    }
    if (in.enroll_secret.size() > kMaxSecret) {
        return fail(Error::invalid("osquery_enroll_secret", "must not exceed 255 bytes"));
    }
    return {};
}

/// A server that holds reads open bounds their rate by that; agents should come back at once.
json::Value options_for_parked_reads() {
    json::Value options = checkin::default_agent_options();
    options["config"]["options"]["distributed_interval"] = 1;
    return options;
}

/// The stored document with what setup knows put in; the rest are defaults.
std::string first_config(const std::string& stored, const SetupRequest& in, bool parked_reads) {
    json::Value config = json::Value::parse(stored, nullptr, false);
    if (!config.is_object()) config = json::Value::object();
    config["org_info"]["org_name"] = in.org_name;
    config["org_info"]["org_logo_url"] = in.org_logo_url;
    config["server_settings"]["server_url"] = in.server_url;
    if (parked_reads && !config.contains("agent_options")) {
        config["agent_options"] = options_for_parked_reads();
    }
    return json::dump(config);
}

User first_admin(const SetupRequest& in, const std::string& email) {
    User admin;
    admin.name = in.admin_name.empty() ? email : in.admin_name;
    admin.email = email;
    admin.global_role = Role::admin;
    return admin;
}

}  // namespace

Result<LoggedIn> SetupService::set_up(const SetupRequest& in) {
    const std::string email = normal_email(in.admin_email);
    FLEET_CHECK(check(in, email));
    const std::string hash = hash_password(in.admin_password);
    const std::string secret =
        in.enroll_secret.empty() ? random_base64(kSecretBytes) : in.enroll_secret;

    auto out = store::with_write(deps_.db, [&](store::Session& session) -> Result<LoggedIn> {
        // Two browsers may press the button at once: the lock makes one of them the second.
        const auto stored = deps_.configs.lock(session);
        if (deps_.users.any(session)) return fail(Error::not_found("path", "/api/v1/setup"));

        FLEET_TRY(const UserId id, deps_.users.insert(session, first_admin(in, email), hash));
        const std::vector<std::string> secrets{secret};
        FLEET_CHECK(deps_.secrets.replace(session, std::nullopt, secrets, deps_.clock.now()));
        deps_.configs.save(session, first_config(stored.json, in, deps_.parked_reads));
        LoggedIn logged_in;
        logged_in.user = deps_.users.find(session, id).value();
        logged_in.token = deps_.auth.open_session(session, id);
        return logged_in;
    });
    if (out) deps_.auth.note_set_up();
    return out;
}

}  // namespace fleet::service
