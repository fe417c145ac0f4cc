#include "fleet/service/recovery_service.hpp"

#include <algorithm>

#include "fleet/core/crypto.hpp"
#include "fleet/core/log.hpp"
#include "fleet/service/passwords.hpp"
#include "not_before.hpp"

namespace fleet::service {
namespace {

using store::LinkKind;

Error bad_link() {
    return Error::unauthenticated("Authentication failed");
}

/// Collations give control characters no weight: with one, another text would match.
bool is_plain(const std::string& address) {
    return std::none_of(address.begin(), address.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20;
    });
}

}  // namespace

Result<> RecoveryService::forgot_password(const std::string& email) {
    FLEET_CHECK(deps_.limit.pass(deps_.clock.now()));
    const NotBefore answer{settings_.delay};
    if (!deps_.mailer.is_configured()) {
        return fail(Error::internal(
            "no mail server is configured; ask an administrator to set a new password"
        ));
    }
    const std::string address = normal_email(email);
    const auto user = is_plain(address) ? deps_.users.find_by_email(address) : std::nullopt;
    if (user && !user->sso_enabled && !user->api_only) mail_link(*user);
    return {};
}

void RecoveryService::mail_link(const User& user) {
    const std::string token = random_token(settings_.token_bytes);
    const auto life = std::chrono::duration_cast<std::chrono::microseconds>(settings_.link_life);
    deps_.db.write([&](store::Session& session) {
        deps_.links.replace(
            session,
            LinkKind::password_reset,
            sha256(token),
            {.user = user.id, .email = {}, .expires_at = deps_.clock.now() + life}
        );
    });
    const auto posted = deps_.mailer.send_later(
        {.to = user.email,
         .subject = "Reset your Fleet password",
         .intro = "Somebody, probably you, asked for a new password for this account.",
         .action = "Choose a new password",
         .path = "/login/reset?token=" + token,
         .note = "The link works once, for 24 hours. If it was not you, do nothing."}
    );
    // The answer must not tell an account that exists from one that does not.
    if (!posted) log::error("mail not sent", {{"reason", posted.error().message}});
}

Result<> RecoveryService::reset_password(
    const std::string& token, const std::string& new_password
) {
    if (token.empty()) return fail(Error::invalid("token", "Token cannot be empty field"));
    if (new_password.empty()) {
        return fail(Error::invalid("new_password", "New password cannot be empty field"));
    }
    const Digest digest = sha256(token);
    const auto link = deps_.links.find(LinkKind::password_reset, digest);
    if (!link || link->expires_at <= deps_.clock.now()) return fail(bad_link());
    const auto user = deps_.users.find(link->user);
    if (!user) return fail(bad_link());
    if (user->sso_enabled) {
        return fail(Error::internal("single sign-on users have no password to reset"));
    }
    FLEET_CHECK(check_password("new_password", new_password));
    if (verify_password(deps_.users.password_hash(user->id), new_password)) {
        return fail(Error::invalid("new_password", "Cannot reuse old password"));
    }
    const std::string hash = hash_password(new_password);
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        if (!deps_.links.take(session, LinkKind::password_reset, digest)) return fail(bad_link());
        deps_.users.set_password(session, user->id, hash, false);
        deps_.sessions.remove_all(session, user->id);
        deps_.links.remove_all(session, user->id, LinkKind::sign_in);
        return {};
    });
}

}  // namespace fleet::service
