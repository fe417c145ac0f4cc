// Who may do what with teams: rest-api-a 7.1 and 7.2.
#include "integration/api/team_fixture.hpp"

namespace fleet::test {
namespace {

const std::vector<std::string> kRoles = {
    "admin", "maintainer", "technician", "observer_plus", "observer", "gitops"};

struct Row {
    const char* method;
    const char* path;  // {team} {other} {user} {host} {name} are made fresh; {zero}: id 0
    const char* body;
    const char* global;  // one letter a role of kRoles: Y allowed, - denied
    const char* own;     // the role is held on {team}
};

const Row kRows[] = {
    {"GET", "/teams", "", "YYYYYY", "YYYYYY"},
    {"GET", "/teams/{team}", "", "YYYYY-", "YYYYY-"},
    {"GET", "/teams/{other}", "", "YYYYY-", "------"},
    {"GET", "/teams/0", "", "YYYYYY", "------"},
    {"PATCH", "/teams/0", "{}", "Y----Y", "------"},
    {"DELETE", "/teams/{other}", "", "Y----Y", "------"},
    {"POST", "/teams", R"({"name":"{name}"})", "Y----Y", "------"},
    {"PATCH", "/teams/{team}", R"({"description":"d"})", "Y----Y", "Y----Y"},
    {"PATCH", "/teams/{other}", R"({"description":"d"})", "Y----Y", "------"},
    {"POST", "/teams/{team}/agent_options", "{}", "Y----Y", "Y----Y"},
    {"POST", "/teams/{other}/agent_options", "{}", "Y----Y", "------"},
    {"POST", "/spec/teams", R"({"specs":[{"name":"{team_name}"}]})", "Y----Y", "Y----Y"},
    {"POST", "/spec/teams", R"({"specs":[{"name":"{other_name}"}]})", "Y----Y", "------"},
    {"POST", "/spec/teams", R"({"specs":[{"name":"{name}"}]})", "Y----Y", "------"},
    {"GET", "/teams/{team}/users", "", "YYYYY-", "YYYYY-"},
    {"PATCH",
     "/teams/{team}/users",
     R"({"users":[{"id":{user},"role":"observer"}]})",
     "Y-----",
     "Y-----"},
    {"PATCH",
     "/teams/{other}/users",
     R"({"users":[{"id":{user},"role":"observer"}]})",
     "Y-----",
     "------"},
    {"DELETE", "/teams/{team}/users", R"({"users":[{"id":{user}}]})", "Y-----", "Y-----"},
    {"GET", "/teams/{team}/secrets", "", "YY----", "YY----"},
    {"GET", "/teams/{other}/secrets", "", "YY----", "------"},
    {"PATCH", "/teams/{team}/secrets", R"({"secrets":[{"secret":"{name}"}]})", "YY----", "YY----"},
    {"PATCH", "/teams/{other}/secrets", R"({"secrets":[{"secret":"{name}"}]})", "YY----", "------"},
    {"GET", "/spec/enroll_secret", "", "YY----", "------"},
    {"POST",
     "/hosts/transfer",
     R"({"team_id":{team},"hosts":[{host_of_team}]})",
     "YYY--Y",
     "YYY--Y"},
    {"POST", "/hosts/transfer", R"({"team_id":{team},"hosts":[{host}]})", "YYY--Y", "------"},
    {"POST", "/hosts/transfer", R"({"team_id":null,"hosts":[{host_of_team}]})", "YYY--Y", "------"},
    {"POST", "/hosts/transfer", R"({"team_id":{other},"hosts":[]})", "YYY--Y", "------"},
    {"POST",
     "/hosts/transfer/filter",
     R"({"team_id":{team},"filters":{"query":"nothing-has-this-name"}})",
     "YYY--Y",
     "YYY--Y"},
    {"GET", "/hosts?team_id={team}", "", "YYYYY-", "YYYYY-"},
    {"GET", "/hosts?team_id={other}", "", "YYYYY-", "------"},
    {"GET", "/hosts/{host_of_team}", "", "YYYYY-", "YYYYY-"},
    {"GET", "/hosts/{host}", "", "YYYYY-", "------"},
    {"POST",
     "/queries",
     R"({"name":"{name}","query":"SELECT 1","team_id":{team}})",
     "YY---Y",
     "YY---Y"},
    {"POST",
     "/queries",
     R"({"name":"{name}","query":"SELECT 1","team_id":{other}})",
     "YY---Y",
     "------"},
    {"GET", "/users?team_id={team}", "", "YYYYY-", "Y-----"},
};

class TeamRole : public TeamTest, public testing::WithParamInterface<std::size_t> {
protected:
    std::string filled(std::string text) {
        const auto replace = [&](const std::string& mark,
                                 const std::function<std::string()>& make) {
            if (const auto at = text.find(mark); at != std::string::npos)
                text.replace(at, mark.size(), make());
        };
        replace("{team}", [&] { return team["id"].dump(); });
        replace("{team_name}", [&] { return team["name"].get<std::string>(); });
        replace("{other}", [&] { return create()["id"].dump(); });
        replace("{other_name}", [&] { return create()["name"].get<std::string>(); });
        replace("{name}", [&] { return unique_name("by-role"); });
        replace("{user}", [&] {
            return member(create(), "observer").get("/me").json()["user"]["id"].dump();
        });
        replace("{host}", [&] {
            auto agent = stack.agent("by-role");
            agent.enroll();
            return std::to_string(id_of(agent));
        });
        replace("{host_of_team}", [&] {
            auto agent = stack.agent("by-role");
            agent.set_secret(secret_of(team));
            agent.enroll();
            return std::to_string(id_of(agent));
        });
        return text;
    }
    void try_all(AdminClient& user, const char* Row::*allowed) {
        for (const auto& row : kRows) {
            SCOPED_TRACE(std::string{row.method} + " " + row.path + " " + row.body);
            const auto response = user.send({
                .method = row.method,
                .target = "/api/latest/fleet" + filled(row.path),
                .body = filled(row.body),
            });
            if ((row.*allowed)[GetParam()] == 'Y') {
                EXPECT_EQ(response.status, 200) << response.text();
            } else {
                expect_error(response, 403, "forbidden", "forbidden");
            }
        }
    }

