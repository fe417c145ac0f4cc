#include "service/user_rules.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

constexpr TeamId kOne{1};
constexpr TeamId kTwo{2};

int code_of(const Result<Roles>& result) {
    return result ? 0 : result.error().code;
}

TEST(CheckRoles, TakesEitherKind) {
    EXPECT_EQ(check_roles("admin", {}, false)->global, Role::admin);
    const std::vector<RequestedTeamRole> teams{{kOne, "observer"}, {kTwo, "admin"}};
    const auto roles = check_roles("", teams, false);
    ASSERT_TRUE(roles);
    EXPECT_EQ(roles->global, std::nullopt);
    EXPECT_EQ(roles->teams.at(1).role, Role::admin);
}

TEST(CheckRoles, ProblemsCarryACode) {
    const std::vector<RequestedTeamRole> team{{kOne, "observer"}};
    const std::vector<RequestedTeamRole> gitops{{kOne, "gitops"}};
    EXPECT_EQ(code_of(check_roles("", {}, false)), 1) << "none";
    EXPECT_EQ(code_of(check_roles("admin", team, false)), 1) << "both";
    EXPECT_EQ(code_of(check_roles("emperor", {}, false)), 1) << "unknown";
    EXPECT_EQ(code_of(check_roles("Admin", {}, false)), 1) << "spelled otherwise";
    EXPECT_EQ(code_of(check_roles("gitops", {}, false)), 4) << "for scripts only";
    EXPECT_EQ(code_of(check_roles("", gitops, false)), 4);
    EXPECT_TRUE(check_roles("gitops", {}, true));
}

TEST(CheckRoles, ATeamTwiceIsRefused) {
    const std::vector<RequestedTeamRole> twice{{kOne, "observer"}, {kOne, "admin"}};
    const auto roles = check_roles("", twice, false);
    ASSERT_FALSE(roles);
    EXPECT_EQ(roles.error().fields.at(0).name, "teams.id");
}

Viewer team_admin(std::vector<TeamId> teams) {
    Viewer viewer;
    for (const TeamId team : teams) {
        viewer.teams.push_back({.team = team, .team_name = {}, .role = Role::admin});
    }
    return viewer;
}

Roles member_of(std::vector<TeamId> teams) {
    Roles roles;
    for (const TeamId team : teams) {
        roles.teams.push_back({.team = team, .team_name = {}, .role = Role::observer});
    }
    return roles;
}

TEST(AuthorizeOn, ATeamAdminNeedsEveryTeamOfTheTarget) {
    const auto allowed = [](const Viewer& viewer, const Roles& target) {
        return authorize_on(viewer, Action::edit_user, target).has_value();
    };
    EXPECT_TRUE(allowed(team_admin({kOne}), member_of({kOne})));
    EXPECT_TRUE(allowed(team_admin({kOne, kTwo}), member_of({kOne, kTwo})));
    EXPECT_FALSE(allowed(team_admin({kOne}), member_of({kOne, kTwo})));
    EXPECT_FALSE(allowed(team_admin({kOne}), member_of({kTwo})));
    EXPECT_FALSE(allowed(team_admin({kOne}), {.global = Role::observer, .teams = {}}));
    EXPECT_FALSE(allowed(team_admin({kOne}), {})) << "somebody without a role";
}

TEST(AuthorizeOn, AGlobalAdminMayAndOthersMayNot) {
    Viewer viewer;
    viewer.global_role = Role::admin;
    EXPECT_TRUE(authorize_on(viewer, Action::edit_user, member_of({kOne})));
    EXPECT_TRUE(authorize_on(viewer, Action::edit_user, {.global = Role::admin, .teams = {}}));
    viewer.global_role = Role::maintainer;
    EXPECT_FALSE(authorize_on(viewer, Action::edit_user, member_of({kOne})));
}

TEST(SameRoles, IgnoresTheOrderOfTeams) {
    User user;
    user.teams = member_of({kOne, kTwo}).teams;
    EXPECT_TRUE(same_roles(user, member_of({kTwo, kOne})));
    EXPECT_FALSE(same_roles(user, member_of({kOne})));
    EXPECT_FALSE(same_roles(user, {.global = Role::admin, .teams = {}}));
}

}  // namespace
}  // namespace fleet::service
