#include "fleet/live/campaigns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "fleet/live/host_result.hpp"
#include "live/instance.hpp"

namespace fleet::live {
namespace {

using test::eventually;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kCampaign = static_cast<CampaignId>(501);

/// Both ways of keeping targets in Redis (rest-api-b 3.6).
class CampaignModels : public testing::TestWithParam<std::size_t> {
protected:
    CampaignOptions options() const { return {.small_target_threshold = GetParam()}; }
    bool per_host() const { return GetParam() != 0; }

    test::PrivateRedis server{};
};

INSTANTIATE_TEST_SUITE_P(
    Targets,
    CampaignModels,
    testing::Values(0u, 1'000u),
    [](const auto& param) { return param.param == 0 ? "as_bits" : "per_host"; }
);

TEST_P(CampaignModels, ACampaignReachesItsHostsOnEveryInstanceAndNobodyElse) {
    Instance one{server, options()};
    Instance two{server, options()};

    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 9, 70}));

    ASSERT_TRUE(eventually([&] { return two.has_work(9); }));
    EXPECT_TRUE(one.has_work(4));
    EXPECT_FALSE(one.has_work(5));
    EXPECT_THAT(one.poll(4), ElementsAre("SELECT 1"));
    EXPECT_THAT(two.poll(70), ElementsAre("SELECT 1"));
    EXPECT_THAT(two.poll(5), IsEmpty());
}

TEST_P(CampaignModels, AnOnlyInstanceHandsOutWorkWithoutAskingRedis) {
    auto quick = options();
    quick.resync = std::chrono::milliseconds{50};
    Instance one{server, quick};
    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 9}));
    const auto questions = [&] {
        const auto stats = one.redis->call({"INFO", "commandstats"}).text;
        const auto at = stats.find(per_host() ? "cmdstat_sismember:" : "cmdstat_bitfield:");
        return at == std::string::npos ? std::string{} : stats.substr(at, stats.find(',', at) - at);
    };

    // It finds out within a look or two that it is alone.
    EXPECT_TRUE(eventually([&] {
        const auto before = questions();
        EXPECT_THAT(one.poll(4), ElementsAre("SELECT 1"));
        return questions() == before;
    }));
}

TEST_P(CampaignModels, KeysAreThoseOfTheWireContract) {
    Instance one{server, options()};

    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 9}));

    auto& redis = *one.redis;
    EXPECT_EQ(redis.call({"GET", "sql:livequery:{501}"}).text, "SELECT 1");
    EXPECT_EQ(redis.call({"SISMEMBER", "livequery:active", "501"}).integer, 1);
    EXPECT_EQ(redis.call({"SISMEMBER", "livequery:active:reverse", "501"}).integer, per_host());
    EXPECT_EQ(redis.call({"SISMEMBER", "livequery:host:{9}", "501"}).integer, per_host());
    EXPECT_EQ(redis.call({"GETBIT", "livequery:{501}", "9"}).integer, !per_host());
    EXPECT_EQ(redis.call({"STRLEN", "livequery:{501}"}).integer, per_host() ? 0 : 2);
    EXPECT_GT(redis.call({"TTL", "sql:livequery:{501}"}).integer, 600'000);

    ASSERT_TRUE(one.campaigns.retire(kCampaign));

    EXPECT_EQ(redis.call({"EXISTS", "sql:livequery:{501}", "livequery:{501}"}).integer, 0);
    EXPECT_EQ(redis.call({"SCARD", "livequery:active"}).integer, 0);
    EXPECT_EQ(redis.call({"SCARD", "livequery:active:reverse"}).integer, 0);
    EXPECT_THAT(one.poll(4), IsEmpty());
}

TEST_P(CampaignModels, AHostThatAnsweredElsewhereIsNotAskedAgain) {
    Instance one{server, options()};
    Instance two{server, options()};
    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 9}));
    ASSERT_TRUE(eventually([&] { return two.has_work(4); }));

    ASSERT_TRUE(two.answer(501, 4));

    EXPECT_FALSE(two.has_work(4));
    EXPECT_THAT(one.poll(4), IsEmpty());
    EXPECT_FALSE(one.has_work(4));
    EXPECT_THAT(one.poll(9), ElementsAre("SELECT 1"));
}

