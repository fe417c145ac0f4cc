#include "fleet/sql/linter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace fleet::sql {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Linter& linter() {
    static const Linter instance;
    return instance;
}

class GoodSql : public testing::TestWithParam<std::string_view> {};
TEST_P(GoodSql, HasNoWarning) {
    for (const Warning& warning : linter().lint(GetParam())) {
        ADD_FAILURE() << warning.message;
    }
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    GoodSql,
    testing::Values(
        "SELECT 1",
        "select NAME, Version from DEB_PACKAGES limit 5;",
        "SELECT u.username, g.groupname FROM users u JOIN groups g USING (gid)",
        "SELECT * FROM processes WHERE name = \"bash\"",
        "SELECT path FROM file WHERE path LIKE '/etc/%'",
        "SELECT * FROM users CROSS JOIN authorized_keys USING (uid)",
        "WITH x AS (SELECT pid FROM processes) SELECT COUNT(*) FROM x",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3) SELECT i FROM n",
        "SELECT regex_match(name, 'a(b)', 1), split(path, '/', 0) FROM processes",
        "SELECT sha256(name), version_compare(version, '1.2') FROM deb_packages",
        "SELECT * FROM deb_packages ORDER BY version COLLATE version",
        "SELECT json_extract('{}', '$.a'), value FROM json_each('[1]')",
        "SELECT 1; SELECT uid FROM users WHERE 0; SELECT username FROM users;",
        "SELECT version FROM orbit_info",
        "EXPLAIN SELECT 1",
        "SELECT datetime(unix_time, 'unixepoch') FROM time",
        "SELECT name FROM programs_and_features",
        "SELECT rowid FROM users",
        "SELECT 1 FROM osquery_registry WHERE active = true AND registry = 'table'",
        "/* note */ SELECT 1 -- done"
    )
);

struct Bad {
    std::string_view name;
    std::string_view sql;
    WarningKind kind;
    std::string_view about;
    std::string_view suggestion;
};
class BadSql : public testing::TestWithParam<Bad> {};
TEST_P(BadSql, HasOneWarningWithTheNearestName) {
    const auto warnings = linter().lint(GetParam().sql);
    ASSERT_EQ(warnings.size(), 1u);
    EXPECT_EQ(to_text(warnings[0].kind), to_text(GetParam().kind)) << warnings[0].message;
    EXPECT_EQ(warnings[0].name, GetParam().about);
    EXPECT_EQ(warnings[0].suggestion, GetParam().suggestion);
    EXPECT_FALSE(warnings[0].message.empty());
}
using enum WarningKind;
INSTANTIATE_TEST_SUITE_P(
    Table,
    BadSql,
    testing::Values(
        Bad{"table", "SELECT * FROM proceses", unknown_table, "proceses", "processes"},
        Bad{"table_schema", "SELECT * FROM main.usres", unknown_table, "usres", "users"},
        Bad{"table_far", "SELECT * FROM my_company_table", unknown_table, "my_company_table", ""},
        Bad{"column", "SELECT usernam FROM users", unknown_column, "usernam", "username"},
        Bad{"column_alias", "SELECT u.shel FROM users u", unknown_column, "shel", "shell"},
        Bad{"column_where", "SELECT 1 FROM users WHERE uidd=1", unknown_column, "uidd", "uid"},
        Bad{"column_far", "SELECT zzzzzz FROM users", unknown_column, "zzzzzz", ""},
        Bad{"function",
            "SELECT regx_match('a','b',0)",
            unknown_function,
            "regx_match",
            "regex_match"},
        Bad{"syntax", "SELEC 1", syntax, "", ""},
        Bad{"unfinished", "SELECT (1", syntax, "", ""},
        Bad{"open_string", "SELECT 'a", syntax, "", ""},
        Bad{"arguments", "SELECT abs()", syntax, "", ""},
        Bad{"empty", "", empty, "", ""},
        Bad{"comment", " -- nothing", empty, "", ""},
        Bad{"semicolons", ";;", empty, "", ""},
        Bad{"insert", "INSERT INTO users(uid) VALUES (1)", not_read_only, "", ""},
        Bad{"delete", "DELETE FROM users", not_read_only, "", ""},
        Bad{"drop", "DROP TABLE users", not_read_only, "", ""},
        Bad{"attach", "ATTACH '/etc/passwd' AS x", not_read_only, "", ""},
        Bad{"attach_second", "SELECT 1; ATTACH '/tmp/x' AS x", not_read_only, "", ""},
        Bad{"pragma", "PRAGMA journal_mode=WAL", not_read_only, "", ""},
        Bad{"vacuum", "VACUUM INTO '/tmp/stolen'", not_read_only, "", ""},
        Bad{"create", "CREATE TEMP TABLE t AS SELECT 1", not_read_only, "", ""},
        Bad{"begin", "BEGIN", not_read_only, "", ""},
        Bad{"zero", std::string_view{"SELECT 1\0; DROP", 15}, syntax, "", ""},
        Bad{"constraint", "SELECT * FROM file", needs_constraint, "file", ""},
        Bad{"constraint_selected", "SELECT url FROM curl", needs_constraint, "curl", ""}
    ),
    [](const auto& test) { return std::string{test.param.name}; }
);

