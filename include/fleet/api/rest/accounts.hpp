#pragma once

#include <span>
#include <string_view>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/service/enroll_secret_service.hpp"
#include "fleet/service/setup_service.hpp"
#include "fleet/service/team_service.hpp"
#include "fleet/service/user_service.hpp"

namespace fleet::api::rest {

/// Knows the viewer behind a bearer token from the sessions.
class SessionAuthenticator final : public Authenticator {
public:
    explicit SessionAuthenticator(service::AuthService& auth) : auth_{auth} {}

    Result<Viewer> authenticate(std::string_view token) override {
        return auth_.authenticate(token);
    }
    bool is_set_up() override { return auth_.is_set_up(); }

private:
    service::AuthService& auth_;
};

struct SetupBody;
struct SetupAnswer;
struct LoginBody;
struct LoginAnswer;
struct FinishLoginBody;
struct ChangePasswordBody;
struct RequiredResetBody;
struct UserAnswer;
struct OneUser;
struct MeParams;
struct Me;
struct SessionParams;
struct SessionAnswer;
struct UserSessions;
struct UserParams;
struct UserListParams;
struct UserList;
struct CreateUserBody;
struct CreatedUserAnswer;
struct ModifyUserBody;
struct RequireResetBody;
struct EnrollSecretItems;
struct EnrollSecretSpec;
struct TeamSecretsParams;
struct TeamSecretsBody;
struct ActivityParams;
struct ActivityList;

/// The first-time setup (rest-api-a 2).
class SetupApi {
public:
    explicit SetupApi(service::SetupService& setup) : setup_{setup} {}
    static std::span<const Row<SetupApi>> rows();

    Result<SetupAnswer> set_up(const Viewer& viewer, const SetupBody& body);

private:
    service::SetupService& setup_;
};

/// Login, own password and sessions (rest-api-a 3 and 4).
class SessionApi {
public:
    SessionApi(service::AuthService& auth, service::UserService& users, service::TeamService& teams)
        : auth_{auth}, users_{users}, teams_{teams} {}
    static std::span<const Row<SessionApi>> rows();

    Result<Raw> login(const Call& call, const LoginBody& body);
    Result<LoginAnswer> finish_login(const Call& call, const FinishLoginBody& body);
    Result<Empty> logout(const Viewer& viewer, const Nothing&);
    Result<Me> me(const Viewer& viewer, const MeParams& params);
    Result<Empty> change_password(const Viewer& viewer, const ChangePasswordBody& body);
    Result<OneUser> perform_required_reset(const Viewer& viewer, const RequiredResetBody& body);
    Result<SessionAnswer> session(const Viewer& viewer, const SessionParams& params);
    Result<Empty> end_session(const Viewer& viewer, const SessionParams& params);
    Result<UserSessions> sessions_of(const Viewer& viewer, const UserParams& params);
    Result<Empty> end_sessions_of(const Viewer& viewer, const UserParams& params);

private:
    service::AuthService& auth_;
    service::UserService& users_;
    service::TeamService& teams_;
};

/// Accounts (rest-api-a 5).
class UserApi {
public:
    UserApi(service::UserService& users, service::TeamService& teams)
        : users_{users}, teams_{teams} {}
    static std::span<const Row<UserApi>> rows();

    Result<UserList> list(const Viewer& viewer, const UserListParams& params);
    Result<CreatedUserAnswer> create(const Viewer& viewer, const CreateUserBody& body);
    Result<Me> get(const Viewer& viewer, const MeParams& params);
    Result<OneUser> modify(const Viewer& viewer, const ModifyUserBody& body);
    Result<Empty> remove(const Viewer& viewer, const UserParams& params);
    Result<OneUser> require_reset(const Viewer& viewer, const RequireResetBody& body);

private:
    service::UserService& users_;
    service::TeamService& teams_;
};

/// Enroll secrets, global and of teams (rest-api-a 11).
class EnrollSecretApi {
public:
    explicit EnrollSecretApi(service::EnrollSecretService& secrets) : secrets_{secrets} {}
    static std::span<const Row<EnrollSecretApi>> rows();

    Result<EnrollSecretSpec> get(const Viewer& viewer, const Nothing&);
    Result<Empty> replace(const Viewer& viewer, const EnrollSecretSpec& body);
    Result<EnrollSecretItems> of_team(const Viewer& viewer, const TeamSecretsParams& params);
    Result<EnrollSecretItems> replace_of_team(const Viewer& viewer, const TeamSecretsBody& body);

private:
    service::EnrollSecretService& secrets_;
};

/// The feed (rest-api-a 8).
class ActivityApi {
public:
    explicit ActivityApi(service::Activities& activities) : activities_{activities} {}
    static std::span<const Row<ActivityApi>> rows();

    Result<ActivityList> list(const Viewer& viewer, const ActivityParams& params);

private:
    service::Activities& activities_;
};

}  // namespace fleet::api::rest
