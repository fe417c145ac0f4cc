#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/invite_service.hpp"
#include "fleet/service/recovery_service.hpp"
#include "fleet/service/sso_service.hpp"
#include "fleet/service/token_service.hpp"
#include "fleet/service/user_service.hpp"

namespace fleet::api::rest {

struct OneUser;
struct ForgotPasswordBody;
struct ResetPasswordBody;
struct InviteBody;
struct InvitePatchBody;
struct InviteListParams;
struct InviteParams;
struct InviteTokenParams;
struct OneInvite;
struct InviteList;
struct AcceptInviteBody;
struct ProgramBody;
struct ProgramPatchBody;
struct CreatedUserAnswer;
struct ApiCatalogAnswer;
struct EmailChangeParams;
struct NewEmailAnswer;
struct UserRolesBody;
struct TokenBody;
struct UserTokenBody;
struct TokenParams;
struct UserTokenParams;
struct UserParams;
struct CreatedTokenAnswer;
struct TokenList;
struct SsoAnswer;
struct SsoStartBody;

/// Forgotten passwords (rest-api-a 3.4 and 3.5).
class RecoveryApi {
public:
    explicit RecoveryApi(service::RecoveryService& recovery) : recovery_{recovery} {}
    static std::span<const Row<RecoveryApi>> rows();

    Result<Empty> forgot(const Viewer& viewer, const ForgotPasswordBody& body);
    Result<Empty> reset(const Viewer& viewer, const ResetPasswordBody& body);

private:
    service::RecoveryService& recovery_;
};

/// Invitations (rest-api-a 5.12 and 6).
class InviteApi {
public:
    explicit InviteApi(service::InviteService& invites) : invites_{invites} {}
    static std::span<const Row<InviteApi>> rows();

    Result<OneInvite> create(const Viewer& viewer, const InviteBody& body);
    Result<InviteList> list(const Viewer& viewer, const InviteListParams& params);
    Result<OneInvite> modify(const Viewer& viewer, const InvitePatchBody& body);
    Result<Empty> remove(const Viewer& viewer, const InviteParams& params);
    Result<OneInvite> find(const Viewer& viewer, const InviteTokenParams& params);
    Result<OneUser> accept(const Viewer& viewer, const AcceptInviteBody& body);

private:
    service::InviteService& invites_;
};

/// API-only accounts, roles in bulk, changes of address (rest-api-a 5.5, 5.6, 5.11, 5.13, 5.14).
class ProgramApi {
public:
    explicit ProgramApi(service::UserService& users) : users_{users} {}
    static std::span<const Row<ProgramApi>> rows();

    Result<CreatedUserAnswer> create(const Viewer& viewer, const ProgramBody& body);
    Result<OneUser> modify(const Viewer& viewer, const ProgramPatchBody& body);
    Result<ApiCatalogAnswer> catalog(const Viewer& viewer, const Nothing&);
    Result<NewEmailAnswer> confirm_address(const Viewer& viewer, const EmailChangeParams& params);
    Result<Empty> apply_roles(const Viewer& viewer, const UserRolesBody& body);

private:
    service::UserService& users_;
};

/// Tokens that users make for programs; not in Fleet.
class TokenApi {
public:
    explicit TokenApi(service::TokenService& tokens) : tokens_{tokens} {}
    static std::span<const Row<TokenApi>> rows();

    Result<TokenList> list_mine(const Viewer& viewer, const Nothing&);
    Result<CreatedTokenAnswer> create_mine(const Viewer& viewer, const TokenBody& body);
    Result<Empty> remove_mine(const Viewer& viewer, const TokenParams& params);
    Result<TokenList> list_of(const Viewer& viewer, const UserParams& params);
    Result<CreatedTokenAnswer> create_for(const Viewer& viewer, const UserTokenBody& body);
    Result<Empty> remove_of(const Viewer& viewer, const UserTokenParams& params);

private:
    service::TokenService& tokens_;
};

/// Single sign-on (rest-api-a 3.9 to 3.11).
class SsoApi {
public:
    SsoApi(service::SsoService& sso, std::string url_prefix)
        : sso_{sso}, url_prefix_{std::move(url_prefix)} {}
    static std::span<const Row<SsoApi>> rows();

    Result<SsoAnswer> settings(const Viewer& viewer, const Nothing&);
    Result<Raw> start(const Viewer& viewer, const SsoStartBody& body);
    Result<Raw> callback(const Call& call, const Nothing&);

private:
    service::SsoService& sso_;
    std::string url_prefix_;
};

/// What API-only accounts can be limited to, from the table of endpoints.
service::ApiCatalog catalog_of(std::span<const EndpointInfo> endpoints);

}  // namespace fleet::api::rest
