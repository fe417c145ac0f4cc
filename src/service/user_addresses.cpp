// Changes of address, and roles by address: rest-api-a 5.8, 5.11 and 5.13.
#include <chrono>

#include "account_activities.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/service/passwords.hpp"
#include "fleet/service/user_service.hpp"
#include "user_rules.hpp"

namespace fleet::service {
namespace {

using store::LinkKind;

constexpr auto kLinkLife = std::chrono::hours{24};
constexpr int kLastAdminCode = 2;

Error unknown_token() {
    return Error::not_found("Change of address", "");
}

Error last_admin() {
    Error error;
    error.kind = ErrorKind::invalid;
    error.message = "cannot remove the last global admin";
    error.code = kLastAdminCode;
    return error;
}

}  // namespace

Result<> UserService::mail_new_address(const User& user, const std::string& address) {
    const std::string token = random_token(deps_.link_bytes);
    deps_.db.write([&](store::Session& session) {
        deps_.links.replace(
            session,
            LinkKind::email_change,
            sha256(token),
            {.user = user.id, .email = address, .expires_at = deps_.clock.now() + kLinkLife}
        );
    });
    return deps_.mailer.send(
        {.to = address,
         .subject = "Confirm your new address for Fleet",
         .intro = "This shall become the address of the Fleet account of " + user.name + ".",
         .action = "Confirm the address",
         .path = "/email/change/" + token,
         .note = "The link works once, for 24 hours, when you are signed in."}
    );
}

Result<std::string> UserService::confirm_address(const Viewer& viewer, const std::string& token) {
    FLEET_CHECK(authorize(viewer, Action::edit_own_account, Object::global()));
    const Digest digest = sha256(token);
    const auto link = deps_.links.find(LinkKind::email_change, digest);
    if (!link || link->user != viewer.id || link->expires_at <= deps_.clock.now()) {
        return fail(unknown_token());
    }
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<std::string> {
        auto user = deps_.users.lock(session, viewer.id);
        if (!user || !deps_.links.take(session, LinkKind::email_change, digest)) {
            return fail(unknown_token());
        }
        user->email = link->email;
        FLEET_CHECK(deps_.users.update(session, *user));
        // A reset link went to the address that is no longer the user's.
        deps_.links.remove_all(session, viewer.id, LinkKind::password_reset);
        return link->email;
    });
}

Result<User> UserService::apply_role_spec(store::Session& session, const RoleSpec& spec) {
    const auto before = deps_.users.lock_by_email(session, normal_email(spec.email));
    if (!before) {
        return fail(Error::invalid("email", "there is no user with the address " + spec.email));
    }
    std::vector<RequestedTeamRole> teams;
    for (const auto& named : spec.teams) {
        const auto team = deps_.users.team_by_name(session, named.team);
        if (!team) return fail(Error::invalid("teams", "there is no team " + named.team));
        teams.push_back({.team = *team, .role = named.role});
    }
    FLEET_TRY(const Roles roles, check_roles(spec.global_role, teams, true));
    User after = *before;
    after.global_role = roles.global;
    after.teams = roles.teams;
    FLEET_CHECK(deps_.users.update(session, after));
    return *before;
}

Result<> UserService::apply_roles(const Viewer& viewer, const std::vector<RoleSpec>& specs) {
    FLEET_CHECK(authorize(viewer, Action::apply_user_roles, Object::global()));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        deps_.users.has_other_global_admin(session, UserId{});  // locks them first
        for (const RoleSpec& spec : specs) {
            FLEET_TRY(const User before, apply_role_spec(session, spec));
            const User after = deps_.users.find(session, before.id).value();
            record_role_changes(deps_.activities, session, viewer, before, after);
        }
        if (deps_.users.has_other_global_admin(session, UserId{})) return {};
        return fail(last_admin());
    });
}

}  // namespace fleet::service
