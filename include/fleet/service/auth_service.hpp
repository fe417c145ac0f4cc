#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/user.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/mailer.hpp"
#include "fleet/service/rate_limit.hpp"
#include "fleet/store/account_link_store.hpp"
#include "fleet/store/api_token_store.hpp"
#include "fleet/store/session_store.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

struct LoggedIn {
    User user{};
    std::string token{};  // empty: a link was mailed that finishes the login
};

/// Whether a client can wait for the mail that the login of some accounts takes (rest-api-a 3.1).
enum class MailedSecondStep { unsupported, supported };

/// What API tokens begin with.
inline constexpr std::string_view kApiTokenPrefix = "fleet_";

/// Passwords, tokens and sessions.
class AuthService {
public:
    struct Deps {
        store::Database& db;
        store::UserStore& users;
        store::SessionStore& sessions;
        Activities& activities;
        RateLimit& login_limit;
        const Clock& clock;
        store::ApiTokenStore& tokens;
        store::AccountLinkStore& links;
        Mailer& mailer;
        RateLimit& second_step_limit;
    };
    struct Settings {
        std::size_t token_bytes = 64;
        std::size_t link_bytes = 24;
        std::chrono::nanoseconds session_duration = std::chrono::hours{120};
        /// A failed login takes at least this long.
        std::chrono::milliseconds failure_delay{1'000};
    };

    AuthService(Deps deps, Settings settings) : deps_{deps}, settings_{settings} {}

    /// False until the first user exists.
    bool is_set_up();
    /// Right after the first user was stored.
    void note_set_up() { set_up_.store(true, std::memory_order_relaxed); }

    Result<LoggedIn> login(
        const std::string& email,
        const std::string& password,
        const std::string& public_ip,
        MailedSecondStep second_step = MailedSecondStep::unsupported
    );
    /// By the token of a mailed link; 401 when it is unknown, used or too old.
    Result<LoggedIn> finish_login(const std::string& token, const std::string& public_ip);
    /// A login that was proven elsewhere.
    LoggedIn enter(User user, const std::string& public_ip);
    Result<> logout(const Viewer& viewer);
    /// The user behind a token; 401 when it is unknown or expired. Uses the session.
    Result<Viewer> authenticate(std::string_view token);
    /// A new session in the caller's transaction; returns the token.
    std::string open_session(store::Session& session, UserId user);

    /// Ends all sessions, the caller's too; API tokens stay.
    Result<> change_password(
        const Viewer& viewer, const std::string& old_password, const std::string& new_password
    );
    /// For users who must; the caller's session stays.
    Result<User> perform_required_reset(const Viewer& viewer, const std::string& new_password);

    Result<SessionInfo> session(const Viewer& viewer, SessionId id);
    Result<> end_session(const Viewer& viewer, SessionId id);
    Result<std::vector<SessionInfo>> sessions_of(const Viewer& viewer, UserId user);
    /// And all API tokens.
    Result<> end_sessions_of(const Viewer& viewer, UserId user);

private:
    Result<LoggedIn> mail_second_step(User user, MailedSecondStep second_step);
    std::optional<Viewer> authenticate_program(std::string_view token);
    bool is_expired(Time accessed_at, bool api_only) const;
    Result<LoggedIn> refuse_login(const std::string& email, const std::string& public_ip);

    Deps deps_;
    Settings settings_;
    std::atomic<bool> set_up_{false};
    std::atomic<std::int64_t> asked_at_{0};  // microseconds since 1970
};

}  // namespace fleet::service
