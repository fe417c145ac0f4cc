// Single sign-on with a real identity provider: rest-api-a 3.9 to 3.11.
#include "integration/api/account_fixture.hpp"
#include "support/child_process.hpp"
#include "support/net.hpp"
#include "support/saml_idp.hpp"
#include "support/temp_dir.hpp"

namespace fleet::test {
namespace {

constexpr auto kEntity = "fleet.example.test";

class Sso : public AccountTest {
protected:
    static SamlIdp& idp() {
        static SamlIdp one{
            kEntity,
            "https://" + shared_stack().server().endpoint().authority() +
                "/api/v1/fleet/sso/callback"};
        return one;
    }

    void SetUp() override {
        AccountTest::SetUp();
        configure(json::object());
    }
    void configure(const json& changes) {
        json settings{
            {"enable_sso", true},
            {"entity_id", kEntity},
            {"idp_name", "Example IdP"},
            {"idp_image_url", "https://idp.example.test/logo.png"},
            {"metadata", idp().metadata()},
            {"metadata_url", ""},
            {"enable_sso_idp_login", false},
            {"enable_jit_provisioning", false}};
        settings.merge_patch(changes);
        const auto response = admin.patch("/config", {{"sso_settings", settings}});
        ASSERT_EQ(response.status, 200) << response.text();
    }
    /// An account that signs on by the provider.
    std::string sso_user(const std::string& role = "observer") {
        const auto email = address("sso");
        const auto made = admin.post(
            "/users/admin",
            {{"name", "S"}, {"email", email}, {"sso_enabled", true}, {"global_role", role}}
        );
        EXPECT_EQ(made.status, 200) << made.text();
        return email;
    }

    struct Started {
        std::string url;
        std::string cookie;  // name=value
    };
    Started start(const std::string& relay = "/hosts/manage") {
        const auto response = post_start(relay);
        EXPECT_EQ(response.status, 200) << response.text();
        const auto cookie = response.header("Set-Cookie");
        return {response.json()["url"], cookie.substr(0, cookie.find(';'))};
    }
    Response post_start(const std::string& relay) {
        return admin.http().post("/api/v1/fleet/sso", {{"relay_url", relay}});
    }
    Response post_answer(const std::string& xml, const std::string& cookie = "") {
        Headers headers{
            {"Content-Type", "application/x-www-form-urlencoded"},
            {"Origin", "https://idp.example.test"}};
        if (!cookie.empty()) headers.emplace_back("Cookie", "other=1; " + cookie);
        return admin.http().send({
            .method = "POST",
            .target = "/api/v1/fleet/sso/callback",
            .headers = headers,
            .body = saml_form(xml),
        });
    }
    /// The whole way; `asked` adds to what the provider is told.
    Response sign_on(const std::string& email, const json& asked = json::object()) {
        const auto started = start();
        json all{{"email", email}, {"url", started.url}};
        all.merge_patch(asked);
        return post_answer(idp().answer(all), started.cookie);
    }

