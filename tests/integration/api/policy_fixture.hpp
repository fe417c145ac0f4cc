#pragma once

#include <map>

#include "integration/api/api_test.hpp"

namespace fleet::test {

/// Policies, and agents that answer them.
class PolicyTest : public ApiTest {
protected:
    json create(const json& changes = json::object(), const std::string& path = "/policies") {
        json body = {{"name", unique_name("policy")}, {"query", "SELECT 1"}};
        if (changes.is_object()) body.update(changes);
        const auto response = admin.post(path, body);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json().at("policy");
    }
    std::string create_id(const json& changes = json::object()) {
        return create(changes)["id"].dump();
    }
    json get(const std::string& path) {
        const auto response = admin.get(path);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json();
    }
    json policy(const std::string& id) { return get("/policies/" + id).at("policy"); }
    /// "passing/failing"
    std::string counts(const json& policy) {
        return policy["passing_host_count"].dump() + "/" + policy["failing_host_count"].dump();
    }
    std::string counts_of(const std::string& id) { return counts(policy(id)); }

    static std::string query_name(const std::string& id) { return "fleet_policy_query_" + id; }
    static json rows(const std::string& answer) {
        return answer == "pass" ? json::array({{{"1", "1"}}}) : json::array();
    }
    /// One write of policy answers: "pass", "fail" or "error" by id.
    static json write_body(const std::map<std::string, std::string>& answers) {
        json body = {{"queries", json::object()}, {"statuses", json::object()}};
        for (const auto& [id, answer] : answers) {
            body["queries"][query_name(id)] = rows(answer);
            body["statuses"][query_name(id)] = answer == "error" ? 1 : 0;
        }
        return body;
    }
    /// Waits until the host is asked the policy, and answers all that it is asked; policies that
    /// are not named pass.
    void answer(FakeAgent& agent, const std::string& id, const std::string& how) {
        json asked;
        ASSERT_TRUE(eventually([&] {
            asked = agent.read().json();
            return asked["queries"].contains(query_name(id));
        }));
        json body = agent.answer(asked);
        body["queries"][query_name(id)] = rows(how);
        body["statuses"][query_name(id)] = how == "error" ? 1 : 0;
        expect_agent_ok(agent.write(body));
    }
    std::string host_id(const FakeAgent& agent) {
        return std::to_string(admin.host_id(agent.machine().uuid));
    }
    void refetch(const FakeAgent& agent) {
        ASSERT_EQ(admin.post("/hosts/" + host_id(agent) + "/refetch").status, 200);
    }
    std::string make_team() {
        const auto name = unique_name("team");
        auto sql = stack.sql();
        sql.execute("INSERT INTO teams (name) VALUES ('" + name + "')");
        return sql.value("SELECT id FROM teams WHERE name = '" + name + "'");
    }
    std::string make_label(bool member, const FakeAgent& agent) {
        const auto name = unique_name("label");
        auto sql = stack.sql();
        sql.execute("INSERT INTO labels (name, query, membership) VALUES ('" + name + "', '', 1)");
        if (member) {
            sql.execute(
                "INSERT INTO label_membership (label_id, host_id) SELECT id, " + host_id(agent) +
                " FROM labels WHERE name = '" + name + "'"
            );
        }
        return name;
    }
};

}  // namespace fleet::test
