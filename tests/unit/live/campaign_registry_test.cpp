#include "live/campaign_registry.hpp"

#include <gtest/gtest.h>

#include <array>

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

    EXPECT_TRUE(registry.candidates(HostId{4}).empty());
    EXPECT_EQ(registry.candidates(HostId{9}).size(), 1u);
}

TEST(CampaignRegistry, AnEndedCampaignCanComeBack) {
    CampaignRegistry registry;
    registry.add(campaign({HostId{4}}));
    registry.remove(CampaignId{7});
    EXPECT_FALSE(registry.knows(CampaignId{7}));

    registry.add(campaign({HostId{4}}));

    EXPECT_EQ(registry.candidates(HostId{4}).size(), 1u);
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
    EXPECT_EQ(registry.candidates(HostId{5}).size(), 2u);
}

}  // namespace
}  // namespace fleet::live