    static std::string token_in(const Response& page) {
        EXPECT_EQ(page.status, 200) << page.text();
        EXPECT_THAT(page.header("Content-Type"), StartsWith("text/html"));
        EXPECT_THAT(page.header("Set-Cookie"), HasSubstr("Max-Age=0"));
        const std::string mark = "'FLEET::auth_token', \"";
        const auto at = page.body.find(mark);
        if (at == std::string::npos) return "no token: " + page.body;
        const auto from = at + mark.size();
        return page.body.substr(from, page.body.find('"', from) - from);
    }
    static void expect_failure(const Response& page, const std::string& status) {
        EXPECT_EQ(token_in(page), "");
        EXPECT_THAT(page.body, HasSubstr("\"/login?status=" + status + "\""));
    }
};

TEST_F(Sso, TheLoginPageLearnsTheButton) {
    EXPECT_EQ(
        admin.http().get("/api/v1/fleet/sso").json(),
        (json{
            {"settings",
             {{"idp_name", "Example IdP"},
              {"idp_image_url", "https://idp.example.test/logo.png"},
              {"sso_enabled", true}}}})
    );
    EXPECT_EQ(admin.http().get("/api/latest/fleet/sso").status, 404) << "a literal path";
}

TEST_F(Sso, SignsOnAndMovesToWhereItBegan) {
    const auto email = sso_user("maintainer");
    const auto page = sign_on(email);
    EXPECT_THAT(page.body, HasSubstr("window.location.replace(\"/hosts/manage\")"));
    EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("script-src 'nonce-"));
    auto user = with_token(token_in(page));
    EXPECT_EQ(user.get("/me").json()["user"]["email"], email);
    EXPECT_EQ(activities("user_logged_in")[0]["actor_email"], email);
}

TEST_F(Sso, TheCookieIsKeptForTheHandshakeOnly) {
    const auto cookie = post_start("/").header("Set-Cookie");
    EXPECT_THAT(cookie, StartsWith("__Host-FLEETSSOSESSIONID="));
    for (const auto* part : {"Path=/", "Secure", "HttpOnly", "Max-Age=900"})
        EXPECT_THAT(cookie, HasSubstr(part));
}

TEST_F(Sso, AnAnswerIsTakenOnceAndFromTheSameBrowserOnly) {
    const auto email = sso_user();
    const auto started = start();
    const auto xml = idp().answer({{"email", email}, {"url", started.url}});
    expect_failure(post_answer(xml), "error");
    expect_failure(post_answer(xml, "__Host-FLEETSSOSESSIONID=guessed"), "error");
    EXPECT_NE(token_in(post_answer(xml, started.cookie)), "");
    expect_failure(post_answer(xml, started.cookie), "error");
    expect_failure(post_answer(xml, start().cookie), "error");
}

TEST_F(Sso, SpoiltAnswersAreRefused) {
    const auto email = sso_user();
    expect_failure(sign_on(email, {{"sign", "none"}}), "error");
    expect_failure(sign_on(email, {{"minutes", -10}}), "error");
    expect_failure(sign_on(email, {{"in_response_to", "_other"}}), "error");

    const auto started = start();
    SamlIdp thief{
        kEntity, "https://" + admin.endpoint().authority() + "/api/v1/fleet/sso/callback"};
    expect_failure(
        post_answer(thief.answer({{"email", email}, {"url", started.url}}), started.cookie), "error"
    );
    const auto again = start();
    SamlIdp elsewhere{"other.example.test", "https://other.example.test/acs"};
    expect_failure(
        post_answer(elsewhere.answer({{"email", email}, {"url", again.url}}), again.cookie), "error"
    );
}

TEST_F(Sso, AStartThatIsTooOldIsOver) {
    const auto email = sso_user();
    const auto started = start();
    age("sso_requests", "expires_at");
    expect_failure(
        post_answer(idp().answer({{"email", email}, {"url", started.url}}), started.cookie), "error"
    );
}

TEST_F(Sso, BrokenFormsAreBadRequests) {
    const auto send = [&](const std::string& body) {
        return admin.http().send({
            .method = "POST",
            .target = "/api/v1/fleet/sso/callback",
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
            .body = body,
        });
    };
    expect_error(send(""), 400, "Bad request");
    expect_error(send("RelayState=x"), 400, "Bad request");
    expect_error(send("SAMLResponse=%21%21"), 400, "Bad request");
    expect_failure(post_answer("<a/>"), "error");
}

TEST_F(Sso, OnlyAccountsMadeForItSignOn) {
    auto password_user = admin.create_user("observer");
    expect_failure(sign_on(password_user.email()), "account_invalid");
    expect_failure(sign_on(address("stranger")), "account_invalid");
    const auto email = sso_user();
    EXPECT_EQ(nobody().login(email).status, 401) << "and not with a password";
}

TEST_F(Sso, TheProviderMayBeginWhenThatIsAllowed) {
    const auto email = sso_user();
    const json unasked{{"email", email}, {"in_response_to", nullptr}};
    expect_failure(post_answer(idp().answer(unasked)), "error");
    configure({{"enable_sso_idp_login", true}});
    const auto xml = idp().answer(unasked);
    const auto page = post_answer(xml);
    EXPECT_NE(token_in(page), "");
    EXPECT_THAT(page.body, HasSubstr("window.location.replace(\"/\")"));
    expect_failure(post_answer(xml), "error");
}

TEST_F(Sso, AccountsAreMadeJustInTimeWithTheProvidersRoles) {
    configure({{"enable_jit_provisioning", true}});
    const auto plain = address("jit");
    auto user = with_token(token_in(sign_on(plain)));
    auto me = user.get("/me").json()["user"];
    EXPECT_EQ(me["global_role"], "observer") << "the default";
    EXPECT_EQ(me["name"], plain);
    EXPECT_EQ(me["sso_enabled"], true);
    EXPECT_EQ(activities("user_added_by_sso")[0]["actor_email"], plain);

    const auto role = [](const char* name, const char* value) {
        return json{{"attributes", {{name, {value}}, {"displayName", {"Jo"}}}}};
    };
    token_in(sign_on(plain, role("FLEET_JIT_USER_ROLE_GLOBAL", "maintainer")));
    EXPECT_EQ(user.get("/me").json()["user"]["global_role"], "maintainer") << "roles follow";
    token_in(sign_on(plain, role("FLEET_JIT_USER_ROLE_GLOBAL", "null")));
    EXPECT_EQ(user.get("/me").json()["user"]["global_role"], "maintainer") << "no opinion";

    const auto team = new_team(unique_name("jit"));
    const auto member = address("jit");
    const auto attribute = "FLEET_JIT_USER_ROLE_TEAM_" + std::to_string(team);
    me = with_token(token_in(sign_on(member, role(attribute.c_str(), "admin"))))
             .get("/me")
             .json()["user"];
    EXPECT_EQ(me["teams"][0]["id"], team);
    EXPECT_EQ(me["teams"][0]["role"], "admin");
    EXPECT_EQ(me["name"], "Jo");

    expect_failure(sign_on(address("jit"), role("FLEET_JIT_USER_ROLE_GLOBAL", "emperor")), "error");
    expect_failure(sign_on(address("jit"), role("FLEET_JIT_USER_ROLE_GLOBAL", "gitops")), "error");
}

TEST_F(Sso, RelayUrlsStayOnThisServer) {
    for (const std::string relay :
         {"",
          "javascript:alert(1)",
          "data:text/html,x",
          "vbscript:x",
          "//evil.test/",
          "https://evil.test/",
          "/\\evil.test",
          "/a b",
          "\t/x"}) {
        expect_error(post_start(relay), 400, "Bad request", "relay_url");
    }
    const auto own = "https://" + admin.endpoint().authority();
    EXPECT_EQ(post_start(own + "/hosts").status, 200);
    EXPECT_EQ(post_start(own).status, 200);
    expect_error(post_start(own + ".evil.test/"), 400);
}

TEST_F(Sso, WhenOffNobodyStartsOrEnds) {
    const auto email = sso_user();
    const auto started = start();
    configure({{"enable_sso", false}});
    expect_error(post_start("/"), 400, "Bad request", "organization not configured to use sso");
    expect_failure(
        post_answer(idp().answer({{"email", email}, {"url", started.url}}), started.cookie),
        "org_disabled"
    );
}

TEST_F(Sso, MetadataThatCannotBeFetchedIsAnError) {
    configure(
        {{"metadata", ""},
         {"metadata_url", "http://127.0.0.1:" + std::to_string(free_port()) + "/metadata"}}
    );
    expect_error(post_start("/"), 500, "", "cannot be fetched");
}

TEST_F(Sso, MetadataIsFetchedOnceAndAgainForANewKey) {
    TempDir dir;
    dir.write("metadata.xml", idp().metadata());
    const auto port = free_port();
    ChildProcess pages;
    pages.start(
        {.argv =
             {"/usr/bin/python3",
              "-m",
              "http.server",
              std::to_string(port),
              "--bind=127.0.0.1",
              "--directory=" + dir.path().string()},
         .log_file = dir.file("log")}
    );
    ASSERT_TRUE(eventually([&] { return port_answers(port); }));
    const auto fetched = [&] {
        const std::string log = read_file(dir.file("log"));
        int count = 0;
        for (auto at = log.find("GET /"); at != std::string::npos; at = log.find("GET /", at + 1))
            ++count;
        return count;
    };
    configure(
        {{"metadata", ""},
         {"metadata_url", "http://127.0.0.1:" + std::to_string(port) + "/metadata.xml"}}
    );
    const auto email = sso_user();
    EXPECT_NE(token_in(sign_on(email)), "");
    EXPECT_NE(token_in(sign_on(email)), "");
    EXPECT_EQ(fetched(), 1);

    SamlIdp with_new_key{
        kEntity, "https://" + admin.endpoint().authority() + "/api/v1/fleet/sso/callback"};
    dir.write("metadata.xml", with_new_key.metadata());
    const auto started = start();
    const auto xml = with_new_key.answer({{"email", email}, {"url", started.url}});
    EXPECT_NE(token_in(post_answer(xml, started.cookie)), "");
    EXPECT_EQ(fetched(), 2);

    expect_failure(sign_on(email), "error");
    EXPECT_EQ(fetched(), 2) << "strange answers do not make us fetch";
}

TEST_F(Sso, SettingsAreChecked) {
    const auto refused = [&](const json& settings, const char* field) {
        expect_error(
            admin.patch("/config", {{"sso_settings", settings}}),
            422,
            "Validation Failed",
            "",
            field
        );
    };
    refused({{"metadata", ""}}, "metadata");
    refused({{"entity_id", "four"}}, "entity_id");
    refused({{"metadata_url", "ftp://idp.example.test"}}, "metadata_url");
    refused({{"idp_name", ""}}, "idp_name");
    refused({{"sso_server_url", "fleet"}}, "sso_server_url");
}

}  // namespace
}  // namespace fleet::test
