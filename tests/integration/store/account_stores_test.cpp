// Users, sessions, enroll secrets, activities and the organisation's configuration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "fleet/store/activity_store.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/enroll_secret_store.hpp"
#include "fleet/store/job_store.hpp"
#include "fleet/store/session_store.hpp"
#include "fleet/store/user_store.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};

class AccountTest : public StoreTest {
protected:
    User make(const std::string& name, std::optional<Role> role = Role::observer) {
        User user;
        user.name = name;
        user.email = name + "@example.test";
        user.global_role = role;
        user.id = with_write(db, [&](Session& s) { return users.insert(s, user, "hash"); }).value();
        return user;
    }
    TeamId make_team(const std::string& name) {
        return with_write(db, [&](Session& session) {
            return TeamId{session.insert(Sql{"team", "INSERT INTO teams (name) VALUES (?)"}, name)};
        });
    }
    std::vector<std::string> names(const Paging& paging, std::optional<TeamId> team = {}) {
        std::vector<std::string> found;
        for (const auto& user : users.list(paging, team))
            found.push_back(user.name);
        return found;
    }

    UserStore users{db};
    SessionStore sessions{db};
    EnrollSecretStore secrets{db};
    ActivityStore activities{db};
    AppConfigStore configs{db};
};

TEST_F(AccountTest, AUserComesBackAsStored) {
    EXPECT_FALSE(users.any());
    const auto team = make_team("Laptops");
    User user;
    user.name = "Bo \U0001F680";
    user.email = "Bo@Example.test";
    user.teams = {{.team = team, .team_name = "", .role = Role::maintainer}};
    user.position = "SRE";
    user.gravatar_url = "https://example.test/bo";
    user.sso_enabled = true;
    user.api_only = true;
    user.force_password_reset = true;
    user.settings = R"({"hidden_host_columns":["uuid"]})";

    const auto id = with_write(db, [&](Session& s) { return users.insert(s, user, "the hash"); });

    ASSERT_TRUE(id);
    const auto found = users.find(*id).value();
    EXPECT_EQ(found.name, user.name);
    EXPECT_EQ(found.email, user.email);
    EXPECT_EQ(found.global_role, std::nullopt);
    ASSERT_EQ(found.teams.size(), 1U);
    EXPECT_EQ(found.teams[0].team, team);
    EXPECT_EQ(found.teams[0].team_name, "Laptops");
    EXPECT_EQ(found.teams[0].role, Role::maintainer);
    EXPECT_EQ(found.position, user.position);
    EXPECT_EQ(found.gravatar_url, user.gravatar_url);
    EXPECT_TRUE(found.sso_enabled && found.api_only && found.force_password_reset);
    EXPECT_FALSE(found.mfa_enabled);
    EXPECT_EQ(found.settings, user.settings);
    EXPECT_GT(found.created_at, Time{});
    EXPECT_EQ(users.password_hash(*id), "the hash");
    EXPECT_EQ(users.find_by_email("bo@example.TEST").value().id, *id);
    EXPECT_TRUE(users.any());
}

TEST_F(AccountTest, NobodyIsFoundUnderAnUnknownKey) {
    EXPECT_FALSE(users.find(UserId{1}));
    EXPECT_FALSE(users.find_by_email("nobody@example.test"));
    EXPECT_EQ(users.password_hash(UserId{1}), "");
    EXPECT_FALSE(with_write(db, [&](Session& s) { return users.remove(s, UserId{1}); }));
}

TEST_F(AccountTest, ATakenAddressIsAConflictAndLeavesNoTrace) {
    make("bo");
    User other;
    other.name = "other";
    other.email = "BO@example.test";

    const auto result = with_write(db, [&](Session& s) { return users.insert(s, other, ""); });

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::conflict);
    EXPECT_THAT(names({}), ElementsAre("bo"));
}

TEST_F(AccountTest, AnUnknownTeamIsNamed) {
    User user;
    user.email = "bo@example.test";
    user.teams = {{.team = TeamId{99}, .team_name = "", .role = Role::observer}};

    const auto result = with_write(db, [&](Session& s) { return users.insert(s, user, ""); });

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fields.at(0).name, "teams.id");
    EXPECT_FALSE(users.any());
}

TEST_F(AccountTest, UpdateReplacesFieldsAndRoles) {
    User user = make("bo");
    const auto one = make_team("one");
    const auto two = make_team("two");
    user.name = "Bob";
    user.global_role.reset();
    user.teams = {
        {.team = two, .team_name = "", .role = Role::admin},
        {.team = one, .team_name = "", .role = Role::observer}};
    ASSERT_TRUE(with_write(db, [&](Session& s) { return users.update(s, user); }));
    EXPECT_EQ(users.find(user.id)->teams.size(), 2U);

    user.teams.pop_back();
    ASSERT_TRUE(with_write(db, [&](Session& s) { return users.update(s, user); }));

    const auto found = users.find(user.id).value();
    EXPECT_EQ(found.name, "Bob");
    ASSERT_EQ(found.teams.size(), 1U);
    EXPECT_EQ(found.teams[0].team, two);
    EXPECT_EQ(users.password_hash(user.id), "hash");
}

