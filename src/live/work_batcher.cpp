#include "live/work_batcher.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <map>

#include "live/campaign_keys.hpp"

namespace fleet::live {
namespace {

constexpr std::size_t kQuestionsPerPipeline = 512;

}  // namespace

WorkBatcher::WorkBatcher(
    boost::asio::io_context& loop,
    Redis& redis,
    CampaignRegistry& registry,
    std::chrono::milliseconds delay
)
    : loop_{loop},
      redis_{redis},
      registry_{registry},
      delay_{delay},
      strand_{boost::asio::make_strand(loop)},
      timer_{strand_} {}

void WorkBatcher::answer(Done done, std::vector<LiveWork> work) {
    boost::asio::post(loop_, [done = std::move(done), work = std::move(work)]() mutable {
        done(std::move(work));
    });
}

void WorkBatcher::ask(HostId host, Done done) {
    ++asked_;
    auto candidates = registry_.candidates(host);
    if (candidates.empty()) return answer(std::move(done), {});
    if (!redis_.connected()) {
        ++unconfirmed_;
        return answer(std::move(done), {});
    }
    bool first = false;
    {
        const std::lock_guard lock{mutex_};
        first = waiting_.empty();
        waiting_.push_back({host, std::move(candidates), std::move(done)});
    }
    if (!first) return;
    boost::asio::post(strand_, [this] {
        timer_.expires_after(delay_);
        timer_.async_wait([this](boost::system::error_code) { flush(); });
    });
}

void WorkBatcher::stop() {
    boost::asio::post(strand_, [this] { timer_.cancel(); });
}

void WorkBatcher::flush() {
    std::vector<Question> all;
    {
        const std::lock_guard lock{mutex_};
        all.swap(waiting_);
    }
    for (std::size_t begin = 0; begin < all.size(); begin += kQuestionsPerPipeline) {
        const auto end = std::min(begin + kQuestionsPerPipeline, all.size());
        std::vector<Question> part;
        for (auto i = begin; i < end; ++i)
            part.push_back(std::move(all[i]));
        send(std::move(part));
    }
}

// One EXISTS a campaign, so that a Redis that lost its data is not taken for "has answered", then
// one question for each host and campaign.
void WorkBatcher::send(std::vector<Question> questions) {
    std::map<CampaignId, bool> campaigns;
    for (const auto& question : questions) {
        for (const auto& candidate : question.candidates)
            campaigns[candidate.work.id] = false;
    }
    std::vector<Command> commands;
    for (const auto& [id, exists] : campaigns)
        commands.push_back({"EXISTS", keys::sql(id)});
    for (const auto& question : questions) {
        for (const auto& candidate : question.candidates) {
            const auto id = candidate.work.id;
            if (candidate.model == TargetModel::bits) {
                commands.push_back({"GETBIT", keys::bits(id), to_text(question.host)});
            } else {
                commands.push_back({"SISMEMBER", keys::host(question.host), to_text(id)});
            }
        }
    }
    redis_.pipeline(
        std::move(commands),
        [this, questions = std::move(questions)](const std::vector<Reply>& replies) mutable {
            read(questions, replies);
        }
    );
}

void WorkBatcher::read(std::vector<Question>& questions, const std::vector<Reply>& replies) {
    std::map<CampaignId, bool> exists;
    for (const auto& question : questions) {
        for (const auto& candidate : question.candidates)
            exists[candidate.work.id] = false;
    }
    std::size_t next = 0;
    for (auto& [id, there] : exists)
        there = replies[next++].integer == 1;

    for (auto& question : questions) {
        std::vector<LiveWork> work;
        bool failed = false;
        for (auto& candidate : question.candidates) {
            const auto& reply = replies[next++];
            failed = failed || !reply.ok();
            if (!reply.ok() || !exists[candidate.work.id]) continue;
            if (reply.integer == 1) {
                work.push_back(std::move(candidate.work));
            } else {
                registry_.erase(candidate.work.id, question.host);
            }
        }
        if (failed) ++unconfirmed_;
        answer(std::move(question.done), std::move(work));
    }
}

}  // namespace fleet::live
