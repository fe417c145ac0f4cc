#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

Shape campaign() {
    const Shape metrics = object(
        {{"TotalHosts", count},
         {"OnlineHosts", count},
         {"OfflineHosts", count},
         {"MissingInActionHosts", count},
         {"NewHosts", count}}
    );
    return object(
        {{"campaign",
          named(
              "Campaign",
              {{"created_at", time},
               {"updated_at", time},
               {"Metrics", metrics},
               {"id", count},
               {"query_id", count},
               {"status", count},
               {"user_id", count}}
          )}}
    );
}

std::vector<Field> counts() {
    return {
        {"targets_count", count},
        {"targets_online", count},
        {"targets_offline", count},
        {"targets_missing_in_action", count}};
}

Shape found_targets() {
    const Shape label = named(
        "TargetLabel",
        {{"created_at", time},
         {"updated_at", time},
         {"id", count},
         {"name", text},
         {"description", text},
         {"query", text},
         {"platform", text},
         {"label_type", label_type()},
         {"label_membership_type", label_membership()},
         {"display_text", text},
         {"count", count},
         optional("host_count", count)}
    );
    const Shape team = named(
        "TargetTeam",
        {{"created_at", time},
         {"id", count},
         {"name", text},
         {"description", text},
         {"display_text", text},
         {"count", count},
         {"host_count", count}}
    );
    return object({{"hosts", list_of(host())}, {"labels", list_of(label)}, {"teams", list_of(team)}}
    );
}

Shape results() {
    return list_of(named(
        "LiveResult",
        {{"host_id", count}, {"rows", nullable(list_of(map_of(text)))}, {"error", nullable(text)}}
    ));
}

Shape one_host_answer() {
    return named(
        "HostQueryResult",
        {{"host_id", count},
         {"rows", nullable(list_of(map_of(text)))},
         {"query", text},
         {"status", one_of({"online", "offline"})},
         optional("error", text)}
    );
}

Descriptions sync_queries() {
    const Shape many = object(
        {{"summary", object({{"targeted_host_count", count}, {"responded_host_count", count}})},
         {"live_query_results",
          list_of(object(
              {{"query_id", count},
               {"results", nullable(results())},
               optional("error", nullable(text))}
          ))}}
    );
    return {
        {.endpoint = "run_saved_query_sync",
         .summary = "Run a saved query and wait for its results",
         .answer = object(
             {{"query_id", count},
              {"targeted_host_count", count},
              {"responded_host_count", count},
              {"results", results()}}
         ),
         .required = {"host_ids"}},
        {.endpoint = "run_queries_sync",
         .summary = "Run several saved queries and wait for their results",
         .answer = many,
         .required = {"query_ids", "host_ids"}},
        {.endpoint = "query_host",
         .summary = "Ask one host a question and wait for its answer",
         .answer = one_host_answer(),
         .required = {"query"}},
        {.endpoint = "query_host_by_identifier",
         .summary = "The same, for a host by UUID, name or serial number",
         .answer = one_host_answer(),
         .required = {"query"}},
    };
}

}  // namespace

Descriptions live_queries() {
    std::vector<Field> search{{"targets", found_targets()}};
    const std::vector<Field> numbers = counts();
    search.insert(search.end(), numbers.begin(), numbers.end());
    Descriptions out = {
        {.endpoint = "run_live_query",
         .summary = "Ask hosts a question; the results come over a WebSocket",
         .answer = campaign(),
         .required = {"selected"}},
        {.endpoint = "run_live_query_by_identifiers",
         .summary = "The same, for hosts by UUID, name or serial number",
         .answer = campaign(),
         .required = {"selected"}},
        {.endpoint = "run_live_query_by_names",
         .summary = "The same under its older name",
         .answer = campaign(),
         .required = {"selected"}},
        {.endpoint = "results_websocket",
         .summary = "Follow a live query over a WebSocket, plain or SockJS"},
        {.endpoint = "count_targets",
         .summary = "Count the hosts that a selection names",
         .answer = object(counts())},
        {.endpoint = "search_hosts",
         .summary = "Find hosts to ask",
         .answer =
             object({{"targets", object({{"hosts", list_of(host())}})}, {"hosts", list_of(host())}}
             )},
        {.endpoint = "search_targets",
         .summary = "Find hosts, labels and teams to ask",
         .answer = object(std::move(search))},
        {.endpoint = "live_query_status", .summary = "Can live queries run?"},
        {.endpoint = "result_store_status", .summary = "Can results be kept?"},
    };
    Descriptions more = sync_queries();
    for (Description& one : more)
        out.push_back(std::move(one));
    return out;
}

}  // namespace fleet::api::rest::describe
