#include "fleet/service/live_query.hpp"

#include <algorithm>

#include "fleet/core/log.hpp"
#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kMaxMatches = 10;
constexpr std::size_t kMaxLabels = 100;
constexpr std::string_view kBlank = " \t\r\n;";

bool is_blank(std::string_view sql) {
    return sql.find_first_not_of(kBlank) == sql.npos;
}

Result<> check_teams(const std::vector<TeamId>& picked, const store::VisibleTeams& visible) {
    if (!visible) return {};
    for (const auto team : picked) {
        if (std::find(visible->begin(), visible->end(), team) == visible->end()) {
            return fail(Error::forbidden());
        }
    }
    return {};
}

}  // namespace

Result<> LiveQueryService::store_ready() {
    return deps_.campaigns.check_store();
}

Result<> LiveQueryService::ready() {
    if (deps_.disabled && deps_.disabled()) {
        return fail(Error::internal("disabled by administrator"));
    }
    return store_ready();
}

Result<store::VisibleTeams> LiveQueryService::visible_for(
    const Viewer& viewer, const store::RunnableQuery& query
) {
    const auto object = Object::of_shared(query.team);
    if (!query.saved) {
        FLEET_CHECK(authorize(viewer, Action::run_new_query, Object::anywhere()));
        return teams_for(viewer, Action::run_new_query);
    }
    if (may(viewer, Action::run_saved_query, object)) {
        return teams_for(viewer, Action::run_saved_query);
    }
    if (query.observer_can_run && may(viewer, Action::run_observer_query, object)) {
        // The flag opens the query for its own team only.
        if (query.team) return store::VisibleTeams{std::vector{*query.team}};
        return teams_for(viewer, Action::run_observer_query);
    }
    return fail(Error::forbidden());
}

Result<LiveQueryService::Plan> LiveQueryService::plan(
    const Viewer& viewer, const LiveQuerySource& source
) {
    if (!source.query && source.sql.empty()) {
        return fail(Error::invalid("query", "one of query or query_id must be specified"));
    }
    Plan plan;
    if (source.query) {
        plan.query = deps_.store.find_query(*source.query);
        if (!plan.query) return fail(Error::not_found("Query", to_text(*source.query)));
        FLEET_TRY(plan.visible, visible_for(viewer, *plan.query));
    } else {
        FLEET_CHECK(authorize(viewer, Action::run_new_query, Object::anywhere()));
        plan.visible = teams_for(viewer, Action::run_new_query);
    }
    if (is_blank(plan.query ? plan.query->sql : source.sql)) {
        // An empty text would make osqueryd drop everything else it was handed (agent-api F 15).
        return fail(Error::bad_request("query payload verification: query must not be empty"));
    }
    return plan;
}

Result<StartedCampaign> LiveQueryService::start(
    const Viewer& viewer, const LiveQuerySource& source, const store::TargetSelection& targets
) {
    FLEET_CHECK(ready());
    FLEET_TRY(Plan plan, this->plan(viewer, source));
    FLEET_CHECK(check_teams(targets.teams, plan.visible));
    return run(viewer, source, std::move(plan), targets);
}

Result<StartedCampaign> LiveQueryService::start_by_names(
    const Viewer& viewer,
    const LiveQuerySource& source,
    const std::vector<std::string>& hosts,
    const std::vector<std::string>& labels
) {
    FLEET_CHECK(ready());
    FLEET_TRY(Plan plan, this->plan(viewer, source));
    const auto known = deps_.store.labels_by_names(labels);
    store::TargetSelection targets{.hosts = deps_.store.hosts_by_identifiers(hosts)};
    std::string unknown;
    for (const auto& name : labels) {
        if (const auto found = known.find(name); found != known.end()) {
            targets.labels.push_back(found->second);
        } else {
            unknown += (unknown.empty() ? "" : ", ") + name;
        }
    }
    if (!unknown.empty()) {
        return fail(Error::bad_request("Invalid label name(s): " + unknown + "."));
    }
    return run(viewer, source, std::move(plan), targets);
}

