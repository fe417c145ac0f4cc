#include "perf/agent/log_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace fleet::perf {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const LineHead kHead{"host-1", "5.23.1", 1'412'098'650, R"({"hostname":"h"})"};

TEST(LogLinesTest, CalendarTimeIsTheOldCFormat) {
    EXPECT_EQ(calendar_time(1'412'098'650), "Tue Sep 30 17:37:30 2014 UTC");
}

TEST(LogLinesTest, EventLineHasTheMembersOfTheCapture) {
    const auto line = json::parse(event_line(kHead, "pack/Global/q", 3, R"({"a":"1"})", "added"));

    EXPECT_EQ(line["name"], "pack/Global/q");
    EXPECT_EQ(line["counter"], 3);
    EXPECT_EQ(line["epoch"], 0);
    EXPECT_EQ(line["numerics"], false);
    EXPECT_EQ(line["columns"]["a"], "1");
    EXPECT_EQ(line["decorations"]["hostname"], "h");
    EXPECT_EQ(line["action"], "added");
}

TEST(LogLinesTest, EmptySnapshotIsALineOfItsOwn) {
    const auto line = json::parse(snapshot_line(kHead, "q", {}));

    EXPECT_EQ(line["snapshot"], json::array());
    EXPECT_EQ(line["action"], "snapshot");
}

TEST(LogLinesTest, BatchAndStatusLinesAreJson) {
    const auto batch = json::parse(batch_line(kHead, "q", 1, {R"({"a":"1"})"}, {}));
    const auto status = json::parse(status_line(kHead, 2, "bad \"thing\""));

    EXPECT_EQ(batch["diffResults"]["added"].size(), 1U);
    EXPECT_EQ(batch["diffResults"]["removed"], json::array());
    EXPECT_EQ(status["severity"], 2);
    EXPECT_EQ(status["message"], "bad \"thing\"");
}

TEST(LogLinesTest, LineIdGoesIntoAnyRow) {
    EXPECT_EQ(with_line_id(R"({"a":"1"})", "x"), R"({"a":"1","line_id":"x"})");
    EXPECT_EQ(with_line_id("{}", "x"), R"({"line_id":"x"})");
}

TEST(LogQueueTest, LinesStayUntilAcknowledged) {
    LogQueue queue;
    queue.push({R"({"n":1})", "a"});
    queue.push({R"({"n":2})", "b"});
    queue.push({R"({"n":3})", ""});

    const auto first = json::parse(queue.take(2, "result", "key"));
    queue.refused();
    const auto second = json::parse(queue.take(10, "result", "key"));

    EXPECT_EQ(first["data"].size(), 2U);
    EXPECT_EQ(second["data"].size(), 3U);
    EXPECT_EQ(second["log_type"], "result");
    EXPECT_EQ(second["node_key"], "key");
    EXPECT_THAT(queue.acknowledged(), ElementsAre("a", "b"));
    EXPECT_TRUE(queue.empty());
}

TEST(LogQueueTest, LinesThatCameDuringAPostAreNotAcknowledgedWithIt) {
    LogQueue queue;
    queue.push({"{}", "a"});
    queue.take(10, "result", "key");
    queue.push({"{}", "b"});

    EXPECT_THAT(queue.acknowledged(), ElementsAre("a"));
    EXPECT_EQ(queue.size(), 1U);
}

TEST(LogQueueTest, OldestLinesGoWhenItIsFull) {
    LogQueue queue;
    for (int i = 0; i < 20'010; ++i)
        queue.push({"{}", std::to_string(i)});

    EXPECT_EQ(queue.size(), 20'000U);
    EXPECT_EQ(queue.dropped(), 10U);
}

}  // namespace
}  // namespace fleet::perf
