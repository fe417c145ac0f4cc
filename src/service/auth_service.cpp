#include "fleet/service/auth_service.hpp"

#include <algorithm>

#include "account_activities.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/core/utf8.hpp"
#include "fleet/service/passwords.hpp"
#include "not_before.hpp"
#include "user_rules.hpp"

namespace fleet::service {
namespace {

using namespace std::chrono_literals;

// How often the last use of a session is written, and a server without users looks for one.
constexpr auto kTouchEvery = std::chrono::minutes{1};
constexpr auto kAskSetUpEvery = std::chrono::milliseconds{500};
constexpr std::size_t kLoggedEmailBytes = 255;
constexpr auto kSecondStepLife = std::chrono::minutes{15};

Result<> authorize_sessions_of(const Viewer& viewer, UserId owner) {
    const Action action = viewer.id == owner ? Action::own_session : Action::other_sessions;
    return authorize(viewer, action, Object::global());
}

}  // namespace

bool AuthService::is_set_up() {
    if (set_up_.load(std::memory_order_relaxed)) return true;
    // A new server is asked by every poll of every agent and page.
    const std::int64_t now = deps_.clock.now().time_since_epoch().count();
    const std::int64_t asked = asked_at_.load(std::memory_order_relaxed);
    if (asked != 0 && now >= asked && std::chrono::microseconds{now - asked} < kAskSetUpEvery) {
        return false;
    }
    const bool any = deps_.users.any();
    if (any) set_up_.store(true, std::memory_order_relaxed);
    asked_at_.store(now, std::memory_order_relaxed);
    return any;
}

Result<LoggedIn> AuthService::login(
    const std::string& email,
    const std::string& password,
    const std::string& public_ip,
    MailedSecondStep second_step
) {
    FLEET_CHECK(deps_.login_limit.pass(deps_.clock.now()));
    NotBefore failure{settings_.failure_delay};
    const std::string address = normal_email(email);
    // Collations give control characters no weight: with one, another text would match.
    const bool plain = std::none_of(address.begin(), address.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20;
    });
    auto user = plain ? deps_.users.find_by_email(address) : std::nullopt;
    const std::string hash =
        user && !user->sso_enabled ? deps_.users.password_hash(user->id) : std::string{};
    if (!verify_password(hash, password)) return refuse_login(address, public_ip);

    if (user->mfa_enabled) {
        FLEET_TRY(LoggedIn mailed, mail_second_step(*std::move(user), second_step));
        failure.release();
        return mailed;
    }
    LoggedIn out = enter(*std::move(user), public_ip);
    failure.release();
    return out;
}

LoggedIn AuthService::enter(User user, const std::string& public_ip) {
    LoggedIn out{.user = std::move(user), .token = {}};
    Viewer actor = as_actor(out.user);
    actor.client_ip = public_ip;
    deps_.db.write([&](store::Session& session) {
        out.token = open_session(session, out.user.id);
        const auto details = account_activity::login_details(public_ip);
        deps_.activities.record(session, actor, "user_logged_in", details);
    });
    return out;
}

Result<LoggedIn> AuthService::mail_second_step(User user, MailedSecondStep second_step) {
    if (second_step == MailedSecondStep::unsupported) {
        return fail(Error::bad_request(
            "This account signs in with a link sent by e-mail, which this client cannot do. "
            "Sign in with the browser, and give the client an API token."
        ));
    }
    const std::string token = random_token(settings_.link_bytes);
    deps_.db.write([&](store::Session& session) {
        deps_.links.replace(
            session,
            store::LinkKind::sign_in,
            sha256(token),
            {.user = user.id, .email = {}, .expires_at = deps_.clock.now() + kSecondStepLife}
        );
    });
    FLEET_CHECK(deps_.mailer.send_later(
        {.to = user.email,
         .subject = "Sign in to Fleet",
         .intro = "Somebody, probably you, signed in to Fleet with your password.",
         .action = "Finish signing in",
         .path = "/login/mfa/" + token,
         .note = "The link works once, for 15 minutes. If it was not you, change your password."}
    ));
    return LoggedIn{.user = std::move(user), .token = {}};
}

Result<LoggedIn> AuthService::finish_login(const std::string& token, const std::string& public_ip) {
    FLEET_CHECK(deps_.second_step_limit.pass(deps_.clock.now()));
    NotBefore failure{settings_.failure_delay};
    const Digest digest = sha256(token);
    const auto link = deps_.links.find(store::LinkKind::sign_in, digest);
    auto user =
        link && link->expires_at > deps_.clock.now() ? deps_.users.find(link->user) : std::nullopt;
    const bool mine = user && store::with_write(deps_.db, [&](store::Session& session) {
                          return deps_.links.take(session, store::LinkKind::sign_in, digest);
                      });
    if (!mine) return fail(Error::unauthenticated("Authentication failed"));
    LoggedIn out = enter(*std::move(user), public_ip);
    failure.release();
    return out;
}

Result<LoggedIn> AuthService::refuse_login(const std::string& email, const std::string& public_ip) {
    deps_.db.write([&](store::Session& session) {
        const auto details =
            account_activity::failed_login_details(clipped(email, kLoggedEmailBytes), public_ip);
        deps_.activities.record_automatic(session, "user_failed_login", details);
    });
    return fail(Error::unauthenticated("Authentication failed"));
}

Result<> AuthService::logout(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::own_session, Object::global()));
    if (viewer.token) return fail(Error::forbidden());  // tokens are revoked, not logged out
    deps_.sessions.remove(viewer.session);
    return {};
}

