// The account services on a real database: what each step leaves behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "fleet/core/worker_pool.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/service/enroll_secret_service.hpp"
#include "fleet/service/setup_service.hpp"
#include "fleet/service/user_service.hpp"
#include "store_fixture.hpp"

namespace fleet::service {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;

constexpr auto kPassword = "Str0ng-passw0rd!";
constexpr auto kOther = "An0ther-passw0rd!";

class AccountServices : public store::StoreTest {
protected:
    void set_up_server() {
        auto done = setup.set_up(setup_request());
        ASSERT_TRUE(done);
        admin = auth.authenticate(done->token).value();
    }
    static SetupRequest setup_request() {
        SetupRequest in;
        in.admin_name = "Ada";
        in.admin_email = "Ada@Example.test";
        in.admin_password = kPassword;
        in.org_name = "Example";
        in.server_url = "https://fleet.example.test";
        return in;
    }
    static NewUser new_user(const std::string& name, const std::string& role = "observer") {
        NewUser in;
        in.name = name;
        in.email = name + "@example.test";
        in.password = kPassword;
        in.global_role = role;
        in.force_password_reset = false;
        return in;
    }
    Viewer log_in(const std::string& name, const std::string& password = kPassword) {
        const auto done = auth.login(name + "@example.test", password, "192.0.2.1");
        EXPECT_TRUE(done);
        return auth.authenticate(done->token).value();
    }
    Viewer create(const std::string& name, const std::string& role = "observer") {
        EXPECT_TRUE(people.create(admin, new_user(name, role)));
        return log_in(name);
    }
    std::vector<std::string> activity_types() {
        std::vector<std::string> types;
        for (const auto& activity : activity_store.list({}, {}))
            types.push_back(activity.type);
        return types;
    }

