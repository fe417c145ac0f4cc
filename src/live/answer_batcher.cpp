#include "live/answer_batcher.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "fleet/core/log.hpp"
#include "fleet/live/host_result.hpp"
#include "live/campaign_keys.hpp"

namespace fleet::live {
namespace {

using std::chrono::steady_clock;

// One step of Redis: an answer counts only while its host is expected to answer, so an agent that
// sends twice is heard once, and a campaign that was stopped does not come back to life. What can
// be done for all answers of a step is one command; nobody listening ends the announcements.
// KEYS: bits, pending, results, bytes, stats, SQL. ARGV: channel, extra channel or "", seconds to
// keep, bytes to keep, then host, payload, short payload or "", stats for each answer.
// Returns: receivers of the announcements, then for each answer whether it was expected; only -1
// when Redis does not know the campaign.
constexpr const char* kStoreAnswers = R"lua(
if redis.call('EXISTS', KEYS[6]) == 0 then return {-1} end
local expected
if redis.call('EXISTS', KEYS[1]) == 1 then
  local ops = {}
  for i = 5, #ARGV, 4 do
    local n = #ops
    ops[n + 1], ops[n + 2], ops[n + 3], ops[n + 4] = 'SET', 'u1', ARGV[i], '0'
  end
  expected = redis.call('BITFIELD', KEYS[1], unpack(ops))
else
  expected = {}
  for i = 5, #ARGV, 4 do
    expected[#expected + 1] = redis.call('SREM', KEYS[2], ARGV[i])
  end
end
local used = tonumber(redis.call('GET', KEYS[4]) or '0')
local kept, stats = {}, {}
for k = 1, #expected do
  if expected[k] == 1 then
    local i = 1 + 4 * k
    local payload = ARGV[i + 1]
    if ARGV[i + 2] ~= '' and used + #payload > tonumber(ARGV[4]) then payload = ARGV[i + 2] end
    used = used + #payload
    kept[#kept + 1] = payload
    if ARGV[i + 3] ~= '' then stats[#stats + 1] = ARGV[i + 3] end
  end
end
local heard = 0
if #kept > 0 then
  redis.call('RPUSH', KEYS[3], unpack(kept))
  redis.call('EXPIRE', KEYS[3], ARGV[3])
  redis.call('SET', KEYS[4], used, 'EX', ARGV[3])
  if #stats > 0 then redis.call('RPUSHX', KEYS[5], unpack(stats)) end
  for k = 1, #kept do
    heard = redis.call('PUBLISH', ARGV[1], kept[k])
    if heard == 0 then break end
  end
  if ARGV[2] ~= '' then
    for k = 1, #kept do redis.call('PUBLISH', ARGV[2], kept[k]) end
  end
end
return {heard, unpack(expected)}
)lua";

constexpr std::size_t kAnswersPerStep = 64;  // Redis serves nobody else during a step
constexpr std::size_t kBytesPerStep = 1u << 20;
constexpr std::size_t kStepsAtOnce = 4;

// Of a short answer little is left to cut: what says who answered is most of it.
constexpr std::size_t kWorthCutting = 512;

// While a campaign runs its results must not vanish under a reader, however short the retention.
constexpr std::chrono::seconds kLeastKept{3'600};

std::string stats_line(const HostResult& result) {
    if (result.stats.empty()) return {};
    const auto stats = to_answer_stats(result);
    std::string line = to_text(stats.host);
    for (const auto value :
         {stats.wall_time_ms,
          stats.user_time,
          stats.system_time,
          stats.memory,
          stats.output_size}) {
        line += ' ' + std::to_string(value);
    }
    return line;
}

}  // namespace

AnswerBatcher::AnswerBatcher(
    boost::asio::io_context& loop,
    Redis& redis,
    CampaignRegistry& registry,
    const CampaignOptions& options
)
    : loop_{loop},
      redis_{redis},
      registry_{registry},
      options_{options},
      strand_{boost::asio::make_strand(loop)},
      timer_{strand_} {
    note_alive();
}

void AnswerBatcher::note_alive() {
    alive_at_ = steady_clock::now().time_since_epoch().count();
}

bool AnswerBatcher::may_defer() const {
    const steady_clock::time_point alive{steady_clock::duration{alive_at_.load()}};
    return steady_clock::now() - alive < options_.patience;
}

AnswerBatcher::Item AnswerBatcher::to_item(
    const LiveAnswer& answer, std::shared_ptr<Delivery> delivery
) const {
    const auto result = to_result(
        answer,
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now())
    );
    std::string payload = to_payload(result);
    std::string brief;
    if (payload.size() > kWorthCutting) {
        brief = to_short_payload(result, "rows not kept: this live query has too many results");
    }
    return {
        .id = answer.id,
        .host = answer.host,
        .payload = std::move(payload),
        .short_payload = std::move(brief),
        .stats = stats_line(result),
        .delivery = std::move(delivery),
    };
}

void AnswerBatcher::deliver(std::vector<LiveAnswer> answers, Done done) {
    auto delivery = std::make_shared<Delivery>();
    delivery->done = std::move(done);
    delivery->left = answers.size() + 1;

    Items items;
    Items refused;
    for (const auto& answer : answers) {
        auto item = to_item(answer, delivery);
        if (waiting_bytes_ + item.payload.size() > options_.max_waiting_bytes) {
            refused.push_back(std::move(item));
            continue;
        }
        waiting_bytes_ += item.payload.size();
        items.push_back(std::move(item));
    }
    settle(refused, false);
    bool first = false;
    if (!items.empty()) {
        const std::lock_guard lock{mutex_};
        for (auto& item : items)
            waiting_[item.id].push_back(std::move(item));
        first = !std::exchange(busy_, true);
    }
    finish(delivery);
    if (first) boost::asio::post(strand_, [this] { next_round(); });
}

void AnswerBatcher::stop() {
    boost::asio::post(strand_, [this] { timer_.cancel(); });
}

/// Answers to many live queries wait longer for company: a step costs Redis as much as the first
/// ten answers in it.
void AnswerBatcher::next_round() {
    std::size_t campaigns = 0;
    {
        const std::lock_guard lock{mutex_};
        campaigns = waiting_.size();
        busy_ = campaigns > 0;
    }
    if (campaigns == 0) return;
    timer_.expires_after(options_.answer_delay * std::clamp<std::size_t>(campaigns / 4, 1, 8));
    timer_.async_wait([this](boost::system::error_code) {
        {
            const std::lock_guard lock{mutex_};
            round_.swap(waiting_);
        }
        pump();
    });
}

/// What comes meanwhile is for the next round.
void AnswerBatcher::pump() {
    while (under_way_ < kStepsAtOnce && !round_.empty()) {
        ++under_way_;
        send(take_step());
    }
    if (under_way_ == 0) next_round();
}

AnswerBatcher::Items AnswerBatcher::take_step() {
    Items step;
    const auto first = round_.begin();
    auto& items = first->second;
    std::size_t bytes = 0;
    while (!items.empty() && step.size() < kAnswersPerStep && bytes < kBytesPerStep) {
        bytes += items.front().payload.size();
        step.push_back(std::move(items.front()));
        items.pop_front();
    }
    if (items.empty()) round_.erase(first);
    return step;
}

void AnswerBatcher::send(Items items) {
    const auto id = items.front().id;
    Command store{
        "EVAL",
        kStoreAnswers,
        "6",
        keys::bits(id),
        keys::pending(id),
        keys::results(id),
        keys::bytes(id),
        keys::stats(id),
        keys::sql(id),
        keys::channel(id),
        options_.duplicate_results ? keys::kDuplicateChannel : "",
        std::to_string(std::max(options_.results_retention, kLeastKept).count()),
        std::to_string(options_.max_result_bytes),
    };
    std::vector<Command> commands;
    const bool per_host = registry_.model(id) != TargetModel::bits;
    for (auto& item : items) {
        waiting_bytes_ -= item.payload.size();
        store.push_back(to_text(item.host));
        store.push_back(std::move(item.payload));
        store.push_back(std::move(item.short_payload));
        store.push_back(std::move(item.stats));
    }
    commands.push_back(std::move(store));
    if (per_host) {
        for (const auto& item : items) {
            commands.push_back({"SREM", keys::host(item.host), to_text(id)});
        }
    }
    redis_.pipeline(
        std::move(commands),
        [this, items = std::move(items)](const std::vector<Reply>& replies) {
            read(items, replies.front());
            boost::asio::dispatch(strand_, [this] {
                --under_way_;
                pump();
            });
        }
    );
}

void AnswerBatcher::read(const Items& items, const Reply& reply) {
    if (reply.ok() && reply.list.size() == 1 && reply.list.front().integer < 0) {
        return unknown_to_redis(items);
    }
    if (!reply.ok() || reply.list.size() != items.size() + 1) {
        // Errors of the connection pass; what Redis itself refuses (out of memory, no permission)
        // it would refuse again, and agents must not try for ever.
        const bool away = reply.text.starts_with("redis: ") || reply.text.starts_with("LOADING");
        if (!away) {
            log::error(
                "Redis did not take live query results",
                {{"campaign_id", raw(items.front().id)}, {"reason", reply.text}}
            );
            counters_.dropped += items.size();
        }
        return settle(items, !away);
    }
    note_alive();
    std::size_t expected = 0;
    for (std::size_t i = 1; i < reply.list.size(); ++i) {
        if (reply.list[i].integer == 1) ++expected;
    }
    counters_.delivered += expected;
    counters_.duplicates += items.size() - expected;
    const auto id = items.front().id;
    if (expected > 0) {
        const bool heard = reply.list.front().integer > 0;
        const auto now = steady_clock::now();
        if (registry_.note_heard(id, heard, now, options_.orphan_after) && orphan_hook_) {
            orphan_hook_(id);
        }
    }
    settle(items, true);
}

/// The campaign is over, or Redis came back without its data. Then it is written again.
void AnswerBatcher::unknown_to_redis(const Items& items) {
    const auto id = items.front().id;
    const bool lost = registry_.knows(id);
    if (!lost) counters_.duplicates += items.size();
    settle(items, !lost);
    if (lost && lost_hook_) lost_hook_(id);
}

void AnswerBatcher::settle(const Items& items, bool ok) {
    if (ok) {
        // Not before: a campaign that is written again meanwhile must still have these hosts.
        std::vector<CampaignRegistry::Target> answered;
        for (const auto& item : items)
            answered.push_back({item.id, item.host});
        registry_.erase(answered);
    }
    for (const auto& item : items) {
        if (!ok && may_defer()) item.delivery->ok = false;
        if (!ok && !may_defer()) ++counters_.dropped;
        finish(item.delivery);
    }
}

void AnswerBatcher::finish(const std::shared_ptr<Delivery>& delivery) {
    if (--delivery->left > 0) return;
    const bool ok = delivery->ok;
    if (!ok) ++counters_.deferred;
    boost::asio::post(loop_, [delivery, ok] {
        if (delivery->done) delivery->done(ok);
    });
}

}  // namespace fleet::live
