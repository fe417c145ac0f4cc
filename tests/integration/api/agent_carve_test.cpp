// File carving: agent-api A.8, rest-api-a 16, G.9.
#include "integration/api/api_test.hpp"
#include "support/gzip.hpp"

namespace fleet::test {
namespace {

class AgentCarve : public ApiTest {
protected:
    json begin_body(int count = 3, int block = 100, int size = 250) const {
        return {
            {"block_count", count},
            {"block_size", block},
            {"carve_size", size},
            {"carve_id", unique_name("carve-id")},
            {"request_id", request_id}};
    }

    std::string begin() {
        const auto response = agent.carve_begin(begin_body());
        expect_agent_ok(response);
        return response.json().value("session_id", "");
    }

    /// The carve of that session as the API shows it.
    json carve(const std::string& session) {
        const auto answer = admin.get("/carves?per_page=1000").json();
        for (const auto& entry : answer.at("carves")) {
            if (entry.at("session_id") == session) return entry;
        }
        return nullptr;
    }

    Response block(int id, const std::string& session, const std::string& data) {
        return agent.carve_block(static_cast<std::uint64_t>(id), session, request_id, data);
    }

    FakeAgent agent = stack.enrolled("carve");
    std::string request_id = unique_name("fleet_distributed_query_9");
    const std::vector<std::string> blocks = {
        std::string(100, 'a'), std::string(100, '\0'), std::string(50, 'c')};
};

TEST_F(AgentCarve, ThreeBlocksArriveWhole) {
    const auto session = begin();
    ASSERT_FALSE(session.empty());
    EXPECT_EQ(carve(session)["max_block"], -1);

    for (int i = 0; i < 3; ++i) {
        const auto response = block(i, session, blocks[static_cast<std::size_t>(i)]);
        EXPECT_EQ(response.json()["success"], true) << response.text();
    }

    const auto entry = carve(session);
    EXPECT_EQ(entry["max_block"], 2);
    EXPECT_EQ(entry["host_id"], admin.host_id(agent.machine().uuid));
    EXPECT_EQ(entry["carve_size"], 250);
    EXPECT_EQ(entry["block_count"], 3);
    EXPECT_EQ(entry["request_id"], request_id);
    EXPECT_FALSE(entry.contains("error"));
    EXPECT_EQ(entry["expired"], false);
    EXPECT_THAT(entry["name"].get<std::string>(), StartsWith(agent.machine().hostname + "-20"));
    EXPECT_THAT(entry["name"].get<std::string>(), testing::EndsWith(request_id));
    const auto id = entry["id"].dump();
    for (std::size_t i = 0; i < 3; ++i) {
        const auto data = admin.get("/carves/" + id + "/block/" + std::to_string(i)).json();
        EXPECT_EQ(data["data"], base64(blocks[i]));
    }
    EXPECT_EQ(admin.get("/carves/" + id).json()["carve"]["session_id"], session);
}

TEST_F(AgentCarve, BlocksNeedNoNodeKey) {
    // agent-api F.27: clients before 5.23 send no header either. carve_block() here never does.
    const auto session = begin();
    agent.set_node_key("");
    EXPECT_EQ(block(0, session, blocks[0]).status, 200);
}

TEST_F(AgentCarve, WrongOrderIsAnErrorThatShows) {
    const auto session = begin();
    EXPECT_EQ(block(0, session, blocks[0]).status, 200);

    const auto response = block(2, session, blocks[2]);

    expect_agent_error(response);
    EXPECT_EQ(response.status, 400);
    EXPECT_TRUE(carve(session)["error"].is_string());
    EXPECT_EQ(carve(session)["max_block"], 0);
}

TEST_F(AgentCarve, AReplayedBlockIsHarmless) {
    // The transport repeats requests by itself (A.2): the same block again must not break the
    // carve.
    const auto session = begin();
    block(0, session, blocks[0]);
    block(0, session, blocks[0]);
    EXPECT_EQ(block(1, session, blocks[1]).status, 200);
    EXPECT_EQ(block(2, session, blocks[2]).status, 200);
    EXPECT_EQ(carve(session)["max_block"], 2);
    const auto id = carve(session)["id"].dump();
    EXPECT_EQ(admin.get("/carves/" + id + "/block/0").json()["data"], base64(blocks[0]));
}

TEST_F(AgentCarve, ForeignSessionsAndRequestsAreRefused) {
    const auto session = begin();
    expect_agent_error(block(0, "no-such-session", blocks[0]));
    expect_agent_error(agent.carve_block(0, session, "another-request", blocks[0]));
    EXPECT_EQ(carve(session)["max_block"], -1);
}

TEST_F(AgentCarve, BlocksBeyondTheSizeOrCountAreRefused) {
    const auto session = begin();
    expect_agent_error(block(0, session, std::string(101, 'x')));
    const auto other = begin();
    for (int i = 0; i < 3; ++i)
        block(i, other, blocks[static_cast<std::size_t>(i)]);
    expect_agent_error(block(3, other, "x"));
}

TEST_F(AgentCarve, DataThatIsNoBase64IsRefused) {
    const auto session = begin();
    const json body = {
        {"block_id", 0}, {"session_id", session}, {"request_id", request_id}, {"data", "***"}};
    expect_agent_error(agent.post("carve/block", body.dump()));
}

struct BadCarve {
    const char* name;
    std::int64_t count;
    std::int64_t block;
    std::int64_t size;
};

class AgentCarveBegin : public AgentCarve, public testing::WithParamInterface<BadCarve> {};

TEST_P(AgentCarveBegin, RefusesImpossibleSizes) {
    const auto& bad = GetParam();
    const json body = {
        {"block_count", bad.count},
        {"block_size", bad.block},
        {"carve_size", bad.size},
        {"carve_id", "x"},
        {"request_id", "y"}};
    const auto response = agent.carve_begin(body);
    expect_agent_error(response);
    EXPECT_FALSE(response.json().contains("session_id"));
}

constexpr std::int64_t kGib = std::int64_t{1} << 30;
INSTANTIATE_TEST_SUITE_P(
    Sizes,
    AgentCarveBegin,
    testing::Values(
        BadCarve{"empty", 1, 100, 0},
        BadCarve{"negative", 1, 100, -5},
        BadCarve{"no_blocks", 0, 100, 50},
        BadCarve{"too_few_blocks", 2, 100, 201},
        BadCarve{"too_many_blocks", 3, 100, 200},
        BadCarve{"huge_block", 1, 257 << 20, 100},
        BadCarve{"huge_carve", 90, 100 << 20, 9 * kGib}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(AgentCarve, AreForAdminsOnly) {
    for (const auto* role : {"maintainer", "observer"}) {
        EXPECT_EQ(admin.create_user(role).get("/carves").status, 403) << role;
    }
}

TEST_F(AgentCarve, UnknownOnesAreNotFound) {
    expect_error(admin.get("/carves/999999"), 404, "Resource Not Found");
    EXPECT_EQ(admin.get("/carves/999999/block/0").status, 404);
}

}  // namespace
}  // namespace fleet::test
