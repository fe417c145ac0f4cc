#include <gtest/gtest.h>

#include <map>

#include "fleet/checkin/host_table.hpp"

namespace fleet::checkin {
namespace {

using namespace std::chrono_literals;

const Time kNow = from_unix_seconds(1'800'000'000);

HostFacts host(std::uint64_t id, const char* platform, std::chrono::seconds seen_ago) {
    HostFacts out;
    out.id = HostId{id};
    out.key[0] = static_cast<std::uint8_t>(id);
    out.raw_platform = SharedText::common(platform);
    out.platform = generic_platform(platform);
    out.created = kNow - 48h;
    out.seen = kNow - seen_ago;
    out.distributed_interval = 10;
    out.config_tls_refresh = 60;
    return out;
}

struct CensusTest : testing::Test {
    HostCensus count(const CensusScope& scope = {}) const {
        return table.census(scope, kNow, kNow - 24h);
    }
    HostTable table{};
};

TEST_F(CensusTest, CountsByLastSignOfLifeAndPlatform) {
    table.put(host(1, "ubuntu", 5s));
    table.put(host(2, "ubuntu", 1h));
    table.put(host(3, "darwin", 24h * 31));
    auto fresh = host(4, "windows", 0s);
    fresh.created = kNow - 1h;
    table.put(fresh);

    const HostCensus census = count();

    EXPECT_EQ(census.total, 4u);
    EXPECT_EQ(census.online, 2u);
    EXPECT_EQ(census.missing, 1u);
    EXPECT_EQ(census.fresh, 1u);
    ASSERT_EQ(census.platforms.size(), 3u);
    EXPECT_EQ(census.platforms[0].platform, "ubuntu");
    EXPECT_EQ(census.platforms[0].hosts, 2u);
    EXPECT_TRUE(census.platforms[0].is_linux);
    EXPECT_FALSE(census.platforms[1].is_linux);
}

TEST_F(CensusTest, FollowsWhatBecomesOfAHost) {
    const HostRef entry = table.put(host(1, "ubuntu", 1h));
    EXPECT_EQ(count().online, 0u);

    entry->mark_seen(kNow);
    EXPECT_EQ(count().online, 1u);
    entry->with([](HostFacts& facts) {
        facts.team = TeamId{7};
        facts.raw_platform = SharedText::common("rhel");
    });
    EXPECT_EQ(count({.visible = {}, .team = TeamId{7}, .platform = "rhel"}).total, 1u);
    EXPECT_EQ(count({.visible = {}, .team = {}, .platform = "ubuntu"}).total, 0u);

    table.erase(HostId{1});
    EXPECT_EQ(count().total, 0u);
    // A poll that is still under way holds the entry; its place must not be another host's yet.
    table.put(host(2, "darwin", 1h));
    entry->mark_seen(kNow);
    EXPECT_EQ(count().online, 0u);
}

TEST_F(CensusTest, ScopeIsTeamVisibilityAndPlatform) {
    auto in_team = host(1, "ubuntu", 0s);
    in_team.team = TeamId{3};
    table.put(in_team);
    table.put(host(2, "darwin", 0s));

    const auto total = [&](CensusScope scope) { return count(scope).total; };
    EXPECT_EQ(total({.visible = {}, .team = {}, .platform = "linux"}), 1u);
    EXPECT_EQ(total({.visible = {}, .team = {}, .platform = "darwin"}), 1u);
    EXPECT_EQ(total({.visible = {}, .team = {}, .platform = "beos"}), 0u);
    EXPECT_EQ(total({.visible = {}, .team = TeamId{0}, .platform = ""}), 1u);
    EXPECT_EQ(total({.visible = {}, .team = TeamId{3}, .platform = ""}), 1u);
    EXPECT_EQ(total({.visible = std::vector{TeamId{3}}, .team = {}, .platform = ""}), 1u);
    EXPECT_EQ(total({.visible = std::vector{TeamId{9}}, .team = {}, .platform = ""}), 0u);
    EXPECT_EQ(total({.visible = std::vector<TeamId>{}, .team = {}, .platform = ""}), 0u);
}

TEST_F(CensusTest, NamesWithoutEndAreBounded) {
    for (std::uint64_t id = 1; id <= 1'500; ++id) {
        HostFacts facts = host(id, "", 0s);
        facts.key[1] = static_cast<std::uint8_t>(id >> 8);
        facts.raw_platform = SharedText::common("made-up-" + std::to_string(id));
        table.put(facts);
    }
    const HostCensus census = count();

    EXPECT_EQ(census.total, 1'500u);
    EXPECT_LE(census.platforms.size(), 1'000u);
}

TEST_F(CensusTest, VisitsWhatItCounts) {
    auto in_team = host(1, "ubuntu", 5s);
    in_team.team = TeamId{3};
    table.put(in_team);
    table.put(host(2, "darwin", 1h));
    table.put(host(3, "windows", 24h * 31));
    table.put(host(4, "windows", 0s));
    table.erase(HostId{4});

    const auto visited = [&](const CensusScope& scope) {
        std::map<std::uint64_t, SeenHost> out;
        table.each_seen(scope, kNow, [&](const SeenHost& one) {
            EXPECT_TRUE(out.emplace(raw(one.id), one).second) << "once each";
        });
        return out;
    };
    const auto all = visited({});
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all.at(1).status, HostStatus::online);
    EXPECT_EQ(all.at(2).status, HostStatus::offline);
    EXPECT_EQ(all.at(3).status, HostStatus::missing);
    EXPECT_EQ(all.at(2).seen, kNow - 1h);
    EXPECT_EQ(visited({.visible = std::vector{TeamId{3}}, .team = {}, .platform = ""}).size(), 1u);
    EXPECT_EQ(visited({.visible = {}, .team = TeamId{0}, .platform = ""}).size(), 2u);

    // The next host takes the place that became free, with everything that is its own.
    table.put(host(5, "darwin", 1h));
    EXPECT_TRUE(visited({}).contains(5));
    EXPECT_FALSE(visited({}).contains(4));
}

}  // namespace
}  // namespace fleet::checkin
