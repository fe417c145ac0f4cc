#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "live/campaign_registry.hpp"

namespace fleet::live {

/// Keeps the registry like Redis: by the messages of other instances, and by looking at the set of
/// active campaigns every few seconds, so that a lost message heals. When Redis comes back without
/// its data, the campaigns known here are written to it again.
class CampaignMirror {
public:
    CampaignMirror(
        boost::asio::io_context& loop,
        Redis& redis,
        CampaignRegistry& registry,
        std::chrono::milliseconds period
    );

    void start();
    void stop();
    /// A campaign that was launched here.
    void add(CampaignRegistry::Campaign campaign);

    /// Writes a running campaign to a Redis that does not know it.
    void write_again(CampaignId id);
    /// Whether no other instance hands out work: then memory knows all that Redis knows. Memory
    /// only. Wrong for an instant at most, in which a host may be asked twice; it is heard once.
    bool alone() const noexcept { return alone_; }

    void on_work(std::function<void(const HostSet&)> hook) { work_hook_ = std::move(hook); }
    void on_alive(std::function<void()> hook) { alive_hook_ = std::move(hook); }

private:
    void greet();
    void hear(std::string_view news);
    void tick();
    void look();
    void compare(const std::vector<Reply>& replies);
    void introduce();
    void heal();
    void load(CampaignId id, TargetModel model);
    void loaded(CampaignId id, TargetModel model, std::vector<Reply> replies);

    boost::asio::io_context& loop_;
    Redis& redis_;
    CampaignRegistry& registry_;
    std::chrono::milliseconds period_;
    boost::asio::strand<boost::asio::io_context::executor_type> strand_;
    boost::asio::steady_timer timer_;
    std::unique_ptr<Redis::Subscription> news_{};
    std::function<void(const HostSet&)> work_hook_{};
    std::function<void()> alive_hook_{};
    std::atomic<bool> knew_us_{false};
    std::atomic<bool> alone_{false};
    std::atomic<bool> stopped_{false};
};

/// The commands that put a campaign into Redis, in the order of rest-api-b 3.6: SQL, targets, then
/// the active set.
std::vector<Command> launch_commands(const CampaignRegistry::Campaign& campaign);

/// Campaign ids in a reply; members that are not numbers are left out.
std::vector<CampaignId> parse_ids(const Reply& reply);

}  // namespace fleet::live
