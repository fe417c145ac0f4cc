#include "fleet/service/user_service.hpp"

#include <algorithm>

#include "account_activities.hpp"
#include "fleet/service/passwords.hpp"
#include "user_rules.hpp"

namespace fleet::service {
namespace {

Error no_such_user(UserId id) {
    return Error::not_found("User", to_text(id));
}

/// What holds for the plain fields of a new account.
Result<> check_fields(const NewUser& in, const std::string& email) {
    FLEET_CHECK(check_full_name(in.name));
    FLEET_CHECK(check_position(in.position));
    FLEET_CHECK(check_email(email));
    if (in.sso_enabled) {
        if (in.password.empty()) return {};
        return fail(Error::invalid("password", "not allowed for SSO users"));
    }
    if (in.password.empty()) return fail(Error::invalid("password", "Password cannot be empty"));
    return check_password("password", in.password);
}

User to_user(const NewUser& in, const std::string& email, const Roles& roles) {
    User user;
    user.name = in.name;
    user.email = email;
    user.global_role = roles.global;
    user.teams = roles.teams;
    user.position = in.position;
    user.gravatar_url = in.gravatar_url;
    user.sso_enabled = in.sso_enabled;
    user.mfa_enabled = in.mfa_enabled;
    user.api_only = in.api_only;
    user.force_password_reset = in.force_password_reset && !in.sso_enabled;
    return user;
}

void apply_fields(User& user, const UserChanges& changes) {
    if (changes.name) user.name = *changes.name;
    if (changes.position) user.position = *changes.position;
    if (changes.gravatar_url) user.gravatar_url = *changes.gravatar_url;
    if (changes.sso_enabled) user.sso_enabled = *changes.sso_enabled;
    if (changes.mfa_enabled) user.mfa_enabled = *changes.mfa_enabled;
    if (changes.settings) user.settings = *changes.settings;
}

bool changes_address(const User& user, const UserChanges& changes) {
    return changes.email && normal_email(*changes.email) != normal_email(user.email);
}

/// The roles that a user has after the changes; nothing when they do not touch roles.
Result<std::optional<Roles>> changed_roles(const User& user, const UserChanges& changes) {
    const bool global = changes.global_role && !changes.global_role->empty();
    const bool teams = changes.teams && !changes.teams->empty();
    if (!changes.global_role && !teams) return std::optional<Roles>{};
    if (!global && !teams && !user.teams.empty()) return std::optional<Roles>{};
    const std::vector<RequestedTeamRole> none;
    FLEET_TRY(
        Roles roles,
        check_roles(changes.global_role.value_or(""), teams ? *changes.teams : none, user.api_only)
    );
    if (same_roles(user, roles)) return std::optional<Roles>{};
    return std::optional<Roles>{std::move(roles)};
}

Error wrong_own_password() {
    Error error;
    error.kind = ErrorKind::forbidden;
    error.message = "Permission Denied";
    error.fields.push_back({"base", "incorrect password"});
    return error;
}

}  // namespace

Result<CreatedUser> UserService::create(const Viewer& viewer, const NewUser& in) {
    const auto requested = check_roles(in.global_role, in.teams, in.api_only);
    FLEET_CHECK(authorize_on(viewer, Action::create_user, requested ? *requested : Roles{}));
    const std::string email = normal_email(in.email);
    FLEET_CHECK(check_fields(in, email));
    FLEET_TRY(const Roles roles, requested);
    const User user = to_user(in, email, roles);
    UserChanges second_step;
    second_step.mfa_enabled = in.mfa_enabled;
    FLEET_CHECK(check_second_step(user, second_step));
    if (deps_.invites.invites(email)) return fail(Error::internal(email + " already invited"));
    return store_new(viewer, user, in.sso_enabled ? std::string{} : hash_password(in.password));
}

Result<CreatedUser> UserService::store_new(
    const Viewer& viewer, const User& user, const std::string& hash
) {
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<CreatedUser> {
        FLEET_TRY(const UserId id, deps_.users.insert(session, user, hash));
        CreatedUser out;
        out.user = deps_.users.find(session, id).value();
        const auto details = account_activity::user_details(out.user);
        deps_.activities.record(session, viewer, "created_user", details);
        record_role_changes(deps_.activities, session, viewer, User{}, out.user);
        if (user.api_only && !user.sso_enabled) out.token = deps_.auth.open_session(session, id);
        return out;
    });
}

