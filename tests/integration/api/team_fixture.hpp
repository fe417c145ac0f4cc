#pragma once

#include "integration/api/api_test.hpp"

namespace fleet::test {

/// Teams of its own for each test.
class TeamTest : public ApiTest {
protected:
    json create(const json& fields = json::object()) {
        json body = {{"name", unique_name("team")}};
        body.update(fields);
        const auto response = admin.post("/teams", body);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json().value("team", json::object());
    }
    static std::string path_of(const json& team, const std::string& rest = "") {
        return "/teams/" + team["id"].dump() + rest;
    }
    json fetch(const json& team) { return admin.get(path_of(team)).json()["team"]; }

    /// The newest activity of that type.
    json last_activity(const std::string& type) {
        const auto list = admin.get(
            "/activities?per_page=1&order_key=id&order_direction=desc&activity_type=" + type
        );
        const auto activities = list.json()["activities"];
        return activities.empty() ? json{} : activities[0];
    }

    /// A user with a role on the team and nowhere else.
    AdminClient member(const json& team, const std::string& role) {
        const auto email = unique_name(role) + "@example.test";
        const auto created = admin.post(
            "/users/admin",
            {{"name", role},
             {"email", email},
             {"password", kPassword},
             {"teams", {{{"id", team["id"]}, {"role", role}}}},
             {"admin_forced_password_reset", false},
             {"api_only", role == "gitops"}}
        );
        EXPECT_EQ(created.status, 200) << created.text();
        AdminClient client{admin.endpoint(), created.json().value("token", "")};
        if (client.token().empty()) {
            EXPECT_EQ(client.login(email).status, 200);
        }
        return client;
    }

    /// A machine that enrolled with a secret of the team and answered what it was asked.
    FakeAgent agent_in(const json& team, const std::string& name = "in-team") {
        auto agent = stack.agent(name);
        agent.set_secret(secret_of(team));
        agent.enroll();
        agent.check_in();
        return agent;
    }
    std::string secret_of(const json& team) {
        return admin.get(path_of(team, "/secrets")).json()["secrets"][0]["secret"];
    }
    std::uint64_t id_of(FakeAgent& agent) { return admin.host_id(agent.machine().uuid); }
    json team_of(FakeAgent& agent) { return admin.host(agent.machine().uuid)["team_id"]; }
};

}  // namespace fleet::test
