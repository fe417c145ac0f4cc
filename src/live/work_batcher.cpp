#include "live/work_batcher.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <iterator>
#include <optional>
#include <utility>

#include "live/campaign_keys.hpp"

namespace fleet::live {
namespace {

constexpr std::ptrdiff_t kQuestionsPerRound = 512;

}  // namespace

WorkBatcher::WorkBatcher(
    boost::asio::io_context& loop,
    Redis& redis,
    CampaignRegistry& registry,
    std::function<bool()> alone,
    const CampaignOptions& options
)
    : loop_{loop},
      redis_{redis},
      registry_{registry},
      alone_{std::move(alone)},
      delay_{options.ask_delay},
      most_{options.most_at_once},
      strand_{boost::asio::make_strand(loop)},
      timer_{strand_} {}

void WorkBatcher::answer(Done done, std::vector<LiveWork> work) {
    boost::asio::post(loop_, [done = std::move(done), work = std::move(work)]() mutable {
        done(std::move(work));
    });
}

void WorkBatcher::ask(HostId host, Done done) {
    ++asked_;
    auto candidates = registry_.candidates(host, most_);
    if (candidates.empty()) return answer(std::move(done), {});
    if (!redis_.connected()) {
        ++unconfirmed_;
        return answer(std::move(done), {});
    }
    if (alone_()) {
        std::vector<LiveWork> work;
        for (auto& candidate : candidates)
            work.push_back(std::move(candidate.work));
        return done(std::move(work));
    }
    {
        const std::lock_guard lock{mutex_};
        waiting_.push_back({host, std::move(candidates), std::move(done)});
        if (std::exchange(busy_, true)) return;
    }
    flush_later();
}

void WorkBatcher::stop() {
    boost::asio::post(strand_, [this] { timer_.cancel(); });
}

void WorkBatcher::flush_later() {
    boost::asio::post(strand_, [this] {
        timer_.expires_after(delay_);
        timer_.async_wait([this](boost::system::error_code) { flush(); });
    });
}

// What is asked while Redis works on a round goes with the next one: the more there is, the larger
// the rounds.
void WorkBatcher::flush() {
    std::vector<Question> round;
    {
        const std::lock_guard lock{mutex_};
        round.swap(waiting_);
        if (round.size() > kQuestionsPerRound) {
            const auto rest = round.begin() + kQuestionsPerRound;
            waiting_.assign(std::move_iterator{rest}, std::move_iterator{round.end()});
            round.erase(rest, round.end());
        }
    }
    if (!round.empty()) send(std::move(round));
}

void WorkBatcher::round_done() {
    {
        const std::lock_guard lock{mutex_};
        busy_ = !waiting_.empty();
        if (!busy_) return;
    }
    flush_later();
}

// One EXISTS a campaign, so that a Redis that lost its data is not taken for "has answered", then
// one question a campaign about all hosts that it waits for, or one for each host and campaign
// where each host has a set of its own.
void WorkBatcher::send(std::vector<Question> questions) {
    std::map<CampaignId, Asked> campaigns;
    std::vector<Command> singles;
    for (const auto& question : questions) {
        for (const auto& candidate : question.candidates) {
            Asked& asked = campaigns[candidate.work.id];
            if (candidate.model == TargetModel::per_host) {
                singles.push_back(
                    {"SISMEMBER", keys::host(question.host), to_text(candidate.work.id)}
                );
                continue;
            }
            if (asked.bits.empty()) asked.bits = {"BITFIELD", keys::bits(candidate.work.id)};
            asked.bits.insert(asked.bits.end(), {"GET", "u1", to_text(question.host)});
        }
    }
    std::vector<Command> commands;
    for (auto& [id, asked] : campaigns) {
        asked.exists = commands.size();
        commands.push_back({"EXISTS", keys::sql(id)});
        if (asked.bits.empty()) continue;
        asked.reply = commands.size();
        commands.push_back(std::move(asked.bits));
    }
    const std::size_t first_single = commands.size();
    std::move(singles.begin(), singles.end(), std::back_inserter(commands));
    redis_.pipeline(
        std::move(commands),
        [this, questions = std::move(questions), campaigns = std::move(campaigns), first_single](
            const std::vector<Reply>& replies
        ) mutable {
            read(questions, std::move(campaigns), first_single, replies);
            round_done();
        }
    );
}

void WorkBatcher::read(
    std::vector<Question>& questions,
    std::map<CampaignId, Asked> campaigns,
    std::size_t next_single,
    const std::vector<Reply>& replies
) {
    for (auto& question : questions) {
        std::vector<LiveWork> work;
        std::vector<CampaignRegistry::Target> answered;
        bool failed = false;
        for (auto& candidate : question.candidates) {
            const CampaignId id = candidate.work.id;
            Asked& asked = campaigns[id];
            std::optional<bool> pending;
            if (candidate.model == TargetModel::per_host) {
                const Reply& reply = replies[next_single++];
                if (reply.ok()) pending = reply.integer == 1;
            } else if (const Reply& bits = replies[asked.reply]; asked.taken < bits.list.size()) {
                pending = bits.list[asked.taken++].integer == 1;
            }
            failed = failed || !pending;
            if (!pending || replies[asked.exists].integer != 1) continue;
            if (*pending) {
                work.push_back(std::move(candidate.work));
            } else {
                answered.push_back({id, question.host});
            }
        }
        registry_.erase(answered);
        if (failed) ++unconfirmed_;
        answer(std::move(question.done), std::move(work));
    }
}

}  // namespace fleet::live
