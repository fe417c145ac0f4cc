#include "live/campaign_registry.hpp"

#include <gtest/gtest.h>

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
    registry.erase(CampaignId{7}, HostId{4});

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

}  // namespace
}  // namespace fleet::live
