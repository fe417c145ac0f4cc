// The deprecated target picker that scripts still use: rest-api-a 15.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

using Targets = ApiTest;

TEST_F(Targets, FindsHostsLabelsAndCounts) {
    auto agent = stack.enrolled("picker");
    const auto id = admin.host_id(agent.machine().uuid);
    const auto answer =
        admin
            .post(
                "/targets", {{"query", agent.machine().hostname}, {"selected", {{"hosts", {id}}}}}
            )
            .json();
    EXPECT_TRUE(answer["targets"]["hosts"].is_array()) << answer;
    EXPECT_TRUE(answer["targets"]["labels"].is_array());
    EXPECT_TRUE(answer["targets"]["teams"].is_array());
    EXPECT_EQ(answer["targets_count"], 1);
    EXPECT_EQ(answer["targets_online"], 1);
    EXPECT_EQ(answer["targets_offline"], 0);
}

TEST_F(Targets, LabelsCarryTheirCount) {
    const auto agent = stack.enrolled("picker");
    const auto answer =
        admin.post("/targets", {{"query", "All Hosts"}, {"selected", json::object()}}).json();
    ASSERT_FALSE(answer["targets"]["labels"].empty()) << answer;
    const auto& label = answer["targets"]["labels"][0];
    EXPECT_EQ(label["display_text"], "All Hosts");
    EXPECT_GE(label["count"].get<int>(), 1);
}

TEST_F(Targets, CountWantsASelection) {
    EXPECT_EQ(
        admin.post("/targets/count", {{"selected", json::object()}}).json()["targets_count"], 0
    );
    EXPECT_EQ(admin.post("/targets/count", {{"selected", {{"hosts", "x"}}}}).status, 400);
}

}  // namespace
}  // namespace fleet::test
