// Beyond Fleet: a state for each targeted host, and results that outlive the tab.
#include <map>

#include "integration/api/live_fixture.hpp"

namespace fleet::test {
namespace {

class LiveDetail : public LiveTest {
protected:
    std::unique_ptr<ResultsSocket> attach_with_detail(std::uint64_t campaign) {
        auto socket = std::make_unique<ResultsSocket>(admin.endpoint());
        socket->authenticate(admin.token());
        socket->select_with_detail(campaign);
        return socket;
    }

    /// Reads until the host has that state; returns its entry.
    static json await_state(ResultsSocket& socket, std::uint64_t host, const std::string& state) {
        json found;
        socket.until([&](const json& message) {
            if (!is(message, "hosts")) return false;
            for (const auto& entry : message["data"]) {
                if (entry["id"] == host && entry["state"] == state) found = entry;
            }
            return !found.is_null();
        });
        return found;
    }

    FakeAgent agent = stack.enrolled("detail");
};

TEST_F(LiveDetail, EveryHostHasAState) {
    auto broken = stack.enrolled("detail-broken");
    auto away = stack.enrolled("detail-away");
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent), id_of(broken), id_of(away)});
    auto socket = attach_with_detail(campaign);

    std::map<std::uint64_t, json> states;
    socket->until([&](const json& message) {
        if (is(message, "hosts")) {
            for (const auto& entry : message["data"])
                states[entry["id"]] = entry;
        }
        return states.size() == 3;
    });
    ASSERT_EQ(states.size(), 3U);
    EXPECT_EQ(states[id_of(away)]["state"], "waiting");
    EXPECT_EQ(states[id_of(away)]["hostname"], away.machine().hostname);

    respond(agent, campaign, {{{"1", "1"}}, {{"1", "2"}}});
    fail(broken, campaign, "no such column: x");

    EXPECT_EQ(await_state(*socket, id_of(agent), "answered").value("rows", 0), 2);
    socket->close();
    auto again = attach_with_detail(campaign);
    EXPECT_EQ(await_state(*again, id_of(broken), "failed").value("error", ""), "no such column: x");
    again->close();
}

TEST_F(LiveDetail, ClassicClientsNeverSeeTheNewMessages) {
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach(campaign);
    respond(agent, campaign, {{{"1", "1"}}});
    const auto seen = socket->until([](const json& m) {
        return is(m, "status") && m["data"]["status"] == "finished";
    });
    for (const auto& message : seen)
        EXPECT_FALSE(is(message, "hosts"));
    socket->close();
}

TEST_F(LiveDetail, ResultsOutliveTheTab) {
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach_with_detail(campaign);
    respond(agent, campaign, {{{"1", "kept"}}});
    ASSERT_FALSE(socket->until([](const json& m) { return is(m, "result"); }).empty());
    socket->close();

    auto again = attach_with_detail(campaign);

    const auto seen = again->until([](const json& m) { return is(m, "result"); });
    ASSERT_FALSE(seen.empty()) << "the results were not replayed";
    EXPECT_EQ(seen.back()["data"]["rows"][0]["1"], "kept");
    again->close();
}

TEST_F(LiveDetail, AReloadDoesNotEndTheRun) {
    // live_query.disconnect_grace holds the campaign for clients that know about details.
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach_with_detail(campaign);
    ASSERT_FALSE(socket->until([](const json& m) { return is(m, "status"); }).empty());
    socket->close();

    auto again = attach_with_detail(campaign);
    respond(agent, campaign, {{{"1", "later"}}});

    const auto seen = again->until([](const json& m) { return is(m, "result"); });
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back()["data"]["rows"][0]["1"], "later");
    again->close();
}

TEST_F(LiveDetail, AClientThatStopsIsNotWaitedFor) {
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach_with_detail(campaign);
    ASSERT_FALSE(socket->until([](const json& m) { return is(m, "status"); }).empty());

    socket->send({{"type", "stop"}});

    EXPECT_TRUE(socket->until([](const json&) { return false; }, seconds{5}).empty());
    EXPECT_TRUE(socket->closed());
    const auto name = "fleet_distributed_query_" + std::to_string(campaign);
    EXPECT_TRUE(eventually([&] { return !agent.read().json()["queries"].contains(name); }));
}

TEST_F(LiveDetail, TwoReadersOfOneOwnerBothSeeEverything) {
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto first = attach_with_detail(campaign);
    auto second = attach_with_detail(campaign);
    respond(agent, campaign, {{{"1", "both"}}});
    for (auto* socket : {first.get(), second.get()}) {
        EXPECT_FALSE(socket->until([](const json& m) { return is(m, "result"); }).empty());
    }
    first->close();
    second->close();
}

TEST_F(LiveDetail, ASlowReaderLosesNothingAndStopsNobody) {
    std::vector<std::unique_ptr<FakeAgent>> agents;
    std::vector<std::uint64_t> ids;
    for (int i = 0; i < 6; ++i) {
        agents.push_back(std::make_unique<FakeAgent>(stack.enrolled("slow")));
        ids.push_back(id_of(*agents.back()));
    }
    const auto campaign = admin.run_query("SELECT 1", ids);
    auto socket = attach(campaign);
    json rows = json::array();
    for (int i = 0; i < 2000; ++i)
        rows.push_back({{"text", std::string(400, 'r')}});

    // About 5 MiB pile up while nobody reads; agents must still be answered at once.
    for (auto& one : agents) {
        const auto start = std::chrono::steady_clock::now();
        respond(*one, campaign, rows);
        EXPECT_LT(std::chrono::steady_clock::now() - start, seconds{8});
    }

    std::size_t received = 0;
    socket->until(
        [&](const json& m) {
            if (is(m, "result")) received += m["data"]["rows"].size();
            return received == rows.size() * ids.size();
        },
        seconds{30}
    );
    EXPECT_EQ(received, rows.size() * ids.size());
    socket->close();
}

}  // namespace
}  // namespace fleet::test
