// API tokens of users, and API-only accounts: rest-api-a 5.5, 5.6, 5.13, 5.14.
#include "integration/api/account_fixture.hpp"

namespace fleet::test {
namespace {

class Tokens : public AccountTest {
protected:
    json create(AdminClient& owner, const json& body) {
        const auto response = owner.post("/me/tokens", body);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json();
    }
    AdminClient program(AdminClient& owner, const json& body) {
        return with_token(create(owner, body).at("token"));
    }
    AdminClient maintainer = admin.create_user("maintainer");
};

TEST_F(Tokens, ArePerProgramListedAndRevoked) {
    const auto created = create(
        maintainer, {{"name", "backup"}, {"scope", "full"}, {"expires_at", "2126-01-02T03:04:05Z"}}
    );
    EXPECT_THAT(created["token"].get<std::string>(), StartsWith("fleet_"));
    EXPECT_EQ(
        keys_of(created["api_token"]),
        (std::vector<std::string>{
            "created_at",
            "expires_at",
            "fleet_id",
            "id",
            "last_used_at",
            "name",
            "scope",
            "team_id",
            "user_id"})
    );
    EXPECT_EQ(created["api_token"]["expires_at"], "2126-01-02T03:04:05Z");
    EXPECT_EQ(created["api_token"]["last_used_at"], nullptr);
    auto script = with_token(created["token"]);
    EXPECT_EQ(script.get("/queries").status, 200);
    EXPECT_EQ(script.get("/me").json()["user"]["email"], maintainer.email());

    const auto second = program(maintainer, {{"name", "other"}});
    const auto listed = maintainer.get("/me/tokens").json()["api_tokens"];
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0]["name"], "backup");
    EXPECT_NE(listed[0]["last_used_at"], nullptr);
    EXPECT_EQ(listed[1]["scope"], "read_only") << "the careful default";
    EXPECT_THAT(
        maintainer.get("/me/tokens").body, Not(HasSubstr(created["token"].get<std::string>()))
    );

    const auto path = "/me/tokens/" + listed[0]["id"].dump();
    EXPECT_EQ(maintainer.del(path).body, "{}\n");
    EXPECT_EQ(script.get("/me").status, 401);
    expect_error(maintainer.del(path), 404, "Resource Not Found");
    EXPECT_EQ(activities("created_api_token")[0]["details"]["token_name"], "other");
    EXPECT_EQ(activities("deleted_api_token")[0]["details"]["token_name"], "backup");
}

TEST_F(Tokens, AreStoredAsADigest) {
    const std::string token = create(maintainer, {{"name", "x"}}).at("token");
    EXPECT_EQ(
        stack.sql().value(
            "SELECT COUNT(*) FROM api_tokens WHERE token_digest = UNHEX(SHA2('" + token + "', 256))"
        ),
        "1"
    );
}

TEST_F(Tokens, DoNoMoreThanTheirUser) {
    auto observer = admin.create_user("observer");
    auto script = program(observer, {{"name", "x"}, {"scope", "full"}});
    expect_error(script.post("/queries", {{"name", "q"}, {"query", "SELECT 1"}}), 403, "forbidden");
    expect_error(script.get("/spec/enroll_secret"), 403, "forbidden");
    ASSERT_EQ(script.get("/hosts").status, 200);
    ASSERT_EQ(admin.patch(path_of(observer), {{"global_role", "maintainer"}}).status, 200);
    EXPECT_EQ(script.get("/spec/enroll_secret").status, 200) << "the role counts as it is now";
    ASSERT_EQ(admin.del(path_of(observer)).status, 200);
    EXPECT_EQ(script.get("/hosts").status, 401);
}

TEST_F(Tokens, ForReadingReadAndNothingElse) {
    auto script = program(maintainer, {{"name", "r"}, {"scope", "read_only"}});
    EXPECT_EQ(script.get("/hosts").status, 200);
    EXPECT_EQ(script.post("/hosts/search", {{"query", ""}}).status, 200) << "reads, by POST";
    EXPECT_EQ(script.post("/targets", {{"selected", json::object()}}).status, 200);
    const auto name = unique_name("q");
    expect_error(
        script.post("/queries", {{"name", name}, {"query", "SELECT 1"}}), 403, "forbidden"
    );
    expect_error(script.post("/queries/run", {{"query", "SELECT 1"}}), 403, "forbidden");
    expect_error(script.get("/queries/run?query_ids=1"), 403, "forbidden");
    expect_error(script.del("/hosts/1"), 403, "forbidden");
    expect_error(script.post("/hosts/1/refetch"), 403, "forbidden");
}

