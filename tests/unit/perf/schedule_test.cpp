#include "perf/agent/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "virtual_host.hpp"

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Clock = HostSchedule::Clock;

class ScheduleTest : public ::testing::Test {
protected:
    void configure(const std::string& document) {
        Engine::Batch batch{host.engine, host.context};
        schedule.configure(read_config(document, {}), host.profile, "5.23.1", batch, jitter, now);
    }

    /// Runs everything once, whenever it was due.
    HostSchedule::Output run() {
        now += 1h;
        Engine::Batch batch{host.engine, host.context};
        const LineHead head{host.profile.uuid, "5.23.1", host.context.now, "{}"};
        return schedule.run_due(now, batch, head, [this] {
            return count_ids ? "id" + std::to_string(++ids) : std::string{};
        });
    }

    testing::VirtualHost host{Flavor::ubuntu};
    HostSchedule schedule;
    Jitter jitter{1};
    Clock::time_point now{};
    bool count_ids{false};
    int ids{};
};

TEST_F(ScheduleTest, FirstRunIsWithinTheIntervalAndItsSplay) {
    configure(R"({"schedule":{"q":{"query":"SELECT 1","interval":100}}})");

    EXPECT_GE(schedule.next_due(), now);
    EXPECT_LE(schedule.next_due(), now + 110s);
    EXPECT_THAT(schedule.rows(), SizeIs(1));
}

TEST_F(ScheduleTest, SnapshotIsSentEveryTimeEvenWhenEmpty) {
    configure(R"({"schedule":{"q":{"query":"SELECT 1 WHERE 0","interval":1,"snapshot":true}}})");

    EXPECT_THAT(run().results, SizeIs(1));
    EXPECT_THAT(run().results, SizeIs(1));
}

TEST_F(ScheduleTest, DifferentialSendsAllRowsFirstThenChangesWithGrowingCounter) {
    configure(R"({"schedule":{"q":{"query":"SELECT unix_time FROM time","interval":1}}})");

    const auto first = run().results;
    const auto unchanged = run().results;
    host.context.now += 5;
    const auto changed = run().results;

    ASSERT_THAT(first, SizeIs(1));
    EXPECT_EQ(json::parse(first[0].json)["counter"], 0);
    EXPECT_THAT(unchanged, IsEmpty());
    ASSERT_THAT(changed, SizeIs(2));
    EXPECT_EQ(json::parse(changed[0].json)["action"], "added");
    EXPECT_EQ(json::parse(changed[0].json)["counter"], 1);
    EXPECT_EQ(json::parse(changed[1].json)["action"], "removed");
}

TEST_F(ScheduleTest, RemovalsCanBeSuppressed) {
    configure(
        R"({"schedule":{"q":{"query":"SELECT unix_time FROM time","interval":1,"removed":false}}})"
    );
    run();
    host.context.now += 5;

    EXPECT_THAT(run().results, SizeIs(1));
}

TEST_F(ScheduleTest, FailingQueryBecomesAStatusLine) {
    configure(R"({"schedule":{"q":{"query":"SELECT nope FROM uptime","interval":1}}})");

    const auto output = run();

    EXPECT_THAT(output.results, IsEmpty());
    ASSERT_THAT(output.statuses, SizeIs(1));
    EXPECT_EQ(
        json::parse(output.statuses[0].json)["message"],
        "Error executing scheduled query q: no such column: nope"
    );
}

TEST_F(ScheduleTest, PackWithoutDiscoveredRowsOrForAnotherPlatformIsOff) {
    configure(R"({"packs":{
        "off":{"discovery":["SELECT 1 WHERE 0"],"queries":{"q":{"query":"SELECT 1","interval":1}}},
        "mac":{"platform":"darwin","queries":{"q":{"query":"SELECT 1","interval":1}}},
        "on":{"discovery":["SELECT 1","SELECT 2"],"queries":{"q":{"query":"SELECT 1","interval":1}}}}})"
    );

    ASSERT_THAT(schedule.rows(), SizeIs(1));
    EXPECT_EQ(schedule.rows().front().name, "pack_on_q");
}

TEST_F(ScheduleTest, KnownQueryKeepsItsPlaceAndItsResultsOverANewConfiguration) {
    configure(R"({"schedule":{"q":{"query":"SELECT 1","interval":50}}})");
    run();
    const auto due = schedule.next_due();
    configure(
        R"({"schedule":{"q":{"query":"SELECT 1","interval":50},"other":{"query":"SELECT 2","interval":9999}}})"
    );

    EXPECT_EQ(schedule.next_due(), due);
    EXPECT_THAT(run().results, SizeIs(::testing::Le(1)));
}

TEST_F(ScheduleTest, EveryLineCarriesItsOwnId) {
    count_ids = true;
    configure(R"({"schedule":{"d":{"query":"SELECT 1 AS a UNION SELECT 2","interval":1},
        "s":{"query":"SELECT 1 AS a","interval":1,"snapshot":true},
        "e":{"query":"SELECT 1 WHERE 0","interval":1,"snapshot":true}}})");

    const auto lines = run().results;

    ASSERT_THAT(lines, SizeIs(4));
    std::set<std::string> seen;
    for (const auto& line : lines) {
        EXPECT_TRUE(seen.insert(line.id).second);
        EXPECT_THAT(line.json, ::testing::HasSubstr("\"line_id\":\"" + line.id + "\""));
    }
}

TEST_F(ScheduleTest, SnapshotEventsCarryDistinctIds) {
    count_ids = true;
    configure(R"({"options":{"logger_snapshot_event_type":true},
        "schedule":{"s":{"query":"SELECT 1 AS a UNION SELECT 2","interval":1,"snapshot":true}}})");

    const auto lines = run().results;

    ASSERT_THAT(lines, SizeIs(2));
    EXPECT_NE(lines[0].id, lines[1].id);
}

TEST_F(ScheduleTest, DecoratorsMakeOneObject) {
    Engine::Batch batch{host.engine, host.context};
    const auto config = read_config(
        R"({"decorators":{"load":["SELECT uuid AS host_uuid FROM system_info","SELECT 1 AS one","SELECT nope"]}})",
        {}
    );

    const auto decorations = json::parse(decorate(*config, batch));

    EXPECT_EQ(decorations["host_uuid"], host.profile.uuid);
    EXPECT_EQ(decorations["one"], "1");
}

}  // namespace
}  // namespace fleet::perf
