// Logs on their way to the destination: agent-api A.5, B.6, G.5.
#include "integration/api/api_test.hpp"
#include "support/gzip.hpp"

namespace fleet::test {
namespace {

class AgentLog : public ApiTest {
protected:
    FakeAgent agent = stack.enrolled("log");

    /// The forwarded result lines whose text contains the marker.
    std::vector<json> forwarded(const std::string& marker) const {
        return having(stack.server().result_lines(), marker);
    }

    static std::vector<json> having(
        const std::vector<std::string>& lines, const std::string& marker
    ) {
        std::vector<json> found;
        for (const auto& line : lines) {
            if (line.find(marker) != std::string::npos) found.push_back(json::parse(line));
        }
        return found;
    }
};

TEST_F(AgentLog, StatusLinesAreInTheFileWhenTheAnswerIs) {
    const auto marker = unique_name("status-marker");
    const auto line = status_line(marker);
    expect_agent_ok(agent.log("status", json::array({line})));
    EXPECT_EQ(having(stack.server().status_lines(), marker), std::vector{line});
}

TEST_F(AgentLog, UnknownNamesAreForwardedUnchanged) {
    const auto marker = unique_name("unknown");
    const json lines = json::array({
        event_line("pack/X/" + marker, {{"a", "1"}}),
        event_line(marker, {{"b", "2"}}),
    });
    expect_agent_ok(agent.log("result", lines));
    const auto found = forwarded(marker);
    EXPECT_EQ(json(found), lines);
}

TEST_F(AgentLog, GzipBodiesAreTheSame) {
    const auto marker = unique_name("zipped");
    expect_agent_ok(agent.log_gzip("result", json::array({event_line(marker, {{"a", "1"}})})));
    EXPECT_EQ(forwarded(marker).size(), 1U);
}

TEST_F(AgentLog, EveryLineFormatOfEveryVersionIsAccepted) {
    const auto marker = unique_name("format");
    auto old = event_line(marker + "-old", {{"a", "1"}});
    for (const auto* key : {"unixTime", "epoch", "counter"})
        old[key] = "17";
    auto numerics = event_line(marker + "-numerics", {{"a", 1}, {"b", 2.5}});
    numerics["numerics"] = true;
    auto snapshot_event = event_line(marker + "-snapshot-event", {{"a", "1"}});
    snapshot_event["action"] = "snapshot";
    auto batch = event_line(marker + "-batch", {});
    batch.erase("columns");
    batch.erase("action");
    batch["diffResults"] = {{"added", json::array({{{"a", "1"}}})}, {"removed", ""}};
    const json lines = json::array({
        old,
        numerics,
        snapshot_event,
        batch,
        snapshot_line(marker + "-snapshot", json::array({{{"a", "1"}}}), 1795381515),
        snapshot_line(marker + "-empty", json::array(), 1795381515),
    });

    expect_agent_ok(agent.log("result", lines));

    EXPECT_EQ(forwarded(marker).size(), lines.size());
}

TEST_F(AgentLog, ElementsThatAreNoResultsAreDroppedSilently) {
    const auto marker = unique_name("good");
    const json lines = json::array(
        {1,
         "text",
         nullptr,
         true,
         json::array({1}),
         json::object(),
         {{"name", 5}},
         event_line(marker, {{"a", "1"}})}
    );
    expect_agent_ok(agent.log("result", lines));
    EXPECT_EQ(forwarded(marker).size(), 1U);
}

TEST_F(AgentLog, LinesKeepUnicodeAndEscapes) {
    const auto marker = unique_name("unicode");
    const auto line = event_line(marker, {{"t", std::string{"ä\n\"\\\0 \xE2\x80\xA8", 11}}});
    expect_agent_ok(agent.log("result", json::array({line})));
    EXPECT_EQ(forwarded(marker), std::vector{line});
}

TEST_F(AgentLog, KnownQueriesCarryTheirId) {
    const auto name = unique_name("known");
    const auto id = admin.create_query(name, {{"interval", 60}, {"automations_enabled", true}});
    const auto line = event_line("pack/Global/" + name, {{"a", "1"}});

    // The name becomes known to the check-in path shortly after its creation.
    EXPECT_TRUE(eventually([&] {
        expect_agent_ok(agent.log("result", json::array({line})));
        const auto found = forwarded(name);
        return !found.empty() && found.back().value("query_id", 0U) == id;
    }));
}

TEST_F(AgentLog, QueriesWithoutAutomationsAreNotForwarded) {
    const auto name = unique_name("quiet");
    const auto id = admin.create_query(name, {{"interval", 60}});
    const auto path = "/queries/" + std::to_string(id) + "/report";
    const auto known = [&] { return !admin.get(path).json()["results"].empty(); };
    ASSERT_TRUE(eventually([&] {
        agent.log(
            "result",
            json::array({snapshot_line("pack/Global/" + name, {{{"a", "1"}}}, 1795381515)})
        );
        return known();
    }));
    const auto before = forwarded(name).size();

    agent.log(
        "result", json::array({snapshot_line("pack/Global/" + name, {{{"a", "2"}}}, 1795381520)})
    );

    EXPECT_EQ(forwarded(name).size(), before);
}

TEST_F(AgentLog, UnknownLogTypeIsAnError) {
    expect_agent_error(agent.log("nonsense", json::array()));
}

TEST_F(AgentLog, BodiesUpToTenMebibytesAreTaken) {
    const auto marker = unique_name("large");
    const std::string padding((std::size_t{10} << 20) - 4096, 'x');
    expect_agent_ok(agent.log("status", json::array({status_line(marker + padding)})));
    EXPECT_EQ(having(stack.server().status_lines(), marker).size(), 1U);
}

TEST_F(AgentLog, LargerBodiesAreRefusedWithoutLosingTheKey) {
    const std::string padding((std::size_t{10} << 20) + 4096, 'x');
    const auto lines = json::array({status_line(padding)});
    expect_agent_error(agent.log("status", lines));
    expect_agent_error(agent.log_gzip("status", lines));
    expect_agent_ok(agent.log("status", json::array({status_line("small")})));
}

TEST_F(AgentLog, ADestinationThatFailsMakesTheAgentKeepItsLines) {
    auto& server = stack.add_server({"--filesystem_result_log_file=/dev/full"});
    FakeAgent other{server.endpoint(), make_machine(unique_name("full")), kEnrollSecret};
    ASSERT_FALSE((other.enroll(), other.node_key().empty()));

    const auto response = other.log("result", json::array({event_line("anything", {{"a", "1"}})}));

    expect_agent_error(response);
    EXPECT_EQ(response.status, 413);
    expect_agent_ok(other.log("status", json::array({status_line("goes elsewhere")})));
    server.terminate();
}

}  // namespace
}  // namespace fleet::test
