#include "fleet/api/rest/live_query.hpp"

#include "host_json.hpp"

namespace fleet::api::rest {

struct SelectedTargets {
    std::vector<HostId> hosts{};
    std::vector<LabelId> labels{};
    std::vector<TeamId> teams{};

    static void fields(auto&& field) {
        field("hosts", &SelectedTargets::hosts);
        field("labels", &SelectedTargets::labels);
        field("teams", &SelectedTargets::teams);
    }
    store::TargetSelection selection() const {
        return {.hosts = hosts, .labels = labels, .teams = teams};
    }
};

struct RunLiveQuery {
    std::string query{};
    std::optional<QueryId> query_id{};
    SelectedTargets selected{};

    static void fields(auto&& field) {
        field("query", &RunLiveQuery::query);
        field("query_id", &RunLiveQuery::query_id);
        field("selected", &RunLiveQuery::selected);
    }
};

struct SelectedNames {
    std::vector<std::string> hosts{};
    std::vector<std::string> labels{};

    static void fields(auto&& field) {
        field("hosts", &SelectedNames::hosts);
        field("labels", &SelectedNames::labels);
    }
};

struct RunLiveQueryByNames {
    std::string query{};
    std::optional<QueryId> query_id{};
    SelectedNames selected{};

    static void fields(auto&& field) {
        field("query", &RunLiveQueryByNames::query);
        field("query_id", &RunLiveQueryByNames::query_id);
        field("selected", &RunLiveQueryByNames::selected);
    }
};

struct CountTargets {
    std::optional<QueryId> query_id{};
    SelectedTargets selected{};

    static void fields(auto&& field) {
        field("query_id", &CountTargets::query_id);
        field("selected", &CountTargets::selected);
    }
};

struct SearchHosts {
    std::string query{};
    std::optional<QueryId> query_id{};
    std::vector<HostId> excluded_host_ids{};

    static void fields(auto&& field) {
        field("query", &SearchHosts::query);
        field("query_id", &SearchHosts::query_id);
        field("excluded_host_ids", &SearchHosts::excluded_host_ids);
    }
};

struct SearchTargets {
    std::string query{};
    std::optional<QueryId> query_id{};
    SelectedTargets selected{};

