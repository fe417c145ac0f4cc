#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "live/campaign_registry.hpp"

namespace fleet::live {

/// Brings answers of hosts to Redis: kept in the campaign's list, announced to readers, host
/// marked as done; all of it in one step for the waiting answers of a campaign. Of a round of such
/// steps only a few are under way at once, so that neither the event loop nor Redis is busy with a
/// storm of answers for long at a time.
class AnswerBatcher {
public:
    using Done = std::function<void(bool ok)>;

    AnswerBatcher(
        boost::asio::io_context& loop,
        Redis& redis,
        CampaignRegistry& registry,
        const CampaignOptions& options
    );

    void deliver(std::vector<LiveAnswer> answers, Done done);
    void stop();
    /// Redis has just been seen working.
    void note_alive();
    void on_orphan(std::function<void(CampaignId)> hook) { orphan_hook_ = std::move(hook); }
    /// Redis does not know a running campaign.
    void on_lost(std::function<void(CampaignId)> hook) { lost_hook_ = std::move(hook); }

    struct Counters {
        std::atomic<std::uint64_t> delivered{0}, duplicates{0}, deferred{0}, dropped{0};
    };
    const Counters& counters() const { return counters_; }

private:
    /// The answers of one call, whose caller hears once about all of them.
    struct Delivery {
        Done done{};
        std::atomic<std::size_t> left{0};
        std::atomic<bool> ok{true};
    };
    struct Item {
        CampaignId id{};
        HostId host{};
        std::string payload{};
        std::string short_payload{};
        std::string stats{};
        std::shared_ptr<Delivery> delivery{};
    };
    using Items = std::vector<Item>;

    Item to_item(const LiveAnswer& answer, std::shared_ptr<Delivery> delivery) const;
    void next_round();
    void pump();
    Items take_step();
    void send(Items items);
    void read(const Items& items, const Reply& reply);
    void unknown_to_redis(const Items& items);
    void settle(const Items& items, bool ok);
    void finish(const std::shared_ptr<Delivery>& delivery);
    bool may_defer() const;

    boost::asio::io_context& loop_;
    Redis& redis_;
    CampaignRegistry& registry_;
    const CampaignOptions options_;
    boost::asio::strand<boost::asio::io_context::executor_type> strand_;
    boost::asio::steady_timer timer_;
    std::function<void(CampaignId)> orphan_hook_{};
    std::function<void(CampaignId)> lost_hook_{};

    std::mutex mutex_{};
    using ByCampaign = std::map<CampaignId, std::deque<Item>>;
    ByCampaign waiting_{};
    bool busy_ = false;  // a round is under way, or about to be
    // On the strand:
    ByCampaign round_{};
    std::size_t under_way_ = 0;  // steps that Redis has not answered
    std::atomic<std::size_t> waiting_bytes_{0};
    std::atomic<std::chrono::steady_clock::rep> alive_at_;
    Counters counters_{};
};

}  // namespace fleet::live
