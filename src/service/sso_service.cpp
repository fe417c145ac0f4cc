#include "fleet/service/sso_service.hpp"

#include "account_activities.hpp"
#include "account_settings.hpp"
#include "app_config_document.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/core/log.hpp"
#include "fleet/service/passwords.hpp"
#include "sso_roles.hpp"
#include "user_rules.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kCookieBytes = 32;
constexpr std::size_t kRequestIdBytes = 20;
constexpr const char* kAcsPath = "/api/v1/fleet/sso/callback";

void log_refusal(const Error& error) {
    std::string reason = error.detail;
    if (reason.empty()) reason = error.fields.empty() ? error.message : error.fields.front().reason;
    log::warn("single sign-on refused", {{"reason", reason}});
}

SsoEnd failed(SsoFailure failure) {
    SsoEnd out;
    out.failure = failure;
    return out;
}

}  // namespace

SsoButton SsoService::button() {
    const SsoSettings settings = sso_settings(full_config(deps_.configs.load().json));
    return {
        .enabled = settings.enabled,
        .idp_name = settings.idp_name,
        .idp_image_url = settings.idp_image_url,
    };
}

std::string SsoService::acs_url(const SsoSettings& settings) const {
    return settings.server_url + settings_.url_prefix + kAcsPath;
}

Result<sso::Provider> SsoService::provider(const SsoSettings& settings) {
    if (!settings.metadata.empty()) return sso::parse_metadata(settings.metadata);
    return providers_.get(settings.metadata_url);
}

Result<SsoStart> SsoService::start(const std::string& relay_url) {
    FLEET_CHECK(deps_.start_limit.pass(deps_.clock.now()));
    const SsoSettings settings = sso_settings(full_config(deps_.configs.load().json));
    if (!settings.enabled) {
        return fail(Error::bad_request("organization not configured to use sso"));
    }
    if (!is_safe_relay(relay_url, settings.server_url)) {
        return fail(Error::bad_request("relay_url must be a place on this server"));
    }
    FLEET_TRY(const sso::Provider identity, provider(settings));

    const Time now = deps_.clock.now();
    const auto life = std::chrono::duration_cast<std::chrono::microseconds>(settings_.life);
    // An XML id does not begin with a digit.
    const std::string id = "_" + to_hex(random_bytes(kRequestIdBytes));
    SsoStart out;
    out.cookie = random_token(kCookieBytes);
    out.life = std::chrono::duration_cast<std::chrono::seconds>(settings_.life);
    out.url = sso::redirect_url(
        identity,
        {.id = id, .acs_url = acs_url(settings), .issuer = settings.entity_id, .issued_at = now}
    );
    deps_.requests.insert(
        sha256(out.cookie), {.id = id, .relay_url = relay_url, .expires_at = now + life}
    );
    return out;
}

Result<sso::SignedOn> SsoService::checked_answer(
    const SsoSettings& settings,
    const std::string& answer_xml,
    const sso::Expected& expected,
    sso::Provider& identity
) {
    auto who = sso::check_answer(answer_xml, identity, expected);
    const bool may_have_new_keys = settings.metadata.empty();
    if (who || !may_have_new_keys || !sso::is_unknown_signature(who.error())) return who;
    auto renewed = providers_.renewed(settings.metadata_url);
    if (!renewed) return who;
    identity = *std::move(renewed);
    return sso::check_answer(answer_xml, identity, expected);
}

Result<sso::SignedOn> SsoService::check(
    const SsoSettings& settings,
    const std::string& answer_xml,
    const std::optional<store::SsoRequest>& request
) {
    if (request && request->expires_at <= deps_.clock.now()) {
        return fail(Error::bad_request("the sign-on took too long"));
    }
    if (!request && !settings.idp_initiated) {
        return fail(Error::bad_request("no sign-on was started in this browser"));
    }
    FLEET_TRY(sso::Provider identity, provider(settings));
    sso::Expected expected;
    expected.acs_url = acs_url(settings);
    expected.audience = settings.entity_id;
    if (request) expected.in_response_to = request->id;
    expected.now = deps_.clock.now();
    FLEET_TRY(sso::SignedOn who, checked_answer(settings, answer_xml, expected, identity));
    if (!deps_.requests.note_assertion(
            sha256(identity.entity_id + '\n' + who.assertion_id), who.expires_at
        )) {
        return fail(Error::bad_request("this answer was used before"));
    }
    return who;
}

Result<SsoEnd> SsoService::end(
    const std::string& answer_xml, const std::string& cookie, const std::string& public_ip
) {
    FLEET_CHECK(deps_.end_limit.pass(deps_.clock.now()));
    const SsoSettings settings = sso_settings(full_config(deps_.configs.load().json));
    if (!settings.enabled) return failed(SsoFailure::org_disabled);
    const auto request = cookie.empty() ? std::nullopt : deps_.requests.take(sha256(cookie));
    const auto who = check(settings, answer_xml, request);
    if (!who) {
        log_refusal(who.error());
        return failed(SsoFailure::error);
    }
    auto user = account_of(*who, settings.jit_provisioning);
    if (!user) {
        log_refusal(user.error());
        return failed(SsoFailure::error);
    }
    if (!*user) return failed(SsoFailure::account_invalid);
    SsoEnd out;
    out.token = deps_.auth.enter(**std::move(user), public_ip).token;
    out.relay_url = request ? request->relay_url : settings_.url_prefix + '/';
    return out;
}

Result<std::optional<User>> SsoService::account_of(const sso::SignedOn& who, bool may_make) {
    const std::string email = normal_email(who.name_id);
    if (!check_email(email)) return std::optional<User>{};
    auto user = deps_.users.find_by_email(email);
    if (user && (!user->sso_enabled || user->api_only)) return std::optional<User>{};
    if (!may_make) return user;
    FLEET_TRY(User out, user ? follow_roles(who, *user) : make_account(who, email));
    return std::optional<User>{std::move(out)};
}

Result<User> SsoService::make_account(const sso::SignedOn& who, const std::string& email) {
    FLEET_TRY(const auto roles, roles_of_attributes(who.attributes));
    User user;
    user.name = name_of_attributes(who.attributes, email);
    user.email = email;
    user.sso_enabled = true;
    user.global_role = roles ? roles->global : Role::observer;
    if (roles) user.teams = roles->teams;
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<User> {
        FLEET_TRY(const UserId id, deps_.users.insert(session, user, ""));
        User made = deps_.users.find(session, id).value();
        const Viewer actor = as_actor(made);
        deps_.activities.record(session, actor, "user_added_by_sso", "");
        record_role_changes(deps_.activities, session, actor, User{}, made);
        return made;
    });
}

Result<User> SsoService::follow_roles(const sso::SignedOn& who, const User& user) {
    FLEET_TRY(const auto roles, roles_of_attributes(who.attributes));
    if (!roles || same_roles(user, *roles)) return user;
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<User> {
        const auto before = deps_.users.lock(session, user.id);
        if (!before) return fail(Error::unauthenticated("Authentication failed"));
        const bool demoted = before->global_role == Role::admin && roles->global != Role::admin;
        if (demoted && !deps_.users.has_other_global_admin(session, user.id)) {
            log::warn("the last global admin stays one, whatever the identity provider says");
            return *before;
        }
        User after = *before;
        after.global_role = roles->global;
        after.teams = roles->teams;
        FLEET_CHECK(deps_.users.update(session, after));
        after = deps_.users.find(session, user.id).value();
        record_role_changes(deps_.activities, session, as_actor(after), *before, after);
        return after;
    });
}

}  // namespace fleet::service