    json team = create();
};

TEST_P(TeamRole, HeldGlobally) {
    auto user = admin.create_user(kRoles[GetParam()]);
    try_all(user, &Row::global);
}

TEST_P(TeamRole, HeldOnTheTeam) {
    auto user = member(team, kRoles[GetParam()]);
    try_all(user, &Row::own);
}

INSTANTIATE_TEST_SUITE_P(
    Roles,
    TeamRole,
    testing::Range(std::size_t{0}, std::size_t{6}),
    [](const auto& test) { return kRoles[test.param]; }
);

using TeamVisibility = TeamTest;

TEST_F(TeamVisibility, AListShowsOnesOwnTeamsOnly) {
    const auto mine = create();
    create();
    auto user = member(mine, "observer");
    const auto teams = user.get("/teams").json()["teams"];
    ASSERT_EQ(teams.size(), 1U);
    EXPECT_EQ(teams[0]["id"], mine["id"]);
}

TEST_F(TeamVisibility, SecretsAreForThoseWhoMayReadThem) {
    const auto team = create();
    auto observer = member(team, "observer");
    auto maintainer = member(team, "maintainer");
    EXPECT_FALSE(observer.get(path_of(team)).json()["team"].contains("secrets"));
    EXPECT_FALSE(observer.get("/teams").json()["teams"][0].contains("secrets"));
    EXPECT_TRUE(maintainer.get(path_of(team)).json()["team"].contains("secrets"));
    EXPECT_TRUE(maintainer.get("/teams").json()["teams"][0].contains("secrets"));
    EXPECT_FALSE(admin.create_user("observer").get(path_of(team)).json()["team"].contains("secrets")
    );
}

TEST_F(TeamVisibility, GitopsMovesNothingByFilter) {
    const auto team = create();
    auto agent = stack.agent("unmoved");
    agent.enroll();
    auto gitops = admin.create_user("gitops");
    const auto response = gitops.post(
        "/hosts/transfer/filter", {{"team_id", team["id"]}, {"filters", json::object()}}
    );
    EXPECT_EQ(response.status, 200) << response.text();
    EXPECT_EQ(team_of(agent), nullptr);
}

}  // namespace
}  // namespace fleet::test
