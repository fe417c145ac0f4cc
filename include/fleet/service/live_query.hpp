#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/activity.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/live/campaigns.hpp"
#include "fleet/service/host_presence.hpp"
#include "fleet/store/campaign_store.hpp"

namespace fleet::service {

/// How many of some hosts are where; `missing` are counted as offline too.
struct TargetCounts {
    std::uint64_t total = 0, online = 0, offline = 0, missing = 0, fresh = 0;
    bool operator==(const TargetCounts&) const = default;
};

/// What to run: a saved query, or SQL.
struct LiveQuerySource {
    std::string sql{};
    std::optional<QueryId> query{};
};

struct StartedCampaign {
    CampaignId id{};
    QueryId query{};
    UserId user{};
    TargetCounts counts{};
    std::vector<HostId> targets{};
};

struct TargetMatches {
    std::vector<HostId> hosts{};  // at most ten, best first
    std::vector<store::LabelBrief> labels{};
    std::vector<store::TeamBrief> teams{};
};

/// What a reader of results needs to know about a campaign.
struct CampaignView {
    CampaignId id{};
    bool finished = false;  // over: only what is kept can be read
    std::vector<HostId> targets{};
};

/// Starting, counting, watching and ending live queries (rest-api-b 3). Blocks; for workers.
class LiveQueryService {
public:
    struct Deps {
        store::CampaignStore& store;
        live::Campaigns& campaigns;
        const HostPresence& presence;
        const Clock& clock;
        std::function<bool()> disabled;  // server_settings.live_query_disabled
        std::function<void(const Activity&)> record;
    };
    explicit LiveQueryService(Deps deps) : deps_{std::move(deps)} {}

    Result<StartedCampaign> start(
        const Viewer& viewer, const LiveQuerySource& source, const store::TargetSelection& targets
    );
    /// Hosts by hostname, UUID or serial (unknown ones are left out), labels by name.
    Result<StartedCampaign> start_by_names(
        const Viewer& viewer,
        const LiveQuerySource& source,
        const std::vector<std::string>& hosts,
        const std::vector<std::string>& labels
    );
    Result<TargetCounts> count_targets(
        const Viewer& viewer, std::optional<QueryId> query, const store::TargetSelection& targets
    );
    /// Whether the viewer may send SQL of their own to this host.
    Result<> may_query_host(const Viewer& viewer, HostId host);
    /// What a target picker shows for a text: without what is picked already.
    Result<TargetMatches> search(
        const Viewer& viewer,
        const std::string& text,
        std::optional<QueryId> query,
        const store::TargetSelection& picked
    );
    /// Whether live queries may run and the store answers.
    Result<> ready();
    Result<> store_ready();

    /// For the socket. forbidden: not the viewer's campaign; not_found: no such campaign (yet).
    Result<CampaignView> view(const Viewer& viewer, CampaignId id);
    /// A reader is there: waiting becomes running.
    void note_reader(CampaignId id);
    std::vector<store::HostName> host_names(const std::vector<HostId>& hosts);

    bool is_finished(CampaignId id);
    /// The last reader of this process is gone while its subscription is still there: ends the
    /// campaign unless another process reads it.
    void finish_unless_read_elsewhere(CampaignId id);

    /// Memory only. `fresh` stays 0.
    TargetCounts count(const std::vector<HostId>& hosts) const;
    HostStatus status(HostId host) const;

    /// Ends a campaign: everywhere out of the store, statistics, activity. Does it once, however
    /// often it is called.
    void finish(CampaignId id);
    /// The job: ends campaigns that nobody watches and removes what ended ones left in the store.
    void clean_up();

private:
    struct Plan {
        std::optional<store::RunnableQuery> query{};
        store::VisibleTeams visible{};
    };
    Result<Plan> plan(const Viewer& viewer, const LiveQuerySource& source);
    Result<store::VisibleTeams> visible_for(
        const Viewer& viewer, const store::RunnableQuery& query
    );
    Result<store::VisibleTeams> searchable(const Viewer& viewer, std::optional<QueryId> query);
    Result<StartedCampaign> run(
        const Viewer& viewer,
        const LiveQuerySource& source,
        Plan plan,
        const store::TargetSelection& targets
    );
    void record_end(const store::CampaignRecord& campaign);

    Deps deps_;
};

}  // namespace fleet::service