Result<std::vector<User>> UserService::list(
    const Viewer& viewer, const Paging& paging, std::optional<TeamId> team
) {
    const Object object = team ? Object::of_team(*team) : Object::global();
    FLEET_CHECK(authorize(viewer, Action::list_users, object));
    auto users = deps_.users.list(paging, team);
    if (!viewer.global_role) {
        for (User& user : users) {
            std::erase_if(user.teams, [&](const TeamRole& t) { return t.team != *team; });
        }
    }
    return users;
}

Result<User> UserService::get(const Viewer& viewer, UserId id) {
    auto user = deps_.users.find(id);
    if (!user) {
        FLEET_CHECK(authorize_on(viewer, Action::read_user, Roles{}));
        return fail(no_such_user(id));
    }
    if (viewer.id != id) {
        FLEET_CHECK(authorize_on(viewer, Action::read_user, roles_of(*user)));
    }
    return *std::move(user);
}

Result<User> UserService::me(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::own_session, Object::global()));
    auto user = deps_.users.find(viewer.id);
    if (!user) return fail(Error::unauthenticated());
    return *std::move(user);
}

Result<> UserService::check_address(
    const Viewer& viewer, const User& user, const UserChanges& changes
) {
    if (!changes_address(user, changes)) return {};
    const std::string email = normal_email(*changes.email);
    FLEET_CHECK(check_email(email));
    if (viewer.id == user.id) {
        if (!changes.password || changes.password->empty()) {
            return fail(Error::invalid("password", "cannot be empty if email is changed"));
        }
        if (!verify_password(deps_.users.password_hash(user.id), *changes.password)) {
            return fail(wrong_own_password());
        }
    }
    if (deps_.users.find_by_email(email)) return fail(Error::conflict("User", "email"));
    if (deps_.invites.invites(email)) return fail(Error::conflict("Invite", "email"));
    if (deps_.mailer.is_configured()) return {};
    return fail(Error::invalid(
        "email", "a new address must be confirmed by mail, and no mail server is configured"
    ));
}

/// Whether the account can be one that signs in with password and mailed link (rest-api-a 3.12).
Result<> UserService::check_second_step(const User& user, const UserChanges& changes) {
    const bool mfa = changes.mfa_enabled.value_or(user.mfa_enabled);
    if (!mfa) return {};
    if (changes.sso_enabled.value_or(user.sso_enabled)) return fail(sso_and_mfa());
    if (!changes.mfa_enabled.value_or(false)) return {};
    if (user.api_only) return fail(Error::invalid("mfa_enabled", "not for API-only users"));
    if (deps_.mailer.is_configured()) return {};
    return fail(Error::bad_request("Email must be set up to enable Fleet MFA"));
}

Result<> UserService::check_new_password(
    const Viewer& viewer, const User& user, const UserChanges& changes
) {
    const bool leaves_sso = user.sso_enabled && changes.sso_enabled == false;
    if (!changes.new_password || changes.new_password->empty()) {
        if (!leaves_sso) return {};
        return fail(Error::invalid("new_password", "needed when single sign-on is turned off"));
    }
    if (changes.sso_enabled.value_or(user.sso_enabled)) {
        return fail(Error::invalid("new_password", "not allowed for SSO users"));
    }
    const std::string hash = deps_.users.password_hash(user.id);
    if (viewer.id == user.id) {
        if (!changes.password || changes.password->empty()) {
            return fail(Error::invalid("password", "cannot be empty if password is changed"));
        }
        if (!verify_password(hash, *changes.password)) return fail(wrong_own_password());
    }
    FLEET_CHECK(check_password("new_password", *changes.new_password));
    if (verify_password(hash, *changes.new_password)) {
        return fail(Error::invalid("new_password", "Cannot reuse old password"));
    }
    return {};
}

