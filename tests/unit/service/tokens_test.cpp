// What a token lets its holder do, next to what its user may.
#include <gtest/gtest.h>

#include "fleet/core/roles.hpp"
#include "service/user_rules.hpp"

namespace fleet::service {
namespace {

constexpr TeamId kOne{1};
constexpr TeamId kTwo{2};

Viewer global(Role role) {
    Viewer out;
    out.id = UserId{7};
    out.global_role = role;
    return out;
}

ApiToken token(std::optional<TeamId> team = {}, bool read_only = false) {
    ApiToken out;
    out.id = ApiTokenId{3};
    out.user = UserId{7};
    out.team = team;
    out.read_only = read_only;
    return out;
}

TEST(NarrowedViewer, WithoutATeamIsTheUser) {
    const auto viewer = narrowed(global(Role::maintainer), token({}, true));
    EXPECT_EQ(viewer.global_role, Role::maintainer);
    EXPECT_EQ(viewer.token, ApiTokenId{3});
    EXPECT_TRUE(viewer.read_only);
}

TEST(NarrowedViewer, WithATeamHoldsTheRoleThereOnly) {
    const auto viewer = narrowed(global(Role::admin), token(kOne));
    EXPECT_FALSE(viewer.global_role);
    EXPECT_EQ(viewer.role_on(kOne), Role::admin);
    EXPECT_FALSE(may(viewer, Action::read_host, Object::of_team(kTwo)));
    EXPECT_FALSE(may(viewer, Action::write_config, Object::global()));

    Viewer member;
    member.teams = {
        {.team = kOne, .team_name = "One", .role = Role::observer},
        {.team = kTwo, .team_name = "Two", .role = Role::admin}};
    const auto on_one = narrowed(member, token(kOne));
    EXPECT_EQ(on_one.role_on(kOne), Role::observer);
    EXPECT_EQ(on_one.role_on(kTwo), std::nullopt);
    const auto left = narrowed(member, token(TeamId{3}));
    EXPECT_TRUE(left.teams.empty()) << "a team that the user has left";
    EXPECT_FALSE(may(left, Action::read_config, Object::global()));
}

/// A team's token of a global user is no way to more: whatever a role may on a team, it may
/// globally.
TEST(NarrowedViewer, NoRoleMayMoreOnATeamThanGlobally) {
    for (unsigned r = 0; r < 6; ++r) {
        const auto role = static_cast<Role>(r);
        for (unsigned a = 0; a < static_cast<unsigned>(Action::count_); ++a) {
            const auto action = static_cast<Action>(a);
            if (!allowed(role, true, action)) continue;
            EXPECT_TRUE(allowed(role, false, action))
                << to_text(role) << " may " << to_text(action) << " on a team only";
        }
    }
}

TEST(NarrowedViewer, CannotChangeTheAccountItself) {
    const auto viewer = narrowed(global(Role::admin), token());
    for (const auto action :
         {Action::edit_own_account,
          Action::change_own_password,
          Action::own_tokens,
          Action::other_tokens}) {
        EXPECT_FALSE(may(viewer, action, Object::global())) << to_text(action);
        EXPECT_TRUE(may(global(Role::admin), action, Object::global()));
    }
}

}  // namespace
}  // namespace fleet::service
