#include "account_json.hpp"
#include "fleet/api/rest/accounts.hpp"
#include "fleet/api/rest/paging.hpp"

namespace fleet::api::rest {

struct UserListParams : PageParams {
    std::optional<TeamId> team_id{};

    static void fields(auto&& field) {
        page_fields<UserListParams>(field);
        field("team_id", &UserListParams::team_id, json::in_query);
    }
};

struct UserList {
    std::vector<UserAnswer> users{};
    static void fields(auto&& field) { field("users", &UserList::users); }
};

struct CreateUserBody {
    std::string name{};
    std::string email{};
    std::string password{};
    std::string position{};
    std::string gravatar_url{};
    std::string global_role{};
    std::vector<TeamRoleBody> teams{};
    bool sso_enabled = false;
    bool mfa_enabled = false;
    bool api_only = false;
    bool admin_forced_password_reset = true;
    json::Patch<std::string> invite_token{};
    json::Patch<json::Value> api_endpoints{};

    static void fields(auto&& field) {
        field("name", &CreateUserBody::name);
        field("email", &CreateUserBody::email);
        field("password", &CreateUserBody::password);
        field("position", &CreateUserBody::position);
        field("gravatar_url", &CreateUserBody::gravatar_url);
        field("global_role", &CreateUserBody::global_role, json::among(kRoleWords));
        field("teams", &CreateUserBody::teams);
        field("sso_enabled", &CreateUserBody::sso_enabled);
        field("mfa_enabled", &CreateUserBody::mfa_enabled);
        field("api_only", &CreateUserBody::api_only);
        field("admin_forced_password_reset", &CreateUserBody::admin_forced_password_reset);
        field("invite_token", &CreateUserBody::invite_token);
        field("api_endpoints", &CreateUserBody::api_endpoints);
    }
};

struct ModifyUserBody {
    UserId id{};
    std::optional<std::string> name{};
    std::optional<std::string> email{};
    std::optional<std::string> position{};
    std::optional<std::string> gravatar_url{};
    std::optional<std::string> password{};
    std::optional<std::string> new_password{};
    std::optional<bool> sso_enabled{};
    std::optional<bool> mfa_enabled{};
    json::Patch<std::string> global_role{};
    std::optional<std::vector<TeamRoleBody>> teams{};
    std::optional<json::Value> settings{};
    json::Patch<bool> api_only{};
    json::Patch<json::Value> api_endpoints{};

    static void fields(auto&& field) {
        field("id", &ModifyUserBody::id, json::in_path);
        field("name", &ModifyUserBody::name);
        field("email", &ModifyUserBody::email);
        field("position", &ModifyUserBody::position);
        field("gravatar_url", &ModifyUserBody::gravatar_url);
        field("password", &ModifyUserBody::password);
        field("new_password", &ModifyUserBody::new_password);
        field("sso_enabled", &ModifyUserBody::sso_enabled);
        field("mfa_enabled", &ModifyUserBody::mfa_enabled);
        field("global_role", &ModifyUserBody::global_role, json::among(kRoleWords));
        field("teams", &ModifyUserBody::teams);
        field("settings", &ModifyUserBody::settings);
        field("api_only", &ModifyUserBody::api_only);
        field("api_endpoints", &ModifyUserBody::api_endpoints);
    }
};

struct RequireResetBody {
    UserId id{};
    bool require = false;

    static void fields(auto&& field) {
        field("id", &RequireResetBody::id, json::in_path);
        field("require", &RequireResetBody::require);
    }
};

namespace {

Result<> check_settings(const std::optional<json::Value>& settings) {
    if (!settings || settings->is_object()) return {};
    return fail(Error::bad_request("json decoder error"));
}

}  // namespace

std::span<const Row<UserApi>> UserApi::rows() {
    static constexpr Row<UserApi> kRows[] = {
        rest::get<&UserApi::list>("/users", Who::user, "list_users"),
        post<&UserApi::create>("/users/admin", Who::user, "create_user"),
        rest::get<&UserApi::get>("/users/{id:uint}", Who::user, "get_user"),
        patch<&UserApi::modify>("/users/{id:uint}", Who::user, "modify_user"),
        del<&UserApi::remove>("/users/{id:uint}", Who::user, "delete_user"),
        post<&UserApi::require_reset>(
            "/users/{id:uint}/require_password_reset", Who::user, "require_password_reset"
        ),
    };
    return kRows;
}

Result<UserList> UserApi::list(const Viewer& viewer, const UserListParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const auto users, users_.list(viewer, paging, params.team_id));
    UserList out;
    for (const User& user : users)
        out.users.push_back(to_answer(user));
    return out;
}

Result<CreatedUserAnswer> UserApi::create(const Viewer& viewer, const CreateUserBody& body) {
    if (body.invite_token) {
        return fail(Error::invalid("invite_token", "must be absent when an admin creates a user"));
    }
    if (body.api_endpoints) {
        return fail(
            Error::invalid("api_endpoints", "This endpoint does not accept API endpoint values")
        );
    }
    service::NewUser in;
    in.name = body.name;
    in.email = body.email;
    in.password = body.password;
    in.position = body.position;
    in.gravatar_url = body.gravatar_url;
    in.global_role = body.global_role;
    in.teams = to_roles(body.teams);
    in.sso_enabled = body.sso_enabled;
    in.mfa_enabled = body.mfa_enabled;
    in.api_only = body.api_only;
    in.force_password_reset = body.admin_forced_password_reset;
    FLEET_TRY(const service::CreatedUser created, users_.create(viewer, in));
    return CreatedUserAnswer{.user = to_answer(created.user), .token = created.token.value_or("")};
}

Result<Me> UserApi::get(const Viewer& viewer, const MeParams& params) {
    FLEET_TRY(const User user, users_.get(viewer, params.id));
    return to_me(user, teams_.available(user), params);
}

Result<OneUser> UserApi::modify(const Viewer& viewer, const ModifyUserBody& body) {
    if (body.api_only) {
        return fail(Error::invalid("api_only", "cannot be changed after a user is created"));
    }
    if (body.api_endpoints) {
        return fail(
            Error::invalid("api_endpoints", "This endpoint does not accept API endpoint values")
        );
    }
    FLEET_CHECK(check_settings(body.settings));
    service::UserChanges changes;
    changes.name = body.name;
    changes.email = body.email;
    changes.position = body.position;
    changes.gravatar_url = body.gravatar_url;
    changes.password = body.password;
    changes.new_password = body.new_password;
    changes.sso_enabled = body.sso_enabled;
    changes.mfa_enabled = body.mfa_enabled;
    if (body.global_role) changes.global_role = body.global_role.value.value_or("");
    if (body.teams) changes.teams = to_roles(*body.teams);
    if (body.settings) changes.settings = json::dump(*body.settings);
    FLEET_TRY(const User user, users_.modify(viewer, body.id, changes));
    return OneUser{.user = to_answer(user)};
}

Result<Empty> UserApi::remove(const Viewer& viewer, const UserParams& params) {
    FLEET_CHECK(users_.remove(viewer, params.id));
    return Empty{};
}

Result<OneUser> UserApi::require_reset(const Viewer& viewer, const RequireResetBody& body) {
    FLEET_TRY(const User user, users_.require_password_reset(viewer, body.id, body.require));
    return OneUser{.user = to_answer(user)};
}

}  // namespace fleet::api::rest
