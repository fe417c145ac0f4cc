#include "live/campaign_registry.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <set>
#include <vector>

namespace fleet::live {
namespace {

CampaignRegistry::Campaign campaign(std::vector<HostId> hosts) {
    return {
        .id = CampaignId{7},
        .sql = std::make_shared<const std::string>("SELECT 1"),
        .model = TargetModel::bits,
        .pending = HostSet::from_ids(std::move(hosts)),
    };
}

TEST(CampaignRegistry, NewsThatComeLateDoNotAskAHostAgain) {
    CampaignRegistry registry;
    registry.add(campaign({HostId{4}, HostId{9}}));
    registry.erase(std::array{CampaignRegistry::Target{CampaignId{7}, HostId{4}}});

    registry.add(campaign({HostId{4}, HostId{9}}));

    EXPECT_TRUE(registry.candidates(HostId{4}, 16).empty());
    EXPECT_EQ(registry.candidates(HostId{9}, 16).size(), 1u);
}

TEST(CampaignRegistry, AnEndedCampaignCanComeBack) {
    CampaignRegistry registry;
    registry.add(campaign({HostId{4}}));
    registry.remove(CampaignId{7});
    EXPECT_FALSE(registry.knows(CampaignId{7}));

    registry.add(campaign({HostId{4}}));

    EXPECT_EQ(registry.candidates(HostId{4}, 16).size(), 1u);
}

TEST(CampaignRegistry, AHostHasWorkUntilItHasAnsweredTheLastOfItsCampaigns) {
    CampaignRegistry registry;
    for (const std::uint64_t id : {1, 2, 3}) {
        auto next = campaign({HostId{4}, HostId{5}});
        next.id = CampaignId{id};
        registry.add(std::move(next));
    }
    const auto answered = [](std::uint64_t id, std::uint64_t host) {
        return CampaignRegistry::Target{CampaignId{id}, HostId{host}};
    };

    registry.erase(std::array{answered(1, 4), answered(2, 4), answered(9, 4)});
    EXPECT_TRUE(registry.has_work(HostId{4}));
    registry.erase(std::array{answered(3, 4), answered(1, 5)});

    EXPECT_FALSE(registry.has_work(HostId{4}));
    EXPECT_TRUE(registry.has_work(HostId{5}));
    EXPECT_EQ(registry.candidates(HostId{5}, 16).size(), 2u);
}

/// Campaigns 1 to `wide` for everybody, and from 1001 on `narrow` for few hosts.
void add_many(CampaignRegistry& registry, std::uint64_t wide, std::uint64_t narrow) {
    for (std::uint64_t i = 1; i <= wide + narrow; ++i) {
        auto next = campaign({HostId{4}});
        next.id = CampaignId{i <= wide ? i : 1'000 + i - wide};
        next.model = i <= wide ? TargetModel::bits : TargetModel::per_host;
        registry.add(std::move(next));
    }
}

std::vector<CampaignRegistry::Target> targets(const std::vector<CampaignRegistry::Candidate>& of) {
    std::vector<CampaignRegistry::Target> out;
    for (const auto& one : of)
        out.push_back({one.work.id, HostId{4}});
    return out;
}

TEST(CampaignRegistry, AFloodOfQueriesReachesAHostInPortions) {
    CampaignRegistry registry;
    add_many(registry, 40, 0);
    std::set<CampaignId> seen;
    for (const std::size_t expected : {16u, 16u, 8u, 0u}) {
        const auto portion = targets(registry.candidates(HostId{4}, 16));
        EXPECT_EQ(portion.size(), expected);
        for (const auto& target : portion)
            EXPECT_TRUE(seen.insert(target.campaign).second) << "given twice";
        registry.erase(portion);
    }
    EXPECT_FALSE(registry.has_work(HostId{4}));
}

TEST(CampaignRegistry, QueriesOfFewHostsDoNotWaitForAFloodToAll) {
    CampaignRegistry registry;
    add_many(registry, 50, 5);
    std::size_t narrow = 0;
    for (const auto& one : registry.candidates(HostId{4}, 16))
        narrow += one.model == TargetModel::per_host;
    EXPECT_EQ(narrow, 5u);
}

TEST(CampaignRegistry, NoPlaceIsLeftEmptyBecauseOneKindIsShort) {
    for (const auto& [wide, narrow] : {std::pair{50u, 1u}, {1u, 50u}, {9u, 9u}, {50u, 50u}}) {
        CampaignRegistry registry;
        add_many(registry, wide, narrow);
        EXPECT_EQ(registry.candidates(HostId{4}, 16).size(), 16u) << wide << ' ' << narrow;
    }
}

TEST(CampaignRegistry, QueriesThatAreNeverAnsweredDoNotKeepOthersFromTheHost) {
    CampaignRegistry registry;
    add_many(registry, 40, 20);
    std::set<CampaignId> seen;
    for (int poll = 0; poll < 200; ++poll) {
        for (const auto& target : targets(registry.candidates(HostId{4}, 16)))
            seen.insert(target.campaign);
    }
    EXPECT_EQ(seen.size(), 60u);
}

}  // namespace
}  // namespace fleet::live
