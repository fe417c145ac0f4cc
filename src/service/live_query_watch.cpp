#include "fleet/core/json.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/service/live_query.hpp"

namespace fleet::service {

Result<CampaignView> LiveQueryService::view(const Viewer& viewer, CampaignId id) {
    FLEET_CHECK(authorize(viewer, Action::run_observer_query, Object::anywhere()));
    const auto campaign = deps_.store.find_campaign(id);
    if (!campaign) return fail(Error::not_found("Campaign", to_text(id)));
    // Another admin may not read along either (rest-api-b 9, 23).
    if (campaign->user != viewer.id) return fail(Error::forbidden());

    CampaignView view{.id = id, .finished = campaign->status == store::CampaignStatus::complete};
    FLEET_TRY(auto targets, deps_.campaigns.targets(id));
    if (targets) {
        view.targets = std::move(*targets);
    } else {
        view.targets = deps_.store.resolve(
            deps_.store.selection(id), teams_for(viewer, Action::run_observer_query)
        );
    }
    return view;
}

void LiveQueryService::note_reader(CampaignId id) {
    deps_.store.set_running(id);
}

std::vector<store::HostName> LiveQueryService::host_names(const std::vector<HostId>& hosts) {
    return deps_.store.host_names(hosts);
}

bool LiveQueryService::is_finished(CampaignId id) {
    const auto campaign = deps_.store.find_campaign(id);
    return !campaign || campaign->status == store::CampaignStatus::complete;
}

void LiveQueryService::finish_unless_read_elsewhere(CampaignId id) {
    const auto listeners = deps_.campaigns.listeners(id);
    if (listeners && *listeners > 1) return;
    finish(id);
}

void LiveQueryService::finish(CampaignId id) {
    // Out of the store first: hosts must not be asked any longer, whatever the database says.
    if (const auto retired = deps_.campaigns.retire(id); !retired) {
        log::warn(
            "a finished live query stays in Redis until the next clean-up",
            {{"campaign_id", raw(id)}, {"reason", retired.error().message}}
        );
    }
    if (!deps_.store.complete(id)) return;
    log::info("live query finished", {{"campaign_id", raw(id)}});
    if (const auto campaign = deps_.store.find_campaign(id)) record_end(*campaign);
}

void LiveQueryService::record_end(const store::CampaignRecord& campaign) {
    json::Value details = {
        {"targets_count", campaign.targets_count}, {"query_sql", campaign.query.sql}};
    if (campaign.query.saved) {
        details["query_name"] = campaign.query.name;
        std::vector<store::LiveStats> stats;
        if (const auto taken = deps_.campaigns.take_stats(campaign.id)) {
            for (const auto& one : *taken) {
                stats.push_back(
                    {.host = one.host,
                     .wall_time_ms = one.wall_time_ms,
                     .user_time = one.user_time,
                     .system_time = one.system_time,
                     .memory = one.memory,
                     .output_size = one.output_size}
                );
            }
        }
        const auto sum =
            deps_.store.add_stats(campaign.query.id, std::move(stats), deps_.clock.now());
        const auto number = [](const std::optional<double>& value) {
            return value ? json::Value(*value) : json::Value(nullptr);
        };
        details["stats"] = {
            {"system_time_p50", number(sum.system_time_p50)},
            {"system_time_p95", number(sum.system_time_p95)},
            {"user_time_p50", number(sum.user_time_p50)},
            {"user_time_p95", number(sum.user_time_p95)},
            {"total_executions", sum.total_executions},
        };
    }
    if (!deps_.record) return;
    Activity activity{.type = "live_query", .details = json::dump(details)};
    if (campaign.user) {
        activity.actor = Actor{*campaign.user, campaign.user_name, campaign.user_email};
    }
    deps_.record(activity);
}

void LiveQueryService::clean_up() {
    for (const auto id : deps_.store.forgotten(deps_.clock.now()))
        finish(id);
    const auto stored = deps_.campaigns.stored();
    if (!stored) return;
    for (const auto id : deps_.store.ended_among(*stored)) {
        // A failure shows at the next run: the campaign is then still stored.
        (void)deps_.campaigns.retire(id);
    }
}

}  // namespace fleet::service
