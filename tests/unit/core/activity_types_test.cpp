#include "fleet/core/activity_types.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

namespace fleet {
namespace {

TEST(ActivityTypes, EachHasOneRowThatFitsItsColumn) {
    std::set<std::string_view> names;
    for (const ActivityType& type : kActivityTypes) {
        EXPECT_TRUE(names.insert(type.name).second) << type.name;
        EXPECT_LE(type.name.size(), 64U) << type.name;
    }
}

TEST(ActivityTypes, AreFoundByName) {
    ASSERT_NE(find_activity_type("created_pack"), nullptr);
    EXPECT_EQ(find_activity_type("created_pack")->details, "pack_id pack_name");
    EXPECT_EQ(find_activity_type("created_nothing"), nullptr);
    EXPECT_EQ(ActivityName{"deleted_pack"}.text(), "deleted_pack");
}

}  // namespace
}  // namespace fleet
