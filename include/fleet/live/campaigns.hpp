#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/result.hpp"
#include "fleet/live/host_set.hpp"
#include "fleet/live/redis.hpp"

namespace fleet::live {

/// A live query that a host is to run.
struct LiveWork {
    CampaignId id{};
    std::shared_ptr<const std::string> sql{};
};

/// What a host answered to a live query.
struct LiveAnswer {
    CampaignId id{};
    HostId host{};
    std::string hostname{}, display_name{};
    std::string rows_json{};   // the array as received
    std::string stats_json{};  // the object as received, or empty
    std::string error{};       // empty = ok
    std::size_t row_count = 0;
};

/// Counters that one answer carried, for the statistics of saved queries (rest-api-b 3.8).
struct AnswerStats {
    HostId host{};
    std::uint64_t wall_time_ms = 0, user_time = 0, system_time = 0, memory = 0, output_size = 0;
};

struct CampaignOptions {
    std::chrono::seconds results_retention{3'600};
    std::size_t small_target_threshold = 1'000;  // 0: always the bit field
    bool duplicate_results = false;
    std::size_t max_result_bytes = 256u << 20;   // kept per campaign
    std::size_t max_waiting_bytes = 128u << 20;  // answers on their way to Redis
    /// Queries that a host is given at once. Many more would load the host, whose watchdog may
    /// then end osqueryd, and their answers come as one flood; the others follow with its next
    /// polls.
    std::size_t most_at_once = 16;
    std::chrono::milliseconds ask_delay{2};
    std::chrono::milliseconds answer_delay{5};
    std::chrono::milliseconds resync{2'000};
    /// How long results may go unheard before the campaign counts as forgotten.
    std::chrono::seconds orphan_after{60};
    /// How long agents are told to keep their results while Redis is away.
    std::chrono::seconds patience{60};
};

/// Running live queries: which hosts still have to answer which SQL. The truth is in Redis (keys
/// of rest-api-b 3.6); a mirror in memory lets nearly every poll be answered without asking it.
/// Instances tell each other by message and look at the list of campaigns every few seconds.
/// Thread-safe. Destroy it after the event loop has stopped.
class Campaigns {
public:
    Campaigns(boost::asio::io_context& loop, Redis& redis, CampaignOptions options = {});
    ~Campaigns();

    void start();
    void stop();

    /// Memory only: false for nearly every poll.
    bool has_work(HostId host) const noexcept;
    /// What the host has to run; with other instances about confirmed with Redis, so that a host
    /// that answered through one of them is not asked twice. Redis away: nothing, and counted. On
    /// the event loop, where `done` may be called at once.
    void work_for(HostId host, std::function<void(std::vector<LiveWork>)> done);
    /// Stores and announces answers. `done(false)`: the agent should send them again later. An
    /// answer that nobody waits for (sent twice, campaign over) is dropped and counts as done.
    void deliver(std::vector<LiveAnswer> answers, std::function<void(bool ok)> done);

    enum class KeepStats { no, yes };
    /// Makes a campaign known to all instances. Blocks; for workers.
    Result<> launch(
        CampaignId id, std::string sql, std::vector<HostId> targets, KeepStats keep_stats
    );
    /// Ends it everywhere; its results stay readable for the retention time. Blocks.
    Result<> retire(CampaignId id);
    /// The hosts that a campaign was started on, while known. Blocks.
    Result<std::optional<std::vector<HostId>>> targets(CampaignId id);
    /// Hands out and forgets the counters collected so far. Blocks.
    Result<std::vector<AnswerStats>> take_stats(CampaignId id);
    /// How many server processes listen to a campaign's results. Blocks.
    Result<std::size_t> listeners(CampaignId id);
    /// Campaigns that Redis holds as active. Blocks.
    Result<std::vector<CampaignId>> stored();
    /// Whether Redis answers. Blocks.
    Result<> check_store();

    /// Called on the event loop when hosts have new work: the moment to answer parked polls. Set it
    /// before the loop runs.
    void on_work(std::function<void(const HostSet&)> hook);
    /// Called on the event loop when answers of a campaign have gone unheard for too long.
    void on_orphan(std::function<void(CampaignId)> hook);

    struct Stats {
        std::size_t active = 0;
        std::uint64_t asked = 0;        // work_for calls
        std::uint64_t unconfirmed = 0;  // of these, answered with nothing because Redis was away
        std::uint64_t delivered = 0;
        std::uint64_t duplicates = 0;
        std::uint64_t deferred = 0;  // done(false)
        std::uint64_t dropped = 0;   // lost for good: Redis away too long, or refusing
    };
    Stats stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace fleet::live