TEST_F(Tokens, OfATeamActOnThatTeamOnly) {
    const auto mine = new_team(unique_name("mine"));
    auto script = program(maintainer, {{"name", "t"}, {"scope", "full"}, {"team_id", mine}});
    const auto host = [&](const std::string& team) {
        auto agent = stack.agent("team-token");
        agent.enroll();
        const auto uuid = agent.machine().uuid;
        const auto id = std::to_string(admin.host_id(uuid));
        stack.sql().execute("UPDATE hosts SET team_id = " + team + " WHERE id = " + id);
        return "/hosts/" + id;
    };
    EXPECT_EQ(script.get(host(std::to_string(mine))).status, 200);
    expect_error(script.get(host("NULL")), 403, "forbidden");
    expect_error(script.get("/spec/enroll_secret"), 403, "forbidden");
    expect_error(script.post("/queries", {{"name", "q"}, {"query", "SELECT 1"}}), 403, "forbidden");
    expect_error(script.get("/activities"), 403, "forbidden");
    EXPECT_EQ(maintainer.get("/me/tokens").json()["api_tokens"][0]["fleet_id"], mine);
}

TEST_F(Tokens, CannotMakeTheirOwnLifeLonger) {
    auto owner = admin.create_user("admin");
    auto script = program(owner, {{"name", "x"}, {"scope", "full"}});
    const auto path = path_of(owner);
    expect_error(script.get("/me/tokens"), 403, "forbidden");
    expect_error(script.post("/me/tokens", {{"name", "y"}}), 403, "forbidden");
    expect_error(
        script.post("/change_password", {{"old_password", kPassword}, {"new_password", "x"}}),
        403,
        "forbidden"
    );
    expect_error(script.patch(path, {{"name", "me"}}), 403, "forbidden");
    expect_error(script.del(path), 403, "forbidden");
    expect_error(script.post("/logout"), 403, "forbidden");
    EXPECT_EQ(script.get("/users").status, 200);
    EXPECT_EQ(admin.del(path).status, 200);
}

TEST_F(Tokens, ExpireAndEndWithTheSessionsOfTheirUser) {
    auto script = program(maintainer, {{"name", "x"}});
    ASSERT_EQ(admin.del(path_of(maintainer) + "/sessions").status, 200);
    EXPECT_EQ(script.get("/hosts").status, 401);

    maintainer.login(maintainer.email());
    auto late = program(maintainer, {{"name", "x"}, {"expires_at", "2126-01-01T00:00:00Z"}});
    ASSERT_EQ(late.get("/hosts").status, 200);
    stack.sql().execute("UPDATE api_tokens SET expires_at = '2020-01-01' WHERE name = 'x'");
    expect_error(late.get("/hosts"), 401, "Authentication required");
}

TEST_F(Tokens, OfAUserWhoMustChangeThePasswordWait) {
    auto script = program(maintainer, {{"name", "x"}});
    admin.post(path_of(maintainer) + "/require_password_reset", {{"require", true}});
    expect_error(script.get("/hosts"), 401, "password reset required");
}

TEST_F(Tokens, OfOthersAreForAdminsAndMadeForProgramsOnly) {
    const auto path = path_of(maintainer) + "/tokens";
    create(maintainer, {{"name", "x"}});
    const auto listed = admin.get(path).json()["api_tokens"];
    ASSERT_EQ(listed.size(), 1U);
    auto other = admin.create_user("maintainer");
    expect_error(other.get(path), 403, "forbidden");
    expect_error(other.post(path, {{"name", "y"}}), 403, "forbidden");
    expect_error(other.del(path + "/" + listed[0]["id"].dump()), 403, "forbidden");
    expect_error(admin.post(path, {{"name", "y"}}), 422, "Validation Failed", "", "id");
    EXPECT_EQ(admin.del(path + "/" + listed[0]["id"].dump()).status, 200);

    auto gitops = admin.create_user("gitops");
    const auto made = admin.post(path_of(gitops) + "/tokens", {{"name", "ci"}, {"scope", "full"}});
    ASSERT_EQ(made.status, 200) << made.text();
    EXPECT_EQ(with_token(made.json()["token"]).get("/config").status, 200);
    expect_error(admin.get("/users/99999/tokens"), 404, "Resource Not Found");
    expect_error(admin.post("/users/99999/tokens", {{"name", "x"}}), 404, "Resource Not Found");
}

