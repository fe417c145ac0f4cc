// What accounts do by mail: rest-api-a 3.2, 3.4, 3.5, 3.12, 5.8, 5.11, and the test mail of 10.2.
#include "integration/api/account_fixture.hpp"

namespace fleet::test {
namespace {

constexpr auto kOther = "An0ther-passw0rd!";

class AccountMail : public AccountTest {
protected:
    Response forgot(const std::string& email) {
        return nobody().post("/forgot_password", {{"email", email}});
    }
    Response reset(const std::string& token, const std::string& password = kOther) {
        return nobody().post(
            "/reset_password", {{"password_reset_token", token}, {"new_password", password}}
        );
    }
    std::string reset_token(const std::string& email) {
        EXPECT_EQ(forgot(email).status, 202);
        return sink().next_token(email, "/login/reset?token=");
    }

    AdminClient user = admin.create_user("observer");
};

TEST_F(AccountMail, AForgottenPasswordIsResetByTheLinkOnce) {
    const auto token = reset_token(user.email());
    const auto done = reset(token);
    EXPECT_EQ(done.status, 200) << done.text();
    EXPECT_EQ(done.body, "{}\n");
    EXPECT_EQ(user.get("/me").status, 401) << "all sessions end";
    EXPECT_EQ(nobody().login(user.email()).status, 401);
    EXPECT_EQ(nobody().login(user.email(), kOther).status, 200);
    expect_error(reset(token, "Th1rd-passw0rd!"), 401, "Authentication failed");
}

TEST_F(AccountMail, AMailThatTheRelayPutsOffStillComes) {
    const auto email = unique_name("later") + "@example.test";
    const auto made = admin.post(
        "/users/admin",
        {{"name", "L"},
         {"email", email},
         {"password", kPassword},
         {"admin_forced_password_reset", false},
         {"global_role", "observer"}}
    );
    ASSERT_EQ(made.status, 200) << made.text();
    EXPECT_EQ(reset(reset_token(email)).status, 200);
}

TEST_F(AccountMail, AskingForAResetTellsNobodyWhoExists) {
    for (const auto& email : {user.email(), std::string{"nobody@example.test"}, std::string{}}) {
        const auto started = std::chrono::steady_clock::now();
        const auto response = forgot(email);
        EXPECT_EQ(response.status, 202);
        EXPECT_EQ(response.body, "{}\n");
        EXPECT_GE(std::chrono::steady_clock::now() - started, seconds{1});
    }
    sink().next_to(user.email());
    for (const auto& mail : sink().mails())
        EXPECT_NE(mail["to"][0], "nobody@example.test");
}

TEST_F(AccountMail, ResetChecksTokenAndPassword) {
    expect_error(reset(""), 422, "Validation Failed", "", "token");
    expect_error(reset("x", ""), 422, "Validation Failed", "", "new_password");
    expect_error(reset("not-a-token"), 401, "Authentication failed");
    const auto token = reset_token(user.email());
    expect_error(reset(token, "weak"), 422, "Validation Failed", "12 characters", "new_password");
    expect_error(reset(token, kPassword), 422, "Validation Failed", "Cannot reuse", "new_password");
    age("account_links", "expires_at");
    expect_error(reset(token), 401, "Authentication failed");
}

TEST_F(AccountMail, OnlyTheLatestLinkWorksAndOnlyItsDigestIsStored) {
    const auto first = reset_token(user.email());
    const auto second = reset_token(user.email());
    EXPECT_EQ(reset(first).status, 401);
    auto sql = stack.sql();
    EXPECT_EQ(
        sql.value("SELECT COUNT(*) FROM account_links WHERE token_digest = '" + second + "'"), "0"
    );
    EXPECT_EQ(
        sql.value(
            "SELECT COUNT(*) FROM account_links WHERE token_digest = UNHEX(SHA2('" + second +
            "', 256))"
        ),
        "1"
    );
    EXPECT_EQ(reset(second).status, 200);
}

TEST_F(AccountMail, RequiringAResetEndsPendingLinks) {
    const auto token = reset_token(user.email());
    ASSERT_EQ(
        admin.post(path_of(user) + "/require_password_reset", {{"require", true}}).status, 200
    );
    EXPECT_EQ(reset(token).status, 401);
}

TEST_F(AccountMail, ANewAddressCountsOnceItsLinkWasFollowed) {
    const auto path = path_of(user);
    const auto fresh = address("moved");
    const auto asked = user.patch(path, {{"email", fresh}, {"password", kPassword}});
    ASSERT_EQ(asked.status, 200) << asked.text();
    EXPECT_EQ(asked.json()["user"]["email"], user.email()) << "the old one until then";
    const auto token = sink().next_token(fresh, "/email/change/");
    expect_error(admin.get("/email/change/" + token), 404, "Resource Not Found");
    EXPECT_EQ(user.get("/email/change/" + token).json(), (json{{"new_email", fresh}}));
    EXPECT_EQ(user.get("/me").json()["user"]["email"], fresh);
    expect_error(user.get("/email/change/" + token), 404, "Resource Not Found");
}

TEST_F(AccountMail, ANewAddressMustBeFreeAndProven) {
    const auto path = path_of(user);
    expect_error(
        user.patch(path, {{"email", address("x")}}), 422, "Validation Failed", "", "password"
    );
    expect_error(
        user.patch(path, {{"email", address("x")}, {"password", "Wr0ng-passw0rd!"}}),
        403,
        "Permission Denied",
        "incorrect password"
    );
    EXPECT_EQ(user.patch(path, {{"email", kAdminEmail}, {"password", kPassword}}).status, 409);
    const auto invited = address("invited");
    ASSERT_EQ(
        admin.post(
                 "/invites", {{"email", invited}, {"name", "I"}, {"global_role", "observer"}}
        ).status,
        200
    );
    EXPECT_EQ(user.patch(path, {{"email", invited}, {"password", kPassword}}).status, 409);
}

TEST_F(AccountMail, TheSecondStepOfALoginIsALinkThatWorksOnce) {
    ASSERT_EQ(admin.patch(path_of(user), {{"mfa_enabled", true}}).status, 200);
    EXPECT_EQ(user.get("/me").json()["user"]["mfa_enabled"], true);
    const auto log_in = [&](bool supports) {
        return nobody().post(
            "/login",
            {{"email", user.email()},
             {"password", kPassword},
             {"supports_email_verification", supports}}
        );
    };
    EXPECT_EQ(log_in(false).status, 400);
    const auto mailed = log_in(true);
    EXPECT_EQ(mailed.status, 202);
    EXPECT_EQ(keys_of(mailed.json()), (std::vector<std::string>{"message"}));
    const auto token = sink().next_token(user.email(), "/login/mfa/");
    EXPECT_EQ(with_token(token).get("/me").status, 401) << "no session yet";

    const auto done = nobody().post("/sessions", {{"token", token}});
    ASSERT_EQ(done.status, 200) << done.text();
    EXPECT_EQ(done.json()["user"]["email"], user.email());
    EXPECT_EQ(with_token(done.json()["token"]).get("/me").status, 200);
    expect_error(nobody().post("/sessions", {{"token", token}}), 401, "Authentication failed");

    log_in(true);
    const auto late = sink().next_token(user.email(), "/login/mfa/");
    age("account_links", "expires_at");
    expect_error(nobody().post("/sessions", {{"token", late}}), 401, "Authentication failed");
    expect_error(nobody().post("/sessions", json::object()), 401, "Authentication failed");
}

TEST_F(AccountMail, ALinkIsGoodForItsOwnPurposeOnly) {
    const auto token = reset_token(user.email());
    expect_error(nobody().post("/sessions", {{"token", token}}), 401);
    expect_error(user.get("/email/change/" + token), 404);
    EXPECT_EQ(reset(token).status, 200);
}

TEST_F(AccountMail, ASecondStepIsNotForSsoOrPrograms) {
    json body{
        {"name", "N"},
        {"email", address("mfa")},
        {"sso_enabled", true},
        {"mfa_enabled", true},
        {"global_role", "observer"}};
    expect_error(admin.post("/users/admin", body), 409, "Conflict");
    body.merge_patch({{"sso_enabled", false}, {"api_only", true}, {"password", kPassword}});
    expect_error(
        admin.post("/users/admin", body), 422, "Validation Failed", "API-only", "mfa_enabled"
    );
    body["api_only"] = false;
    EXPECT_EQ(admin.post("/users/admin", body).status, 200);
}

TEST_F(AccountMail, SettingsThatDoNotWorkAreNotStored) {
    auto settings = smtp_settings_for(sink());
    settings["port"] = free_port();
    expect_error(
        admin.patch("/config", {{"smtp_settings", settings}}), 502, "", "could not be sent"
    );
    const auto kept = admin.get("/config").json()["smtp_settings"];
    EXPECT_EQ(kept["port"], sink().port());
    EXPECT_EQ(kept["configured"], true);

    SmtpSink second;
    const auto tested = admin.patch("/config", {{"smtp_settings", {{"port", second.port()}}}});
    EXPECT_EQ(tested.json()["smtp_settings"]["configured"], true);
    EXPECT_EQ(second.next_to(kAdminEmail)["from"], "fleet@example.test");
    ASSERT_EQ(admin.patch("/config?dry_run=true", {{"smtp_settings", settings}}).status, 200);
    ASSERT_EQ(admin.patch("/config", {{"smtp_settings", smtp_settings_for(sink())}}).status, 200);
    sink().next_to(kAdminEmail);
}

TEST_F(AccountMail, ATestMailIsSentWhenItIsAskedFor) {
    ASSERT_EQ(admin.patch("/config", {{"smtp_test", true}}).status, 200);
    EXPECT_EQ(sink().next_to(kAdminEmail)["from"], "fleet@example.test");
    ASSERT_EQ(admin.patch("/config?dry_run=true", {{"smtp_test", true}}).status, 200);
    EXPECT_FALSE(admin.get("/config").json().contains("smtp_test"));
}

struct BadSmtp {
    const char* name;
    json settings;
    const char* field;
};

class BadSmtpSettings : public AccountTest, public testing::WithParamInterface<BadSmtp> {};

TEST_P(BadSmtpSettings, AreRefusedByField) {
    expect_error(
        admin.patch("/config", {{"smtp_settings", GetParam().settings}}),
        422,
        "Validation Failed",
        "",
        GetParam().field
    );
}

INSTANTIATE_TEST_SUITE_P(
    Fields,
    BadSmtpSettings,
    testing::Values(
        BadSmtp{"no_sender", {{"sender_address", ""}}, "sender_address"},
        BadSmtp{"no_server", {{"server", ""}}, "server"},
        BadSmtp{"bad_port", {{"port", 0}}, "port"},
        BadSmtp{"bad_type", {{"authentication_type", "magic"}}, "authentication_type"},
        BadSmtp{"bad_method", {{"authentication_method", "magic"}}, "authentication_method"},
        BadSmtp{"no_user", {{"authentication_type", "authtype_username_password"}}, "user_name"},
        BadSmtp{
            "no_password",
            {{"authentication_type", "authtype_username_password"}, {"user_name", "u"}},
            "password"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(AccountLimits, ForgottenPasswordsAreTenAnHourAndNeedMail) {
    Stack stack{{.flags = {"--auth_login_rate_limit=10"}}};
    AdminClient client{stack.server().endpoint()};
    const auto forgot = [&] { return client.post("/forgot_password", {{"email", "a@b.test"}}); };
    expect_error(forgot(), 500, "", "no mail server is configured");
    for (int i = 0; i < 9; ++i)
        EXPECT_EQ(forgot().status, 500);
    const auto refused = forgot();
    expect_error(refused, 429);
    EXPECT_GT(std::stoi(refused.header("Retry-After")), 60);

    auto admin = stack.admin();
    EXPECT_EQ(
        admin.post(
                 "/invites", {{"email", "c@d.test"}, {"name", "C"}, {"global_role", "observer"}}
        ).status,
        500
    );
    expect_error(
        admin.post(
            "/users/admin",
            {{"name", "N"},
             {"email", "n@example.test"},
             {"password", kPassword},
             {"mfa_enabled", true},
             {"global_role", "observer"}}
        ),
        400,
        "Bad request",
        "Email must be set up to enable Fleet MFA"
    );
    // Ten at once and then one every six seconds; a failure takes one.
    int tried = 0;
    while (tried < 20 && client.post("/sessions", {{"token", "x"}}).status == 401)
        ++tried;
    EXPECT_GE(tried, 10);
    EXPECT_LE(tried, 14);
    expect_error(client.post("/sessions", {{"token", "x"}}), 429);
}

}  // namespace
}  // namespace fleet::test
