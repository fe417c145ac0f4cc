// Policies over the wire: agent-api B.7, rest-api-a 13.
#include <future>
#include <thread>

#include "integration/api/policy_fixture.hpp"

namespace fleet::test {
namespace {

class PolicyAgent : public PolicyTest {};

TEST_F(PolicyAgent, ANewPolicyIsAskedSoonAndCountsMoveAtOnce) {
    auto agent = stack.enrolled("soon");
    const auto id = create_id({{"query", "SELECT 1 WHERE 5 > 4"}});
    EXPECT_EQ(agent.await_query(query_name(id)), "SELECT 1 WHERE 5 > 4");
    const json asked = agent.read().json();
    EXPECT_EQ(asked["discovery"][query_name(id)], "SELECT 1");
    EXPECT_FALSE(asked["queries"].contains("fleet_no_policies_wildcard"));

    answer(agent, id, "fail");
    EXPECT_EQ(counts_of(id), "0/1");
    EXPECT_FALSE(policy(id)["host_count_updated_at"].is_null());
    EXPECT_EQ(agent.read().json()["queries"], json::object()) << "asked and answered";

    expect_agent_ok(agent.write(write_body({{id, "pass"}})));
    EXPECT_EQ(counts_of(id), "1/0");
    expect_agent_ok(agent.write(write_body({{id, "error"}})));
    EXPECT_EQ(counts_of(id), "0/0") << "a failed query is no failing policy";
    EXPECT_EQ(agent.read().json()["queries"], json::object()) << "not asked again for that";
}

TEST_F(PolicyAgent, AnswersThatSayNothingAreHarmless) {
    auto agent = stack.enrolled("odd");
    const auto id = create_id();
    answer(agent, id, "pass");
    expect_agent_ok(agent.write(write_body({{"99999999", "fail"}, {id, "pass"}})));
    expect_agent_ok(agent.write(write_body({{"1073741824", "fail"}, {"x", "fail"}})));
    expect_agent_ok(agent.write(write_body({{"18446744073709551615", "fail"}})));
    // Statuses as text, from old agents.
    json old = write_body({{id, "fail"}});
    old["statuses"][query_name(id)] = "0";
    expect_agent_ok(agent.write(old));
    EXPECT_EQ(counts_of(id), "0/1");
    // The same again, as a repeated request.
    expect_agent_ok(agent.write(old));
    EXPECT_EQ(counts_of(id), "0/1");
    // Deleted meanwhile.
    admin.post("/policies/delete", {{"ids", {std::stoi(id)}}});
    expect_agent_ok(agent.write(old));
    EXPECT_EQ(
        stack.sql().value("SELECT COUNT(*) FROM policy_membership WHERE policy_id = " + id), "0"
    );
}

TEST_F(PolicyAgent, OnlyHostsInScopeAreAskedAndCounted) {
    auto linux = stack.enrolled("scope");
    auto mac = stack.enrolled("scope-mac", "darwin");
    const auto label = make_label(true, mac);
    refetch(mac);
    mac.check_in();
    const auto for_macs = create_id({{"platform", "darwin"}});
    const auto labelled = create_id({{"labels_include_any", {label}}});
    const auto not_labelled = create_id({{"labels_exclude_any", {label}}});
    const auto of_team = create({}, "/teams/" + make_team() + "/policies")["id"].dump();
    const auto of_none = create({}, "/teams/0/policies")["id"].dump();
    const auto asked_of = [&](FakeAgent& agent, const std::string& marker) {
        EXPECT_FALSE(agent.await_query(query_name(marker)).empty());
        return keys_of(agent.read().json()["queries"]);
    };
    const auto of_mac = asked_of(mac, for_macs);
    EXPECT_THAT(of_mac, Contains(query_name(labelled)));
    EXPECT_THAT(of_mac, Not(Contains(query_name(not_labelled))));
    EXPECT_THAT(of_mac, Contains(query_name(of_none)));
    EXPECT_THAT(of_mac, Not(Contains(query_name(of_team))));
    const auto of_linux = asked_of(linux, not_labelled);
    EXPECT_THAT(of_linux, Not(Contains(query_name(for_macs))));
    EXPECT_THAT(of_linux, Not(Contains(query_name(labelled))));
    expect_agent_ok(linux.write(write_body({{for_macs, "fail"}, {of_team, "fail"}})));
    EXPECT_EQ(counts_of(for_macs), "0/0") << "not its policy";
    EXPECT_EQ(counts_of(of_team), "0/0");
}

TEST_F(PolicyAgent, AChangedQueryStartsOver) {
    auto agent = stack.enrolled("changed");
    const auto id = create_id({{"query", "SELECT 1"}});
    answer(agent, id, "fail");
    ASSERT_EQ(counts_of(id), "0/1");
    const auto changed = admin.patch("/policies/" + id, {{"query", "SELECT 2"}}).json()["policy"];
    EXPECT_EQ(counts(changed), "0/0");
    EXPECT_TRUE(changed["host_count_updated_at"].is_null());
    EXPECT_TRUE(eventually([&] {
        return agent.read().json()["queries"].value(query_name(id), "") == "SELECT 2";
    }));
    answer(agent, id, "pass");
    EXPECT_EQ(counts_of(id), "1/0");
    EXPECT_EQ(admin.post("/policies/" + id + "/reset").status, 200);
    EXPECT_EQ(counts_of(id), "0/0");
    answer(agent, id, "pass");
    EXPECT_EQ(counts_of(id), "1/0");
}

TEST_F(PolicyAgent, ANarrowerPolicyForgetsHostsThatItIsNotFor) {
    auto linux = stack.enrolled("narrow");
    auto mac = stack.enrolled("narrow-mac", "darwin");
    const auto id = create_id();
    answer(linux, id, "fail");
    answer(mac, id, "fail");
    ASSERT_EQ(counts_of(id), "0/2");
    const auto changed = admin.patch("/policies/" + id, {{"platform", "darwin"}}).json()["policy"];
    EXPECT_EQ(counts(changed), "0/1");
    EXPECT_EQ(get("/hosts/" + host_id(linux))["host"]["issues"]["failing_policies_count"], 0);
}

TEST_F(PolicyAgent, CountsFollowDeletedAndReenrolledHosts) {
    auto gone = stack.enrolled("gone");
    auto again = stack.enrolled("again");
    const auto id = create_id();
    answer(gone, id, "fail");
    answer(again, id, "pass");
    ASSERT_EQ(counts_of(id), "1/1");
    ASSERT_EQ(admin.del("/hosts/" + host_id(gone)).status, 200);
    EXPECT_EQ(counts_of(id), "1/0");
    again.enroll();
    EXPECT_EQ(counts_of(id), "0/0") << "agent-api B.2";
    answer(again, id, "pass");
    EXPECT_EQ(counts_of(id), "1/0");
}

TEST_F(PolicyAgent, CountsFollowAHostToItsNewTeam) {
    auto agent = stack.enrolled("moves");
    const auto global = create_id();
    const auto of_none = create(json::object(), "/teams/0/policies")["id"].dump();
    answer(agent, global, "fail");
    expect_agent_ok(agent.write(write_body({{global, "fail"}, {of_none, "fail"}})));
    ASSERT_EQ(counts_of(of_none), "0/1");
    const auto team = make_team();
    const auto own = create(json::object(), "/teams/" + team + "/policies")["id"].dump();
    const auto moved = admin.post(
        "/hosts/transfer", {{"team_id", std::stoi(team)}, {"hosts", {std::stoi(host_id(agent))}}}
    );
    ASSERT_EQ(moved.status, 200) << moved.text();
    EXPECT_EQ(counts_of(of_none), "0/0");
    EXPECT_EQ(counts_of(global), "0/1");
    const json list = get("/teams/" + team + "/policies");
    for (const auto& one : list["inherited_policies"]) {
        if (one["id"].dump() == global) {
            EXPECT_EQ(counts(one), "0/1");
        }
    }
    answer(agent, own, "pass");
    EXPECT_EQ(counts_of(own), "1/0");
}

TEST_F(PolicyAgent, AHostThatJoinsALabelIsAskedItsPolicies) {
    auto agent = stack.enrolled("joins");
    const auto name = unique_name("manual");
    const auto made = admin.post("/labels", {{"name", name}, {"host_ids", json::array()}});
    ASSERT_EQ(made.status, 200) << made.text();
    const auto label = made.json()["label"]["id"].dump();
    const auto id = create_id({{"labels_include_any", {name}}});
    agent.check_in();
    EXPECT_EQ(agent.read().json()["queries"], json::object());
    const json member = {{"host_ids", {std::stoi(host_id(agent))}}};
    ASSERT_EQ(admin.patch("/labels/" + label, member).status, 200);
    answer(agent, id, "fail");
    EXPECT_EQ(counts_of(id), "0/1");
    ASSERT_EQ(admin.patch("/labels/" + label, {{"host_ids", json::array()}}).status, 200);
    EXPECT_TRUE(eventually([&] {
        agent.check_in();
        return counts_of(id) == "0/0";
    }));
}

TEST_F(PolicyAgent, TheHostShowsItsPolicies) {
    auto agent = stack.enrolled("shows");
    const auto failing = create({{"critical", true}, {"resolution", "mend it"}});
    const auto unanswered = create_id({{"platform", "linux"}});
    answer(agent, failing["id"].dump(), "fail");
    expect_agent_ok(agent.write(write_body({{unanswered, "error"}})));
    const auto id = host_id(agent);
    const json host = get("/hosts/" + id)["host"];
    ASSERT_GE(host["policies"].size(), 2U);
    EXPECT_EQ(host["policies"][0]["id"], failing["id"]);
    EXPECT_EQ(host["policies"][0]["response"], "fail");
    EXPECT_FALSE(host["policies"][0].contains("passing_host_count"));
    EXPECT_EQ(host["policies"][1]["id"].dump(), unanswered);
    EXPECT_EQ(host["policies"][1]["response"], "");
    for (std::size_t i = 2; i < host["policies"].size(); ++i)
        EXPECT_EQ(host["policies"][i]["response"], "pass");
    EXPECT_EQ(host["issues"]["failing_policies_count"], 1);
    EXPECT_EQ(host["issues"]["total_issues_count"], 1);
    EXPECT_NE(host["policy_updated_at"], "1970-01-02T00:00:00Z");

    const json health = get("/hosts/" + id + "/health")["health"];
    EXPECT_EQ(health["failing_policies_count"], 1);
    EXPECT_EQ(health["failing_critical_policies_count"], 1);
    EXPECT_EQ(
        health["failing_policies"],
        json::array(
            {{{"id", failing["id"]},
              {"name", failing["name"]},
              {"critical", true},
              {"resolution", "mend it"}}}
        )
    );
}

TEST_F(PolicyAgent, HostsAreFoundByTheirAnswers) {
    auto fails = stack.enrolled("by-fail"), passes = stack.enrolled("by-pass");
    auto silent = stack.enrolled("by-none");
    const auto id = create_id();
    answer(fails, id, "fail");
    answer(passes, id, "pass");
    answer(silent, id, "error");
    const auto found = [&](const std::string& query) {
        std::vector<std::string> out;
        const json list = get("/hosts?" + query);
        for (const auto& host : list["hosts"])
            out.push_back(host["uuid"]);
        EXPECT_EQ(get("/hosts/count?" + query)["count"], out.size());
        return out;
    };
    const auto policy = "policy_id=" + id;
    EXPECT_THAT(
        found(policy), testing::UnorderedElementsAre(fails.machine().uuid, passes.machine().uuid)
    );
    EXPECT_THAT(
        found(policy + "&policy_response=failing"), testing::ElementsAre(fails.machine().uuid)
    );
    EXPECT_THAT(
        found(policy + "&policy_response=passing"), testing::ElementsAre(passes.machine().uuid)
    );
    EXPECT_THAT(found("policy_id=99999999"), testing::IsEmpty());
    expect_error(admin.get("/hosts?policy_id=x"), 400, "", "Invalid policy_id: x");
    expect_error(
        admin.get("/hosts?policy_id=1&policy_response=maybe"),
        400,
        "",
        "Invalid policy_response: maybe"
    );
    expect_error(admin.get("/hosts?policy_response=passing"), 400);

    const json sorted = get("/hosts?" + policy + "&order_key=issues&order_direction=desc");
    EXPECT_EQ(sorted["hosts"][0]["uuid"], fails.machine().uuid);
    EXPECT_EQ(sorted["hosts"][0]["issues"]["failing_policies_count"], 1);
    EXPECT_FALSE(sorted["hosts"][0].contains("policies"));
    const json plain = get("/hosts?" + policy + "&disable_issues=true&order_key=id");
    EXPECT_EQ(plain["hosts"][0]["issues"]["failing_policies_count"], 0);
    const json full = get("/hosts?populate_policies=true&policy_response=failing&" + policy);
    EXPECT_EQ(full["hosts"][0]["policies"][0]["response"], "fail");
    const auto csv = admin.get("/hosts/report?format=csv&columns=uuid,issues&" + policy);
    EXPECT_THAT(csv.body, HasSubstr(fails.machine().uuid + ",1"));
}

TEST_F(PolicyAgent, FailuresWithAutomationsAreNotedForThem) {
    auto agent = stack.enrolled("automated");
    const auto with = create_id(), without = create_id();
    const auto set = [&](const json& ids) {
        const auto changed = admin.patch(
            "/config",
            {{"webhook_settings",
              {{"failing_policies_webhook",
                {{"enable_failing_policies_webhook", true},
                 {"destination_url", "https://example.test/hook"},
                 {"policy_ids", ids}}}}}}
        );
        EXPECT_EQ(changed.status, 200) << changed.text();
    };
    set({std::stoi(with)});
    answer(agent, with, "pass");
    const auto events = [&](const std::string& id) {
        return stack.sql().value(
            "SELECT COUNT(*) FROM policy_automation_events WHERE policy_id = " + id
        );
    };
    expect_agent_ok(agent.write(write_body({{with, "fail"}, {without, "fail"}})));
    EXPECT_EQ(events(with), "1");
    EXPECT_EQ(events(without), "0");
    stack.sql().execute("DELETE FROM policy_automation_events");
    expect_agent_ok(agent.write(write_body({{with, "fail"}})));
    EXPECT_EQ(events(with), "0") << "only the change counts";
    const json both = {std::stoi(with), std::stoi(without)};
    EXPECT_EQ(admin.post("/automations/reset", {{"policy_ids", both}}).json(), json::object());
    EXPECT_EQ(events(with), "1");
    EXPECT_EQ(events(without), "0") << "not enabled, skipped";
    expect_error(admin.post("/automations/reset", {{"policy_ids", {99999999}}}), 404);
    set(json::array());
}

TEST_F(PolicyAgent, InheritedCountsAreOfTheTeamsHosts) {
    auto agent = stack.enrolled("inherits");
    const auto id = create_id();
    answer(agent, id, "fail");
    const auto team = make_team();
    const auto inherited = [&](const std::string& of) {
        const json list =
            get("/teams/" + of + "/policies?query=" + policy(id)["name"].get<std::string>());
        return counts(list["inherited_policies"][0]);
    };
    EXPECT_EQ(inherited(team), "0/0");
    EXPECT_EQ(inherited("0"), "0/1");
}

TEST_F(PolicyAgent, AHeldReadIsAnsweredWhenAPolicyComes) {
    static Stack held{{.flags = {"--osquery_distributed_hold=10s"}}};
    auto person = held.admin();
    auto agent = held.agent("held");
    agent.enroll();
    agent.check_in();
    auto read = std::async(std::launch::async, [&] { return agent.read(); });
    std::this_thread::sleep_for(milliseconds{400});  // until it is held
    const auto start = std::chrono::steady_clock::now();
    const auto made = person.post("/policies", {{"name", "p"}, {"query", "SELECT 1"}}).json();
    const auto answer = read.get().json();
    EXPECT_TRUE(answer["queries"].contains(query_name(made["policy"]["id"].dump())))
        << answer.dump();
    EXPECT_LT(std::chrono::steady_clock::now() - start, seconds{5});
}

}  // namespace
}  // namespace fleet::test
