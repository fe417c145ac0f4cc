#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

Shape policy_base() {
    const Shape labels = list_of(label_name());
    return named(
        "HostPolicy",
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
         {"type", one_of({"dynamic", "patch"})},
         {"continuous_automations_enabled", flag},
         {"fleet_maintained", flag},
         {"created_at", time},
         {"updated_at", time}}
    );
}

Shape counted_policy() {
    return extended(
        policy_base(),
        "Policy",
        {{"passing_host_count", count},
         {"failing_host_count", count},
         {"host_count_updated_at", nullable(time)}}
    );
}

}  // namespace

Shape host_policy() {
    return extended(
        policy_base(), "HostPolicyAnswer", {{"response", one_of({"pass", "fail", ""})}}
    );
}

Descriptions policies() {
    const Shape policy = counted_policy();
    const Shape one =
        object({{"policy", extended(policy, "PolicyWithWarnings", {{"warnings", list_of(text)}})}});
    const Shape list = object({optional("policies", list_of(policy))});
    const Shape both = object(
        {optional("policies", list_of(policy)), optional("inherited_policies", list_of(policy))}
    );
    const Shape counts = object({{"count", count}, {"inherited_policy_count", count}});
    const Shape deleted = object({optional("deleted", list_of(count))});
    const Shape day =
        object({{"day", text}, {"passing", count}, {"failing", count}, {"no_answer", count}});
    const Shape history =
        object({{"policy_id", count}, {"team_id", nullable(count)}, {"history", list_of(day)}});
    const std::vector<std::string> ids{"ids"};
    Descriptions out;
    const auto add = [&](std::string_view endpoint, std::string_view summary, const Shape& answer) {
        out.push_back({.endpoint = endpoint, .summary = summary, .answer = answer});
    };
    for (const std::string_view name : {"list_policies", "list_global_policies"})
        add(name, "List the policies for all hosts", list);
    for (const std::string_view name : {"get_policy", "get_global_policy"})
        add(name, "Get one policy", one);
    for (const std::string_view name : {"create_policy", "create_global_policy"})
        add(name, "Add a policy for all hosts", one);
    for (const std::string_view name : {"modify_policy", "modify_global_policy"})
        add(name, "Change a policy for all hosts", one);
    for (const std::string_view name : {"delete_policies", "delete_global_policies"}) {
        out.push_back({.endpoint = name, .summary = "Delete policies", .required = ids});
    }
    out.push_back({.endpoint = "count_policies", .summary = "Count the policies for all hosts"});
    out.push_back({.endpoint = "reset_policy", .summary = "Forget all answers to a policy"});
    out.push_back(
        {.endpoint = "reset_automations",
         .summary = "Let failing hosts count as newly failing once more"}
    );
    out.push_back(
        {.endpoint = "apply_policy_specs",
         .summary = "Apply policies by team and name, all or none",
         .required = {"specs"}}
    );
    add("policy_history", "How many hosts passed and failed on each day", history);
    for (const std::string_view name : {"list_team_policies", "list_team_policies_old"})
        add(name, "List a team's policies and those it inherits", both);
    for (const std::string_view name : {"count_team_policies", "count_team_policies_old"})
        add(name, "Count a team's policies and those it inherits", counts);
    for (const std::string_view name : {"get_team_policy", "get_team_policy_old"})
        add(name, "Get one policy of a team", one);
    for (const std::string_view name : {"create_team_policy", "create_team_policy_old"})
        add(name, "Add a policy to a team", one);
    add("modify_team_policy", "Change a policy of a team", one);
    for (const std::string_view name : {"delete_team_policies", "delete_team_policies_old"}) {
        out.push_back(
            {.endpoint = name,
             .summary = "Delete policies of a team",
             .answer = deleted,
             .required = ids}
        );
    }
    return out;
}

}  // namespace fleet::api::rest::describe