std::string AuthService::open_session(store::Session& session, UserId user) {
    std::string token = random_token(settings_.token_bytes);
    deps_.sessions.insert(session, user, sha256(token), deps_.clock.now());
    return token;
}

bool AuthService::is_expired(Time accessed_at, bool api_only) const {
    return !api_only && deps_.clock.now() - accessed_at >= settings_.session_duration;
}

Result<Viewer> AuthService::authenticate(std::string_view token) {
    if (token.starts_with(kApiTokenPrefix)) {
        if (auto viewer = authenticate_program(token)) return *std::move(viewer);
    }
    auto live = deps_.sessions.find(sha256(token));
    if (!live) return fail(Error::unauthenticated());
    if (is_expired(live->accessed_at, live->viewer.api_only)) {
        deps_.sessions.remove(live->viewer.session);
        return fail(Error::unauthenticated());
    }
    const Time now = deps_.clock.now();
    if (now - live->accessed_at >= kTouchEvery) deps_.sessions.touch(live->viewer.session, now);
    return std::move(live->viewer);
}

std::optional<Viewer> AuthService::authenticate_program(std::string_view token) {
    auto live = deps_.tokens.find(sha256(token));
    const Time now = deps_.clock.now();
    if (!live || (live->token.expires_at && *live->token.expires_at <= now)) return std::nullopt;
    const auto used = live->token.last_used_at;
    if (!used || now - *used >= kTouchEvery) deps_.tokens.touch(live->token.id, now);
    return narrowed(std::move(live->viewer), live->token);
}

Result<> AuthService::change_password(
    const Viewer& viewer, const std::string& old_password, const std::string& new_password
) {
    FLEET_CHECK(authorize(viewer, Action::change_own_password, Object::global()));
    const auto user = deps_.users.find(viewer.id);
    if (!user) return fail(Error::unauthenticated());
    if (user->sso_enabled) {
        return fail(Error::internal("single sign-on users have no password to change"));
    }
    if (old_password.empty()) {
        return fail(Error::invalid("old_password", "Old password cannot be empty"));
    }
    if (new_password.empty()) {
        return fail(Error::invalid("new_password", "New password cannot be empty"));
    }
    FLEET_CHECK(check_password("new_password", new_password));
    if (!verify_password(deps_.users.password_hash(viewer.id), old_password)) {
        return fail(Error::invalid("old_password", "old password does not match"));
    }
    if (old_password == new_password) {
        return fail(Error::invalid("new_password", "Cannot reuse old password"));
    }
    const std::string hash = hash_password(new_password);
    deps_.db.write([&](store::Session& session) {
        deps_.users.set_password(session, viewer.id, hash, false);
        deps_.sessions.remove_all(session, viewer.id);
    });
    return {};
}

Result<User> AuthService::perform_required_reset(
    const Viewer& viewer, const std::string& new_password
) {
    FLEET_CHECK(authorize(viewer, Action::change_own_password, Object::global()));
    if (!viewer.force_password_reset) return fail(Error::forbidden());
    FLEET_CHECK(check_password("new_password", new_password));
    if (verify_password(deps_.users.password_hash(viewer.id), new_password)) {
        return fail(Error::invalid("new_password", "Cannot reuse old password"));
    }
    const std::string hash = hash_password(new_password);
    deps_.db.write([&](store::Session& session) {
        deps_.users.set_password(session, viewer.id, hash, false);
    });
    auto user = deps_.users.find(viewer.id);
    if (!user) return fail(Error::unauthenticated());
    return *std::move(user);
}

Result<SessionInfo> AuthService::session(const Viewer& viewer, SessionId id) {
    const auto found = deps_.sessions.find(id);
    if (!found) {
        FLEET_CHECK(authorize(viewer, Action::own_session, Object::global()));
        return fail(Error::not_found("Session", to_text(id)));
    }
    FLEET_CHECK(authorize_sessions_of(viewer, found->user));
    const auto owner = deps_.users.find(found->user);
    if (!owner || is_expired(found->accessed_at, owner->api_only)) {
        return fail(Error::not_found("Session", to_text(id)));
    }
    return *found;
}

Result<> AuthService::end_session(const Viewer& viewer, SessionId id) {
    FLEET_TRY(const SessionInfo found, session(viewer, id));
    if (viewer.token) return fail(Error::forbidden());
    deps_.sessions.remove(found.id);
    return {};
}

Result<std::vector<SessionInfo>> AuthService::sessions_of(const Viewer& viewer, UserId user) {
    FLEET_CHECK(authorize_sessions_of(viewer, user));
    const auto owner = deps_.users.find(user);
    if (!owner) return std::vector<SessionInfo>{};
    auto sessions = deps_.sessions.list(user);
    std::erase_if(sessions, [&](const SessionInfo& s) {
        return is_expired(s.accessed_at, owner->api_only);
    });
    return sessions;
}

Result<> AuthService::end_sessions_of(const Viewer& viewer, UserId user) {
    FLEET_CHECK(authorize_sessions_of(viewer, user));
    if (viewer.token) return fail(Error::forbidden());
    // Whoever locks an account out means its programs, too (rest-api-a 4.4).
    deps_.db.write([&](store::Session& session) {
        deps_.sessions.remove_all(session, user);
        deps_.tokens.remove_all(session, user);
    });
    return {};
}

}  // namespace fleet::service
