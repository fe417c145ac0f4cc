#include "service/sso_roles.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

TEST(RolesOfAttributes, GlobalOrTeamsOrNoOpinion) {
    EXPECT_EQ(*roles_of_attributes({{"mail", {"bo@example.test"}}}), std::nullopt);
    EXPECT_EQ(*roles_of_attributes({{"FLEET_JIT_USER_ROLE_GLOBAL", {"null"}}}), std::nullopt);
    EXPECT_EQ(*roles_of_attributes({{"FLEET_JIT_USER_ROLE_GLOBAL", {}}}), std::nullopt);
    const auto global = roles_of_attributes({{"FLEET_JIT_USER_ROLE_GLOBAL", {"admin"}}});
    EXPECT_EQ((*global)->global, Role::admin);
    const auto teams = roles_of_attributes(
        {{"FLEET_JIT_USER_ROLE_GLOBAL", {"null"}},
         {"FLEET_JIT_USER_ROLE_TEAM_2", {"observer"}},
         {"FLEET_JIT_USER_ROLE_FLEET_3", {"maintainer"}},
         {"FLEET_JIT_USER_ROLE_TEAM_4", {"null"}},
         {"FLEET_JIT_USER_ROLE_TEAM_x", {"admin"}},
         {"FLEET_JIT_USER_ROLE_TEAM_0", {"admin"}}}
    );
    ASSERT_TRUE(teams);
    EXPECT_EQ((*teams)->global, std::nullopt);
    ASSERT_EQ((*teams)->teams.size(), 2U);
}

TEST(RolesOfAttributes, OddOnesAreErrors) {
    EXPECT_FALSE(roles_of_attributes({{"FLEET_JIT_USER_ROLE_GLOBAL", {"emperor"}}}));
    EXPECT_FALSE(roles_of_attributes({{"FLEET_JIT_USER_ROLE_GLOBAL", {"gitops"}}}));
    EXPECT_FALSE(roles_of_attributes(
        {{"FLEET_JIT_USER_ROLE_GLOBAL", {"admin"}}, {"FLEET_JIT_USER_ROLE_TEAM_2", {"observer"}}}
    ));
}

TEST(NameOfAttributes, TakesTheFirstThatSaysSomething) {
    EXPECT_EQ(name_of_attributes({{"cn", {"Bo"}}, {"displayname", {""}}}, "bo@x.test"), "Bo");
    EXPECT_EQ(name_of_attributes({}, "bo@x.test"), "bo@x.test");
    EXPECT_EQ(name_of_attributes({{"cn", {std::string(256, 'x')}}}, "bo@x.test"), "bo@x.test");
}

TEST(SafeRelay, StaysOnThisServer) {
    const std::string own = "https://fleet.test:8080";
    for (const std::string good :
         {"/", "/hosts?x=1#y", "https://fleet.test:8080", "https://fleet.test:8080/hosts"}) {
        EXPECT_TRUE(is_safe_relay(good, own)) << good;
    }
    for (const std::string bad :
         {"",
          "hosts",
          "//evil.test",
          "/\\evil.test",
          "/a b",
          "/a\n",
          "javascript:alert(1)",
          "https://fleet.test:80801/",
          "https://fleet.test:8080.evil.test/",
          "https://fleet.test:8080@evil.test/",
          "http://fleet.test:8080/"}) {
        EXPECT_FALSE(is_safe_relay(bad, own)) << bad;
    }
    EXPECT_FALSE(is_safe_relay("https://x", ""));
    EXPECT_FALSE(is_safe_relay("/" + std::string(3'000, 'x'), own));
}

}  // namespace
}  // namespace fleet::service
