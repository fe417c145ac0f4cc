#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fleet/sql/schema.hpp"
#include "virtual_host.hpp"

namespace fleet::perf {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::VirtualHost;

TEST(EngineTest, ValuesAreStringsAndMembersKeepTheOrderOfTheSelect) {
    VirtualHost host{Flavor::ubuntu};

    const auto outcome = host.run("SELECT version, 1 AS one, NULL AS missing FROM osquery_info");

    EXPECT_THAT(
        outcome.rows, ::testing::ElementsAre(R"({"version":"5.23.1","one":"1","missing":""})")
    );
}

TEST(EngineTest, SortedOrderPutsMembersByName) {
    VirtualHost host{Flavor::ubuntu};

    const auto outcome = host.run("SELECT 1 AS b, 2 AS a", MemberOrder::sorted);

    EXPECT_THAT(outcome.rows, ::testing::ElementsAre(R"({"a":"2","b":"1"})"));
}

TEST(EngineTest, OfColumnsWithTheSameNameTheLastCounts) {
    VirtualHost host{Flavor::ubuntu};

    EXPECT_THAT(
        host.run("SELECT 1 AS a, 2 AS b, 3 AS a").rows,
        ::testing::ElementsAre(R"({"b":"2","a":"3"})")
    );
}

TEST(EngineTest, BlobEndsAtItsFirstNul) {
    VirtualHost host{Flavor::ubuntu};

    EXPECT_EQ(host.value("SELECT x'00ff' AS b"), "");
}

TEST(EngineTest, TableOfAnotherPlatformIsUnknown) {
    VirtualHost host{Flavor::macos};

    const auto outcome = host.run("SELECT name FROM deb_packages");

    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.message, "no such table: deb_packages");
    EXPECT_THAT(outcome.rows, SizeIs(0));
}

TEST(EngineTest, UnknownColumnIsNamed) {
    VirtualHost host{Flavor::rhel};

    EXPECT_EQ(host.run("SELECT nope FROM uptime").message, "no such column: nope");
}

TEST(EngineTest, SyntaxErrorIsReportedAndTheNextQueryWorks) {
    VirtualHost host{Flavor::windows};

    EXPECT_THAT(host.run("THIS IS NOT SQL").message, HasSubstr("syntax error"));
    EXPECT_THAT(host.rows("SELECT hostname FROM system_info"), SizeIs(1));
}

TEST(EngineTest, WritingIsRefused) {
    VirtualHost host{Flavor::ubuntu};

    for (const auto* sql :
         {"CREATE TABLE t(x)",
          "ATTACH '/tmp/x' AS y",
          "DELETE FROM users",
          "PRAGMA user_version=3",
          "INSERT INTO users(uid) VALUES (1)"}) {
        EXPECT_EQ(host.run(sql).status, 1) << sql;
    }
}

TEST(EngineTest, JoinsAcrossTables) {
    VirtualHost host{Flavor::ubuntu};

    const auto rows = host.rows(
        "SELECT p.name, l.port FROM listening_ports l JOIN processes p USING (pid) WHERE l.port = "
        "22"
    );

    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows.front()["name"], "sshd");
}

TEST(EngineTest, NumbersCompareAsNumbers) {
    VirtualHost host{Flavor::ubuntu};

    EXPECT_EQ(
        host.value(
            "SELECT count(*) FROM users WHERE uid >= 1000 AND uid < 65534 AND username = '" +
            host.profile.username + "'"
        ),
        "1"
    );
}

TEST(EngineTest, AggregatesAndCommonTableExpressions) {
    VirtualHost host{Flavor::debian};

    const auto rows = host.rows(
        "WITH s AS (SELECT section, count(*) AS n FROM deb_packages GROUP BY section) "
        "SELECT section, n FROM s ORDER BY section"
    );

    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows.front()["section"], "libs");
}

TEST(EngineTest, PrimaryInterfaceIsFoundThroughTheDefaultRoute) {
    for (const auto flavor : {Flavor::ubuntu, Flavor::macos}) {
        VirtualHost host{flavor};
        const auto rows = host.rows(
            "SELECT a.address, d.mac FROM routes r JOIN interface_addresses a USING (interface) "
            "JOIN interface_details d USING (interface) WHERE r.type = 'gateway' AND r.netmask = 0 "
            "AND r.destination = '0.0.0.0' AND a.address LIKE '10.%'"
        );
        ASSERT_THAT(rows, SizeIs(1));
        EXPECT_EQ(rows.front()["address"], host.profile.address);
        EXPECT_EQ(rows.front()["mac"], host.profile.mac);
    }
}

