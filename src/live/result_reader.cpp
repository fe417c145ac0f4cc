#include "fleet/live/result_reader.hpp"

#include <algorithm>
#include <mutex>

#include "live/campaign_keys.hpp"

namespace fleet::live {
namespace {

// Pages grow while results are small and shrink when they are large, so that one page is about
// this size whatever the query returns.
constexpr std::size_t kPageBytes = 512u << 10;
constexpr std::size_t kFirstPage = 8;
constexpr std::size_t kLargestPage = 512;

std::size_t next_count(std::size_t count, const ResultReader::Page& page) {
    std::size_t bytes = 0;
    for (const auto& payload : page.payloads)
        bytes += payload.size();
    if (bytes > kPageBytes) return std::max<std::size_t>(1, count * kPageBytes / bytes);
    if (page.payloads.size() == count) return std::min(count * 2, kLargestPage);
    return count;
}

}  // namespace

struct ResultReader::State {
    Redis& redis;
    CampaignId id;
    std::mutex mutex{};
    std::size_t next = 0;
    std::size_t count = kFirstPage;
};

ResultReader::ResultReader(Redis& redis, CampaignId id, Callbacks callbacks)
    : state_{std::shared_ptr<State>(new State{.redis = redis, .id = id})} {
    channel_ = redis.subscribe(
        keys::channel(id),
        [on_more = std::move(callbacks.on_more)](std::string_view) {
            if (on_more) on_more();
        },
        std::move(callbacks.on_ready)
    );
    if (callbacks.on_connection) watch_ = redis.watch(std::move(callbacks.on_connection));
}

ResultReader::~ResultReader() = default;

void ResultReader::read(std::function<void(Page)> done) {
    std::size_t from = 0;
    std::size_t count = 0;
    {
        const std::lock_guard lock{state_->mutex};
        from = state_->next;
        count = state_->count;
    }
    const auto key = keys::results(state_->id);
    state_->redis.pipeline(
        {{"LRANGE", key, std::to_string(from), std::to_string(from + count - 1)}, {"LLEN", key}},
        [state = state_, done = std::move(done), from, count](std::vector<Reply> replies) {
            Page page;
            page.failed = !replies[0].ok() || !replies[1].ok();
            for (auto& item : replies[0].list)
                page.payloads.push_back(std::move(item.text));
            page.restarted = !page.failed && replies[1].integer < static_cast<std::int64_t>(from);
            if (!page.failed) {
                const std::lock_guard lock{state->mutex};
                state->next = page.restarted ? 0 : from + page.payloads.size();
                state->count = next_count(count, page);
            }
            done(std::move(page));
        }
    );
}

}  // namespace fleet::live
