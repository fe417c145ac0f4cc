// Login, logout, sessions, passwords: rest-api-a 3 and 4, rate limits of 1.7.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

constexpr auto kOther = "An0ther-passw0rd!";

class Session : public ApiTest {
protected:
    AdminClient user = admin.create_user("observer");
    AdminClient fresh() const { return AdminClient{admin.endpoint()}; }
    json me() { return user.get("/me").json()["user"]; }
};

TEST_F(Session, LoginGivesATokenAndTheUser) {
    auto client = fresh();
    const auto response = client.login(user.email());
    ASSERT_EQ(response.status, 200);
    const auto answer = response.json();
    EXPECT_EQ(answer["user"]["email"], user.email());
    EXPECT_EQ(answer["user"]["global_role"], "observer");
    EXPECT_EQ(answer["user"]["teams"], json::array());
    // All teams: whatever tests of this program have made.
    const auto teams = stack.sql().value("SELECT COUNT(*) FROM teams");
    EXPECT_EQ(std::to_string(answer["available_teams"].size()), teams);
    EXPECT_EQ(answer["available_fleets"], answer["available_teams"]);
    EXPECT_EQ(client.get("/me").json()["user"], answer["user"]);
    EXPECT_THAT(response.body, Not(HasSubstr("password_hash")));
}

TEST_F(Session, EmailIsComparedInLowerCase) {
    auto upper = user.email();
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    EXPECT_EQ(fresh().login(upper).status, 200);
}

TEST_F(Session, FailuresLookAlikeAndTakeASecond) {
    for (const auto& [email, password] : std::vector<std::pair<std::string, std::string>>{
             {user.email(), "Wr0ng-passw0rd!"}, {"nobody@example.test", kPassword}}) {
        const auto start = std::chrono::steady_clock::now();
        expect_error(fresh().login(email, password), 401, "Authentication failed");
        EXPECT_GE(std::chrono::steady_clock::now() - start, seconds{1});
    }
}

TEST_F(Session, LogoutEndsThisSessionOnly) {
    auto second = fresh();
    second.login(user.email());
    EXPECT_EQ(second.post("/logout").status, 200);
    expect_error(second.get("/me"), 401, "Authentication required");
    EXPECT_EQ(user.get("/me").status, 200);
}

TEST_F(Session, ChangingThePasswordEndsAllSessions) {
    auto second = fresh();
    second.login(user.email());
    const json body = {{"old_password", kPassword}, {"new_password", kOther}};
    EXPECT_EQ(user.post("/change_password", body).status, 200);
    EXPECT_EQ(user.get("/me").status, 401);
    EXPECT_EQ(second.get("/me").status, 401);
    EXPECT_EQ(fresh().login(user.email(), kPassword).status, 401);
    EXPECT_EQ(fresh().login(user.email(), kOther).status, 200);
}

TEST_F(Session, BadPasswordChangesNameTheField) {
    const auto change = [&](const std::string& old_password, const std::string& new_password) {
        return user.post(
            "/change_password", {{"old_password", old_password}, {"new_password", new_password}}
        );
    };
    expect_error(
        change("", kOther), 422, "Validation Failed", "Old password cannot be empty", "old_password"
    );
    expect_error(
        change("Wr0ng-passw0rd!", kOther),
        422,
        "Validation Failed",
        "old password does not match",
        "old_password"
    );
    expect_error(
        change(kPassword, ""),
        422,
        "Validation Failed",
        "New password cannot be empty",
        "new_password"
    );
    expect_error(
        change(kPassword, "short1!"), 422, "Validation Failed", "required criteria", "new_password"
    );
    expect_error(
        change(kPassword, kPassword),
        422,
        "Validation Failed",
        "Cannot reuse old password",
        "new_password"
    );
    EXPECT_EQ(user.get("/me").status, 200);
}