TEST(EngineTest, EveryTableOfEveryPlatformGivesWellFormedRows) {
    for (const auto flavor :
         {Flavor::ubuntu, Flavor::debian, Flavor::rhel, Flavor::macos, Flavor::windows}) {
        VirtualHost host{flavor};
        for (const auto& table : host.engine.tables()) {
            const auto shown =
                std::count_if(table.columns.begin(), table.columns.end(), [](const Column& column) {
                    return !column.hidden;
                });
            for (const auto& row : host.rows("SELECT * FROM " + table.name)) {
                EXPECT_EQ(row.size(), static_cast<std::size_t>(shown)) << table.name;
            }
            const TableQuery query{host.context, {}};
            for (const auto& row : table.rows(query)) {
                EXPECT_LE(row.size(), table.columns.size()) << table.name;
            }
        }
    }
}

TEST(EngineTest, TablesAndColumnsAreThoseOfOsquery) {
    for (const auto flavor : {Flavor::ubuntu, Flavor::macos, Flavor::windows}) {
        VirtualHost host{flavor};
        for (const auto& table : host.engine.tables()) {
            const auto* known = sql::find_table(table.name);
            ASSERT_NE(known, nullptr) << table.name;
            for (const auto& column : table.columns) {
                const bool found = std::any_of(
                    known->columns.begin(),
                    known->columns.end(),
                    [&](const auto& other) { return other.name == column.name; }
                );
                EXPECT_TRUE(found) << table.name << '.' << column.name;
            }
        }
    }
}

TEST(EngineTest, TableWithoutInventedDataIsEmptyRatherThanUnknown) {
    VirtualHost host{Flavor::macos};

    EXPECT_THAT(host.rows("SELECT * FROM fan_speed_sensors"), SizeIs(0));
    EXPECT_EQ(host.run("SELECT * FROM rpm_packages").message, "no such table: rpm_packages");
}

TEST(EngineTest, RegistryListsTheTablesThatExist) {
    VirtualHost host{Flavor::windows};
    const std::string sql =
        "SELECT 1 FROM osquery_registry WHERE registry = 'table' AND active = 1 AND name = ";

    EXPECT_THAT(host.rows(sql + "'battery'"), SizeIs(1));
    EXPECT_THAT(host.rows(sql + "'munki_info'"), SizeIs(0));
}

TEST(EngineTest, FileNeedsAPath) {
    VirtualHost host{Flavor::ubuntu};

    EXPECT_THAT(host.rows("SELECT * FROM file"), SizeIs(0));
    EXPECT_THAT(
        host.rows("SELECT f.path FROM (SELECT '/etc/passwd' AS p) q JOIN hash f ON f.path = q.p"),
        SizeIs(1)
    );
}

TEST(EngineTest, CarveIsOrderedByReadingTheTable) {
    VirtualHost host{Flavor::macos};

    const auto rows = host.rows("SELECT * FROM carves WHERE carve = 1 AND path LIKE '/etc/%'");

    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows.front()["status"], "SCHEDULED");
    ASSERT_THAT(host.carves, SizeIs(1));
    EXPECT_EQ(host.carves.front().guid, rows.front()["carve_guid"]);
    EXPECT_THAT(host.rows("SELECT * FROM carves"), SizeIs(0));
}

TEST(EngineTest, EndlessQueryIsInterrupted) {
    VirtualHost host{Flavor::ubuntu};
    Engine engine{make_tables(Family::linux), std::chrono::milliseconds{50}};
    Engine::Batch batch{engine, host.context};

    const auto outcome = batch.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    );

    EXPECT_EQ(outcome.message, "interrupted");
}

TEST(EngineTest, FlagsShowTheSettings) {
    VirtualHost host{Flavor::rhel};
    host.settings.distributed_interval = 42;

    EXPECT_EQ(
        host.value("SELECT value FROM osquery_flags WHERE name = 'distributed_interval'"), "42"
    );
}

}  // namespace
}  // namespace fleet::perf
