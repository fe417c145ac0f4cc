#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "store/migrations_detail.hpp"

namespace fleet::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SplitStatements, EndsAtASemicolonThatEndsALine) {
    EXPECT_THAT(
        split_statements("CREATE TABLE a (\n  x INT\n);\nINSERT INTO a VALUES (1);  \n"),
        ElementsAre("CREATE TABLE a (\n  x INT\n)", "INSERT INTO a VALUES (1)")
    );
}

TEST(SplitStatements, KeepsASemicolonInsideALine) {
    EXPECT_THAT(
        split_statements("INSERT INTO a VALUES ('x; y');\n"),
        ElementsAre("INSERT INTO a VALUES ('x; y')")
    );
}

TEST(SplitStatements, LeavesOutCommentsAndEmptyLines) {
    EXPECT_THAT(
        split_statements("-- why; this\n\nSELECT 1,\n  -- two;\n2;\r\n\n"),
        ElementsAre("SELECT 1,\n2")
    );
    EXPECT_THAT(split_statements("\n-- nothing\n"), IsEmpty());
}

TEST(SplitStatements, TakesALastStatementWithoutSemicolon) {
    EXPECT_THAT(split_statements("SELECT 1;\nSELECT 2"), ElementsAre("SELECT 1", "SELECT 2\n"));
}

TEST(EmbeddedMigrations, AreThereInOrderWithUniqueNumbers) {
    const auto all = embedded_migrations();

    ASSERT_FALSE(all.empty());
    std::set<std::string> numbers;
    for (const auto& migration : all) {
        EXPECT_TRUE(numbers.insert(migration.name.substr(0, 4)).second) << migration.name;
        EXPECT_FALSE(split_statements(migration.text).empty()) << migration.name;
    }
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return a.name < b.name;
    }));
}

}  // namespace
}  // namespace fleet::store