TEST_F(AccountTest, ListsSearchSortAndPage) {
    const auto team = make_team("Laptops");
    for (const auto* name : {"carl", "anna", "b_rt"})
        make(name);
    User member = make("dora", std::nullopt);
    member.teams = {{.team = team, .team_name = "", .role = Role::observer}};
    ASSERT_TRUE(with_write(db, [&](Session& s) { return users.update(s, member); }));

    EXPECT_THAT(names({}), ElementsAre("carl", "anna", "b_rt", "dora"));
    EXPECT_THAT(
        names({.order_key = "name", .order = Order::descending}),
        ElementsAre("dora", "carl", "b_rt", "anna")
    );
    EXPECT_THAT(names({.page = 1, .per_page = 3, .order_key = "name"}), ElementsAre("dora"));
    EXPECT_THAT(names({.order_key = "name", .after = "b_rt"}), ElementsAre("carl", "dora"));
    EXPECT_THAT(names({.query = "ARL@"}), ElementsAre("carl"));
    EXPECT_THAT(names({.query = "_"}), ElementsAre("b_rt"));
    EXPECT_THAT(names({.query = "%"}), IsEmpty());
    EXPECT_THAT(names({.query = "\\"}), IsEmpty());
    EXPECT_THAT(names({}, team), ElementsAre("dora"));
    EXPECT_THAT(names({.order_key = "id; DROP TABLE users"}).size(), testing::Eq(4U));
    EXPECT_EQ(users.list({}, team).at(0).teams.at(0).team_name, "Laptops");
}

TEST_F(AccountTest, PasswordsAreReplaced) {
    const auto user = make("bo");
    db.write([&](Session& s) { users.set_password(s, user.id, "new", true); });

    EXPECT_EQ(users.password_hash(user.id), "new");
    EXPECT_TRUE(users.find(user.id)->force_password_reset);
}

TEST_F(AccountTest, OneGlobalAdminIsAlwaysLeft) {
    const auto ada = make("ada", Role::admin);
    const auto has_other = [&](UserId id) {
        return with_write(db, [&](Session& s) { return users.has_other_global_admin(s, id); });
    };
    EXPECT_FALSE(has_other(ada.id));
    const auto bea = make("bea", Role::admin);
    EXPECT_TRUE(has_other(ada.id));

    // Both delete the other at once.
    const auto remove = [&](UserId id) {
        db.write([&](Session& s) {
            if (users.has_other_global_admin(s, id)) users.remove(s, id);
        });
    };
    std::thread other{remove, ada.id};
    remove(bea.id);
    other.join();

    EXPECT_EQ(users.list({}, {}).size(), 1U);
}

TEST_F(AccountTest, ASessionIsFoundWithItsUser) {
    const auto team = make_team("Laptops");
    const auto two = make_team("Servers");
    User user = make("bo", std::nullopt);
    user.teams = {
        {.team = team, .team_name = "", .role = Role::admin},
        {.team = two, .team_name = "", .role = Role::observer}};
    ASSERT_TRUE(with_write(db, [&](Session& s) { return users.update(s, user); }));
    const auto token = sha256("token");
    const auto id =
        with_write(db, [&](Session& s) { return sessions.insert(s, user.id, token, kNow); });

    const auto live = sessions.find(token).value();

    EXPECT_EQ(live.accessed_at, kNow);
    EXPECT_EQ(live.viewer.id, user.id);
    EXPECT_EQ(live.viewer.session, id);
    EXPECT_EQ(live.viewer.name, "bo");
    EXPECT_EQ(live.viewer.email, "bo@example.test");
    EXPECT_EQ(live.viewer.global_role, std::nullopt);
    ASSERT_EQ(live.viewer.teams.size(), 2U);
    EXPECT_EQ(live.viewer.role_on(team), Role::admin);
    EXPECT_EQ(live.viewer.role_on(two), Role::observer);
    EXPECT_FALSE(sessions.find(sha256("other")));
}

TEST_F(AccountTest, SessionsMoveForwardAndEnd) {
    const auto user = make("bo", Role::observer);
    const auto add = [&](const char* token) {
        return with_write(db, [&](Session& s) {
            return sessions.insert(s, user.id, sha256(token), kNow);
        });
    };
    const auto one = add("one");
    add("two");

    sessions.touch(one, kNow + 5min);
    sessions.touch(one, kNow + 1min);
    EXPECT_EQ(sessions.find(one)->accessed_at, kNow + 5min);
    EXPECT_EQ(sessions.find(one)->created_at, kNow);
    EXPECT_EQ(sessions.list(user.id).size(), 2U);

    EXPECT_TRUE(sessions.remove(one));
    EXPECT_FALSE(sessions.remove(one));
    EXPECT_FALSE(sessions.find(one));
    db.write([&](Session& s) { sessions.remove_all(s, user.id); });
    EXPECT_THAT(sessions.list(user.id), IsEmpty());
}

