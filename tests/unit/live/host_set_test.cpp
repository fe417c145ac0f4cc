#include "fleet/live/host_set.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace fleet::live {
namespace {

std::vector<HostId> hosts(std::initializer_list<std::uint64_t> ids) {
    std::vector<HostId> out;
    for (const auto id : ids)
        out.push_back(static_cast<HostId>(id));
    return out;
}

class HostSetShapes : public testing::TestWithParam<std::uint64_t> {};

TEST_P(HostSetShapes, BehavesLikeAPlainSet) {
    std::minstd_rand random{7};
    std::set<HostId> model;
    while (model.size() < 500)
        model.insert(static_cast<HostId>(1 + random() % GetParam()));
    auto set = HostSet::from_ids({model.begin(), model.end()});

    for (int i = 0; i < 2'000; ++i) {
        const auto host = static_cast<HostId>(random() % (GetParam() + 100));
        ASSERT_EQ(set.contains(host), model.count(host) == 1);
        ASSERT_EQ(set.erase(host), model.erase(host) == 1);
        ASSERT_EQ(set.size(), model.size());
    }
    EXPECT_EQ(set.ids(), std::vector<HostId>(model.begin(), model.end()));
}

INSTANTIATE_TEST_SUITE_P(
    Density,
    HostSetShapes,
    testing::Values(1'000u, 20'000u, 100'000'000u),
    [](const auto& param) { return "ids_up_to_" + std::to_string(param.param); }
);

TEST(RedisBits, AreMostSignificantFirst) {
    EXPECT_EQ(to_redis_bits(hosts({0})), std::string("\x80"));
    EXPECT_EQ(to_redis_bits(hosts({7, 9})), std::string("\x01\x40"));
    EXPECT_EQ(HostSet::from_redis_bits(std::string("\x01\x40")).ids(), hosts({7, 9}));
    EXPECT_EQ(HostSet::from_redis_bits("").size(), 0u);
}

TEST(PackedHosts, GoThereAndBack) {
    const auto ids = hosts({1, 2, 300, 70'000, 5'000'000'000});

    EXPECT_EQ(unpack_hosts(pack_hosts(ids)), ids);
    EXPECT_EQ(unpack_hosts(""), std::vector<HostId>{});
    EXPECT_FALSE(unpack_hosts("\x80"));
    EXPECT_FALSE(unpack_hosts(std::string(12, '\xFF')));
}

TEST(WorkFlags, OneBitAHost) {
    WorkFlags flags;
    const auto far = static_cast<HostId>(123'456'789);

    flags.set(far);
    flags.set(static_cast<HostId>(~std::uint64_t{0}));

    EXPECT_TRUE(flags.get(far));
    EXPECT_FALSE(flags.get(static_cast<HostId>(123'456'788)));
    EXPECT_FALSE(flags.get(static_cast<HostId>(1)));
    flags.clear(far);
    flags.clear(static_cast<HostId>(5));
    EXPECT_FALSE(flags.get(far));
}

}  // namespace
}  // namespace fleet::live
