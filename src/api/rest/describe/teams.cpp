#include "../account_json.hpp"
#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

Shape member() {
    return extended(shape_of<UserAnswer>(Use::answer), "TeamMember", {optional("role", text)});
}

/// Of "no team" only the name and some settings are told.
Shape team() {
    const Shape section = object({});
    const Shape secret = object(
        {{"secret", text},
         optional("created_at", time),
         optional("team_id", count),
         optional("name", text),
         optional("expires_at", time),
         optional("use_limit", count),
         optional("use_count", count),
         optional("last_used_at", time)}
    );
    return named(
        "Team",
        {{"id", count},
         optional("created_at", time),
         {"name", text},
         optional("description", text),
         optional("agent_options", section),
         optional("host_expiry_settings", section),
         {"webhook_settings", section},
         {"integrations", section},
         optional("features", section),
         optional("mdm", section),
         optional("scripts", nullable(list_of(anything))),
         optional("software", nullable(section)),
         optional("user_count", count),
         optional("host_count", count),
         optional("users", list_of(member())),
         optional("secrets", nullable(list_of(secret)))}
    );
}

}  // namespace

Descriptions teams() {
    const Shape one = object({{"team", team()}});
    return {
        {.endpoint = "list_teams",
         .summary = "List teams",
         .answer = object({{"teams", list_of(team())}})},
        {.endpoint = "create_team",
         .summary = "Create a team",
         .answer = one,
         .required = {"name"}},
        {.endpoint = "get_team",
         .summary = "Get one team; 0 is what hosts of no team get",
         .answer = one},
        {.endpoint = "modify_team",
         .summary = "Change a team; what is not sent stays",
         .answer = one},
        {.endpoint = "delete_team", .summary = "Delete a team; its hosts go into no team"},
        {.endpoint = "modify_team_agent_options",
         .summary = "Replace the agent options of a team; the body is the options themselves",
         .answer = one,
         .body = object({optional("config", object({})), optional("overrides", object({}))})},
        {.endpoint = "list_team_users",
         .summary = "List the members of a team",
         .answer = object({{"users", list_of(member())}})},
        {.endpoint = "add_team_users",
         .summary = "Add members to a team, or change their roles",
         .answer = one,
         .required = {"users"}},
        {.endpoint = "delete_team_users",
         .summary = "Take members off a team",
         .answer = one,
         .required = {"users"}},
        {.endpoint = "apply_team_specs",
         .summary = "Create and change teams by specs",
         .answer = object({{"team_ids_by_name", map_of(count)}}),
         .required = {"specs"},
         .body = object({optional("specs", list_of(object({})))})},
        {.endpoint = "team_enroll_secrets", .summary = "List the enroll secrets of a team"},
        {.endpoint = "modify_team_enroll_secrets",
         .summary = "Replace the enroll secrets of a team",
         .required = {"secrets"}},
        {.endpoint = "transfer_hosts",
         .summary = "Move hosts to a team, or to none",
         .required = {"hosts"}},
        {.endpoint = "transfer_hosts_by_filter",
         .summary = "Move the hosts that a filter finds",
         .required = {"filters"}},
    };
}

}  // namespace fleet::api::rest::describe
