#include "fleet/core/nearest.hpp"

#include <gtest/gtest.h>

#include <array>

namespace fleet {
namespace {

TEST(EditDistance, CountsSlips) {
    EXPECT_EQ(edit_distance("", ""), 0u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
    EXPECT_EQ(edit_distance("adress", "address"), 1u);
    EXPECT_EQ(edit_distance("porcesses", "processes"), 1u);
    EXPECT_EQ(edit_distance("NAME", "name"), 0u);
    EXPECT_EQ(edit_distance(std::string(1000, 'a'), std::string(2000, 'a')), 0u);
}

TEST(NearestName, FindsTheSlipAndNothingFar) {
    constexpr std::array<std::string_view, 3> names{"users", "groups", "processes"};
    EXPECT_EQ(nearest_name("user", names), "users");
    EXPECT_EQ(nearest_name("proceses", names), "processes");
    EXPECT_EQ(nearest_name("kernel_info", names), std::nullopt);
    EXPECT_EQ(nearest_name("", names), std::nullopt);
    EXPECT_EQ(nearest_name("users", {}), std::nullopt);
}

}  // namespace
}  // namespace fleet