    static void fields(auto&& field) {
        field("query", &SearchTargets::query);
        field("query_id", &SearchTargets::query_id);
        field("selected", &SearchTargets::selected);
    }
};

namespace {

// A saved query's SQL wins over a text sent along; id 0 is how old clients say "none".
service::LiveQuerySource source_of(const std::string& sql, std::optional<QueryId> query) {
    if (query && *query == QueryId{}) query.reset();
    return {.sql = sql, .query = query};
}

json::Value campaign_json(const service::StartedCampaign& campaign) {
    const auto& counts = campaign.counts;
    json::Value out = {
        {"created_at", std::string{kZeroTime}},
        {"updated_at", std::string{kZeroTime}},
        {"Metrics",
         {{"TotalHosts", counts.total},
          {"OnlineHosts", counts.online},
          {"OfflineHosts", counts.offline},
          {"MissingInActionHosts", counts.missing},
          {"NewHosts", counts.fresh}}},
        {"id", raw(campaign.id)},
        {"query_id", raw(campaign.query)},
        {"status", 0},
        {"user_id", raw(campaign.user)},
    };
    return {{"campaign", std::move(out)}};
}

void add_counts(json::Value& out, const service::TargetCounts& counts) {
    out["targets_count"] = counts.total;
    out["targets_online"] = counts.online;
    out["targets_offline"] = counts.offline;
    out["targets_missing_in_action"] = counts.missing;
}

json::Value label_json(const store::LabelBrief& label) {
    static constexpr const char* kMembership[] = {"dynamic", "manual", "host_vitals"};
    json::Value out = {
        {"created_at", to_rfc3339(label.created_at)},
        {"updated_at", to_rfc3339(label.updated_at)},
        {"id", raw(label.id)},
        {"name", label.name},
        {"description", label.description},
        {"query", label.query},
        {"platform", label.platform},
        {"label_type", label.builtin ? "builtin" : "regular"},
        {"label_membership_type", kMembership[std::clamp<std::int64_t>(label.membership, 0, 2)]},
        {"display_text", label.name},
        {"count", label.hosts},
    };
    if (label.hosts > 0) out["host_count"] = label.hosts;  // rest-api-a 14.1
    return out;
}

json::Value team_json(const store::TeamBrief& team) {
    return {
        {"created_at", to_rfc3339(team.created_at)},
        {"id", raw(team.id)},
        {"name", team.name},
        {"description", team.description},
        {"display_text", team.name},
        {"count", team.hosts},
        {"host_count", team.hosts},
    };
}

}  // namespace

std::span<const Row<LiveQueryApi>> LiveQueryApi::rows() {
    using Api = LiveQueryApi;
    static constexpr Row<Api> kRows[] = {
        post<&Api::run>("/reports/run", Who::user, "run_live_query"),
        post<&Api::run_by_names>(
            "/reports/run_by_identifiers", Who::user, "run_live_query_by_identifiers"
        ),
        post<&Api::run_by_names>("/reports/run_by_names", Who::user, "run_live_query_by_names"),
        post<&Api::count_targets>(
            "/targets/count", Who::user, "count_targets", {.effect = Effect::reads}
        ),
        post<&Api::search_hosts>(
            "/hosts/search", Who::user, "search_hosts", {.effect = Effect::reads}
        ),
        post<&Api::search_targets>(
            "/targets", Who::user, "search_targets", {.effect = Effect::reads}
        ),
        get<&Api::status>("/status/live_query", Who::user, "live_query_status"),
        get<&Api::result_store_status>("/status/result_store", Who::user, "result_store_status"),
    };
    return kRows;
}

Result<json::Value> LiveQueryApi::run(const Viewer& viewer, const RunLiveQuery& request) {
    FLEET_TRY(
        const auto campaign,
        live_queries_.start(
            viewer, source_of(request.query, request.query_id), request.selected.selection()
        )
    );
    return campaign_json(campaign);
}

Result<json::Value> LiveQueryApi::run_by_names(
    const Viewer& viewer, const RunLiveQueryByNames& request
) {
    FLEET_TRY(
        const auto campaign,
        live_queries_.start_by_names(
            viewer,
            source_of(request.query, request.query_id),
            request.selected.hosts,
            request.selected.labels
        )
    );
    return campaign_json(campaign);
}

Result<json::Value> LiveQueryApi::count_targets(const Viewer& viewer, const CountTargets& request) {
    const auto source = source_of("", request.query_id);
    FLEET_TRY(
        const auto counts,
        live_queries_.count_targets(viewer, source.query, request.selected.selection())
    );
    json::Value out;
    add_counts(out, counts);
    return out;
}

json::Value LiveQueryApi::hosts_json(const std::vector<HostId>& ids) {
    auto out = json::Value::array();
    for (auto& host : hosts_.load(ids)) {
        const auto id = host.id;
        out.push_back(
            json::encode(to_dto({.host = std::move(host), .status = live_queries_.status(id)}))
        );
    }
    return out;
}

Result<json::Value> LiveQueryApi::search_hosts(const Viewer& viewer, const SearchHosts& request) {
    FLEET_TRY(
        const auto found,
        live_queries_.search(
            viewer,
            request.query,
            source_of("", request.query_id).query,
            {.hosts = request.excluded_host_ids}
        )
    );
    auto hosts = hosts_json(found.hosts);
    // Clients of different ages look in different places (rest-api-a 13.12, rest-api-b 3.1).
    return json::Value{{"targets", {{"hosts", hosts}}}, {"hosts", hosts}};
}

Result<json::Value> LiveQueryApi::search_targets(
    const Viewer& viewer, const SearchTargets& request
) {
    const auto query = source_of("", request.query_id).query;
    const auto picked = request.selected.selection();
    FLEET_TRY(const auto found, live_queries_.search(viewer, request.query, query, picked));
    FLEET_TRY(const auto counts, live_queries_.count_targets(viewer, query, picked));

    auto labels = json::Value::array();
    for (const auto& label : found.labels)
        labels.push_back(label_json(label));
    auto teams = json::Value::array();
    for (const auto& team : found.teams)
        teams.push_back(team_json(team));
    json::Value out = {
        {"targets",
         {{"hosts", hosts_json(found.hosts)},
          {"labels", std::move(labels)},
          {"teams", std::move(teams)}}},
    };
    add_counts(out, counts);
    return out;
}

Result<Empty> LiveQueryApi::status(const Viewer&, const Nothing&) {
    FLEET_CHECK(live_queries_.ready());
    return Empty{};
}

Result<Empty> LiveQueryApi::result_store_status(const Viewer&, const Nothing&) {
    FLEET_CHECK(live_queries_.store_ready());
    return Empty{};
}

}  // namespace fleet::api::rest