TEST_P(CampaignModels, AnAnswerIsKeptAnnouncedAndCountedOnce) {
    Instance one{server, options()};
    std::mutex mutex;
    std::vector<std::string> heard;
    std::atomic<bool> ready{false};
    const auto reader = one.redis->subscribe(
        "results_501",
        [&](std::string_view text) {
            const std::lock_guard lock{mutex};
            heard.emplace_back(text);
        },
        [&] { ready = true; }
    );
    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 9}));
    ASSERT_TRUE(eventually([&] { return ready.load(); }));

    EXPECT_TRUE(one.answer(501, 4, R"([{"a":"1"}])"));
    EXPECT_TRUE(one.answer(501, 4, R"([{"a":"1"}])"));
    EXPECT_TRUE(one.answer(501, 5, R"([{"a":"1"}])"));  // was not asked
    EXPECT_TRUE(one.answer(777, 4, R"([{"a":"1"}])"));  // no such campaign

    const auto kept = one.redis->call({"LRANGE", "fleet:campaign:{501}:results", "0", "-1"});
    ASSERT_EQ(kept.list.size(), 1u);
    ASSERT_TRUE(eventually([&] {
        const std::lock_guard lock{mutex};
        return !heard.empty();
    }));
    EXPECT_THAT(heard, ElementsAre(kept.list[0].text));
    const auto result = parse_payload(kept.list[0].text);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->host, static_cast<HostId>(4));
    EXPECT_EQ(result->rows, R"([{"a":"1"}])");
    EXPECT_EQ(one.campaigns.stats().delivered, 1u);
    EXPECT_EQ(one.campaigns.stats().duplicates, 3u);
    EXPECT_EQ(one.redis->call({"EXISTS", "livequery:{777}"}).integer, 0);
}

TEST_P(CampaignModels, AnswersAfterTheEndAreDroppedAndCreateNothing) {
    Instance one{server, options()};
    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 9}));
    ASSERT_TRUE(one.answer(501, 4));
    ASSERT_TRUE(one.campaigns.retire(kCampaign));

    EXPECT_TRUE(one.answer(501, 9));

    EXPECT_EQ(one.redis->call({"EXISTS", "livequery:{501}"}).integer, 0);
    EXPECT_EQ(one.redis->call({"LLEN", "fleet:campaign:{501}:results"}).integer, 1);
    EXPECT_GT(one.redis->call({"TTL", "fleet:campaign:{501}:results"}).integer, 3'000);
}

TEST_P(CampaignModels, RedisWithoutItsDataIsToldAgain) {
    Instance one{server, options()};
    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 9}));
    ASSERT_TRUE(one.answer(501, 4));
    // The mark that Redis knows us is written at the first look.
    ASSERT_TRUE(eventually([&] {
        return one.redis->call({"EXISTS", "fleet:campaigns:known"}).integer == 1;
    }));

    server.kill9();
    server.start();

    ASSERT_TRUE(eventually([&] { return one.redis->connected(); }));
    EXPECT_TRUE(eventually([&] { return one.poll(9) == std::vector<std::string>{"SELECT 1"}; }));
    EXPECT_THAT(one.poll(4), IsEmpty());
    // Until Redis knows the campaign again an agent is told to keep its answer.
    EXPECT_TRUE(eventually([&] { return one.answer(501, 9); }));
    EXPECT_EQ(one.redis->call({"LLEN", "fleet:campaign:{501}:results"}).integer, 1);
}

class CampaignsTest : public testing::Test {
protected:
    test::PrivateRedis server{};
};

TEST_F(CampaignsTest, ALostMessageHealsByLooking) {
    Instance one{server, {.resync = std::chrono::milliseconds{200}}};

    // Written without any message, as a genuine Fleet server would.
    one.redis->call_pipeline(
        {{"SET", "sql:livequery:{7}", "SELECT 7"},
         {"SETBIT", "livequery:{7}", "12", "1"},
         {"SADD", "livequery:active", "7", "not a number"}}
    );

    EXPECT_TRUE(eventually([&] { return one.has_work(12); }));
    EXPECT_THAT(one.poll(12), ElementsAre("SELECT 7"));
    one.redis->call_pipeline({{"DEL", "sql:livequery:{7}"}, {"SREM", "livequery:active", "7"}});
    EXPECT_TRUE(eventually([&] { return one.campaigns.stats().active == 0; }));
    EXPECT_THAT(one.poll(12), IsEmpty());
}

TEST_F(CampaignsTest, AnActiveCampaignWithoutSqlIsForgotten) {
    Instance one{server, {.resync = std::chrono::milliseconds{200}}};

    one.redis->call({"SADD", "livequery:active", "7"});

    EXPECT_TRUE(eventually([&] {
        return one.redis->call({"SCARD", "livequery:active"}).integer == 0;
    }));
}

TEST_F(CampaignsTest, WhileRedisIsAwayNothingIsHandedOutAndAnswersAreKeptByAgents) {
    Instance one{server, {.patience = std::chrono::seconds{2}}};
    ASSERT_TRUE(one.launch(501, "SELECT 1", {4}));
    server.stop();
    ASSERT_TRUE(eventually([&] { return !one.redis->connected(); }));

    EXPECT_THAT(one.poll(4), IsEmpty());
    EXPECT_FALSE(one.answer(501, 4));
    EXPECT_GT(one.campaigns.stats().unconfirmed, 0u);
    EXPECT_FALSE(one.launch(502, "SELECT 2", {4}));
    EXPECT_FALSE(one.campaigns.check_store());

    // After a while agents are let go, so that their other answers get through.
    EXPECT_TRUE(eventually([&] { return one.answer(501, 4); }));
    EXPECT_GT(one.campaigns.stats().dropped, 0u);
}

