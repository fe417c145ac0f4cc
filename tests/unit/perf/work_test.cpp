#include "perf/agent/work.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "perf/agent/verdict.hpp"
#include "virtual_host.hpp"

namespace fleet::perf {
namespace {

using nlohmann::json;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(WorkTest, IdleAnswerHasNothingToDoAndNoProblem) {
    const auto work = read_work(json::parse(R"({"queries":{},"discovery":{}})"));

    EXPECT_THAT(work.queries, IsEmpty());
    EXPECT_THAT(work.problems, IsEmpty());
    EXPECT_TRUE(work.usable);
}

TEST(WorkTest, OneEmptyQuerySpoilsTheDocument) {
    EXPECT_FALSE(
        read_work(json::parse(R"({"queries":{"a":"","b":"SELECT 1"},"discovery":{}})")).usable
    );
    EXPECT_FALSE(read_work(json::parse(R"({"queries":{"a":1},"discovery":{}})")).usable);
}

TEST(WorkTest, MissingDiscoveryIsReported) {
    const auto work = read_work(json::parse(R"({"queries":{"a":"SELECT 1"},"discovery":{}})"));

    EXPECT_TRUE(work.usable);
    EXPECT_THAT(work.problems, SizeIs(1));
}

TEST(WorkTest, AccelerateMustBeAnInteger) {
    EXPECT_EQ(
        read_work(json::parse(R"({"queries":{},"discovery":{},"accelerate":10})")).accelerate, 10
    );
    const auto wrong = read_work(json::parse(R"({"queries":{},"discovery":{},"accelerate":"10"})"));
    EXPECT_EQ(wrong.accelerate, 0);
    EXPECT_THAT(wrong.problems, SizeIs(1));
}

class RunWorkTest : public ::testing::Test {
protected:
    std::optional<std::vector<WorkResult>> run(const char* document) {
        Engine::Batch batch{host.engine, host.context};
        return run_work(read_work(json::parse(document)), batch);
    }

    testing::VirtualHost host{Flavor::ubuntu};
};

TEST_F(RunWorkTest, QueryRunsWhenItsDiscoveryGivesARowOrIsMissing) {
    const auto results = run(R"({"queries":{"a":"SELECT 1","b":"SELECT 2","c":"SELECT 3"},
        "discovery":{"a":"SELECT 1","b":"SELECT 1 WHERE 0","zzz":"SELECT 1"}})");

    ASSERT_TRUE(results);
    ASSERT_THAT(*results, SizeIs(2));
    EXPECT_EQ(results->at(0).name, "a");
    EXPECT_EQ(results->at(1).name, "c");
}

TEST_F(RunWorkTest, FailingDiscoveryDropsEverything) {
    EXPECT_FALSE(run(
        R"({"queries":{"a":"SELECT 1"},"discovery":{"a":"SELECT 1","b":"SELECT 1 FROM nowhere"}})"
    ));
}

TEST_F(RunWorkTest, WriteBodyCarriesStatusesMessagesAndStats) {
    const auto results =
        run(R"({"queries":{"ok":"SELECT version FROM osquery_info","bad":"SELECT nope FROM uptime",
        "none":"SELECT 1 WHERE 0"},"discovery":{}})");

    const auto body = json::parse(write_body(*results, "key"));

    EXPECT_EQ(body["queries"]["ok"][0]["version"], "5.23.1");
    EXPECT_EQ(body["queries"]["bad"], json::array());
    EXPECT_EQ(body["queries"]["none"], json::array());
    EXPECT_EQ(body["statuses"]["ok"], 0);
    EXPECT_EQ(body["statuses"]["bad"], 1);
    EXPECT_EQ(body["messages"]["bad"], "no such column: nope");
    EXPECT_EQ(body["messages"]["ok"], "");
    EXPECT_TRUE(body["stats"]["ok"]["wall_time_ms"].is_number_unsigned());
    EXPECT_EQ(body["node_key"], "key");
}

TEST(VerdictTest, OsqueryLooksAtTheBodyOnly) {
    EXPECT_EQ(judge("").verdict, Verdict::success);
    EXPECT_EQ(judge("{}").verdict, Verdict::success);
    EXPECT_EQ(judge("<html>").verdict, Verdict::not_json);
    EXPECT_EQ(judge(R"({"error":null})").verdict, Verdict::error);
    EXPECT_EQ(judge(R"({"error":"x","node_invalid":false})").verdict, Verdict::error);
    EXPECT_EQ(judge(R"({"error":"x","node_invalid":true})").verdict, Verdict::node_invalid);
    EXPECT_EQ(judge(R"({"node_invalid":"true"})").verdict, Verdict::success);
}

}  // namespace
}  // namespace fleet::perf
