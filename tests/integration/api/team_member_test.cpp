// Members of teams: rest-api-a 12.8 to 12.10.
#include "integration/api/team_fixture.hpp"

namespace fleet::test {
namespace {

class TeamMember : public TeamTest {
protected:
    json team = create();

    /// A user with a role on another team; the id.
    std::uint64_t make_user() {
        const auto other = create();
        return member(other, "observer").get("/me").json()["user"]["id"];
    }
    Response add(const json& users) {
        return admin.patch(path_of(team, "/users"), {{"users", users}});
    }
    Response remove(const json& users) {
        return admin.send({
            .method = "DELETE",
            .target = "/api/latest/fleet" + path_of(team, "/users"),
            .body = json{{"users", users}}.dump(),
        });
    }
    json members() { return admin.get(path_of(team, "/users")).json()["users"]; }
};

TEST_F(TeamMember, AreAddedChangedAndRemoved) {
    const auto id = make_user();
    const auto added = add({{{"id", id}, {"role", "observer"}}});
    ASSERT_EQ(added.status, 200) << added.text();
    ASSERT_EQ(added.json()["team"]["users"].size(), 1U);
    EXPECT_EQ(added.json()["team"]["users"][0]["id"], id);
    EXPECT_EQ(added.json()["team"]["users"][0]["role"], "observer");
    EXPECT_EQ(added.json()["team"]["user_count"], 1);
    const auto activity = last_activity("changed_user_team_role");
    EXPECT_EQ(activity["details"]["user_id"], id);
    EXPECT_EQ(activity["details"]["role"], "observer");
    EXPECT_EQ(activity["details"]["team_name"], team["name"]);

    EXPECT_EQ(add({{{"id", id}, {"role", "maintainer"}}}).status, 200);
    ASSERT_EQ(members().size(), 1U);
    EXPECT_EQ(members()[0]["role"], "maintainer");
    EXPECT_EQ(members()[0]["teams"].size(), 2U) << "other roles stay";

    const auto removed = remove({{{"id", id}}});
    ASSERT_EQ(removed.status, 200) << removed.text();
    EXPECT_EQ(removed.json()["team"]["users"], json::array());
    EXPECT_EQ(last_activity("deleted_user_team_role")["details"]["role"], "maintainer");
    EXPECT_EQ(remove({{{"id", id}}}).status, 200) << "removing again changes nothing";
}

TEST_F(TeamMember, ArePagedAndSearched) {
    member(team, "observer");
    member(team, "admin");
    EXPECT_EQ(members().size(), 2U);
    EXPECT_EQ(
        admin.get(path_of(team, "/users?per_page=1&page=1&order_key=name")).json()["users"].size(),
        1U
    );
    EXPECT_EQ(admin.get(path_of(team, "/users?query=admin")).json()["users"].size(), 1U);
}

TEST_F(TeamMember, BadOnesChangeNothing) {
    const auto id = make_user();
    const auto global = admin.get("/me").json()["user"]["id"];
    expect_error(
        add({{{"id", id}, {"role", "observer"}}, {{"id", 999999}, {"role", "observer"}}}), 422
    );
    expect_error(add({{{"id", global}, {"role", "observer"}}}), 422, "", "", "users");
    for (const auto* role : {"king", ""}) {
        const auto bad_role = add({{{"id", id}, {"role", role}}});
        EXPECT_EQ(bad_role.status, 422) << bad_role.text();
        EXPECT_EQ(bad_role.json()["code"], 1);
    }
    EXPECT_EQ(add({{{"id", id}, {"role", "gitops"}}}).status, 422) << "for API-only users";
    EXPECT_EQ(add("text").status, 400);
    EXPECT_EQ(members(), json::array());
}

}  // namespace
}  // namespace fleet::test
