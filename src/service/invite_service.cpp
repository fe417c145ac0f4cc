#include "fleet/service/invite_service.hpp"

#include "account_activities.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/service/passwords.hpp"
#include "user_rules.hpp"

namespace fleet::service {
namespace {

constexpr const char* kUserExists = "a user with this account already exists";

Error no_such_invite(InviteId id) {
    return Error::not_found("Invite", to_text(id));
}

Error unknown_token() {
    return Error::not_found("Invite with this token", "");
}

/// A query string may hold letters, digits and these.
std::string url_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        }
    }
    return out;
}

Letter letter_of(const Invite& invite, const Viewer& by, const std::string& token) {
    return {
        .to = invite.email,
        .subject = "You are invited to Fleet",
        .intro = (by.name.empty() ? by.email : by.name) + " invites you to Fleet.",
        .action = "Make your account",
        .path = std::string{"/login/"} + (invite.sso_enabled ? "ssoinvites/" : "invites/") + token +
                "?name=" + url_encoded(invite.name) + "&email=" + url_encoded(invite.email),
        .note = {},
    };
}

User to_user(const Invite& invite, const Acceptance& in) {
    User user;
    user.name = in.name;
    user.email = invite.email;
    user.position = invite.position;
    user.global_role = invite.global_role;
    user.teams = invite.teams;
    user.sso_enabled = invite.sso_enabled;
    user.mfa_enabled = invite.mfa_enabled && !invite.sso_enabled;
    return user;
}

}  // namespace

Result<Invite> InviteService::create(const Viewer& viewer, const NewInvite& in) {
    FLEET_CHECK(authorize(viewer, Action::manage_invites, Object::global()));
    const std::string email = normal_email(in.email);
    FLEET_CHECK(check_email(email));
    FLEET_CHECK(check_full_name(in.name));
    FLEET_CHECK(check_position(in.position));
    FLEET_TRY(const Roles roles, check_roles(in.global_role, in.teams, false));
    if (in.sso_enabled && in.mfa_enabled) return fail(sso_and_mfa());
    if (!deps_.mailer.is_configured()) {
        return fail(Error::internal("an invitation is mailed, and no mail server is configured"));
    }

    const std::string token = random_token(settings_.token_bytes);
    FLEET_TRY(
        const Invite invite,
        store::with_write(
            deps_.db,
            [&](store::Session& session) -> Result<Invite> {
                if (deps_.users.lock_by_email(session, email)) {
                    return fail(Error::invalid("email", kUserExists));
                }
                Invite out;
                out.email = email;
                out.name = in.name;
                out.position = in.position;
                out.sso_enabled = in.sso_enabled;
                out.mfa_enabled = in.mfa_enabled;
                out.global_role = roles.global;
                out.teams = roles.teams;
                out.invited_by = viewer.id;
                out.created_at = deps_.clock.now();
                FLEET_TRY(const InviteId id, deps_.invites.insert(session, out, sha256(token)));
                return deps_.invites.find(session, id).value();
            }
        )
    );
    FLEET_CHECK(deps_.mailer.send(letter_of(invite, viewer, token)));
    return invite;
}

Result<std::vector<Invite>> InviteService::list(const Viewer& viewer, const Paging& paging) {
    FLEET_CHECK(authorize(viewer, Action::manage_invites, Object::global()));
    return deps_.invites.list(paging);
}

Result<Invite> InviteService::modify(
    const Viewer& viewer, InviteId id, const InviteChanges& changes
) {
    FLEET_CHECK(authorize(viewer, Action::manage_invites, Object::global()));
    if (changes.name) FLEET_CHECK(check_full_name(*changes.name));
    if (changes.position) FLEET_CHECK(check_position(*changes.position));
    if (changes.email) FLEET_CHECK(check_email(normal_email(*changes.email)));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<Invite> {
        auto invite = deps_.invites.lock(session, id);
        if (!invite) return fail(no_such_invite(id));
        if (changes.email) {
            invite->email = normal_email(*changes.email);
            if (deps_.users.lock_by_email(session, invite->email)) {
                return fail(Error::conflict("User", "email"));
            }
        }
        if (changes.name) invite->name = *changes.name;
        if (changes.position) invite->position = *changes.position;
        if (changes.sso_enabled) invite->sso_enabled = *changes.sso_enabled;
        if (changes.mfa_enabled) invite->mfa_enabled = *changes.mfa_enabled;
        if (invite->sso_enabled && invite->mfa_enabled) return fail(sso_and_mfa());
        const std::string global = changes.global_role.value_or("");
        if (!global.empty() || !changes.teams.empty()) {
            FLEET_TRY(const Roles roles, check_roles(global, changes.teams, false));
            invite->global_role = roles.global;
            invite->teams = roles.teams;
        }
        FLEET_CHECK(deps_.invites.update(session, *invite));
        return deps_.invites.find(session, id).value();
    });
}

Result<> InviteService::remove(const Viewer& viewer, InviteId id) {
    FLEET_CHECK(authorize(viewer, Action::manage_invites, Object::global()));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        if (!deps_.invites.remove(session, id)) return fail(no_such_invite(id));
        return {};
    });
}

Result<> InviteService::check_fresh(const Invite& invite) const {
    const auto life = std::chrono::duration_cast<std::chrono::microseconds>(settings_.life);
    if (deps_.clock.now() - invite.created_at < life) return {};
    return fail(Error::invalid("invite_token", "Invite token has expired."));
}

Result<Invite> InviteService::find(const std::string& token) {
    auto invite = deps_.invites.find(sha256(token));
    if (!invite) return fail(unknown_token());
    FLEET_CHECK(check_fresh(*invite));
    return *std::move(invite);
}

Result<User> InviteService::accept(const Acceptance& in) {
    if (in.token.empty()) {
        return fail(Error::invalid("invite_token", "Invite token cannot be empty"));
    }
    FLEET_CHECK(check_full_name(in.name));
    const std::string email = normal_email(in.email);
    FLEET_CHECK(check_email(email));
    FLEET_TRY(const Invite known, find(in.token));
    if (normal_email(known.email) != email) {
        return fail(Error::invalid("invite_token", "Invite Token does not match Email Address."));
    }
    if (!known.sso_enabled) {
        if (in.password.empty()) {
            return fail(Error::invalid("password", "Password cannot be empty"));
        }
        FLEET_CHECK(check_password("password", in.password));
    } else if (!in.password.empty()) {
        return fail(Error::invalid("password", "not allowed for SSO users"));
    }
    const std::string hash = known.sso_enabled ? std::string{} : hash_password(in.password);
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<User> {
        const auto invite = deps_.invites.lock(session, sha256(in.token));
        if (!invite) return fail(unknown_token());
        if (normal_email(invite->email) != email || invite->sso_enabled != known.sso_enabled) {
            return fail(unknown_token());  // changed just now
        }
        FLEET_TRY(const UserId id, deps_.users.insert(session, to_user(*invite, in), hash));
        deps_.invites.remove(session, invite->id);
        const User user = deps_.users.find(session, id).value();
        const Viewer actor = as_actor(user);
        const auto details = account_activity::user_details(user);
        deps_.activities.record(session, actor, "created_user", details);
        record_role_changes(deps_.activities, session, actor, User{}, user);
        return user;
    });
}

}  // namespace fleet::service
