#include "describe.hpp"
#include "fleet/core/words.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

Shape query() {
    const Shape label = label_name();
    const Shape pack = object(
        {{"id", count},
         {"name", text},
         {"description", text},
         {"platform", text},
         {"disabled", flag},
         {"created_at", time},
         {"updated_at", time}}
    );
    const Shape stats = named(
        "QueryStats",
        {{"system_time_p50", nullable(number)},
         {"system_time_p95", nullable(number)},
         {"user_time_p50", nullable(number)},
         {"user_time_p95", nullable(number)},
         {"total_executions", nullable(number)}}
    );
    return named(
        "Query",
        {{"created_at", time},
         {"updated_at", time},
         {"id", count},
         {"team_id", nullable(count)},
         {"fleet_id", nullable(count)},
         {"interval", count},
         {"platform", text},
         {"min_osquery_version", text},
         {"automations_enabled", flag},
         {"logging", among(text, kLoggingWords)},
         {"name", text},
         {"description", text},
         {"query", text},
         {"saved", flag},
         {"observer_can_run", flag},
         {"author_id", nullable(count)},
         {"author_name", text},
         {"author_email", text},
         {"packs", list_of(pack)},
         {"stats", stats},
         {"discard_data", flag},
         {"labels_include_any", list_of(label)},
         {"labels_include_all", list_of(label)},
         {"labels_exclude_any", list_of(label)}}
    );
}

Shape query_spec() {
    return named(
        "QuerySpec",
        {{"name", text},
         {"description", text},
         {"query", text},
         {"team", text},
         {"interval", count},
         {"observer_can_run", flag},
         {"platform", text},
         {"min_osquery_version", text},
         {"automations_enabled", flag},
         {"logging", among(text, kLoggingWords)},
         {"discard_data", flag},
         optional("labels_include_any", list_of(text)),
         optional("labels_include_all", list_of(text)),
         optional("labels_exclude_any", list_of(text))}
    );
}

Descriptions reports() {
    const Shape columns = map_of(text);
    const Shape left_out =
        named("LeftOutHost", {{"host_id", count}, {"host_name", text}, {"reason", text}});
    const Shape row = named(
        "ReportRow",
        {{"host_id", count}, {"host_name", text}, {"last_fetched", time}, {"columns", columns}}
    );
    const Shape host_report = named(
        "HostReport",
        {{"id", count},
         {"name", text},
         {"description", text},
         {"query", text},
         {"logging", among(text, kLoggingWords)},
         {"discard_data", flag},
         {"total_results_count", count},
         {"last_fetched", nullable(time)},
         {"first_result_columns", nullable(columns)}}
    );
    return {
        {.endpoint = "get_query_report",
         .summary = "Get what hosts answered to a scheduled query",
         .answer = object(
             {{"query_id", count},
              {"report_clipped", flag},
              {"left_out_hosts", list_of(left_out)},
              {"count", count},
              {"meta", page_meta()},
              {"results", list_of(row)},
              optional("error", text)}
         )},
        {.endpoint = "list_host_reports",
         .summary = "List the stored reports of one host",
         .answer =
             object({{"reports", list_of(host_report)}, {"count", count}, {"meta", page_meta()}})},
        {.endpoint = "get_host_report",
         .summary = "Get what one host answered to a scheduled query",
         .answer = object(
             {{"query_id", count},
              {"host_id", count},
              {"host_name", text},
              {"last_fetched", nullable(time)},
              {"report_clipped", flag},
              optional("reason", text),
              {"results", list_of(object({{"columns", columns}}))}}
         )},
    };
}

}  // namespace

Descriptions queries() {
    const Shape one = extended(query(), "QueryDetail", {{"warnings", list_of(text)}});
    const Shape answer = object({{"query", one}, {"report", one}});
    Descriptions out = {
        {.endpoint = "list_queries",
         .summary = "List saved queries",
         .answer = object(
             {{"queries", list_of(query())},
              {"count", count},
              {"inherited_query_count", count},
              {"meta", page_meta()}}
         )},
        {.endpoint = "get_query", .summary = "Get one saved query", .answer = answer},
        {.endpoint = "create_query",
         .summary = "Save a query",
         .answer = answer,
         .required = {"name", "query"}},
        {.endpoint = "modify_query", .summary = "Change a saved query", .answer = answer},
        {.endpoint = "delete_query", .summary = "Delete a saved query by its name"},
        {.endpoint = "delete_query_by_id", .summary = "Delete a saved query"},
        {.endpoint = "delete_queries", .summary = "Delete saved queries", .required = {"ids"}},
        {.endpoint = "list_query_specs",
         .summary = "List saved queries as specs",
         .answer = object({{"specs", nullable(list_of(query_spec()))}})},
        {.endpoint = "get_query_spec",
         .summary = "Get one saved query as a spec",
         .answer = object({{"specs", query_spec()}})},
        {.endpoint = "apply_query_specs",
         .summary = "Create and change saved queries by specs",
         .answer = apply_plan(),
         .required = {"specs"}},
    };
    Descriptions more = reports();
    for (Description& report : more)
        out.push_back(std::move(report));
    return out;
}

}  // namespace fleet::api::rest::describe
