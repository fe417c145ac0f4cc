#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

Shape pack() {
    return named(
        "Pack",
        {{"created_at", time},
         {"updated_at", time},
         {"id", count},
         {"name", text},
         {"description", text},
         {"platform", text},
         {"disabled", flag},
         {"type", nullable(text)},
         {"labels", anything},
         {"label_ids", list_of(count)},
         {"hosts", anything},
         {"host_ids", list_of(count)},
         {"teams", anything},
         {"team_ids", list_of(count)},
         {"query_count", count},
         {"total_hosts_count", count}}
    );
}

std::vector<Field> schedule_fields() {
    return {
        {"interval", count},
        {"snapshot", nullable(flag)},
        {"removed", nullable(flag)},
        {"platform", nullable(text)},
        {"version", nullable(text)},
        {"shard", nullable(count)},
        {"denylist", nullable(flag)}};
}

Shape scheduled() {
    const Shape head = object(
        {{"created_at", time},
         {"updated_at", time},
         {"id", count},
         {"pack_id", count},
         {"name", text},
         {"query_id", count},
         {"query_name", text},
         {"query", text},
         {"stats",
          object(
              {{"system_time_p50", nullable(number)},
               {"system_time_p95", nullable(number)},
               {"user_time_p50", nullable(number)},
               {"user_time_p95", nullable(number)},
               {"total_executions", nullable(number)}}
          )}}
    );
    return extended(head, "ScheduledQuery", schedule_fields());
}

Shape spec() {
    const Shape names = nullable(list_of(text));
    const Shape query = extended(
        object({{"query", text}, {"name", text}, {"description", text}}),
        "PackSpecQuery",
        schedule_fields()
    );
    return named(
        "PackSpec",
        {optional("id", count),
         {"name", text},
         {"description", text},
         {"platform", text},
         {"disabled", flag},
         {"targets", object({{"labels", names}, {"teams", names}})},
         {"queries", list_of(query)}}
    );
}

/// The same endpoint under its name of one version and of the others.
void add_both(
    Descriptions& out,
    std::string_view name,
    std::string_view old_name,
    const Description& described
) {
    for (const std::string_view endpoint : {name, old_name}) {
        Description one = described;
        one.endpoint = endpoint;
        out.push_back(std::move(one));
    }
}

Descriptions schedules() {
    const Shape one = object({{"scheduled", scheduled()}});
    const Shape listed = object({{"global_schedule", list_of(scheduled())}});
    Descriptions out = {
        {.endpoint = "list_pack_queries",
         .summary = "List the queries of a pack",
         .answer = object({{"scheduled", nullable(list_of(scheduled()))}})},
        {.endpoint = "get_pack_query", .summary = "Get one query of a pack", .answer = one},
        {.endpoint = "list_team_schedule",
         .summary = "List the scheduled queries of a team",
         .answer = object({{"scheduled", list_of(scheduled())}})},
        {.endpoint = "add_team_schedule", .summary = "Schedule a query for a team", .answer = one},
        {.endpoint = "modify_team_schedule",
         .summary = "Change a scheduled query of a team",
         .answer = one},
        {.endpoint = "delete_team_schedule", .summary = "Take a query off a team's schedule"},
    };
    add_both(
        out,
        "add_pack_query",
        "add_pack_query_v1",
        {.endpoint = "", .summary = "Add a query to a pack", .answer = one}
    );
    add_both(
        out,
        "modify_pack_query",
        "modify_pack_query_v1",
        {.endpoint = "", .summary = "Change a query of a pack", .answer = one}
    );
    add_both(
        out,
        "delete_pack_query",
        "delete_pack_query_v1",
        {.endpoint = "", .summary = "Take a query out of a pack"}
    );
    add_both(
        out,
        "list_global_schedule",
        "list_global_schedule_v1",
        {.endpoint = "", .summary = "List the queries scheduled for all hosts", .answer = listed}
    );
    add_both(
        out,
        "add_global_schedule",
        "add_global_schedule_v1",
        {.endpoint = "", .summary = "Schedule a query for all hosts", .answer = one}
    );
    add_both(
        out,
        "modify_global_schedule",
        "modify_global_schedule_v1",
        {.endpoint = "", .summary = "Change a query scheduled for all hosts", .answer = one}
    );
    add_both(
        out,
        "delete_global_schedule",
        "delete_global_schedule_v1",
        {.endpoint = "", .summary = "Take a query off the schedule for all hosts"}
    );
    return out;
}

}  // namespace

Descriptions packs() {
    const Shape one = object({{"pack", pack()}});
    Descriptions out = schedules();
    const Descriptions more = {
        {.endpoint = "list_packs",
         .summary = "List packs",
         .answer = object({{"packs", list_of(pack())}})},
        {.endpoint = "get_pack", .summary = "Get one pack", .answer = one},
        {.endpoint = "create_pack",
         .summary = "Create a pack",
         .answer = one,
         .required = {"name"}},
        {.endpoint = "modify_pack", .summary = "Change a pack", .answer = one},
        {.endpoint = "delete_pack", .summary = "Delete a pack by its name"},
        {.endpoint = "delete_pack_by_id", .summary = "Delete a pack"},
        {.endpoint = "list_pack_specs",
         .summary = "List packs as specs",
         .answer = object({{"specs", nullable(list_of(spec()))}})},
        {.endpoint = "get_pack_spec",
         .summary = "Get one pack as a spec",
         .answer = object({{"specs", spec()}})},
        {.endpoint = "apply_pack_specs",
         .summary = "Create and change packs by specs",
         .answer = apply_plan(),
         .required = {"specs"}},
    };
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

}  // namespace fleet::api::rest::describe
