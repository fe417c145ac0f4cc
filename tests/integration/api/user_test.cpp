// Users: rest-api-a 5.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class User : public ApiTest {
protected:
    json valid() const {
        return {
            {"name", "Bo"},
            {"email", unique_name("bo") + "@example.test"},
            {"password", kPassword},
            {"global_role", "observer"}};
    }
    Response create(const json& changes) {
        auto body = valid();
        body.merge_patch(changes);
        return admin.post("/users/admin", body);
    }
};

TEST_F(User, IsCreatedAndMustChangeThePassword) {
    const auto response = create({{"position", "SRE"}});
    ASSERT_EQ(response.status, 200) << response.text();
    const auto user = response.json()["user"];
    EXPECT_EQ(user["name"], "Bo");
    EXPECT_EQ(user["global_role"], "observer");
    EXPECT_EQ(user["position"], "SRE");
    EXPECT_EQ(user["teams"], json::array());
    EXPECT_EQ(user["fleets"], json::array());
    EXPECT_EQ(user["force_password_reset"], true) << "true is the default";
    EXPECT_EQ(user["api_only"], false);
    EXPECT_FALSE(response.json().contains("token"));
    EXPECT_EQ(admin.get("/users/" + user["id"].dump()).json()["user"]["email"], user["email"]);
}

TEST_F(User, ForScriptsComesWithAToken) {
    const auto response = create(
        {{"api_only", true}, {"global_role", "gitops"}, {"admin_forced_password_reset", false}}
    );
    ASSERT_EQ(response.status, 200) << response.text();
    AdminClient script{admin.endpoint(), response.json()["token"]};
    EXPECT_EQ(script.get("/me").json()["user"]["api_only"], true);
}

struct BadUser {
    const char* name;
    json changes;
    int status;
    const char* field;
};

class BadUsers : public User, public testing::WithParamInterface<BadUser> {};

TEST_P(BadUsers, AreRefusedByField) {
    const auto& bad = GetParam();
    const auto response = create(bad.changes);
    expect_error(response, bad.status, bad.status == 422 ? "Validation Failed" : "", "", bad.field);
}