Result<User> UserService::modify(const Viewer& viewer, UserId id, const UserChanges& changes) {
    const auto user = deps_.users.find(id);
    const bool self = viewer.id == id;
    if (!user) {
        FLEET_CHECK(authorize_on(viewer, Action::edit_user, Roles{}));
        return fail(no_such_user(id));
    }
    if (self) {
        FLEET_CHECK(authorize(viewer, Action::edit_own_account, Object::global()));
    } else {
        FLEET_CHECK(authorize_on(viewer, Action::edit_user, roles_of(*user)));
    }
    if (changes.name) FLEET_CHECK(check_full_name(*changes.name));
    if (changes.position) FLEET_CHECK(check_position(*changes.position));
    FLEET_CHECK(check_second_step(*user, changes));
    FLEET_CHECK(check_address(viewer, *user, changes));
    FLEET_CHECK(check_new_password(viewer, *user, changes));

    std::optional<std::string> new_hash;
    if (changes.new_password && !changes.new_password->empty()) {
        new_hash = hash_password(*changes.new_password);
    } else if (changes.sso_enabled.value_or(false) && !user->sso_enabled) {
        new_hash = "";  // logs in elsewhere from now on
    }
    FLEET_TRY(User after, store::with_write(deps_.db, [&](store::Session& session) {
                  return write_changes(session, viewer, id, changes, new_hash);
              }));
    if (changes_address(*user, changes)) {
        FLEET_CHECK(mail_new_address(after, normal_email(*changes.email)));
    }
    return after;
}

Result<User> UserService::write_changes(
    store::Session& session,
    const Viewer& viewer,
    UserId id,
    const UserChanges& changes,
    const std::optional<std::string>& new_hash
) {
    const auto before = deps_.users.lock(session, id);
    if (!before) return fail(no_such_user(id));
    User after = *before;
    apply_fields(after, changes);
    FLEET_TRY(const std::optional<Roles> roles, changed_roles(*before, changes));
    if (roles) {
        FLEET_CHECK(authorize_on(viewer, Action::edit_user, roles_of(*before)));
        FLEET_CHECK(authorize_on(viewer, Action::edit_user, *roles));
        after.global_role = roles->global;
        after.teams = roles->teams;
        const bool demoted = before->global_role == Role::admin && roles->global != Role::admin;
        if (demoted && !deps_.users.has_other_global_admin(session, id)) {
            return fail(Error::invalid(
                roles->teams.empty() ? "global_role" : "teams",
                "cannot demote the last global admin"
            ));
        }
    }
    FLEET_CHECK(deps_.users.update(session, after));
    if (new_hash) {
        deps_.users.set_password(session, id, *new_hash, after.force_password_reset);
        deps_.sessions.remove_all(session, id);
        deps_.links.remove_all(session, id, store::LinkKind::password_reset);
        deps_.links.remove_all(session, id, store::LinkKind::sign_in);
    }
    after = deps_.users.find(session, id).value();
    record_role_changes(deps_.activities, session, viewer, *before, after);
    return after;
}

Result<> UserService::remove(const Viewer& viewer, UserId id) {
    const auto user = deps_.users.find(id);
    if (!user) {
        FLEET_CHECK(authorize_on(viewer, Action::delete_user, Roles{}));
        return fail(no_such_user(id));
    }
    if (viewer.id == id) {
        FLEET_CHECK(authorize(viewer, Action::edit_own_account, Object::global()));
    } else {
        FLEET_CHECK(authorize_on(viewer, Action::delete_user, roles_of(*user)));
    }
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        const auto locked = deps_.users.lock(session, id);
        if (!locked) return fail(no_such_user(id));
        if (locked->global_role == Role::admin &&
            !deps_.users.has_other_global_admin(session, id)) {
            return fail(Error::invalid("id", "cannot delete the last global admin"));
        }
        deps_.users.remove(session, id);
        const auto details = account_activity::user_details(*locked);
        deps_.activities.record(session, viewer, "deleted_user", details);
        return {};
    });
}

Result<User> UserService::require_password_reset(const Viewer& viewer, UserId id, bool required) {
    FLEET_CHECK(authorize(viewer, Action::require_password_reset, Object::global()));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<User> {
        auto user = deps_.users.lock(session, id);
        if (!user) return fail(no_such_user(id));
        if (user->sso_enabled) {
            return fail(Error::internal("single sign-on users have no password to reset"));
        }
        user->force_password_reset = required;
        FLEET_CHECK(deps_.users.update(session, *user));
        if (required) {
            deps_.sessions.remove_all(session, id);
            deps_.links.remove_all(session, id, store::LinkKind::password_reset);
        }
        return deps_.users.find(session, id).value();
    });
}

}  // namespace fleet::service