TEST_F(AccountTest, ExpiredSessionsGoExceptThoseOfScripts) {
    const auto person = make("bo");
    User script;
    script.email = "script@example.test";
    script.global_role = Role::gitops;
    script.api_only = true;
    script.id = with_write(db, [&](Session& s) { return users.insert(s, script, ""); }).value();
    db.write([&](Session& s) {
        sessions.insert(s, person.id, sha256("old"), kNow - 10h);
        sessions.insert(s, person.id, sha256("older"), kNow - 11h);
        sessions.insert(s, person.id, sha256("new"), kNow);
        sessions.insert(s, script.id, sha256("script"), kNow - 1000h);
    });

    while (ExpiryStore{db}.delete_sessions_unused_since(kNow - 1h)) {
    }

    EXPECT_FALSE(sessions.find(sha256("old")));
    EXPECT_FALSE(sessions.find(sha256("older")));
    EXPECT_TRUE(sessions.find(sha256("new")));
    EXPECT_TRUE(sessions.find(sha256("script")));
}

TEST_F(AccountTest, ADeletedUserTakesHisSessionsAlong) {
    const auto user = make("bo");
    db.write([&](Session& s) { sessions.insert(s, user.id, sha256("t"), kNow); });

    EXPECT_TRUE(with_write(db, [&](Session& s) { return users.remove(s, user.id); }));

    EXPECT_FALSE(sessions.find(sha256("t")));
}

TEST_F(AccountTest, EnrollSecretsAreReplacedAndKeepTheirAge) {
    const auto team = make_team("Laptops");
    const auto replace = [&](std::optional<TeamId> of, std::vector<std::string> list, Time now) {
        return with_write(db, [&](Session& s) { return secrets.replace(s, of, list, now); });
    };
    ASSERT_TRUE(replace({}, {"b", "a", "b"}, kNow));
    ASSERT_TRUE(replace(team, {"t"}, kNow));
    ASSERT_TRUE(replace({}, {"c", "a", "A"}, kNow + 1h));

    std::vector<std::string> texts;
    for (const auto& secret : secrets.list({})) {
        texts.push_back(secret.secret);
        EXPECT_EQ(secret.team, std::nullopt);
        EXPECT_EQ(secret.created_at, secret.secret == "a" ? kNow : kNow + 1h);
    }
    EXPECT_THAT(texts, ElementsAre("a", "c", "A"));
    EXPECT_EQ(secrets.list(team).at(0).secret, "t");

    const auto taken = replace({}, {"new", "t"}, kNow);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, ErrorKind::conflict);
    EXPECT_EQ(secrets.list({}).size(), 3U);

    ASSERT_TRUE(replace({}, {}, kNow));
    EXPECT_THAT(secrets.list({}), IsEmpty());
    EXPECT_EQ(secrets.list(team).size(), 1U);
}

TEST_F(AccountTest, ActivitiesAreListedNewestFirst) {
    const auto add = [&](Time at, const char* type, std::optional<Actor> actor) {
        db.write([&](Session& s) {
            activities.insert(
                s, {.created_at = at, .actor = actor, .type = type, .details = R"({"a":1})"}
            );
        });
    };
    add(kNow, "first", Actor{.id = UserId{7}, .name = "Bo", .email = "bo@example.test"});
    add(kNow + 1s, "second", std::nullopt);
    add(kNow + 2s, "first", Actor{.id = UserId{8}, .name = "Ada", .email = "ada@example.test"});

    const auto all = activities.list({}, {});
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].created_at, kNow + 2s);
    EXPECT_EQ(all[1].actor.has_value(), false);
    EXPECT_EQ(all[2].actor->name, "Bo");
    EXPECT_EQ(all[2].details, R"({"a":1})");

    EXPECT_EQ(activities.list({.per_page = 1}, {}).size(), 2U) << "one more tells of another page";
    EXPECT_EQ(activities.list({}, {.type = "second"}).size(), 1U);
    EXPECT_EQ(activities.list({.query = "ada"}, {}).size(), 1U);
    EXPECT_EQ(activities.list({}, {.from = kNow + 1s, .to = kNow + 1s}).size(), 1U);
    EXPECT_EQ(activities.list({.order_key = "created_at"}, {})[0].created_at, kNow);
}

TEST_F(AccountTest, AnActivityIsRolledBackWithItsCause) {
    EXPECT_THROW(
        db.write([&](Session& s) {
            activities.insert(s, {.created_at = kNow, .type = "x"});
            throw std::runtime_error{"no"};
        }),
        std::runtime_error
    );
    EXPECT_THAT(activities.list({}, {}), IsEmpty());
}

TEST_F(AccountTest, TheConfigurationCountsItsVersions) {
    EXPECT_EQ(configs.load().version, 0U);
    EXPECT_EQ(configs.load().json, "{}");
    EXPECT_EQ(configs.version(), 0U);

    const auto add_one = [&] {
        db.write([&](Session& s) {
            const auto row = configs.lock(s);
            configs.save(
                s, std::to_string(std::stoi("0" + row.json.substr(row.json == "{}" ? 2 : 0)) + 1)
            );
        });
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(add_one);
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(configs.load().json, "4");
    EXPECT_EQ(configs.version(), 4U);
}

}  // namespace
}  // namespace fleet::store
