// Accounts for programs: rest-api-a 5.5, 5.6 and 5.14.
#include "account_activities.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/service/passwords.hpp"
#include "fleet/service/user_service.hpp"
#include "user_rules.hpp"

namespace fleet::service {
namespace {

/// Nobody writes to it or logs in with it: a domain that never exists (RFC 2606).
std::string generated_address() {
    return "api-only-" + random_uuid() + "@fleet.invalid";
}

/// Long, with a digit and a symbol whatever comes out of the generator; at most 48 bytes.
std::string generated_password() {
    return random_token(30) + "-1";
}

}  // namespace

Result<CreatedUser> UserService::create_program(const Viewer& viewer, const NewProgram& in) {
    const auto requested = check_roles(in.global_role, in.teams, true);
    FLEET_CHECK(authorize_on(viewer, Action::create_user, requested ? *requested : Roles{}));
    FLEET_CHECK(check_full_name(in.name));
    FLEET_TRY(const Roles roles, requested);
    User user;
    user.name = in.name;
    user.email = generated_address();
    user.global_role = roles.global;
    user.teams = roles.teams;
    user.api_only = true;
    if (in.endpoints) {
        FLEET_TRY(user.api_endpoints, check_endpoints(*in.endpoints, deps_.catalog()));
    }
    return store_new(viewer, user, hash_password(generated_password()));
}

Result<User> UserService::modify_program(
    const Viewer& viewer, UserId id, const ProgramChanges& changes
) {
    const auto user = deps_.users.find(id);
    FLEET_CHECK(authorize_on(viewer, Action::edit_user, user ? roles_of(*user) : Roles{}));
    if (!user) return fail(Error::not_found("User", to_text(id)));
    if (viewer.id == id) return fail(Error::invalid("id", "cannot be your own account"));
    if (!user->api_only) return fail(Error::invalid("id", "is not an API-only user"));
    std::optional<std::vector<ApiEndpoint>> endpoints;
    if (changes.endpoints) {
        FLEET_TRY(endpoints, check_endpoints(*changes.endpoints, deps_.catalog()));
    }
    UserChanges plain;
    plain.name = changes.name;
    plain.global_role = changes.global_role;
    plain.teams = changes.teams;
    if (plain.name) FLEET_CHECK(check_full_name(*plain.name));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<User> {
        FLEET_TRY(User after, write_changes(session, viewer, id, plain, std::nullopt));
        if (!changes.sets_endpoints) return after;
        after.api_endpoints = endpoints;
        FLEET_CHECK(deps_.users.update(session, after));
        return deps_.users.find(session, id).value();
    });
}

Result<ApiCatalog> UserService::catalog(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::read_api_catalog, Object::anywhere()));
    return deps_.catalog();
}

}  // namespace fleet::service
