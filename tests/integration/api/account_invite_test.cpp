// Invitations: rest-api-a 5.12 and 6.
#include "integration/api/account_fixture.hpp"

namespace fleet::test {
namespace {

class Invites : public AccountTest {
protected:
    json body(const json& changes = json::object()) {
        json out{{"email", address("cy")}, {"name", "Cy"}, {"global_role", "observer"}};
        out.merge_patch(changes);
        return out;
    }
    /// An invitation and the token that was mailed.
    std::pair<json, std::string> invited(const json& changes = json::object()) {
        const auto response = admin.post("/invites", body(changes));
        EXPECT_EQ(response.status, 200) << response.text();
        const auto invite = response.json()["invite"];
        const auto* path = invite["sso_enabled"] == true ? "/login/ssoinvites/" : "/login/invites/";
        return {invite, sink().next_token(invite["email"], path)};
    }
    Response accept(const json& invite, const std::string& token, const json& changes = {}) {
        json out{
            {"invite_token", token},
            {"email", invite["email"]},
            {"name", "Cy Young"},
            {"password", kPassword},
            {"password_confirmation", kPassword}};
        if (!changes.is_null()) out.merge_patch(changes);
        return nobody().post("/users", out);
    }
};

TEST_F(Invites, AreMailedAndBecomeAnAccount) {
    const auto [invite, token] = invited({{"position", "SRE"}});
    EXPECT_EQ(
        keys_of(invite),
        (std::vector<std::string>{
            "created_at",
            "email",
            "fleets",
            "global_role",
            "id",
            "invited_by",
            "mfa_enabled",
            "name",
            "position",
            "sso_enabled",
            "teams",
            "updated_at"})
    );
    EXPECT_EQ(invite["global_role"], "observer");
    EXPECT_EQ(invite["teams"], json::array());
    EXPECT_EQ(nobody().get("/invites/" + token).json()["invite"], invite);

    const auto made = accept(invite, token, {{"global_role", "admin"}});
    ASSERT_EQ(made.status, 200) << made.text();
    const auto user = made.json()["user"];
    EXPECT_FALSE(made.json().contains("token"));
    EXPECT_EQ(user["name"], "Cy Young");
    EXPECT_EQ(user["global_role"], "observer") << "as invited, not as the body says";
    EXPECT_EQ(user["position"], "SRE");
    EXPECT_EQ(user["force_password_reset"], false);
    EXPECT_EQ(nobody().login(invite["email"]).status, 200);
    EXPECT_EQ(activities("created_user")[0]["details"]["user_email"], invite["email"]);
    expect_error(accept(invite, token), 404, "Resource Not Found");
    expect_error(nobody().get("/invites/" + token), 404, "Resource Not Found");
}

TEST_F(Invites, GiveTeamRolesAndTheSecondStep) {
    const auto team = new_team(unique_name("team"));
    const auto [invite, token] = invited(
        {{"global_role", nullptr},
         {"mfa_enabled", true},
         {"teams", {{{"id", team}, {"role", "maintainer"}}}}}
    );
    EXPECT_EQ(invite["teams"][0]["id"], team);
    EXPECT_EQ(invite["fleets"][0]["role"], "maintainer");
    const auto user = accept(invite, token).json()["user"];
    EXPECT_EQ(user["teams"][0]["role"], "maintainer");
    EXPECT_EQ(user["mfa_enabled"], true);
    EXPECT_EQ(user["global_role"], nullptr);
}

TEST_F(Invites, ForSingleSignOnTakeNoPassword) {
    const auto [invite, token] = invited({{"sso_enabled", true}});
    expect_error(accept(invite, token), 422, "Validation Failed", "", "password");
    const auto made = accept(invite, token, {{"password", nullptr}, {"sso_invite", true}});
    ASSERT_EQ(made.status, 200) << made.text();
    EXPECT_EQ(made.json()["user"]["sso_enabled"], true);
    EXPECT_EQ(nobody().login(invite["email"]).status, 401);
}

TEST_F(Invites, AreListedEditedAndTakenBack) {
    const auto [invite, token] = invited({{"name", unique_name("Needle")}});
    const std::string name = invite["name"];
    const auto listed = admin.get("/invites?query=" + name + "&order_key=name").json();
    ASSERT_EQ(listed["invites"].size(), 1U);
    EXPECT_EQ(listed["invites"][0], invite);

    const auto path = "/invites/" + invite["id"].dump();
    const auto moved = address("moved");
    const auto edited =
        admin.patch(path, {{"email", moved}, {"global_role", "maintainer"}}).json()["invite"];
    EXPECT_EQ(edited["email"], moved);
    EXPECT_EQ(edited["global_role"], "maintainer");
    EXPECT_EQ(edited["name"], name);
    expect_error(
        accept(invite, token),
        422,
        "Validation Failed",
        "Invite Token does not match Email Address.",
        "invite_token"
    );
    EXPECT_EQ(admin.del(path).body, "{}\n");
    expect_error(admin.del(path), 404, "Resource Not Found");
    expect_error(admin.patch(path, {{"name", "X"}}), 404, "Resource Not Found");
    expect_error(accept(edited, token), 404, "Resource Not Found");
}

TEST_F(Invites, Expire) {
    const auto [invite, token] = invited();
    age("invites", "created_at");
    expect_error(
        nobody().get("/invites/" + token),
        422,
        "Validation Failed",
        "Invite token has expired.",
        "invite_token"
    );
    expect_error(accept(invite, token), 422, "Validation Failed", "expired", "invite_token");
}

TEST_F(Invites, AnAddressIsTakenOnce) {
    const auto [invite, token] = invited();
    EXPECT_EQ(admin.post("/invites", body({{"email", invite["email"]}})).status, 409);
    expect_error(
        admin.post("/invites", body({{"email", kAdminEmail}})),
        422,
        "Validation Failed",
        "a user with this account already exists",
        "email"
    );
    const std::string email = invite["email"];
    expect_error(
        admin.post(
            "/users/admin",
            {{"name", "N"}, {"email", email}, {"password", kPassword}, {"global_role", "observer"}}
        ),
        500,
        "",
        email + " already invited"
    );
    const auto [other, other_token] = invited();
    const auto path = "/invites/" + other["id"].dump();
    EXPECT_EQ(admin.patch(path, {{"email", email}}).status, 409);
    EXPECT_EQ(admin.patch(path, {{"email", kAdminEmail}}).status, 409);
}

TEST_F(Invites, AMailThatFailsIsAnErrorAndTheInviteStays) {
    const std::string email = unique_name("refused") + "@example.test";
    expect_error(admin.post("/invites", body({{"email", email}})), 502, "", "no such mailbox here");
    EXPECT_EQ(admin.get("/invites?query=" + email).json()["invites"].size(), 1U);
}

TEST_F(Invites, AreForGlobalAdminsOnly) {
    for (const auto* role : {"maintainer", "technician", "observer_plus", "observer", "gitops"}) {
        auto user = admin.create_user(role);
        expect_error(user.get("/invites"), 403, "forbidden");
        expect_error(user.post("/invites", body()), 403, "forbidden");
        expect_error(user.patch("/invites/1", {{"name", "X"}}), 403, "forbidden");
        expect_error(user.del("/invites/1"), 403, "forbidden");
    }
}

struct BadInvite {
    const char* name;
    json changes;
    int status;
    const char* field;
};

class BadInvites : public Invites, public testing::WithParamInterface<BadInvite> {};

TEST_P(BadInvites, AreRefused) {
    const auto response = admin.post("/invites", body(GetParam().changes));
    expect_error(response, GetParam().status, "", "", GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Fields,
    BadInvites,
    testing::Values(
        BadInvite{"no_email", {{"email", nullptr}}, 422, "email"},
        BadInvite{"bad_email", {{"email", "Cy <cy@example.test>"}}, 422, "email"},
        BadInvite{"no_name", {{"name", nullptr}}, 422, "name"},
        BadInvite{"long_position", {{"position", std::string(300, 'x')}}, 422, "position"},
        BadInvite{"no_role", {{"global_role", nullptr}}, 422, ""},
        BadInvite{"gitops", {{"global_role", "gitops"}}, 422, ""},
        BadInvite{
            "unknown_team",
            {{"global_role", nullptr}, {"teams", {{{"id", 99999}, {"role", "observer"}}}}},
            422,
            "teams.id"},
        BadInvite{"sso_and_mfa", {{"sso_enabled", true}, {"mfa_enabled", true}}, 409, ""},
        BadInvite{"wrong_type", {{"name", 5}}, 400, "base"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Invites, AcceptanceIsCheckedByField) {
    const auto [invite, token] = invited();
    const auto refused = [&](const json& changes, const char* field) {
        expect_error(accept(invite, token, changes), 422, "Validation Failed", "", field);
    };
    refused({{"invite_token", nullptr}}, "invite_token");
    refused({{"email", "other@example.test"}}, "invite_token");
    refused({{"email", nullptr}}, "email");
    refused({{"name", ""}}, "name");
    refused({{"password", nullptr}}, "password");
    refused({{"password", "weak"}}, "password");
    expect_error(accept(invite, "unknown"), 404, "Resource Not Found");
    EXPECT_EQ(accept(invite, token).status, 200);
}

}  // namespace
}  // namespace fleet::test