Result<StartedCampaign> LiveQueryService::run(
    const Viewer& viewer,
    const LiveQuerySource& source,
    Plan plan,
    const store::TargetSelection& targets
) {
    StartedCampaign out{.user = viewer.id};
    if (plan.query) {
        out.query = plan.query->id;
    } else {
        const auto moment = std::chrono::nanoseconds{deps_.clock.now().time_since_epoch()};
        const auto name = "distributed_" + viewer.email + "_" + std::to_string(moment.count());
        out.query = deps_.store.insert_unsaved_query(name, source.sql, viewer);
    }
    out.id = deps_.store.insert_campaign(out.query, viewer.id, targets);
    out.targets = deps_.store.resolve(targets, plan.visible);
    if (out.targets.empty()) return fail(Error::bad_request("no hosts targeted"));
    deps_.store.set_targets_count(out.id, out.targets.size());
    out.counts = count(out.targets);
    out.counts.fresh =
        deps_.store.count_created_since(out.targets, deps_.clock.now() - std::chrono::hours{24});

    const bool saved = plan.query && plan.query->saved;
    const auto launched = deps_.campaigns.launch(
        out.id,
        plan.query ? plan.query->sql : source.sql,
        out.targets,
        saved ? live::Campaigns::KeepStats::yes : live::Campaigns::KeepStats::no
    );
    if (!launched) {
        deps_.store.complete(out.id);
        return fail(launched.error());
    }
    log::info(
        "live query started",
        {{"campaign_id", raw(out.id)}, {"user_id", raw(viewer.id)}, {"hosts", out.targets.size()}}
    );
    return out;
}

Result<store::VisibleTeams> LiveQueryService::searchable(
    const Viewer& viewer, std::optional<QueryId> query
) {
    if (query) {
        const auto found = deps_.store.find_query(*query);
        if (!found) return fail(Error::not_found("Query", to_text(*query)));
        if (auto visible = visible_for(viewer, *found)) return visible;
    }
    FLEET_CHECK(authorize(viewer, Action::search_targets, Object::anywhere()));
    return teams_for(viewer, Action::search_targets);
}

Result<TargetMatches> LiveQueryService::search(
    const Viewer& viewer,
    const std::string& text,
    std::optional<QueryId> query,
    const store::TargetSelection& picked
) {
    FLEET_TRY(const auto visible, searchable(viewer, query));
    TargetMatches out;
    out.hosts = deps_.store.search_hosts(text, visible, picked.hosts, kMaxMatches);
    const auto readable = teams_for(viewer, Action::read_labels);
    out.labels = deps_.store.search_labels(text, readable, picked.labels, kMaxLabels);
    out.teams = deps_.store.search_teams(text, visible, picked.teams, kMaxMatches);
    return out;
}

Result<TargetCounts> LiveQueryService::count_targets(
    const Viewer& viewer, std::optional<QueryId> query, const store::TargetSelection& targets
) {
    FLEET_TRY(const auto visible, searchable(viewer, query));
    return count(deps_.store.resolve(targets, visible));
}

Result<> LiveQueryService::may_query_host(const Viewer& viewer, HostId host) {
    FLEET_CHECK(authorize(viewer, Action::run_new_query, Object::anywhere()));
    const auto team = deps_.store.team_of_host(host);
    if (!team) {
        return fail(Error::bad_request(
            "host not found: " + to_text(host) + ": Host " + to_text(host) +
            " was not found in the datastore"
        ));
    }
    return authorize(viewer, Action::run_new_query, Object::of_host_team(*team));
}

HostStatus LiveQueryService::status(HostId host) const {
    const auto sighting = deps_.presence.find(host);
    return sighting ? sighting->status(deps_.clock.now()) : HostStatus::offline;
}

TargetCounts LiveQueryService::count(const std::vector<HostId>& hosts) const {
    TargetCounts counts{.total = hosts.size()};
    for (const auto host : hosts) {
        const auto now = status(host);
        counts.online += now == HostStatus::online ? 1 : 0;
        counts.missing += now == HostStatus::missing ? 1 : 0;
    }
    counts.offline = counts.total - counts.online;
    return counts;
}

}  // namespace fleet::service
