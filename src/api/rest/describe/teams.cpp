#include <set>

#include "../account_json.hpp"
#include "../enroll_secret_json.hpp"
#include "describe.hpp"
#include "fleet/service/settings_schema.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

Shape member() {
    return extended(
        shape_of<UserAnswer>(Use::answer), "TeamMember", {optional("role", among(text, kRoleWords))}
    );
}

Shape team() {
    Shape stored = settings(service::team_config_schema(), service::default_team_config());
    std::erase_if(stored.fields, [](const Field& field) {
        return field.name == "gitops_filename";
    });
    return extended(
        stored,
        "Team",
        {{"id", count},
         {"created_at", time},
         {"name", text},
         {"description", text},
         {"user_count", count},
         {"host_count", count},
         optional("users", list_of(member())),
         optional("secrets", nullable(list_of(shape_of<EnrollSecretItem>(Use::answer))))}
    );
}

/// Of what hosts of no team get, only the name, a webhook and the trackers are told.
Shape team_or_none() {
    const auto is_of_none = [](const std::string& name) {
        static const std::set<std::string> kNames{
            "id",
            "name",
            "webhook_settings",
            "failing_policies_webhook",
            "integrations",
            "jira",
            "zendesk"};
        return kNames.contains(name);
    };
    Shape out = team();
    out.name = "TeamOrNone";
    for (Field& field : out.fields) {
        if (!is_of_none(field.name)) {
            field.optional = true;
            continue;
        }
        for (Field& inner : field.shape.fields)
            inner.optional = inner.optional || !is_of_none(inner.name);
    }
    return out;
}

}  // namespace

Descriptions teams() {
    const Shape one = object({{"team", team()}});
    const Shape any = object({{"team", team_or_none()}});
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
         .answer = any},
        {.endpoint = "modify_team",
         .summary = "Change a team; what is not sent stays",
         .answer = any},
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
