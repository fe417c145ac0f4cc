#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/live/campaigns.hpp"
#include "fleet/live/host_set.hpp"

namespace fleet::live {

/// Where a campaign's targets are in Redis (rest-api-b 3.6, "Two models").
enum class TargetModel { bits, per_host };

/// The mirror of running campaigns in memory.
class CampaignRegistry {
public:
    using Clock = std::chrono::steady_clock;

    struct Campaign {
        CampaignId id{};
        std::shared_ptr<const std::string> sql{};
        TargetModel model = TargetModel::bits;
        HostSet pending{};
    };

    bool has_work(HostId host) const noexcept { return flags_.get(host); }

    /// Nothing when it is known already.
    void add(Campaign campaign);
    /// Flags of its hosts stay up until the host asks and there is nothing: clearing them here
    /// would hold the lock for all hosts times all campaigns.
    void remove(CampaignId id);
    bool knows(CampaignId id) const;
    std::vector<CampaignId> ids() const;
    std::vector<Campaign> all() const;
    std::size_t size() const;

    struct Candidate {
        LiveWork work{};
        TargetModel model = TargetModel::bits;
    };
    /// Campaigns that wait for the host, as far as memory knows; no more than `most`. When there
    /// are more, those of few hosts have half of the places, and which ones come is another choice
    /// each time: a query that the host never answers must not keep others from it.
    std::vector<Candidate> candidates(HostId host, std::size_t most);
    std::optional<TargetModel> model(CampaignId id) const;

    struct Target {
        CampaignId campaign{};
        HostId host{};
    };
    /// The hosts have answered (or cannot be asked). One call for all that a host answers at once:
    /// whether it has more to do is looked up once for each run of the same host.
    void erase(std::span<const Target> targets);

    /// Notes whether somebody heard an answer. True, once per `limit`, when nobody has for
    /// longer than `limit`.
    bool note_heard(CampaignId id, bool heard, Clock::time_point now, Clock::duration limit);

private:
    struct Entry {
        Campaign campaign{};
        std::optional<Clock::time_point> unheard_since{};
    };
    void clear_flag_if_idle(HostId host);

    mutable std::mutex mutex_{};
    std::map<CampaignId, Entry> entries_{};
    WorkFlags flags_{};
    std::size_t turn_ = 0;  // where the next choice begins
};

}  // namespace fleet::live
