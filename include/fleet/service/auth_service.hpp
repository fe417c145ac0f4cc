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
#include "fleet/service/rate_limit.hpp"
#include "fleet/store/session_store.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

struct LoggedIn {
    User user{};
    std::string token{};
};

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
    };
    struct Settings {
        std::size_t token_bytes = 64;
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
        const std::string& email, const std::string& password, const std::string& public_ip
    );
    Result<> logout(const Viewer& viewer);
    /// The user behind a token; 401 when it is unknown or expired. Uses the session.
    Result<Viewer> authenticate(std::string_view token);
    /// A new session in the caller's transaction; returns the token.
    std::string open_session(store::Session& session, UserId user);

    /// Ends all sessions, the caller's too.
    Result<> change_password(
        const Viewer& viewer, const std::string& old_password, const std::string& new_password
    );
    /// For users who must; the caller's session stays.
    Result<User> perform_required_reset(const Viewer& viewer, const std::string& new_password);

    Result<SessionInfo> session(const Viewer& viewer, SessionId id);
    Result<> end_session(const Viewer& viewer, SessionId id);
    Result<std::vector<SessionInfo>> sessions_of(const Viewer& viewer, UserId user);
    Result<> end_sessions_of(const Viewer& viewer, UserId user);

private:
    bool is_expired(Time accessed_at, bool api_only) const;
    Result<LoggedIn> refuse_login(const std::string& email, const std::string& public_ip);

    Deps deps_;
    Settings settings_;
    std::atomic<bool> set_up_{false};
    std::atomic<std::int64_t> asked_at_{0};  // microseconds since 1970
};

}  // namespace fleet::service
