// Moving hosts between teams: rest-api-a 13.9 and 13.10.
#include "integration/api/team_fixture.hpp"

namespace fleet::test {
namespace {

class Transfer : public TeamTest {
protected:
    FakeAgent host(const std::string& name = "moved") {
        auto agent = stack.agent(name);
        agent.enroll();
        return agent;
    }
    json team = create();
};

TEST_F(Transfer, PutsHostsIntoATeamAndOutAgain) {
    auto one = host();
    auto two = host();
    const std::vector<std::uint64_t> ids{id_of(two), id_of(one)};

    const auto moved = admin.post("/hosts/transfer", {{"team_id", team["id"]}, {"hosts", ids}});
    EXPECT_EQ(moved.body, "{}\n");

    EXPECT_EQ(team_of(one), team["id"]);
    EXPECT_EQ(admin.get("/hosts/count?team_id=" + team["id"].dump()).json()["count"], 2);
    EXPECT_EQ(fetch(team)["host_count"], 2);
    const auto activity = last_activity("transferred_hosts");
    EXPECT_EQ(activity["details"]["team_id"], team["id"]);
    EXPECT_EQ(activity["details"]["fleet_name"], team["name"]);
    EXPECT_EQ(activity["details"]["host_ids"], (json{ids[1], ids[0]}));
    EXPECT_EQ(
        activity["details"]["host_display_names"],
        (json{one.machine().hostname, two.machine().hostname})
    );

    EXPECT_EQ(admin.post("/hosts/transfer", {{"fleet_id", nullptr}, {"hosts", ids}}).status, 200);
    EXPECT_EQ(team_of(one), nullptr);
    EXPECT_EQ(last_activity("transferred_hosts")["details"]["team_id"], nullptr);
    EXPECT_EQ(last_activity("transferred_hosts")["details"]["team_name"], nullptr);
    ASSERT_EQ(admin.post("/hosts/transfer", {{"team_id", team["id"]}, {"hosts", ids}}).status, 200);
    EXPECT_EQ(admin.post("/hosts/transfer", {{"hosts", ids}}).status, 200) << "absent: no team";
    EXPECT_EQ(team_of(two), nullptr);
}

TEST_F(Transfer, RefusesWhatItCannotDo) {
    auto agent = host();
    const json ids = {id_of(agent)};
    expect_error(
        admin.post("/hosts/transfer", {{"team_id", 999999}, {"hosts", ids}}),
        404,
        "Resource Not Found"
    );
    expect_error(admin.post("/hosts/transfer", {{"team_id", team["id"]}}), 400);
    expect_error(admin.post("/hosts/transfer", {{"team_id", "x"}, {"hosts", ids}}), 400);
    expect_error(
        admin.post("/hosts/transfer", {{"team_id", 1}, {"fleet_id", 1}, {"hosts", ids}}),
        400,
        "",
        "Conflicting field names"
    );
    expect_error(
        admin.post("/hosts/transfer/filter", {{"team_id", team["id"]}}),
        400,
        "Bad request",
        "filters must be specified"
    );
    expect_error(
        admin.post(
            "/hosts/transfer/filter", {{"team_id", team["id"]}, {"filters", {{"surprise", 1}}}}
        ),
        400
    );
    EXPECT_EQ(team_of(agent), nullptr);
    const auto before = last_activity("transferred_hosts");
    EXPECT_EQ(
        admin.post("/hosts/transfer", {{"team_id", team["id"]}, {"hosts", {999999}}}).status, 200
    );
    EXPECT_EQ(last_activity("transferred_hosts"), before) << "nothing moved, nothing to tell";
}

TEST_F(Transfer, ByFilterMovesWhatMatches) {
    auto one = host("filter-me");
    auto other = host("leave-me");
    const auto response = admin.post(
        "/hosts/transfer/filter",
        {{"fleet_id", team["id"]}, {"filters", {{"query", one.machine().hostname}}}}
    );
    ASSERT_EQ(response.status, 200) << response.text();
    EXPECT_EQ(team_of(one), team["id"]);
    EXPECT_EQ(team_of(other), nullptr);

    const auto back = create();
    EXPECT_EQ(
        admin
            .post(
                "/hosts/transfer/filter",
                {{"team_id", back["id"]}, {"filters", {{"fleet_id", team["id"]}}}}
            )
            .status,
        200
    );
    EXPECT_EQ(team_of(one), back["id"]);
    const auto before = last_activity("transferred_hosts");
    EXPECT_EQ(
        admin
            .post(
                "/hosts/transfer/filter",
                {{"team_id", team["id"]}, {"filters", {{"query", "no-such-host-anywhere"}}}}
            )
            .status,
        200
    );
    EXPECT_EQ(last_activity("transferred_hosts"), before);
}

TEST_F(Transfer, ATeamsAdminMovesBetweenHisTeamsOnly) {
    const auto second = create();
    auto user = member(team, "maintainer");
    const auto user_id = user.get("/me").json()["user"]["id"];
    ASSERT_EQ(
        admin
            .patch(
                path_of(second, "/users"), {{"users", {{{"id", user_id}, {"role", "maintainer"}}}}}
            )
            .status,
        200
    );
    auto mine = agent_in(team);
    auto foreign = host();
    const json ids = {id_of(mine)};
    EXPECT_EQ(
        user.post("/hosts/transfer", {{"team_id", second["id"]}, {"hosts", ids}}).status, 200
    );
    EXPECT_EQ(team_of(mine), second["id"]);
    const json both = {id_of(mine), id_of(foreign)};
    expect_error(user.post("/hosts/transfer", {{"team_id", team["id"]}, {"hosts", both}}), 403);
    EXPECT_EQ(team_of(mine), second["id"]) << "one that may not leave refuses the whole";
}

TEST_F(Transfer, HostsOfNoTeamAreAFilterToo) {
    auto inside = agent_in(team, "inside");
    auto outside = host("outside");
    const auto ids_of = [&](const std::string& team_id, FakeAgent& agent) {
        return admin.get("/hosts/count?team_id=" + team_id + "&query=" + agent.machine().hostname)
            .json()["count"];
    };
    EXPECT_EQ(ids_of("0", outside), 1);
    EXPECT_EQ(ids_of("0", inside), 0);
    EXPECT_EQ(ids_of(team["id"].dump(), inside), 1);
    EXPECT_EQ(ids_of(team["id"].dump(), outside), 0);
    const auto host = admin.get("/hosts?team_id=" + team["id"].dump()).json()["hosts"][0];
    for (const auto* key : {"team_id", "fleet_id"})
        EXPECT_EQ(host[key], team["id"]);
    for (const auto* key : {"team_name", "fleet_name"})
        EXPECT_EQ(host[key], team["name"]);
}

}  // namespace
}  // namespace fleet::test
