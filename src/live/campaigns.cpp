#include "fleet/live/campaigns.hpp"

#include <sstream>

#include "fleet/core/log.hpp"
#include "live/answer_batcher.hpp"
#include "live/campaign_keys.hpp"
#include "live/campaign_mirror.hpp"
#include "live/campaign_registry.hpp"
#include "live/work_batcher.hpp"

namespace fleet::live {
namespace {

constexpr std::size_t kStatsPerPage = 10'000;

Error store_error(const Reply& reply) {
    auto error = Error::internal("live query store: " + reply.text);
    error.detail = reply.text;
    return error;
}

Result<> check(const std::vector<Reply>& replies) {
    for (const auto& reply : replies) {
        if (!reply.ok()) return fail(store_error(reply));
    }
    return {};
}

AnswerStats parse_stats(const std::string& line) {
    AnswerStats stats;
    std::uint64_t host = 0;
    std::istringstream in{line};
    in >> host >> stats.wall_time_ms >> stats.user_time >> stats.system_time >> stats.memory >>
        stats.output_size;
    stats.host = static_cast<HostId>(host);
    return stats;
}

}  // namespace

struct Campaigns::Impl {
    Impl(boost::asio::io_context& loop, Redis& redis_in, const CampaignOptions& options_in)
        : redis{redis_in},
          options{options_in},
          answers{loop, redis, registry, options},
          mirror{loop, redis, registry, options.resync},
          work{loop, redis, registry, [this] { return mirror.alone(); }, options} {
        mirror.on_alive([this] { answers.note_alive(); });
        answers.on_lost([this](CampaignId id) { mirror.write_again(id); });
    }

    Redis& redis;
    CampaignOptions options;
    CampaignRegistry registry{};
    AnswerBatcher answers;
    CampaignMirror mirror;
    WorkBatcher work;
};

Campaigns::Campaigns(boost::asio::io_context& loop, Redis& redis, CampaignOptions options)
    : impl_{std::make_unique<Impl>(loop, redis, options)} {}

Campaigns::~Campaigns() = default;

void Campaigns::start() {
    impl_->mirror.start();
}

void Campaigns::stop() {
    impl_->mirror.stop();
    impl_->work.stop();
    impl_->answers.stop();
}

bool Campaigns::has_work(HostId host) const noexcept {
    return impl_->registry.has_work(host);
}

void Campaigns::work_for(HostId host, std::function<void(std::vector<LiveWork>)> done) {
    impl_->work.ask(host, std::move(done));
}

void Campaigns::deliver(std::vector<LiveAnswer> answers, std::function<void(bool ok)> done) {
    impl_->answers.deliver(std::move(answers), std::move(done));
}

Result<> Campaigns::launch(
    CampaignId id, std::string sql, std::vector<HostId> targets, KeepStats keep_stats
) {
    const auto threshold = impl_->options.small_target_threshold;
    CampaignRegistry::Campaign campaign{
        .id = id,
        .sql = std::make_shared<const std::string>(std::move(sql)),
        .model = targets.size() <= threshold ? TargetModel::per_host : TargetModel::bits,
        .pending = HostSet::from_ids(targets),
    };
    auto commands = launch_commands(campaign);
    commands.push_back(
        {"SET", keys::targets(id), pack_hosts(std::move(targets)), "EX", keys::kTargetTtl}
    );
    if (keep_stats == KeepStats::yes) {
        // Lines are only added to a list that exists; this one is its mark.
        commands.push_back({"RPUSH", keys::stats(id), "wanted"});
        commands.push_back({"EXPIRE", keys::stats(id), keys::kTargetTtl});
    }
    commands.push_back({"PUBLISH", keys::kNews, "start " + to_text(id)});
    if (auto ok = check(impl_->redis.call_pipeline(std::move(commands))); !ok) {
        (void)retire(id);
        return ok;
    }
    impl_->mirror.add(std::move(campaign));
    return {};
}

Result<> Campaigns::retire(CampaignId id) {
    impl_->registry.remove(id);
    std::vector<Command> commands{
        {"SREM", keys::kActive, to_text(id)},
        {"SREM", keys::kActiveReverse, to_text(id)},
        {"DEL", keys::sql(id)},
        {"DEL", keys::bits(id)},
        {"DEL", keys::pending(id)},
    };
    const auto kept = std::to_string(impl_->options.results_retention.count());
    for (const auto& key : {keys::results(id), keys::bytes(id), keys::targets(id)}) {
        if (impl_->options.results_retention.count() > 0) {
            commands.push_back({"EXPIRE", key, kept});
        } else {
            commands.push_back({"DEL", key});
        }
    }
    commands.push_back({"PUBLISH", keys::kNews, "stop " + to_text(id)});
    return check(impl_->redis.call_pipeline(std::move(commands)));
}

Result<std::optional<std::vector<HostId>>> Campaigns::targets(CampaignId id) {
    const auto reply = impl_->redis.call({"GET", keys::targets(id)});
    if (!reply.ok()) return fail(store_error(reply));
    if (reply.type != Reply::Type::text) return std::nullopt;
    return unpack_hosts(reply.text);
}

Result<std::vector<AnswerStats>> Campaigns::take_stats(CampaignId id) {
    std::vector<AnswerStats> out;
    std::size_t from = 1;  // after the mark
    for (;;) {
        const auto reply = impl_->redis.call(
            {"LRANGE",
             keys::stats(id),
             std::to_string(from),
             std::to_string(from + kStatsPerPage - 1)}
        );
        if (!reply.ok()) return fail(store_error(reply));
        for (const auto& line : reply.list)
            out.push_back(parse_stats(line.text));
        from += reply.list.size();
        if (reply.list.size() < kStatsPerPage) break;
    }
    if (const auto reply = impl_->redis.call({"DEL", keys::stats(id)}); !reply.ok()) {
        return fail(store_error(reply));
    }
    return out;
}

Result<std::size_t> Campaigns::listeners(CampaignId id) {
    const auto reply = impl_->redis.call({"PUBSUB", "NUMSUB", keys::channel(id)});
    if (!reply.ok()) return fail(store_error(reply));
    return reply.list.size() == 2 ? static_cast<std::size_t>(reply.list[1].integer) : 0;
}

Result<std::vector<CampaignId>> Campaigns::stored() {
    const auto reply = impl_->redis.call({"SMEMBERS", keys::kActive});
    if (!reply.ok()) return fail(store_error(reply));
    return parse_ids(reply);
}

Result<> Campaigns::check_store() {
    const auto reply = impl_->redis.call({"PING"});
    if (!reply.ok()) return fail(store_error(reply));
    return {};
}

void Campaigns::on_work(std::function<void(const HostSet&)> hook) {
    impl_->mirror.on_work(std::move(hook));
}

void Campaigns::on_orphan(std::function<void(CampaignId)> hook) {
    impl_->answers.on_orphan(std::move(hook));
}

Campaigns::Stats Campaigns::stats() const {
    const auto& answers = impl_->answers.counters();
    return {
        .active = impl_->registry.size(),
        .asked = impl_->work.asked(),
        .unconfirmed = impl_->work.unconfirmed(),
        .delivered = answers.delivered,
        .duplicates = answers.duplicates,
        .deferred = answers.deferred,
        .dropped = answers.dropped,
    };
}

}  // namespace fleet::live
