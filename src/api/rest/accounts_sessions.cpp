#include "account_json.hpp"
#include "fleet/api/rest/accounts.hpp"

namespace fleet::api::rest {

struct LoginBody {
    std::string email{};
    std::string password{};
    bool supports_email_verification = false;

    static void fields(auto&& field) {
        field("email", &LoginBody::email);
        field("password", &LoginBody::password);
        field("supports_email_verification", &LoginBody::supports_email_verification);
    }
};

struct LoginAnswer {
    UserAnswer user{};
    std::vector<AvailableTeam> available_teams{};
    std::string token{};

    static void fields(auto&& field) {
        field("user", &LoginAnswer::user);
        field("available_teams", &LoginAnswer::available_teams);
        field("token", &LoginAnswer::token);
    }
};

struct FinishLoginBody {
    std::string token{};
    static void fields(auto&& field) { field("token", &FinishLoginBody::token); }
};

struct MailedAnswer {
    std::string message{};
    static void fields(auto&& field) { field("message", &MailedAnswer::message); }
};

struct ChangePasswordBody {
    std::string old_password{};
    std::string new_password{};

    static void fields(auto&& field) {
        field("old_password", &ChangePasswordBody::old_password);
        field("new_password", &ChangePasswordBody::new_password);
    }
};

struct RequiredResetBody {
    std::string new_password{};
    static void fields(auto&& field) { field("new_password", &RequiredResetBody::new_password); }
};

struct SessionParams {
    SessionId id{};
    static void fields(auto&& field) { field("id", &SessionParams::id, json::in_path); }
};

struct SessionAnswer {
    static constexpr const char* kShapeName = "UserSession";
    SessionId session_id{};
    UserId user_id{};
    Time created_at{};
    Time accessed_at{};  // beyond the contract

    static void fields(auto&& field) {
        field("session_id", &SessionAnswer::session_id);
        field("user_id", &SessionAnswer::user_id);
        field("created_at", &SessionAnswer::created_at);
        field("accessed_at", &SessionAnswer::accessed_at);
    }
};

/// `sessions` is null when there is none (rest-api-a 4.3).
struct UserSessions {
    std::optional<std::vector<SessionAnswer>> sessions{};
    static void fields(auto&& field) { field("sessions", &UserSessions::sessions); }
};

namespace {

LoginAnswer to_login(const service::LoggedIn& done, const std::vector<Team>& teams) {
    LoginAnswer out;
    out.user = to_answer(done.user);
    out.available_teams = to_available(teams);
    out.token = done.token;
    return out;
}

SessionAnswer to_session(const SessionInfo& session) {
    return {
        .session_id = session.id,
        .user_id = session.user,
        .created_at = session.created_at,
        .accessed_at = session.accessed_at};
}

}  // namespace

std::span<const Row<SessionApi>> SessionApi::rows() {
    static constexpr Row<SessionApi> kRows[] = {
        post<&SessionApi::login>("/login", Who::anyone, "login"),
        post<&SessionApi::finish_login>("/sessions", Who::anyone, "finish_login"),
        post<&SessionApi::logout>("/logout", Who::user_must_reset_ok, "logout"),
        get<&SessionApi::me>("/me", Who::user, "me"),
        post<&SessionApi::change_password>("/change_password", Who::user, "change_password"),
        post<&SessionApi::perform_required_reset>(
            "/perform_required_password_reset",
            Who::user_must_reset_ok,
            "perform_required_password_reset"
        ),
        get<&SessionApi::session>("/sessions/{id:uint}", Who::user, "get_session"),
        del<&SessionApi::end_session>("/sessions/{id:uint}", Who::user, "delete_session"),
        get<&SessionApi::sessions_of>("/users/{id:uint}/sessions", Who::user, "user_sessions"),
        del<&SessionApi::end_sessions_of>(
            "/users/{id:uint}/sessions", Who::user, "delete_user_sessions"
        ),
    };
    return kRows;
}

Result<Raw> SessionApi::login(const Call& call, const LoginBody& body) {
    const auto second_step = body.supports_email_verification
                                 ? service::MailedSecondStep::supported
                                 : service::MailedSecondStep::unsupported;
    FLEET_TRY(
        const service::LoggedIn done,
        auth_.login(body.email, body.password, call.http.client_ip, second_step)
    );
    if (!done.token.empty()) {
        return detail::encode_answer(
            json::encode(to_login(done, teams_.available(done.user))), 200
        );
    }
    const MailedAnswer mailed{
        .message = "We sent an email to you. Please click the magic link in the email to sign in."};
    return detail::encode_answer(json::encode(mailed), 202);
}

Result<LoginAnswer> SessionApi::finish_login(const Call& call, const FinishLoginBody& body) {
    FLEET_TRY(const service::LoggedIn done, auth_.finish_login(body.token, call.http.client_ip));
    return to_login(done, teams_.available(done.user));
}

Result<Empty> SessionApi::logout(const Viewer& viewer, const Nothing&) {
    FLEET_CHECK(auth_.logout(viewer));
    return Empty{};
}

Result<Me> SessionApi::me(const Viewer& viewer, const MeParams& params) {
    FLEET_TRY(const User user, users_.me(viewer));
    return to_me(user, teams_.available(user), params);
}

Result<Empty> SessionApi::change_password(const Viewer& viewer, const ChangePasswordBody& body) {
    FLEET_CHECK(auth_.change_password(viewer, body.old_password, body.new_password));
    return Empty{};
}

Result<OneUser> SessionApi::perform_required_reset(
    const Viewer& viewer, const RequiredResetBody& body
) {
    FLEET_TRY(const User user, auth_.perform_required_reset(viewer, body.new_password));
    return OneUser{.user = to_answer(user)};
}

Result<SessionAnswer> SessionApi::session(const Viewer& viewer, const SessionParams& params) {
    FLEET_TRY(const SessionInfo found, auth_.session(viewer, params.id));
    return to_session(found);
}

Result<Empty> SessionApi::end_session(const Viewer& viewer, const SessionParams& params) {
    FLEET_CHECK(auth_.end_session(viewer, params.id));
    return Empty{};
}

Result<UserSessions> SessionApi::sessions_of(const Viewer& viewer, const UserParams& params) {
    FLEET_TRY(const auto sessions, auth_.sessions_of(viewer, params.id));
    UserSessions out;
    if (sessions.empty()) return out;
    out.sessions.emplace();
    for (const SessionInfo& session : sessions)
        out.sessions->push_back(to_session(session));
    return out;
}

Result<Empty> SessionApi::end_sessions_of(const Viewer& viewer, const UserParams& params) {
    FLEET_CHECK(auth_.end_sessions_of(viewer, params.id));
    return Empty{};
}

}  // namespace fleet::api::rest
