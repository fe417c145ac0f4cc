#include "live/campaign_mirror.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <charconv>
#include <optional>
#include <set>

#include "fleet/core/log.hpp"
#include "live/campaign_keys.hpp"

namespace fleet::live {
namespace {

constexpr std::size_t kIdsPerCommand = 1'000;

std::optional<CampaignId> parse_id(std::string_view text) {
    std::uint64_t id = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (ec != std::errc{} || end != text.data() + text.size() || id == 0) return std::nullopt;
    return static_cast<CampaignId>(id);
}

}  // namespace

std::vector<CampaignId> parse_ids(const Reply& reply) {
    std::vector<CampaignId> ids;
    for (const auto& member : reply.list) {
        if (const auto id = parse_id(member.text)) ids.push_back(*id);
    }
    return ids;
}

std::vector<Command> launch_commands(const CampaignRegistry::Campaign& campaign) {
    const auto id = campaign.id;
    std::vector<Command> out{{"SET", keys::sql(id), *campaign.sql, "EX", keys::kTargetTtl}};
    const auto hosts = campaign.pending.ids();
    if (campaign.model == TargetModel::bits) {
        out.push_back({"SET", keys::bits(id), to_redis_bits(hosts), "EX", keys::kTargetTtl});
    } else {
        for (std::size_t begin = 0; begin < hosts.size(); begin += kIdsPerCommand) {
            Command add{"SADD", keys::pending(id)};
            const auto end = std::min(begin + kIdsPerCommand, hosts.size());
            for (auto i = begin; i < end; ++i)
                add.push_back(to_text(hosts[i]));
            out.push_back(std::move(add));
        }
        out.push_back({"EXPIRE", keys::pending(id), keys::kTargetTtl});
        for (const auto host : hosts) {
            out.push_back({"SADD", keys::host(host), to_text(id)});
            out.push_back({"EXPIRE", keys::host(host), keys::kTargetTtl});
        }
        out.push_back({"SADD", keys::kActiveReverse, to_text(id)});
    }
    out.push_back({"SADD", keys::kActive, to_text(id)});
    return out;
}

CampaignMirror::CampaignMirror(
    boost::asio::io_context& loop,
    Redis& redis,
    CampaignRegistry& registry,
    std::chrono::milliseconds period
)
    : loop_{loop},
      redis_{redis},
      registry_{registry},
      period_{period},
      strand_{boost::asio::make_strand(loop)},
      timer_{strand_} {}

void CampaignMirror::start() {
    news_ = redis_.subscribe(
        keys::kNews, [this](std::string_view news) { hear(news); }, [this] { greet(); }
    );
    boost::asio::post(strand_, [this] { tick(); });
}

void CampaignMirror::stop() {
    stopped_ = true;
    news_.reset();
    boost::asio::post(strand_, [this] { timer_.cancel(); });
}

void CampaignMirror::add(CampaignRegistry::Campaign campaign) {
    const auto hosts = std::make_shared<const HostSet>(campaign.pending);
    registry_.add(std::move(campaign));
    boost::asio::post(loop_, [this, hosts] {
        if (!stopped_ && work_hook_) work_hook_(*hosts);
    });
}

void CampaignMirror::greet() {
    if (stopped_) return;
    redis_.command({"PUBLISH", keys::kNews, "hello"}, {});
    look();
}

void CampaignMirror::hear(std::string_view news) {
    if (news == "hello") alone_ = false;  // if it was our own, the next look says so
    const auto space = news.find(' ');
    if (space == std::string_view::npos) return;
    const auto id = parse_id(news.substr(space + 1));
    if (!id) return;
    if (news.starts_with("stop ")) registry_.remove(*id);
    if (news.starts_with("start ") && !registry_.knows(*id)) look();
}

void CampaignMirror::tick() {
    if (stopped_) return;
    if (redis_.connected()) look();
    timer_.expires_after(period_);
    timer_.async_wait([this](boost::system::error_code ec) {
        if (!ec) tick();
    });
}

void CampaignMirror::look() {
    if (stopped_) return;
    redis_.pipeline(
        {{"GET", keys::kSentinel},
         {"SMEMBERS", keys::kActive},
         {"SMEMBERS", keys::kActiveReverse},
         {"PUBSUB", "NUMSUB", keys::kNews}},
        [this](const std::vector<Reply>& replies) { compare(replies); }
    );
}

void CampaignMirror::compare(const std::vector<Reply>& replies) {
    if (stopped_) return;
    for (const auto& reply : replies) {
        if (!reply.ok()) return;
    }
    if (alive_hook_) alive_hook_();
    const bool knew_us = knew_us_.exchange(true);
    const auto& listeners = replies[3].list;
    alone_ = listeners.size() == 2 && listeners[1].integer == 1;
    if (replies[0].type == Reply::Type::nil) return knew_us ? heal() : introduce();

    const auto active = parse_ids(replies[1]);
    const auto reverse = parse_ids(replies[2]);
    const std::set<CampaignId> present{active.begin(), active.end()};
    const std::set<CampaignId> per_host{reverse.begin(), reverse.end()};
    for (const auto id : registry_.ids()) {
        if (!present.contains(id)) registry_.remove(id);
    }
    for (const auto id : present) {
        if (registry_.knows(id)) continue;
        load(id, per_host.contains(id) ? TargetModel::per_host : TargetModel::bits);
    }
}

void CampaignMirror::write_again(CampaignId id) {
    for (const auto& campaign : registry_.all()) {
        if (campaign.id == id) redis_.pipeline(launch_commands(campaign), {});
    }
}

// Without this mark a Redis that lost its data would look like one whose campaigns have ended.
void CampaignMirror::introduce() {
    redis_.command({"SET", keys::kSentinel, "1"}, {});
}

void CampaignMirror::heal() {
    const auto campaigns = registry_.all();
    if (!campaigns.empty()) {
        log::warn(
            "Redis came back without its data; live queries are written again",
            {{"campaigns", campaigns.size()}}
        );
    }
    for (const auto& campaign : campaigns)
        redis_.pipeline(launch_commands(campaign), {});
    introduce();
    for (const auto& campaign : campaigns) {
        redis_.command({"PUBLISH", keys::kNews, "start " + to_text(campaign.id)}, {});
    }
}

void CampaignMirror::load(CampaignId id, TargetModel model) {
    std::vector<Command> commands{{"GET", keys::sql(id)}};
    if (model == TargetModel::bits) {
        commands.push_back({"GET", keys::bits(id)});
    } else {
        commands.push_back({"SMEMBERS", keys::pending(id)});
    }
    redis_.pipeline(std::move(commands), [this, id, model](std::vector<Reply> replies) {
        loaded(id, model, std::move(replies));
    });
}

void CampaignMirror::loaded(CampaignId id, TargetModel model, std::vector<Reply> replies) {
    if (stopped_ || !replies[0].ok() || !replies[1].ok()) return;
    if (replies[0].type == Reply::Type::nil) {
        // Its keys have expired or are deleted: nothing is left to run.
        redis_.pipeline(
            {{"SREM", keys::kActive, to_text(id)}, {"SREM", keys::kActiveReverse, to_text(id)}}, {}
        );
        return;
    }
    CampaignRegistry::Campaign campaign{
        .id = id,
        .sql = std::make_shared<const std::string>(std::move(replies[0].text)),
        .model = model,
    };
    if (model == TargetModel::bits) {
        campaign.pending = HostSet::from_redis_bits(replies[1].text);
    } else {
        std::vector<HostId> hosts;
        for (const auto host : parse_ids(replies[1])) {
            hosts.push_back(static_cast<HostId>(raw(host)));
        }
        campaign.pending = HostSet::from_ids(std::move(hosts));
    }
    add(std::move(campaign));
}

}  // namespace fleet::live
