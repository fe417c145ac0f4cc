#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// As much of a query as running it needs.
struct RunnableQuery {
    QueryId id{};
    std::optional<TeamId> team{};
    std::string name{};
    std::string sql{};
    bool saved = false;
    bool observer_can_run = false;
};

enum class CampaignStatus : std::int64_t { waiting = 0, running = 1, complete = 2 };

struct CampaignRecord {
    CampaignId id{};
    CampaignStatus status = CampaignStatus::waiting;
    std::uint64_t targets_count = 0;
    std::optional<UserId> user{};
    std::string user_name{}, user_email{};
    RunnableQuery query{};
};

/// What a user picked (rest-api-b 3.1).
struct TargetSelection {
    std::vector<HostId> hosts{};
    std::vector<LabelId> labels{};
    std::vector<TeamId> teams{};  // 0 = hosts of no team
};

/// Teams whose hosts may be reached; nothing = all hosts, also those of no team.
using VisibleTeams = std::optional<std::vector<TeamId>>;

struct HostName {
    HostId id{};
    std::string hostname{}, display_name{};
};

/// One host's counters of one run.
struct LiveStats {
    HostId host{};
    std::uint64_t wall_time_ms = 0, user_time = 0, system_time = 0, memory = 0, output_size = 0;
};

/// Percentiles over hosts, as shown with the query.
struct AggregatedStats {
    std::optional<double> system_time_p50{}, system_time_p95{}, user_time_p50{}, user_time_p95{};
    double total_executions = 0;
};

struct LabelBrief {
    LabelId id{};
    std::string name{}, description{}, query{}, platform{};
    bool builtin = false;
    std::int64_t membership = 0;
    std::uint64_t hosts = 0;
    Time created_at{}, updated_at{};
};

struct TeamBrief {
    TeamId id{};
    std::string name{}, description{};
    std::uint64_t hosts = 0;
    Time created_at{};
};

/// Live queries in the database: who runs what on which targets. Blocking; throws DbError.
class CampaignStore {
public:
    explicit CampaignStore(Database& db) : db_{db} {}

    std::optional<RunnableQuery> find_query(QueryId id);
    /// The throw-away row behind an ad hoc live query.
    QueryId insert_unsaved_query(const std::string& name, const std::string& sql, const Viewer& by);
    /// Campaign and target rows in one transaction.
    CampaignId insert_campaign(QueryId query, UserId user, const TargetSelection& targets);
    void set_targets_count(CampaignId id, std::uint64_t count);

    std::optional<CampaignRecord> find_campaign(CampaignId id);
    TargetSelection selection(CampaignId id);
    /// waiting -> running.
    void set_running(CampaignId id);
    /// True for the one caller that ended it.
    bool complete(CampaignId id);
    /// Campaigns nobody attached to for a minute, or running for a day (rest-api-b 3.5).
    std::vector<CampaignId> forgotten(Time now);
    /// Those of `ids` that are complete or unknown.
    std::vector<CampaignId> ended_among(const std::vector<CampaignId>& ids);
    /// Campaigns of a user that are not complete or ended lately, newest first.
    std::vector<CampaignRecord> recent(UserId user, std::size_t limit);

    /// The host ids behind a selection, sorted (the arithmetic of rest-api-b 3.1).
    std::vector<HostId> resolve(const TargetSelection& selection, const VisibleTeams& visible);
    std::vector<HostId> hosts_by_identifiers(const std::vector<std::string>& identifiers);
    std::optional<std::optional<TeamId>> team_of_host(HostId host);
    std::map<std::string, LabelId> labels_by_names(const std::vector<std::string>& names);
    std::vector<HostName> host_names(const std::vector<HostId>& hosts);
    std::uint64_t count_created_since(const std::vector<HostId>& hosts, Time since);

    /// Ids of hosts that match a picker's text, best first.
    std::vector<HostId> search_hosts(
        const std::string& text,
        const VisibleTeams& visible,
        const std::vector<HostId>& excluded,
        std::size_t limit
    );
    /// Labels for everybody, and those of the teams.
    std::vector<LabelBrief> search_labels(
        const std::string& text,
        const VisibleTeams& visible,
        const std::vector<LabelId>& excluded,
        std::size_t limit
    );
    std::vector<TeamBrief> search_teams(
        const std::string& text,
        const VisibleTeams& visible,
        const std::vector<TeamId>& excluded,
        std::size_t limit
    );

    /// Adds a run's counters and brings the query's percentiles up to date (rest-api-b 3.8).
    AggregatedStats add_stats(QueryId query, std::vector<LiveStats> stats, Time now);

private:
    Database& db_;
};

}  // namespace fleet::store
