// Mailed links, API tokens, invitations, single sign-ons.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "fleet/store/account_link_store.hpp"
#include "fleet/store/api_token_store.hpp"
#include "fleet/store/invite_store.hpp"
#include "fleet/store/sso_store.hpp"
#include "fleet/store/user_store.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};

class AccessStores : public StoreTest {
protected:
    UserId make_user(const std::string& name) {
        User user;
        user.name = name;
        user.email = name + "@example.test";
        user.global_role = Role::observer;
        return with_write(db, [&](Session& s) { return users.insert(s, user, "hash"); }).value();
    }
    TeamId make_team(const std::string& name) {
        return with_write(db, [&](Session& session) {
            return TeamId{session.insert(Sql{"team", "INSERT INTO teams (name) VALUES (?)"}, name)};
        });
    }
    void add_link(LinkKind kind, const std::string& token, UserId user, Time expires_at) {
        db.write([&](Session& s) {
            links.replace(
                s, kind, sha256(token), {.user = user, .email = "new", .expires_at = expires_at}
            );
        });
    }
    bool take(LinkKind kind, const std::string& token) {
        return with_write(db, [&](Session& s) { return links.take(s, kind, sha256(token)); });
    }
    Result<ApiTokenId> add_token(const ApiToken& token, const std::string& secret) {
        return with_write(db, [&](Session& s) { return tokens.insert(s, token, sha256(secret)); });
    }
    Result<InviteId> add_invite(const Invite& invite, const std::string& token) {
        return with_write(db, [&](Session& s) { return invites.insert(s, invite, sha256(token)); });
    }
    static Invite invite_of(const std::string& name) {
        Invite out;
        out.name = name;
        out.email = name + "@example.test";
        out.global_role = Role::observer;
        out.invited_by = UserId{1};
        out.created_at = kNow;
        return out;
    }

    UserStore users{db};
    AccountLinkStore links{db};
    ApiTokenStore tokens{db};
    InviteStore invites{db};
    SsoStore sso{db};
};