INSTANTIATE_TEST_SUITE_P(
    Fields,
    BadUsers,
    testing::Values(
        BadUser{"no_name", {{"name", nullptr}}, 422, "name"},
        BadUser{"empty_name", {{"name", ""}}, 422, "name"},
        BadUser{"no_email", {{"email", nullptr}}, 422, "email"},
        BadUser{"bad_email", {{"email", "not an address"}}, 422, "email"},
        BadUser{"named_email", {{"email", "Bo <bo@example.test>"}}, 422, "email"},
        BadUser{"no_password", {{"password", nullptr}}, 422, "password"},
        BadUser{"short_password", {{"password", "Sh0rt!"}}, 422, "password"},
        BadUser{"no_digit", {{"password", "Strong-password!"}}, 422, "password"},
        BadUser{"no_symbol", {{"password", "Str0ngPassw0rd1"}}, 422, "password"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(User, RoleProblemsCarryACodeInsteadOfErrors) {
    for (const json& roles :
         {json{{"global_role", nullptr}},
          json{{"global_role", "emperor"}},
          json{{"global_role", "gitops"}},
          json{{"global_role", ""}}}) {
        const auto response = create(roles);
        EXPECT_EQ(response.status, 422) << roles << response.text();
        EXPECT_TRUE(response.json()["code"].is_number()) << response.text();
        EXPECT_FALSE(response.json().contains("errors")) << response.text();
    }
}

TEST_F(User, ATakenAddressIsAConflict) {
    const auto email = unique_name("taken") + "@example.test";
    ASSERT_EQ(create({{"email", email}}).status, 200);
    EXPECT_EQ(create({{"email", email}}).status, 409);
    EXPECT_EQ(create({{"email", "T" + email.substr(1)}}).status, 409) << "in any case";
}

TEST_F(User, ListSearchesSortsAndPages) {
    const auto stem = unique_name("zed");
    for (const auto* suffix : {"c", "a", "b"})
        create({{"name", stem + suffix}});
    const auto names = [&](const std::string& more) {
        std::vector<std::string> found;
        const auto answer = admin.get("/users?query=" + stem + more).json();
        for (const auto& user : answer.at("users"))
            found.push_back(user["name"]);
        return found;
    };
    EXPECT_EQ(names("&order_key=name"), (std::vector{stem + "a", stem + "b", stem + "c"}));
    EXPECT_EQ(
        names("&order_key=name&order_direction=desc&per_page=2"),
        (std::vector{stem + "c", stem + "b"})
    );
    EXPECT_EQ(names("&order_key=name&page=1&per_page=2"), (std::vector{stem + "c"}));
    EXPECT_TRUE(names("-nobody").empty());
    const auto answer = admin.get("/users").json();
    EXPECT_FALSE(answer.contains("meta"));
    EXPECT_FALSE(answer.contains("count"));
}

TEST_F(User, IsEditedByOthersAndItself) {
    auto user = admin.create_user("observer");
    const auto path = "/users/" + user.get("/me").json()["user"]["id"].dump();
    EXPECT_EQ(
        admin.patch(path, {{"global_role", "maintainer"}}).json()["user"]["global_role"],
        "maintainer"
    );
    EXPECT_EQ(
        user.patch(path, {{"name", "Self"}, {"position", "Boss"}}).json()["user"]["position"],
        "Boss"
    );
    expect_error(user.patch(path, {{"name", ""}}), 422, "Validation Failed", "", "name");
    const auto settings = user.patch(path, {{"settings", {{"hidden_host_columns", {"uuid"}}}}});
    EXPECT_EQ(settings.status, 200);
    EXPECT_EQ(
        user.get("/me?include_ui_settings=1").json()["settings"]["hidden_host_columns"],
        json::array({"uuid"})
    );
}

TEST_F(User, OwnPasswordNeedsTheOldOneAnAdminDoesNot) {
    auto user = admin.create_user("observer");
    const auto path = "/users/" + user.get("/me").json()["user"]["id"].dump();
    expect_error(
        user.patch(path, {{"password", "Wr0ng-passw0rd!"}, {"new_password", "An0ther-passw0rd!"}}),
        403,
        "Permission Denied",
        "incorrect password"
    );
    EXPECT_EQ(admin.patch(path, {{"new_password", "An0ther-passw0rd!"}}).status, 200);
    EXPECT_EQ(user.get("/me").status, 401) << "a new password ends all sessions";
    EXPECT_EQ(user.login(user.email(), "An0ther-passw0rd!").status, 200);
}

TEST_F(User, DeletedUsersAreGone) {
    auto user = admin.create_user("observer");
    const auto path = "/users/" + user.get("/me").json()["user"]["id"].dump();
    EXPECT_EQ(admin.del(path).status, 200);
    EXPECT_EQ(user.get("/me").status, 401);
    expect_error(admin.get(path), 404, "Resource Not Found");
    EXPECT_EQ(admin.del(path).status, 404);
}

TEST_F(User, TheLastAdminStays) {
    const auto everybody = admin.get("/users").json();
    for (const auto& user : everybody.at("users")) {
        if (user["global_role"] == "admin" && user["email"] != kAdminEmail) {
            ASSERT_EQ(admin.del("/users/" + user["id"].dump()).status, 200);
        }
    }
    const auto path = "/users/" + admin.get("/me").json()["user"]["id"].dump();
    expect_error(
        admin.del(path), 422, "Validation Failed", "cannot delete the last global admin", "id"
    );
    expect_error(
        admin.patch(path, {{"global_role", "observer"}}),
        422,
        "Validation Failed",
        "cannot demote the last global admin",
        "global_role"
    );
    EXPECT_EQ(admin.get("/me").status, 200);
}

}  // namespace
}  // namespace fleet::test
