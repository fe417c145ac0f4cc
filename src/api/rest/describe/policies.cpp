#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

/// With counts; a host has its policies without them.
Shape policy(std::string name, std::vector<Field> more) {
    const Shape labels = list_of(named("LabelName", {{"id", count}, {"name", text}}));
    const Shape plain = object(
        {{"id", count},
         {"name", text},
         {"query", text},
         {"critical", flag},
         {"description", text},
         {"author_id", nullable(count)},
         {"author_name", text},
         {"author_email", text},
         {"team_id", nullable(count)},
         optional("resolution", text),
         {"platform", text},
         optional("labels_include_any", labels),
         optional("labels_include_all", labels),
         optional("labels_exclude_any", labels),
         optional("labels_exclude_all", labels),
         {"calendar_events_enabled", flag},
         {"conditional_access_enabled", flag},
         {"type", text},
         {"continuous_automations_enabled", flag},
         {"fleet_maintained", flag},
         {"created_at", time},
         {"updated_at", time}}
    );
    return extended(plain, std::move(name), std::move(more));
}

Shape counted() {
    return policy(
        "Policy",
        {{"passing_host_count", count},
         {"failing_host_count", count},
         {"host_count_updated_at", nullable(time)}}
    );
}

Shape one_policy() {
    const Shape detail = extended(counted(), "PolicyDetail", {{"warnings", list_of(text)}});
    return object({{"policy", detail}});
}

Shape history() {
    const Shape day =
        object({{"day", text}, {"passing", count}, {"failing", count}, {"no_answer", count}});
    return object({{"policy_id", count}, {"team_id", nullable(count)}, {"history", list_of(day)}});
}

Descriptions global_policies() {
    const Shape listed = object({optional("policies", list_of(counted()))});
    return {
        {.endpoint = "list_global_policies",
         .summary = "List the policies for all hosts",
         .answer = listed},
        {.endpoint = "list_policies",
         .summary = "List the policies for all hosts",
         .answer = listed},
        {.endpoint = "count_policies", .summary = "Count the policies for all hosts"},
        {.endpoint = "get_global_policy", .summary = "Get one policy", .answer = one_policy()},
        {.endpoint = "get_policy", .summary = "Get one policy", .answer = one_policy()},
        {.endpoint = "create_global_policy",
         .summary = "Create a policy for all hosts",
         .answer = one_policy()},
        {.endpoint = "create_policy",
         .summary = "Create a policy for all hosts",
         .answer = one_policy()},
        {.endpoint = "modify_global_policy", .summary = "Change a policy", .answer = one_policy()},
        {.endpoint = "modify_policy", .summary = "Change a policy", .answer = one_policy()},
        {.endpoint = "delete_global_policies", .summary = "Delete policies", .required = {"ids"}},
        {.endpoint = "delete_policies", .summary = "Delete policies", .required = {"ids"}},
        {.endpoint = "reset_policy", .summary = "Forget all answers to a policy"},
        {.endpoint = "policy_history",
         .summary = "Get how many hosts passed, day by day",
         .answer = history()},
        {.endpoint = "reset_automations",
         .summary = "Let hosts that fail count as newly failing again"},
        {.endpoint = "apply_policy_specs",
         .summary = "Create and change policies by specs",
         .required = {"specs"}},
    };
}

}  // namespace

Shape host_policy() {
    return policy("HostPolicy", {{"response", one_of({"pass", "fail", ""})}});
}

Descriptions policies() {
    Descriptions out = {
        {.endpoint = "list_team_policies",
         .summary = "List the policies of a team",
         .answer = object(
             {optional("policies", list_of(counted())),
              optional("inherited_policies", list_of(counted()))}
         )},
        {.endpoint = "count_team_policies",
         .summary = "Count the policies of a team",
         .answer = object({{"count", count}, {"inherited_policy_count", count}})},
        {.endpoint = "get_team_policy",
         .summary = "Get one policy of a team",
         .answer = one_policy()},
        {.endpoint = "create_team_policy",
         .summary = "Create a policy for a team",
         .answer = one_policy()},
        {.endpoint = "modify_team_policy",
         .summary = "Change a policy of a team",
         .answer = one_policy()},
        {.endpoint = "delete_team_policies",
         .summary = "Delete policies of a team",
         .answer = object({optional("deleted", list_of(count))}),
         .required = {"ids"}},
    };
    Descriptions more = global_policies();
    for (Description& one : more)
        out.push_back(std::move(one));
    return out;
}

}  // namespace fleet::api::rest::describe