    ManualClock clock{Time{std::chrono::seconds{1'772'698'530}}};
    store::UserStore users{db};
    store::SessionStore sessions{db};
    store::AppConfigStore configs{db};
    store::EnrollSecretStore secret_store{db};
    store::ActivityStore activity_store{db};
    store::ApiTokenStore tokens{db};
    store::AccountLinkStore links{db};
    store::InviteStore invites{db};
    WorkerPool workers{1, 100};
    mail::Outbox outbox{{.workers = workers, .clock = clock}};
    Mailer mailer{{.configs = configs, .outbox = outbox}};
    RateLimit no_limit{0, 0};
    Activities activities{activity_store, clock};
    AuthService auth{
        {.db = db,
         .users = users,
         .sessions = sessions,
         .activities = activities,
         .login_limit = no_limit,
         .clock = clock,
         .tokens = tokens,
         .links = links,
         .mailer = mailer,
         .second_step_limit = no_limit},
        {.token_bytes = 64, .session_duration = 120h, .failure_delay = 1ms}};
    UserService people{
        {.db = db,
         .users = users,
         .sessions = sessions,
         .auth = auth,
         .activities = activities,
         .invites = invites,
         .links = links,
         .mailer = mailer,
         .clock = clock}};
    SetupService setup{
        {.db = db,
         .users = users,
         .configs = configs,
         .secrets = secret_store,
         .auth = auth,
         .clock = clock}};
    store::TeamStore team_store{db};
    EnrollSecretService secrets{
        {.db = db,
         .secrets = secret_store,
         .teams = team_store,
         .activities = activities,
         .clock = clock}};
    Viewer admin;
};

TEST_F(AccountServices, SetupMakesAdminSecretAndConfig) {
    EXPECT_FALSE(auth.is_set_up());
    set_up_server();

    EXPECT_TRUE(auth.is_set_up());
    EXPECT_EQ(admin.email, "ada@example.test");
    EXPECT_EQ(admin.global_role, Role::admin);
    EXPECT_EQ(secret_store.list({}).size(), 1U);
    EXPECT_THAT(configs.load().json, HasSubstr(R"("org_name":"Example")"));
    const auto again = setup.set_up(setup_request());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::not_found);
}

TEST_F(AccountServices, OfTwoSetupsAtOnceOneWins) {
    std::atomic<int> won{0};
    const auto race = [&](const char* email) {
        auto in = setup_request();
        in.admin_email = email;
        if (setup.set_up(in)) ++won;
    };
    std::thread other{race, "a@example.test"};
    race("b@example.test");
    other.join();

    EXPECT_EQ(won, 1);
    EXPECT_EQ(users.list({}, {}).size(), 1U);
}

TEST_F(AccountServices, BadSetupsLeaveNothing) {
    const auto refused = [&](auto change) {
        auto in = setup_request();
        change(in);
        const auto result = setup.set_up(in);
        return result ? std::string{} : result.error().fields.at(0).name;
    };
    EXPECT_EQ(refused([](auto& in) { in.admin_password = "weak"; }), "password");
    EXPECT_EQ(refused([](auto& in) { in.admin_password = ""; }), "password");
    EXPECT_EQ(refused([](auto& in) { in.admin_email = "nobody"; }), "email");
    EXPECT_EQ(refused([](auto& in) { in.org_name = ""; }), "org_name");
    EXPECT_EQ(refused([](auto& in) { in.server_url = "javascript:1"; }), "server_url");
    EXPECT_FALSE(users.any());
    EXPECT_THAT(secret_store.list({}), IsEmpty());
}

TEST_F(AccountServices, LoginsWorkAndAreRecorded) {
    set_up_server();
    EXPECT_TRUE(auth.login(" ADA@example.test ", kPassword, "192.0.2.1"));
    const auto wrong = auth.login("ada@example.test", "wrong", "192.0.2.1");
    const auto nobody = auth.login("nobody@example.test", kPassword, "192.0.2.1");

    ASSERT_FALSE(wrong);
    ASSERT_FALSE(nobody);
    EXPECT_EQ(wrong.error().message, "Authentication failed");
    EXPECT_EQ(nobody.error().message, wrong.error().message);
    EXPECT_THAT(
        activity_types(), IsSupersetOf({"user_logged_in", "user_failed_login", "user_failed_login"})
    );
    EXPECT_FALSE(activity_store.list({}, {.type = "user_failed_login"}).at(0).actor);
}

TEST_F(AccountServices, FailuresTakeTheirTime) {
    AuthService slow{
        {.db = db,
         .users = users,
         .sessions = sessions,
         .activities = activities,
         .login_limit = no_limit,
         .clock = clock,
         .tokens = tokens,
         .links = links,
         .mailer = mailer,
         .second_step_limit = no_limit},
        {.token_bytes = 64, .session_duration = 120h, .failure_delay = 500ms}};
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(slow.login("nobody@example.test", "x", ""));
    EXPECT_GE(std::chrono::steady_clock::now() - start, 500ms);
}

TEST_F(AccountServices, SessionsSlideAndExpireExceptForScripts) {
    set_up_server();
    auto script = new_user("script", "gitops");
    script.api_only = true;
    const auto created = people.create(admin, script);
    ASSERT_TRUE(created && created->token);
    const auto token = auth.login("ada@example.test", kPassword, "")->token;

    clock.advance(100h);
    EXPECT_TRUE(auth.authenticate(token)) << "used in time";
    clock.advance(100h);
    EXPECT_TRUE(auth.authenticate(token)) << "the clock started again";
    EXPECT_EQ(auth.sessions_of(admin, admin.id)->size(), 1U) << "the first one has expired";
    clock.advance(121h);
    const auto expired = auth.authenticate(token);
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().message, "Authentication required");
    EXPECT_TRUE(auth.authenticate(*created->token));
    EXPECT_FALSE(auth.authenticate("no such token"));
}

TEST_F(AccountServices, UseIsWrittenAtMostOnceAMinute) {
    set_up_server();
    const auto first = sessions.find(admin.session)->accessed_at;
    const auto token = auth.login("ada@example.test", kPassword, "")->token;
    const auto viewer = auth.authenticate(token).value();

    clock.advance(59s);
    ASSERT_TRUE(auth.authenticate(token));
    EXPECT_EQ(sessions.find(viewer.session)->accessed_at, first);
    clock.advance(1s);
    ASSERT_TRUE(auth.authenticate(token));
    EXPECT_EQ(sessions.find(viewer.session)->accessed_at, first + 60s);
}

TEST_F(AccountServices, AForcedResetKeepsTheSessionAndRefusesTheOldPassword) {
    set_up_server();
    auto in = new_user("bo");
    in.force_password_reset = true;
    ASSERT_TRUE(people.create(admin, in));
    const auto bo = log_in("bo");
    EXPECT_TRUE(bo.force_password_reset);

    EXPECT_FALSE(auth.perform_required_reset(bo, "weak"));
    EXPECT_FALSE(auth.perform_required_reset(bo, kPassword));
    const auto user = auth.perform_required_reset(bo, kOther);

    ASSERT_TRUE(user);
    EXPECT_FALSE(user->force_password_reset);
    EXPECT_TRUE(sessions.find(bo.session));
    EXPECT_EQ(auth.perform_required_reset(admin, kOther).error().kind, ErrorKind::forbidden);
    EXPECT_TRUE(auth.login("bo@example.test", kOther, ""));
}

TEST_F(AccountServices, SessionsOfOthersAreForAdmins) {
    set_up_server();
    const auto bo = create("bo", "maintainer");
    EXPECT_EQ(auth.session(bo, admin.session).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(auth.end_sessions_of(bo, admin.id).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(auth.session(bo, bo.session)->user, bo.id);
    EXPECT_EQ(auth.session(bo, SessionId{987'654}).error().kind, ErrorKind::not_found);
    EXPECT_TRUE(auth.end_session(admin, bo.session));
    EXPECT_FALSE(sessions.find(bo.session));
}

TEST_F(AccountServices, CreatingRecordsTheUserThenTheRole) {
    set_up_server();
    ASSERT_TRUE(people.create(admin, new_user("bo", "maintainer")));

    EXPECT_THAT(activity_types(), ElementsAre("changed_user_global_role", "created_user"));
    const auto activity = activity_store.list({}, {}).at(0);
    EXPECT_EQ(activity.actor->email, "ada@example.test");
    EXPECT_THAT(activity.details, HasSubstr(R"("role":"maintainer")"));
}

TEST_F(AccountServices, OnlyAdminsCreateUsersAndLeaveNoTraceOtherwise) {
    set_up_server();
    for (const auto* role : {"maintainer", "technician", "observer_plus", "observer"}) {
        const auto viewer = create(role, role);
        const auto result = people.create(viewer, new_user("eve"));
        ASSERT_FALSE(result) << role;
        EXPECT_EQ(result.error().kind, ErrorKind::forbidden) << role;
    }
    EXPECT_FALSE(users.find_by_email("eve@example.test"));
}

TEST_F(AccountServices, NobodyRaisesHimself) {
    set_up_server();
    const auto bo = create("bo", "observer");
    UserChanges changes;
    changes.global_role = "admin";

    EXPECT_EQ(people.modify(bo, bo.id, changes).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(users.find(bo.id)->global_role, Role::observer);

    changes.global_role = "observer";
    changes.name = "Bob";
    EXPECT_EQ(people.modify(bo, bo.id, changes)->name, "Bob") << "naming one's own role is fine";
}

TEST_F(AccountServices, OneAdminIsAlwaysLeft) {
    set_up_server();
    UserChanges demote;
    demote.global_role = "observer";
    const auto alone = people.modify(admin, admin.id, demote);
    ASSERT_FALSE(alone);
    EXPECT_EQ(alone.error().fields.at(0).reason, "cannot demote the last global admin");
    EXPECT_EQ(
        people.remove(admin, admin.id).error().fields.at(0).reason,
        "cannot delete the last global admin"
    );

    create("bea", "admin");
    EXPECT_TRUE(people.modify(admin, admin.id, demote));
    EXPECT_THAT(activity_types(), Contains("changed_user_global_role"));
}

TEST_F(AccountServices, ANewPasswordEndsAllSessions) {
    set_up_server();
    const auto bo = create("bo");
    UserChanges own;
    own.new_password = kOther;
    EXPECT_EQ(people.modify(bo, bo.id, own).error().fields.at(0).name, "password");
    own.password = "wrong";
    EXPECT_EQ(people.modify(bo, bo.id, own).error().message, "Permission Denied");
    own.password = kPassword;
    own.new_password = kPassword;
    EXPECT_EQ(people.modify(bo, bo.id, own).error().fields.at(0).name, "new_password");
    own.new_password = kOther;
    EXPECT_TRUE(people.modify(bo, bo.id, own));

    EXPECT_FALSE(sessions.find(bo.session));
    EXPECT_TRUE(auth.login("bo@example.test", kOther, ""));
}

TEST_F(AccountServices, AnAddressDoesNotChangeUnconfirmed) {
    set_up_server();
    const auto bo = create("bo");
    UserChanges changes;
    changes.email = "BO@example.test";
    EXPECT_TRUE(people.modify(bo, bo.id, changes)) << "the same address";
    changes.email = "new@example.test";
    EXPECT_EQ(people.modify(bo, bo.id, changes).error().fields.at(0).name, "password");
    changes.password = kPassword;
    EXPECT_EQ(people.modify(bo, bo.id, changes).error().fields.at(0).name, "email");
    changes.email = "ada@example.test";
    EXPECT_EQ(people.modify(bo, bo.id, changes).error().kind, ErrorKind::conflict);
    EXPECT_EQ(users.find(bo.id)->email, "bo@example.test");
}

TEST_F(AccountServices, EnrollSecretsAreForWriters) {
    set_up_server();
    const auto observer = create("bo", "observer");
    const std::vector<store::WantedSecret> list{{.secret = "one"}, {.secret = "two"}};

    EXPECT_EQ(secrets.list(observer).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(secrets.replace(observer, list).error().kind, ErrorKind::forbidden);
    EXPECT_TRUE(secrets.replace(admin, list));
    EXPECT_EQ(secrets.list(admin)->size(), 2U);
    EXPECT_FALSE(secrets.replace(admin, std::vector<store::WantedSecret>{{.secret = ""}}));
    EXPECT_FALSE(secrets.replace(admin, std::vector<store::WantedSecret>(51, {.secret = "x"})));
    EXPECT_EQ(secrets.list(admin)->size(), 2U);
    EXPECT_THAT(activity_types(), Contains("edited_enroll_secrets"));
}

TEST_F(AccountServices, TheFeedPages) {
    set_up_server();
    for (const auto* name : {"a", "b"})
        ASSERT_TRUE(people.create(admin, new_user(name)));

    const auto page = activities.list(admin, {.per_page = 3}, {});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->activities.size(), 3U);
    EXPECT_TRUE(page->has_next);
    EXPECT_FALSE(page->has_previous);
    const auto last = activities.list(admin, {.page = 1, .per_page = 3}, {});
    EXPECT_EQ(last->activities.size(), 1U);
    EXPECT_TRUE(last->has_previous);
    Viewer gitops = admin;
    gitops.global_role = Role::gitops;
    EXPECT_FALSE(activities.list(gitops, {}, {}));
}

}  // namespace
}  // namespace fleet::service
