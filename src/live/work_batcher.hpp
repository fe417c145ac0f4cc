#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "live/campaign_registry.hpp"

namespace fleet::live {

/// Confirms with Redis what memory believes about hosts that ask for work, unless this is the only
/// instance. Questions of many hosts go out as one round, and there is one round at a time.
class WorkBatcher {
public:
    using Done = std::function<void(std::vector<LiveWork>)>;

    WorkBatcher(
        boost::asio::io_context& loop,
        Redis& redis,
        CampaignRegistry& registry,
        std::function<bool()> alone,
        const CampaignOptions& options
    );

    void ask(HostId host, Done done);
    void stop();

    std::uint64_t asked() const { return asked_; }
    std::uint64_t unconfirmed() const { return unconfirmed_; }

private:
    struct Question {
        HostId host{};
        std::vector<CampaignRegistry::Candidate> candidates{};
        Done done{};
    };
    void answer(Done done, std::vector<LiveWork> work);
    /// Where a campaign's replies are in a round.
    struct Asked {
        Command bits{};          // the question about all its hosts, until it is sent
        std::size_t exists = 0;  // position of the reply whether there is such a campaign
        std::size_t reply = 0;   // position of the reply to `bits`
        std::size_t taken = 0;   // of its values
    };
    void flush_later();
    void flush();
    void round_done();
    void send(std::vector<Question> questions);
    void read(
        std::vector<Question>& questions,
        std::map<CampaignId, Asked> campaigns,
        std::size_t next_single,
        const std::vector<Reply>& replies
    );

    boost::asio::io_context& loop_;
    Redis& redis_;
    CampaignRegistry& registry_;
    const std::function<bool()> alone_;
    const std::chrono::milliseconds delay_;
    const std::size_t most_;
    boost::asio::strand<boost::asio::io_context::executor_type> strand_;
    boost::asio::steady_timer timer_;

    std::mutex mutex_{};
    std::vector<Question> waiting_{};
    bool busy_ = false;  // a round is on its way, or about to be
    std::atomic<std::uint64_t> asked_{0};
    std::atomic<std::uint64_t> unconfirmed_{0};
};

}  // namespace fleet::live