TEST(Analysis, TellsTablesAndWhereTheyExist) {
    auto analysis = linter().analyse("SELECT 1 FROM users JOIN deb_packages");
    EXPECT_THAT(analysis.tables, ElementsAre("deb_packages", "users"));
    EXPECT_THAT(analysis.platforms.names(), ElementsAre("linux"));

    analysis = linter().analyse("SELECT (SELECT COUNT(*) FROM registry), (SELECT 1 FROM launchd)");
    EXPECT_TRUE(analysis.platforms.empty());
    EXPECT_EQ(linter().analyse("SELECT 1").platforms, PlatformSet::all());
}

TEST(Hostile, AttachedFilesNeverAppear) {
    // Nothing is executed, so the statements before cannot prepare those after.
    const auto warnings = linter().lint("SELECT writefile('/tmp/x', 'y')");
    ASSERT_EQ(warnings.size(), 1u);
    EXPECT_EQ(warnings[0].kind, unknown_function);
}

std::string repeat(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

/// Each WITH clause uses the one before several times: the compiler's work grows exponentially.
std::string exponential_with(int levels, int width) {
    std::string out = "WITH a0 AS (SELECT 1 AS x)";
    for (int i = 1; i < levels; ++i) {
        out += ", a" + std::to_string(i) + " AS (SELECT 1 AS x FROM ";
        for (int j = 0; j < width; ++j) {
            out += (j == 0 ? "a" : ", a") + std::to_string(i - 1) + " t" + std::to_string(j);
        }
        out += ")";
    }
    return out + " SELECT * FROM a" + std::to_string(levels - 1);
}

struct Monster {
    std::string_view name;
    std::string sql;
};
class HostileSql : public testing::TestWithParam<Monster> {};
TEST_P(HostileSql, CostsBoundedTimeAndTheLinterStaysUsable) {
    const auto start = std::chrono::steady_clock::now();
    const auto warnings = linter().lint(GetParam().sql);
    const auto took = std::chrono::steady_clock::now() - start;
    EXPECT_LT(took, std::chrono::seconds{20});
    RecordProperty("ms", static_cast<int>(took / std::chrono::milliseconds{1}));
    EXPECT_FALSE(warnings.empty());
    EXPECT_TRUE(linter().lint("SELECT uid FROM users").empty());
}
INSTANTIATE_TEST_SUITE_P(
    Monsters,
    HostileSql,
    testing::Values(
        Monster{"parentheses", "SELECT " + repeat("(", 50'000) + "1" + repeat(")", 50'000)},
        Monster{"not", "SELECT " + repeat("NOT ", 30'000) + "1"},
        Monster{"or", "SELECT 1" + repeat(" OR 1", 25'000)},
        Monster{"subqueries", repeat("SELECT * FROM (", 5'000) + "SELECT 1" + repeat(")", 5'000)},
        Monster{"unions", "SELECT 1" + repeat(" UNION SELECT 1", 8'000)},
        Monster{"joins", "SELECT * FROM users" + repeat(", users", 10'000)},
        Monster{"with_wide", exponential_with(12, 10)},
        Monster{"with_deep", exponential_with(60, 2)},
        Monster{"long_text", "SELECT '" + std::string(1 << 20, 'x') + "'"},
        Monster{"garbage", "\xff\xfe\x80SELECT"}
    ),
    [](const auto& test) { return std::string{test.param.name}; }
);

TEST(Linter, WorksFromManyThreads) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([t] {
            for (int i = 0; i < 200; ++i) {
                const bool bad = (i + t) % 2 == 0;
                const auto warnings = linter().lint(bad ? "SELECT x FROM users" : "SELECT 1");
                EXPECT_EQ(warnings.size(), bad ? 1u : 0u);
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

}  // namespace
}  // namespace fleet::sql
