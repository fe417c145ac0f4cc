#include "account_json.hpp"
#include "fleet/api/rest/account_access.hpp"

namespace fleet::api::rest {

struct ProgramBody {
    std::string name{};
    std::string global_role{};
    std::vector<TeamRoleBody> teams{};
    std::optional<std::vector<ApiEndpointBody>> api_endpoints{};

    static void fields(auto&& field) {
        field("name", &ProgramBody::name);
        field("global_role", &ProgramBody::global_role, json::among(kRoleWords));
        field("teams", &ProgramBody::teams);
        field("api_endpoints", &ProgramBody::api_endpoints);
    }
};

struct ProgramPatchBody {
    UserId id{};
    std::optional<std::string> name{};
    json::Patch<std::string> global_role{};
    std::optional<std::vector<TeamRoleBody>> teams{};
    json::Patch<std::vector<ApiEndpointBody>> api_endpoints{};

    static void fields(auto&& field) {
        field("id", &ProgramPatchBody::id, json::in_path);
        field("name", &ProgramPatchBody::name);
        field("global_role", &ProgramPatchBody::global_role, json::among(kRoleWords));
        field("teams", &ProgramPatchBody::teams);
        field("api_endpoints", &ProgramPatchBody::api_endpoints);
    }
};

struct ApiCatalogEntry {
    static constexpr const char* kShapeName = "ApiCatalogEntry";
    std::string method{};
    std::string path{};
    std::string display_name{};
    bool deprecated = false;

    static void fields(auto&& field) {
        field("method", &ApiCatalogEntry::method);
        field("path", &ApiCatalogEntry::path);
        field("display_name", &ApiCatalogEntry::display_name);
        field("deprecated", &ApiCatalogEntry::deprecated);
    }
};

struct ApiCatalogAnswer {
    std::vector<ApiCatalogEntry> api_endpoints{};
    static void fields(auto&& field) { field("api_endpoints", &ApiCatalogAnswer::api_endpoints); }
};

struct EmailChangeParams {
    std::string token{};
    static void fields(auto&& field) { field("token", &EmailChangeParams::token, json::in_path); }
};

struct NewEmailAnswer {
    std::string new_email{};
    static void fields(auto&& field) { field("new_email", &NewEmailAnswer::new_email); }
};

struct NamedTeamRoleBody {
    std::string team{};
    std::string role{};

    static void fields(auto&& field) {
        field("team", &NamedTeamRoleBody::team);
        field("role", &NamedTeamRoleBody::role, json::among(kRoleWords));
    }
};

struct UserRoleBody {
    std::string global_role{};
    std::vector<NamedTeamRoleBody> teams{};

    static void fields(auto&& field) {
        field("global_role", &UserRoleBody::global_role, json::among(kRoleWords));
        field("teams", &UserRoleBody::teams);
    }
};

struct UserRolesSpec {
    std::map<std::string, UserRoleBody> roles{};
    static void fields(auto&& field) { field("roles", &UserRolesSpec::roles); }
};

struct UserRolesBody {
    UserRolesSpec spec{};
    static void fields(auto&& field) { field("spec", &UserRolesBody::spec); }
};

namespace {

std::vector<ApiEndpoint> to_endpoints(const std::vector<ApiEndpointBody>& list) {
    std::vector<ApiEndpoint> out;
    for (const ApiEndpointBody& one : list)
        out.push_back({.method = one.method, .path = one.path});
    return out;
}

}  // namespace

std::span<const Row<ProgramApi>> ProgramApi::rows() {
    static constexpr Row<ProgramApi> kRows[] = {
        post<&ProgramApi::create>("/users/api_only", Who::user, "create_api_only_user"),
        patch<&ProgramApi::modify>("/users/api_only/{id:uint}", Who::user, "modify_api_only_user"),
        get<&ProgramApi::catalog>("/rest_api", Who::user, "list_api_endpoints"),
        get<&ProgramApi::confirm_address>(
            "/email/change/{token}", Who::user, "change_email", {.effect = Effect::writes}
        ),
        post<&ProgramApi::apply_roles>("/users/roles/spec", Who::user, "apply_user_role_specs"),
    };
    return kRows;
}

Result<CreatedUserAnswer> ProgramApi::create(const Viewer& viewer, const ProgramBody& body) {
    service::NewProgram in;
    in.name = body.name;
    in.global_role = body.global_role;
    in.teams = to_roles(body.teams);
    if (body.api_endpoints) in.endpoints = to_endpoints(*body.api_endpoints);
    FLEET_TRY(const service::CreatedUser created, users_.create_program(viewer, in));
    return CreatedUserAnswer{.user = to_answer(created.user), .token = created.token.value_or("")};
}

Result<OneUser> ProgramApi::modify(const Viewer& viewer, const ProgramPatchBody& body) {
    service::ProgramChanges changes;
    changes.name = body.name;
    if (body.global_role) changes.global_role = body.global_role.value.value_or("");
    if (body.teams) changes.teams = to_roles(*body.teams);
    changes.sets_endpoints = body.api_endpoints.present;
    if (body.api_endpoints.value) changes.endpoints = to_endpoints(*body.api_endpoints.value);
    FLEET_TRY(const User user, users_.modify_program(viewer, body.id, changes));
    return OneUser{.user = to_answer(user)};
}

Result<ApiCatalogAnswer> ProgramApi::catalog(const Viewer& viewer, const Nothing&) {
    FLEET_TRY(const service::ApiCatalog entries, users_.catalog(viewer));
    ApiCatalogAnswer out;
    for (const service::CatalogEntry& entry : entries) {
        out.api_endpoints.push_back(
            {.method = entry.endpoint.method,
             .path = entry.endpoint.path,
             .display_name = entry.display_name}
        );
    }
    return out;
}

Result<NewEmailAnswer> ProgramApi::confirm_address(
    const Viewer& viewer, const EmailChangeParams& params
) {
    FLEET_TRY(std::string address, users_.confirm_address(viewer, params.token));
    return NewEmailAnswer{.new_email = std::move(address)};
}

Result<Empty> ProgramApi::apply_roles(const Viewer& viewer, const UserRolesBody& body) {
    std::vector<service::RoleSpec> specs;
    for (const auto& [email, roles] : body.spec.roles) {
        service::RoleSpec spec;
        spec.email = email;
        spec.global_role = roles.global_role;
        for (const NamedTeamRoleBody& team : roles.teams)
            spec.teams.push_back({.team = team.team, .role = team.role});
        specs.push_back(std::move(spec));
    }
    FLEET_CHECK(users_.apply_roles(viewer, specs));
    return Empty{};
}

}  // namespace fleet::api::rest
