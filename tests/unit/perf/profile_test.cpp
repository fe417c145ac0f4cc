#include "perf/profile.hpp"

#include <gtest/gtest.h>

#include <set>

namespace fleet::perf {
namespace {

TEST(ProfileTest, SameSeedAndIndexGiveTheSameHost) {
    const auto a = make_profile(5, 17, Flavor::ubuntu);
    const auto b = make_profile(5, 17, Flavor::ubuntu);

    EXPECT_EQ(a.uuid, b.uuid);
    EXPECT_EQ(a.serial, b.serial);
    EXPECT_EQ(a.address, b.address);
}

TEST(ProfileTest, HostsDiffer) {
    std::set<std::string> uuids;
    std::set<std::string> addresses;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        const auto profile = make_profile(1, i, Flavor::debian);
        uuids.insert(profile.uuid);
        addresses.insert(profile.address);
    }

    EXPECT_EQ(uuids.size(), 20'000U);
    EXPECT_EQ(addresses.size(), 20'000U);
    EXPECT_NE(make_profile(1, 0, Flavor::debian).uuid, make_profile(2, 0, Flavor::debian).uuid);
}

TEST(ProfileTest, PlatformMasksAreThoseOfOsquery) {
    EXPECT_EQ(platform_mask(Family::linux), 9);
    EXPECT_EQ(platform_mask(Family::darwin), 21);
    EXPECT_EQ(platform_mask(Family::windows), 2);
}

}  // namespace
}  // namespace fleet::perf
