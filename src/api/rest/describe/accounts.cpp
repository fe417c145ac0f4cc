#include "../account_json.hpp"
#include "../activity_json.hpp"
#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

/// With what the web UI stores for itself.
Shape me() {
    const Shape settings = object({optional("hidden_host_columns", list_of(text))});
    Shape out = shape_of<Me>(Use::answer);
    return extended(out, "Me", {optional("settings", settings)});
}

Shape activities() {
    const Shape activity = extended(
        shape_of<ActivityAnswer>(Use::answer), "Activity", {{"details", nullable(map_of(anything))}}
    );
    return object({{"activities", list_of(activity)}, {"meta", page_meta()}});
}

Descriptions more_accounts() {
    return {
        {.endpoint = "finish_login",
         .summary = "Log in with the token that came by mail",
         .required = {"token"}},
        {.endpoint = "forgot_password",
         .summary = "Get a mail with a link to set a new password",
         .required = {"email"}},
        {.endpoint = "reset_password",
         .summary = "Set a new password with the token of that mail",
         .required = {"new_password", "password_reset_token"}},
        {.endpoint = "create_invite", .summary = "Invite somebody", .required = {"email"}},
        {.endpoint = "list_invites", .summary = "List invites"},
        {.endpoint = "update_invite", .summary = "Change an invite"},
        {.endpoint = "delete_invite", .summary = "Take an invite back"},
        {.endpoint = "verify_invite", .summary = "Get the invite of a token"},
        {.endpoint = "create_user_from_invite",
         .summary = "Accept an invite",
         .required = {"invite_token"}},
        {.endpoint = "create_api_only_user",
         .summary = "Create a user for a program",
         .required = {"name"}},
        {.endpoint = "modify_api_only_user", .summary = "Change a user for a program"},
        {.endpoint = "list_api_endpoints",
         .summary = "List what users for programs can be limited to"},
        {.endpoint = "change_email", .summary = "Confirm a new e-mail address"},
        {.endpoint = "apply_user_role_specs", .summary = "Set the roles of users by specs"},
        {.endpoint = "list_my_tokens", .summary = "List your own tokens"},
        {.endpoint = "create_my_token", .summary = "Create a token; it is shown once"},
        {.endpoint = "delete_my_token", .summary = "Delete one of your tokens"},
        {.endpoint = "list_user_tokens", .summary = "List the tokens of a user"},
        {.endpoint = "create_user_token", .summary = "Create a token for a user; it is shown once"},
        {.endpoint = "delete_user_token", .summary = "Delete a token of a user"},
        {.endpoint = "sso_settings", .summary = "Is single sign-on there, and what does it show?"},
        {.endpoint = "initiate_sso",
         .summary = "Begin a single sign-on",
         .answer = object({{"url", text}})},
        {.endpoint = "callback_sso",
         .summary = "End a single sign-on; for the identity provider",
         .answer = text,
         .content_type = "text/html"},
        {.endpoint = "list_host_activities",
         .summary = "List what happened to a host",
         .answer = activities()},
        {.endpoint = "list_upcoming_activities",
         .summary = "List what waits for a host",
         .answer =
             object({{"count", count}, {"activities", list_of(anything)}, {"meta", page_meta()}})},
        {.endpoint = "cancel_upcoming_activity", .summary = "Cancel what waits for a host"},
    };
}

}  // namespace

/// Answers of accounts are structs: only words are missing.
Descriptions accounts() {
    Descriptions out = {
        {.endpoint = "setup",
         .summary = "Set the server up; once, before the first user",
         .required = {"admin", "org_info"}},
        {.endpoint = "login",
         .summary = "Log in; the answer has the token for all other calls",
         .answer = object(
             {optional("user", shape_of<UserAnswer>(Use::answer)),
              optional("available_teams", list_of(shape_of<AvailableTeam>(Use::answer))),
              optional("token", text),
              optional("message", text)}
         ),
         .required = {"email", "password"}},
        {.endpoint = "logout", .summary = "End this session"},
        {.endpoint = "me", .summary = "Who am I?", .answer = me()},
        {.endpoint = "change_password",
         .summary = "Change your own password",
         .required = {"old_password", "new_password"}},
        {.endpoint = "perform_required_password_reset",
         .summary = "Set a new password when an administrator asked for one",
         .required = {"new_password"}},
        {.endpoint = "get_session", .summary = "Get one session"},
        {.endpoint = "delete_session", .summary = "End a session"},
        {.endpoint = "user_sessions", .summary = "List the sessions of a user"},
        {.endpoint = "delete_user_sessions", .summary = "End all sessions of a user"},
        {.endpoint = "list_users", .summary = "List users"},
        {.endpoint = "create_user", .summary = "Create a user", .required = {"name", "email"}},
        {.endpoint = "get_user", .summary = "Get one user", .answer = me()},
        {.endpoint = "modify_user", .summary = "Change a user"},
        {.endpoint = "delete_user", .summary = "Delete a user"},
        {.endpoint = "require_password_reset",
         .summary = "Make a user set a new password",
         .required = {"require"}},
        {.endpoint = "get_enroll_secret_spec", .summary = "List the enroll secrets for all hosts"},
        {.endpoint = "apply_enroll_secret_spec",
         .summary = "Replace the enroll secrets for all hosts",
         .required = {"spec"}},
        {.endpoint = "list_activities",
         .summary = "List what people and the server did",
         .answer = activities()},
    };
    Descriptions more = more_accounts();
    for (Description& one : more)
        out.push_back(std::move(one));
    return out;
}

}  // namespace fleet::api::rest::describe