TEST_F(Session, AreListedAndEnded) {
    const auto id = me()["id"].dump();
    fresh().login(user.email());
    const auto list = admin.get("/users/" + id + "/sessions").json()["sessions"];
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0]["user_id"].dump(), id);
    const auto one = "/sessions/" + list[1]["session_id"].dump();
    EXPECT_EQ(admin.get(one).json()["user_id"].dump(), id);

    EXPECT_EQ(admin.del(one).status, 200);
    EXPECT_EQ(admin.get(one).status, 404);
    EXPECT_EQ(admin.del(one).status, 404);

    EXPECT_EQ(admin.del("/users/" + id + "/sessions").status, 200);
    EXPECT_EQ(user.get("/me").status, 401);
    EXPECT_TRUE(admin.get("/users/" + id + "/sessions").json()["sessions"].is_null());
    EXPECT_EQ(admin.del("/users/" + id + "/sessions").status, 200) << "none left is fine";
}

TEST_F(Session, AForcedResetAllowsNothingElse) {
    const auto id = me()["id"].dump();
    ASSERT_EQ(
        admin.post("/users/" + id + "/require_password_reset", {{"require", true}}).status, 200
    );
    EXPECT_EQ(user.get("/me").status, 401) << "all sessions end";

    auto client = fresh();
    ASSERT_EQ(client.login(user.email()).status, 200);
    expect_error(client.get("/me"), 401, "password reset required");
    expect_error(client.get("/hosts"), 401, "password reset required");
    expect_error(
        client.post("/perform_required_password_reset", {{"new_password", "weak"}}),
        422,
        "Validation Failed"
    );
    expect_error(
        client.post("/perform_required_password_reset", {{"new_password", kPassword}}),
        422,
        "Validation Failed"
    );

    const auto done = client.post("/perform_required_password_reset", {{"new_password", kOther}});
    ASSERT_EQ(done.status, 200) << done.text();
    EXPECT_EQ(done.json()["user"]["force_password_reset"], false);
    EXPECT_EQ(client.get("/me").status, 200) << "the caller's session stays";
    EXPECT_EQ(
        client.post("/perform_required_password_reset", {{"new_password", kPassword}}).status, 403
    );
}

TEST_F(Session, MeCarriesUiSettingsOnlyWhenAsked) {
    EXPECT_FALSE(user.get("/me").json().contains("settings"));
    EXPECT_TRUE(user.get("/me?include_ui_settings=true").json().contains("settings"));
}

TEST_F(Session, LoginsAreRecordedWithoutSecrets) {
    fresh().login(user.email(), "Wr0ng-passw0rd!");
    auto sql = stack.sql();
    EXPECT_TRUE(eventually([&] {
        return sql.value("SELECT COUNT(*) FROM activities WHERE activity_type = 'user_logged_in'"
               ) != "0" &&
               sql.value("SELECT COUNT(*) FROM activities WHERE activity_type = 'user_failed_login'"
               ) != "0";
    }));
    const auto log = stack.server().log();
    EXPECT_EQ(log.find("Wr0ng-passw0rd!"), std::string::npos);
    EXPECT_EQ(log.find(kPassword), std::string::npos);
    EXPECT_EQ(log.find(admin.token()), std::string::npos);
}

TEST_F(Session, LoginsAreLimited) {
    auto& server = stack.add_server({"--auth_login_rate_limit=10"});
    AdminClient client{server.endpoint()};
    int passed = 0;
    Response refused;
    for (int i = 0; i < 15 && refused.status == 0; ++i) {
        auto response = client.login(user.email());
        if (response.status == 200) {
            ++passed;
        } else {
            refused = response;
        }
    }
    EXPECT_EQ(refused.status, 429);
    EXPECT_GE(passed, 9);
    EXPECT_LE(passed, 11);
    EXPECT_THAT(refused.body, HasSubstr("limit exceeded, retry after: "));
    EXPECT_GE(std::stoi("0" + refused.header("Retry-After")), 1);
    EXPECT_EQ(client.get("/me").status, 200) << "nothing but logins is limited";
    server.terminate();
}

}  // namespace
}  // namespace fleet::test