TEST_F(AccessStores, ALinkIsOfOneKindAndReplacesItsElder) {
    const auto user = make_user("bo");
    add_link(LinkKind::password_reset, "first", user, kNow);
    add_link(LinkKind::sign_in, "other", user, kNow);
    add_link(LinkKind::password_reset, "second", user, kNow + 1h);

    EXPECT_FALSE(links.find(LinkKind::password_reset, sha256("first")));
    EXPECT_FALSE(links.find(LinkKind::sign_in, sha256("second")));
    const auto found = links.find(LinkKind::password_reset, sha256("second"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->user, user);
    EXPECT_EQ(found->email, "new");
    EXPECT_EQ(found->expires_at, kNow + 1h);
    EXPECT_FALSE(take(LinkKind::sign_in, "second"));
    EXPECT_TRUE(take(LinkKind::password_reset, "second"));
    EXPECT_FALSE(take(LinkKind::password_reset, "second"));
    EXPECT_TRUE(take(LinkKind::sign_in, "other"));
}

TEST_F(AccessStores, OfManyWhoTakeALinkAtOnceOneGetsIt) {
    add_link(LinkKind::sign_in, "token", make_user("bo"), kNow);
    std::atomic<int> taken{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { taken += take(LinkKind::sign_in, "token") ? 1 : 0; });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(taken, 1);
}

TEST_F(AccessStores, LinksGoWithTheirUserAndTheirTime) {
    const auto bo = make_user("bo");
    const auto cy = make_user("cy");
    add_link(LinkKind::password_reset, "old", bo, kNow - 1s);
    add_link(LinkKind::sign_in, "young", bo, kNow + 1s);
    add_link(LinkKind::sign_in, "gone", cy, kNow + 1s);
    EXPECT_FALSE(links.delete_expired(kNow)) << "there are no more";
    EXPECT_FALSE(links.find(LinkKind::password_reset, sha256("old")));
    EXPECT_TRUE(links.find(LinkKind::sign_in, sha256("young")));
    db.write([&](Session& s) { users.remove(s, cy); });
    EXPECT_FALSE(links.find(LinkKind::sign_in, sha256("gone")));
}

TEST_F(AccessStores, ATokenComesWithItsUserAndTheirRoles) {
    const auto team = make_team("Laptops");
    User user;
    user.name = "bo";
    user.email = "bo@example.test";
    user.api_only = true;
    user.teams = {{.team = team, .team_name = "", .role = Role::maintainer}};
    user.api_endpoints = {
        {{.method = "GET", .path = "/api/v1/fleet/hosts"},
         {.method = "POST", .path = "/api/v1/fleet/labels"}}};
    user.id = with_write(db, [&](Session& s) { return users.insert(s, user, "hash"); }).value();
    EXPECT_EQ(users.find(user.id)->api_endpoints, user.api_endpoints);

    ApiToken token;
    token.user = user.id;
    token.name = "backup";
    token.read_only = false;
    token.team = team;
    token.created_at = kNow;
    token.expires_at = kNow + 24h;
    const auto id = add_token(token, "secret").value();

    const auto live = tokens.find(sha256("secret"));
    ASSERT_TRUE(live);
    EXPECT_EQ(live->viewer.id, user.id);
    EXPECT_TRUE(live->viewer.api_only);
    EXPECT_EQ(live->viewer.endpoints, user.api_endpoints);
    ASSERT_EQ(live->viewer.teams.size(), 1U);
    EXPECT_EQ(live->viewer.teams[0].role, Role::maintainer);
    EXPECT_EQ(live->token.id, id);
    EXPECT_EQ(live->token.team, team);
    EXPECT_FALSE(live->token.read_only);
    EXPECT_EQ(live->token.expires_at, kNow + 24h);
    EXPECT_EQ(live->token.last_used_at, std::nullopt);
    tokens.touch(id, kNow + 1h);
    tokens.touch(id, kNow);
    EXPECT_EQ(tokens.list(user.id).at(0).last_used_at, kNow + 1h) << "never backwards";
}

TEST_F(AccessStores, TokensCollideByNameAndNeedTheirTeam) {
    const auto bo = make_user("bo");
    ApiToken token;
    token.user = bo;
    token.name = "x";
    token.created_at = kNow;
    ASSERT_TRUE(add_token(token, "one"));
    EXPECT_EQ(add_token(token, "two").error().kind, ErrorKind::conflict);
    token.name = "y";
    token.team = TeamId{99'999};
    EXPECT_EQ(add_token(token, "two").error().fields.at(0).name, "team_id");
    token.team.reset();
    token.user = make_user("cy");
    token.name = "x";
    const auto of_cy = add_token(token, "two").value();
    db.write([&](Session& s) {
        EXPECT_EQ(tokens.count(s, bo), 1U);
        EXPECT_FALSE(tokens.remove(s, bo, of_cy)) << "of somebody else";
        EXPECT_TRUE(tokens.remove(s, token.user, of_cy));
        tokens.remove_all(s, bo);
    });
    EXPECT_TRUE(tokens.list(bo).empty());
}

TEST_F(AccessStores, AnInviteComesBackAsStored) {
    const auto team = make_team("Laptops");
    auto invite = invite_of("cy");
    invite.global_role.reset();
    invite.teams = {{.team = team, .team_name = "", .role = Role::admin}};
    invite.position = "SRE";
    invite.mfa_enabled = true;
    const auto id = add_invite(invite, "token").value();

    const auto found = invites.find(sha256("token"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, id);
    EXPECT_EQ(found->email, "cy@example.test");
    EXPECT_EQ(found->position, "SRE");
    EXPECT_TRUE(found->mfa_enabled);
    EXPECT_FALSE(found->sso_enabled);
    EXPECT_EQ(found->created_at, kNow);
    ASSERT_EQ(found->teams.size(), 1U);
    EXPECT_EQ(found->teams[0].team_name, "Laptops");
    EXPECT_TRUE(invites.invites("CY@example.test"));
    EXPECT_FALSE(invites.invites("other@example.test"));

    auto changed = *found;
    changed.teams.clear();
    changed.global_role = Role::maintainer;
    EXPECT_TRUE(with_write(db, [&](Session& s) { return invites.update(s, changed); }));
    EXPECT_TRUE(invites.find(sha256("token"))->teams.empty());
    EXPECT_TRUE(with_write(db, [&](Session& s) { return invites.remove(s, id); }));
    EXPECT_FALSE(invites.find(sha256("token")));
}

TEST_F(AccessStores, InvitesCollideByAddressAndNeedTheirTeams) {
    ASSERT_TRUE(add_invite(invite_of("cy"), "one"));
    EXPECT_EQ(add_invite(invite_of("CY"), "two").error().kind, ErrorKind::conflict);
    auto invite = invite_of("di");
    invite.teams = {{.team = TeamId{99'999}, .team_name = "", .role = Role::admin}};
    EXPECT_EQ(add_invite(invite, "two").error().fields.at(0).name, "teams.id");
    EXPECT_EQ(invites.list({}).size(), 1U) << "rolled back";
}

TEST_F(AccessStores, InvitesAreListedSortedSearchedAndPaged) {
    for (const auto* name : {"cy", "ada", "bo"})
        ASSERT_TRUE(add_invite(invite_of(name), name));
    const auto names = [&](const Paging& paging) {
        std::vector<std::string> out;
        for (const auto& invite : invites.list(paging))
            out.push_back(invite.name);
        return out;
    };
    EXPECT_THAT(names({}), ElementsAre("cy", "ada", "bo")) << "by id";
    Paging by_name;
    by_name.order_key = "name";
    by_name.per_page = 2;
    EXPECT_THAT(names(by_name), ElementsAre("ada", "bo"));
    by_name.page = 1;
    EXPECT_THAT(names(by_name), ElementsAre("cy"));
    Paging search;
    search.query = "da@exam";
    EXPECT_THAT(names(search), ElementsAre("ada"));
}

TEST_F(AccessStores, ASignOnIsTakenOnceAndAnAnswerNotedOnce) {
    sso.insert(
        sha256("cookie"), {.id = "_request", .relay_url = "/hosts", .expires_at = kNow + 1min}
    );
    const auto taken = sso.take(sha256("cookie"));
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->id, "_request");
    EXPECT_EQ(taken->relay_url, "/hosts");
    EXPECT_EQ(taken->expires_at, kNow + 1min);
    EXPECT_FALSE(sso.take(sha256("cookie")));

    EXPECT_TRUE(sso.note_assertion(sha256("assertion"), kNow + 1min));
    EXPECT_FALSE(sso.note_assertion(sha256("assertion"), kNow + 1min));
    EXPECT_FALSE(sso.delete_expired(kNow));
    EXPECT_FALSE(sso.note_assertion(sha256("assertion"), kNow + 1min)) << "not over yet";
    EXPECT_FALSE(sso.delete_expired(kNow + 2min));
    EXPECT_TRUE(sso.note_assertion(sha256("assertion"), kNow + 1min));
}

}  // namespace
}  // namespace fleet::store