TEST_F(CampaignsTest, TooManyResultsAreReplacedByAWordAboutIt) {
    Instance one{server, {.max_result_bytes = 1'000}};
    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 5}));

    ASSERT_TRUE(one.answer(501, 4, "[{\"a\":\"" + std::string(800, 'x') + "\"}]"));
    ASSERT_TRUE(one.answer(501, 5, "[{\"a\":\"" + std::string(800, 'x') + "\"}]"));

    const auto kept = one.redis->call({"LRANGE", "fleet:campaign:{501}:results", "0", "-1"});
    ASSERT_EQ(kept.list.size(), 2u);
    EXPECT_EQ(parse_payload(kept.list[0].text)->row_count, 1u);
    EXPECT_EQ(parse_payload(kept.list[1].text)->row_count, 0u);
    EXPECT_THAT(parse_payload(kept.list[1].text)->error, testing::HasSubstr("too many results"));
}

TEST_F(CampaignsTest, AnswersThatNobodyHearsAreReportedAfterAWhile) {
    Instance one{server, {.orphan_after = std::chrono::seconds{0}}};
    std::atomic<int> orphans{0};
    one.campaigns.on_orphan([&](CampaignId) { ++orphans; });
    ASSERT_TRUE(one.launch(501, "SELECT 1", {4, 5}));

    ASSERT_TRUE(one.answer(501, 4));

    EXPECT_TRUE(eventually([&] { return orphans == 1; }));
}

TEST_F(CampaignsTest, StatsAreCollectedOnlyWhenWanted) {
    Instance one{server};
    ASSERT_TRUE(one.launch(500, "SELECT 1", {4}));
    ASSERT_TRUE(one.campaigns.launch(
        kCampaign, "SELECT 1", {static_cast<HostId>(4)}, Campaigns::KeepStats::yes
    ));
    for (const auto id : {500u, 501u}) {
        auto answer = Instance::answer_of(id, 4, R"([{"ab":"cde"}])");
        answer.stats_json = R"({"wall_time_ms":12,"user_time":"3","system_time":1,"memory":20480})";
        ASSERT_TRUE(one.deliver({std::move(answer)}));
    }

    const auto stats = one.campaigns.take_stats(kCampaign);

    ASSERT_TRUE(stats);
    ASSERT_EQ(stats->size(), 1u);
    EXPECT_EQ(stats->front().host, static_cast<HostId>(4));
    EXPECT_EQ(stats->front().wall_time_ms, 12u);
    EXPECT_EQ(stats->front().user_time, 3u);
    EXPECT_EQ(stats->front().memory, 20480u);
    EXPECT_EQ(stats->front().output_size, 5u);
    EXPECT_THAT(*one.campaigns.take_stats(kCampaign), IsEmpty());
    EXPECT_THAT(*one.campaigns.take_stats(static_cast<CampaignId>(500)), IsEmpty());
}

TEST_F(CampaignsTest, ManyHostsAndCampaignsAtOnce) {
    Instance one{server};
    Instance two{server};
    std::vector<std::uint64_t> hosts(3'000);
    for (std::size_t i = 0; i < hosts.size(); ++i)
        hosts[i] = i + 1;
    for (std::uint64_t id = 1; id <= 5; ++id)
        ASSERT_TRUE(one.launch(id, "broadcast", hosts));
    for (std::uint64_t id = 6; id <= 30; ++id)
        ASSERT_TRUE(two.launch(id, "single", {id}));
    ASSERT_TRUE(eventually([&] {
        return one.campaigns.stats().active == 30 && two.campaigns.stats().active == 30;
    }));

    std::atomic<std::size_t> handed{0};
    std::atomic<std::size_t> done{0};
    for (const auto host : hosts) {
        auto& instance = host % 2 == 0 ? one : two;
        const auto id = static_cast<HostId>(host);
        instance.campaigns.work_for(id, [&, id](const std::vector<LiveWork>& work) {
            handed += work.size();
            std::vector<LiveAnswer> answers;
            for (const auto& item : work) {
                answers.push_back(Instance::answer_of(raw(item.id), raw(id), "[{\"a\":\"b\"}]"));
            }
            instance.campaigns.deliver(std::move(answers), [&](bool ok) { done += ok ? 1 : 0; });
        });
    }
    ASSERT_TRUE(eventually([&] { return done == hosts.size(); }));

    EXPECT_EQ(handed, 5 * hosts.size() + 25);
    for (std::uint64_t id = 1; id <= 5; ++id) {
        const auto key = "fleet:campaign:{" + std::to_string(id) + "}:results";
        EXPECT_EQ(one.redis->call({"LLEN", key}).integer, 3'000);
        EXPECT_EQ(
            one.redis->call({"BITCOUNT", "livequery:{" + std::to_string(id) + "}"}).integer, 0
        );
    }
    for (const auto host : hosts)
        ASSERT_FALSE((host % 2 == 0 ? one : two).has_work(host));
}

}  // namespace
}  // namespace fleet::live
