#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

/// Answers of accounts are structs: only words are missing.
Descriptions accounts() {
    return {
        {.endpoint = "setup",
         .summary = "Set the server up; once, before the first user",
         .required = {"admin", "org_info"}},
        {.endpoint = "login",
         .summary = "Log in; the answer has the token for all other calls",
         .required = {"email", "password"}},
        {.endpoint = "logout", .summary = "End this session"},
        {.endpoint = "me", .summary = "Who am I?"},
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
        {.endpoint = "get_user", .summary = "Get one user"},
        {.endpoint = "modify_user", .summary = "Change a user"},
        {.endpoint = "delete_user", .summary = "Delete a user"},
        {.endpoint = "require_password_reset",
         .summary = "Make a user set a new password",
         .required = {"require"}},
        {.endpoint = "get_enroll_secret_spec", .summary = "List the enroll secrets for all hosts"},
        {.endpoint = "apply_enroll_secret_spec",
         .summary = "Replace the enroll secrets for all hosts",
         .required = {"spec"}},
        {.endpoint = "list_activities", .summary = "List what people and the server did"},
    };
}

}  // namespace fleet::api::rest::describe