struct BadToken {
    const char* name;
    json body;
    int status;
    const char* field;
};

class BadTokens : public Tokens, public testing::WithParamInterface<BadToken> {};

TEST_P(BadTokens, AreRefusedByField) {
    expect_error(
        maintainer.post("/me/tokens", GetParam().body), GetParam().status, "", "", GetParam().field
    );
}

INSTANTIATE_TEST_SUITE_P(
    Fields,
    BadTokens,
    testing::Values(
        BadToken{"no_name", json::object(), 422, "name"},
        BadToken{"long_name", {{"name", std::string(256, 'x')}}, 422, "name"},
        BadToken{"bad_scope", {{"name", "x"}, {"scope", "admin"}}, 422, "scope"},
        BadToken{"no_time", {{"name", "x"}, {"expires_at", "soon"}}, 422, "expires_at"},
        BadToken{
            "in_the_past",
            {{"name", "x"}, {"expires_at", "2020-01-01T00:00:00Z"}},
            422,
            "expires_at"},
        BadToken{"no_such_team", {{"name", "x"}, {"team_id", 99999}}, 422, "team_id"},
        BadToken{"wrong_type", {{"name", 1}}, 400, "base"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Tokens, NamesAreUniqueForAUser) {
    create(maintainer, {{"name", "x"}});
    EXPECT_EQ(maintainer.post("/me/tokens", {{"name", "x"}}).status, 409);
    auto other = admin.create_user("observer");
    create(other, {{"name", "x"}});
}

class Programs : public AccountTest {
protected:
    json create(const json& body) {
        const auto response = admin.post("/users/api_only", body);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json();
    }
};

TEST_F(Programs, AreMadeWithATokenAndNoAddressOfTheirOwn) {
    const auto made = create({{"name", "CI"}, {"global_role", "gitops"}});
    const auto user = made["user"];
    EXPECT_EQ(user["api_only"], true);
    EXPECT_EQ(user["name"], "CI");
    EXPECT_EQ(user["force_password_reset"], false);
    EXPECT_FALSE(user.contains("api_endpoints"));
    EXPECT_EQ(with_token(made["token"]).get("/config").status, 200);
}

TEST_F(Programs, MayBeLimitedToEndpoints) {
    const json hosts{{"method", "GET"}, {"path", "/api/v1/fleet/hosts"}};
    const auto made = create(
        {{"name", "CI"},
         {"global_role", "observer"},
         {"api_endpoints", {hosts, {{"method", "get"}, {"path", "/api/latest/fleet/queries/:id"}}}}}
    );
    EXPECT_EQ(
        made["user"]["api_endpoints"],
        (json{hosts, {{"method", "GET"}, {"path", "/api/v1/fleet/reports/:id"}}})
    );
    auto script = with_token(made["token"]);
    const auto query = std::to_string(admin.create_query(unique_name("q"), {}));
    EXPECT_EQ(script.get("/hosts").status, 200);
    EXPECT_EQ(script.get("/queries/" + query).status, 200);
    EXPECT_EQ(script.get("/reports/" + query).status, 200);
    expect_error(script.get("/hosts/count"), 403, "forbidden");
    expect_error(script.get("/me"), 403, "forbidden");

    const auto path = "/users/api_only/" + made["user"]["id"].dump();
    EXPECT_EQ(admin.patch(path, {{"name", "CI 2"}}).json()["user"]["api_endpoints"].size(), 2U)
        << "absent leaves it";
    const auto free = admin.patch(path, {{"api_endpoints", nullptr}}).json()["user"];
    EXPECT_FALSE(free.contains("api_endpoints"));
    EXPECT_EQ(free["name"], "CI 2");
    EXPECT_EQ(script.get("/hosts/count").status, 200);
}

TEST_F(Programs, EndpointsAreCheckedAgainstTheCatalogue) {
    const auto refused = [&](const json& endpoints, const std::string& reason) {
        expect_error(
            admin.post(
                "/users/api_only",
                {{"name", "CI"}, {"global_role", "observer"}, {"api_endpoints", endpoints}}
            ),
            422,
            "Validation Failed",
            reason,
            "api_endpoints"
        );
    };
    const json hosts{{"method", "GET"}, {"path", "/api/v1/fleet/hosts"}};
    refused(json::array(), "at least one API endpoint must be specified");
    refused({hosts, hosts}, "twice");
    refused({{{"method", "PUT"}, {"path", "/api/v1/fleet/hosts"}}}, "there is no API endpoint");

    const auto catalogue = admin.get("/rest_api").json()["api_endpoints"];
    EXPECT_THAT(
        catalogue,
        Contains(json{
            {"method", "GET"},
            {"path", "/api/v1/fleet/hosts"},
            {"display_name", "List hosts"},
            {"deprecated", false}})
    );
    for (const auto* role : {"maintainer", "observer", "gitops"})
        expect_error(admin.create_user(role).get("/rest_api"), 403, "forbidden");
}

TEST_F(Programs, OnlyTheyAreEditedHere) {
    auto person = admin.create_user("observer");
    expect_error(
        admin.patch("/users/api_only/" + std::to_string(id_of(person)), {{"name", "X"}}),
        422,
        "Validation Failed",
        "",
        "id"
    );
    expect_error(admin.patch("/users/api_only/99999", {{"name", "X"}}), 404);
    const auto made = create({{"name", "CI"}, {"global_role", "observer"}});
    const auto path = "/users/api_only/" + made["user"]["id"].dump();
    expect_error(person.patch(path, {{"name", "X"}}), 403, "forbidden");
    expect_error(admin.patch(path, {{"name", ""}}), 422, "Validation Failed", "", "name");
    const auto team = new_team(unique_name("t"));
    const json fleets{{"fleets", {{{"id", team}, {"role", "gitops"}}}}};
    EXPECT_EQ(admin.patch(path, fleets).json()["user"]["teams"][0]["role"], "gitops");
    auto admin_program = create({{"name", "Root"}, {"global_role", "admin"}});
    auto root = with_token(admin_program["token"]);
    expect_error(
        root.patch("/users/api_only/" + admin_program["user"]["id"].dump(), {{"name", "Me"}}),
        422,
        "Validation Failed",
        "",
        "id"
    );
    EXPECT_EQ(admin.del("/users/" + admin_program["user"]["id"].dump()).status, 200);
}

TEST_F(Programs, RolesAreAppliedByAddressAllOrNothing) {
    auto bo = admin.create_user("observer");
    auto cy = admin.create_user("observer");
    const auto team = unique_name("Laptops");
    new_team(team);
    const auto apply = [&](const json& roles) {
        return admin.post("/users/roles/spec", {{"spec", {{"roles", roles}}}});
    };
    const auto role_of = [&](AdminClient& user) { return user.get("/me").json()["user"]; };
    const auto done = apply(
        {{bo.email(),
          {{"global_role", nullptr}, {"teams", {{{"team", team}, {"role", "maintainer"}}}}}},
         {cy.email(), {{"global_role", "maintainer"}, {"teams", nullptr}}}}
    );
    ASSERT_EQ(done.status, 200) << done.text();
    EXPECT_EQ(done.body, "{}\n");
    EXPECT_EQ(role_of(bo)["teams"][0]["name"], team);
    EXPECT_EQ(role_of(cy)["global_role"], "maintainer");

    EXPECT_EQ(
        apply({{cy.email(), {{"global_role", "observer"}}},
               {"nobody@example.test", {{"global_role", "observer"}}}}
        ).status,
        422
    );
    EXPECT_EQ(role_of(cy)["global_role"], "maintainer") << "nothing of it";
    EXPECT_EQ(apply({{cy.email(), {{"global_role", "emperor"}}}}).status, 422);
    EXPECT_EQ(
        apply({{cy.email(), {{"teams", {{{"team", "no such"}, {"role", "observer"}}}}}}}).status,
        422
    );
    const auto last = apply({{kAdminEmail, {{"global_role", "observer"}}}});
    EXPECT_EQ(last.status, 422);
    EXPECT_EQ(last.json()["code"], 2);
    expect_error(bo.post("/users/roles/spec", {{"spec", {{"roles", json::object()}}}}), 403);
}

}  // namespace
}  // namespace fleet::test
